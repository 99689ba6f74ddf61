//! Applying an encoding.

use ndarray::Array2;

use crate::data::csv::listed;
use crate::data::table::{Column, Table, Values};
use crate::data::{DataError, Feature, Kind, nearest};

/// Most values that an encoded table may have.
const MAX_VALUES: usize = 200_000_000;

/// Largest magnitude of a model's input: sums of squares stay finite.
const MOST: f32 = 1e15;

/// The given rows of `table` in model units, `(rows, d)`. A category that none of the features stands
/// for makes all features of its column 0.
///
/// # Errors
/// [`DataError::Value`] if the table lacks a column, misses a value, or is too large.
pub fn encode(
    table: &Table,
    features: &[Feature],
    rows: &[usize],
) -> Result<Array2<f32>, DataError> {
    if rows.len().saturating_mul(features.len()) > MAX_VALUES {
        return Err(DataError::Value(format!(
            "{} rows of {} features are too many to hold; take fewer rows or categories",
            rows.len(),
            features.len()
        )));
    }
    let mut x = Array2::zeros((rows.len(), features.len()));
    for (feature, mut target) in features.iter().zip(x.columns_mut()) {
        let column = source(table, feature)?;
        for (value, &row) in target.iter_mut().zip(rows) {
            *value = model_value(column, feature, row, table.rows[row])?;
        }
    }
    Ok(x)
}

/// The column that `feature` is computed from.
fn source<'a>(table: &'a Table, feature: &Feature) -> Result<&'a Column, DataError> {
    let name = column_name(feature);
    table.column(name).ok_or_else(|| {
        let hint = nearest::hint(name, table.columns.iter().map(|c| c.name.as_str()));
        DataError::Value(format!("there is no column `{name}`{hint}"))
    })
}

/// Name of the column that `feature` is computed from.
pub fn column_name(feature: &Feature) -> &str {
    match &feature.kind {
        Kind::Category { group, .. } => group,
        Kind::Numeric | Kind::Pixel => &feature.name,
    }
}

/// Sentences about categories in `table` that none of `features` stands for; [`encode`] makes them
/// none of the categories.
///
/// # Errors
/// [`DataError::Value`] for a column that holds nothing else.
pub fn unknown_categories(table: &Table, features: &[Feature]) -> Result<Vec<String>, DataError> {
    let notes = table
        .columns
        .iter()
        .map(|column| unknown_of(column, features));
    notes.filter_map(Result::transpose).collect()
}

fn unknown_of(column: &Column, features: &[Feature]) -> Result<Option<String>, DataError> {
    let Values::Categories { names, codes } = &column.values else {
        return Ok(None);
    };
    let known: Vec<String> = features
        .iter()
        .filter_map(|feature| match &feature.kind {
            Kind::Category { group, category } if *group == column.name => Some(category.clone()),
            _ => None,
        })
        .collect();
    let (strange, familiar): (Vec<usize>, Vec<usize>) = codes
        .iter()
        .flatten()
        .partition(|&&code| !known.contains(&names[code]));
    let mut unknown: Vec<String> = strange.iter().map(|&code| names[code].clone()).collect();
    unknown.sort_unstable();
    unknown.dedup();
    let (unknown, known) = (listed(&unknown), listed(&known));
    match (strange.len(), familiar.len()) {
        (0, _) => Ok(None),
        (_, 0) => Err(DataError::Value(format!(
            "column `{}` holds {unknown}, none of the categories that the model knows ({known})",
            column.name
        ))),
        (rows, _) => Ok(Some(format!(
            "column `{}` holds {unknown} in {rows} rows, which the model does not know; there they count as none of {known}",
            column.name
        ))),
    }
}

fn model_value(
    column: &Column,
    feature: &Feature,
    row: usize,
    number: usize,
) -> Result<f32, DataError> {
    let too_large = |value: f32| value.is_nan() || value.abs() > MOST;
    let value = match (&column.values, &feature.kind) {
        (Values::Numbers(values), Kind::Numeric | Kind::Pixel) => Some(values[row])
            .filter(|v| !v.is_nan())
            .map(|v| feature.scale.to_model(v)),
        (Values::Categories { names, codes }, Kind::Category { category, .. }) => {
            codes[row].map(|code| indicator(names[code] == *category))
        }
        (values, _) => {
            let (holds, expected) = match values {
                Values::Numbers(_) => ("numbers", "categories"),
                Values::Categories { .. } => ("text", "numbers"),
            };
            return Err(DataError::Value(format!(
                "column `{}` holds {holds} where the model expects {expected}",
                column.name
            )));
        }
    };
    if value.is_some_and(too_large) {
        return Err(DataError::Value(format!(
            "row {}, column `{}`: {} is too large for a model as it is; correct it, or say `standardise = true` in the schema",
            number + 1,
            column.name,
            column.number(row).unwrap_or(f64::NAN)
        )));
    }
    value.ok_or_else(|| {
        DataError::Value(format!(
            "row {} has no value in column `{}`",
            number + 1,
            column.name
        ))
    })
}

fn indicator(condition: bool) -> f32 {
    f32::from(u8::from(condition))
}
