//! Applying an encoding.

use ndarray::Array2;

use crate::data::table::{Column, Table, Values};
use crate::data::{DataError, Feature, Kind, nearest};

/// Most values that an encoded table may have.
const MAX_VALUES: usize = 200_000_000;

/// Largest magnitude of a model's input: sums of squares stay finite.
const MOST: f32 = 1e15;

/// The given rows of `table` in model units, `(rows, d)`.
///
/// # Errors
/// [`DataError::Value`] if the table lacks a column, holds a category that the features do not
/// know, misses a value, or is too large.
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
    for column in &table.columns {
        check_categories(column, features)?;
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

/// Refuses a text column with a category that none of the features stands for.
fn check_categories(column: &Column, features: &[Feature]) -> Result<(), DataError> {
    let Values::Categories { names, .. } = &column.values else {
        return Ok(());
    };
    let stands_for = |feature: &Feature, name: &String| matches!(&feature.kind, Kind::Category { group, category } if *group == column.name && category == name);
    match names
        .iter()
        .find(|name| !features.iter().any(|feature| stands_for(feature, name)))
    {
        Some(name) => Err(DataError::Value(format!(
            "column `{}` holds `{name}`, which is none of the categories that the model knows",
            column.name
        ))),
        None => Ok(()),
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
