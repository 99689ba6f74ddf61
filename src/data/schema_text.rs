//! Writing a schema file for people to go on from.

use super::csv::LeftOut;
use super::describe::{Description, Summary};
use super::{DataError, FeatureSchema, Schema};
use crate::text::printable;

/// A schema file with everything that is known about a data file, in the order of its columns.
///
/// Bounds that nobody gave are a comment with the range that occurs.
///
/// # Errors
/// [`DataError::Value`] if a name cannot be written as TOML.
pub fn schema_text(description: &Description) -> Result<String, DataError> {
    let schema = &description.schema;
    let features = schema.features.clone();
    let head = Schema {
        features: Default::default(),
        ..schema.clone()
    };
    let mut text = String::from(HEAD);
    text += &write(&head)?;
    for column in &description.columns {
        let feature = features.get(&column.name).cloned().unwrap_or_default();
        text += &section(&column.name, &feature)?;
        if let (None, Summary::Numbers { min, max, .. }) = (feature.domain, &column.values) {
            text += &format!("# domain = [{min}, {max}]\n");
        }
    }
    for LeftOut {
        column,
        reason,
        asked,
    } in &description.left_out
    {
        if !asked {
            text += &format!("\n# `{}` is ignored: {reason}\n", printable(column));
        }
    }
    Ok(text)
}

const HEAD: &str = "\
# mutability: both, increase, decrease, none; kind: numeric, category, pixel
# missing: drop, impute, category; balance: none, over, under; domains are in units of the file
# step = 1: whole numbers (inferred if it is not said); log = true: amounts whose ratios matter
# relation = \"a <= b\" above the features: what counterfactuals keep
";

fn section(name: &str, feature: &FeatureSchema) -> Result<String, DataError> {
    let mut table = Schema::default();
    table.features.insert(name.into(), feature.clone());
    let text = write(&table)?;
    let start = text.find("[features").unwrap_or(0);
    Ok(format!("\n{}", &text[start..]))
}

fn write(schema: &Schema) -> Result<String, DataError> {
    toml::to_string(schema)
        .map_err(|error| DataError::Value(format!("the schema cannot be written: {error}")))
}
