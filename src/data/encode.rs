//! Between file units and model units: standardisation and one-hot groups.
//!
//! A list of [`Feature`]s says everything about an encoding: which column feeds a feature, how it
//! is scaled, which category it stands for. It is [`fit`] once, on training rows, and then applied
//! to any table with those columns by [`encode`].

use ndarray::Array2;

use super::image::{PIXEL_DOMAIN, PIXEL_SCALE};
use super::schema::FeatureSchema;
use super::table::{Column, Table, Values};
use super::{DataError, Feature, Interval, Kind, Mutability, Scale, Schema, ValueKind, nearest};

/// Most values that an encoded table may have.
const MAX_VALUES: usize = 200_000_000;
/// Mean or standard deviation beyond which columns are standardised unasked.
const UNSCALED: f64 = 10.0;

/// The features of `table`, scaled by its `train` rows.
///
/// Numeric columns are standardised, `x = (file − μ) / σ`, if the schema says so. If it does not
/// say, they are if the mean or standard deviation of any of them is beyond 10: data on the scale
/// of the synthetic families is left as it is. A constant column is only centred. Text columns become
/// one feature per category, 0 or 1, named `column=category`. Pixels go from 0 … 255 to −1 … 1.
///
/// # Errors
/// [`DataError::Value`] for a schema entry that does not fit its column.
pub fn fit(table: &Table, schema: &Schema, train: &[usize]) -> Result<Vec<Feature>, DataError> {
    let standardise = standardises(table, schema, train);
    let mut features = Vec::new();
    for column in &table.columns {
        let given = schema
            .features
            .get(&column.name)
            .cloned()
            .unwrap_or_default();
        match &column.values {
            Values::Categories { names, .. } => {
                features.extend(one_hot(&column.name, names, &given)?);
            }
            Values::Numbers(values) => {
                let scale = match given.kind {
                    Some(ValueKind::Pixel) => PIXEL_SCALE,
                    _ if standardise => Moments::of(values, train).scale(),
                    _ => Scale::IDENTITY,
                };
                features.push(numeric(&column.name, scale, given));
            }
        }
    }
    Ok(features)
}

/// Whether [`fit`] standardises the numeric columns.
pub fn standardises(table: &Table, schema: &Schema, train: &[usize]) -> bool {
    let pixel = |name: &str| {
        let given = schema.features.get(name);
        given.is_some_and(|feature| feature.kind == Some(ValueKind::Pixel))
    };
    let unscaled = |column: &Column| match &column.values {
        Values::Numbers(values) => !pixel(&column.name) && Moments::of(values, train).is_unscaled(),
        Values::Categories { .. } => false,
    };
    let decide = || table.columns.iter().any(unscaled);
    schema.standardise.unwrap_or_else(decide)
}

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

fn numeric(name: &str, scale: Scale, given: FeatureSchema) -> Feature {
    let domain = given.domain.map(|[lower, upper]| Interval {
        lower: scale.to_model(lower),
        upper: scale.to_model(upper),
    });
    let (kind, domain) = match given.kind {
        Some(ValueKind::Pixel) => (Kind::Pixel, domain.or(Some(PIXEL_DOMAIN))),
        _ => (Kind::Numeric, domain),
    };
    Feature {
        name: name.into(),
        kind,
        mutability: given.mutability,
        domain,
        scale,
        unit: given.unit,
        description: given.description,
    }
}

/// One feature per category, which change together or not at all.
fn one_hot(
    name: &str,
    categories: &[String],
    given: &FeatureSchema,
) -> Result<Vec<Feature>, DataError> {
    if matches!(
        given.mutability,
        Mutability::Increase | Mutability::Decrease
    ) {
        return Err(DataError::Value(format!(
            "feature `{name}` is text, which can neither increase nor decrease; its mutability is `both` or `none`"
        )));
    }
    if given.domain.is_some() {
        return Err(DataError::Value(format!(
            "feature `{name}` is text and cannot have a domain"
        )));
    }
    let feature = |category: &String| Feature {
        name: format!("{name}={category}"),
        kind: Kind::Category {
            group: name.into(),
            category: category.clone(),
        },
        mutability: given.mutability,
        domain: Some(Interval {
            lower: 0.0,
            upper: 1.0,
        }),
        scale: Scale::IDENTITY,
        unit: given.unit.clone(),
        description: given.description.clone(),
    };
    Ok(categories.iter().map(feature).collect())
}

/// Mean and population standard deviation of a numeric column.
struct Moments {
    mean: f64,
    deviation: f64,
}

impl Moments {
    /// Over the `rows` that have a value.
    fn of(values: &[f32], rows: &[usize]) -> Self {
        let present = || {
            rows.iter()
                .map(|&row| f64::from(values[row]))
                .filter(|v| !v.is_nan())
        };
        let count = present().count().max(1) as f64;
        let mean = present().sum::<f64>() / count;
        let variance = present().map(|v| (v - mean).powi(2)).sum::<f64>() / count;
        Self {
            mean,
            deviation: variance.sqrt(),
        }
    }

    fn is_unscaled(&self) -> bool {
        self.mean.abs() > UNSCALED || self.deviation > UNSCALED
    }

    /// The scale in which the column has mean 0 and standard deviation 1.
    fn scale(&self) -> Scale {
        let factor = self.deviation as f32;
        let negligible = self.deviation <= 1e-7 * self.mean.abs();
        Scale {
            offset: self.mean as f32,
            factor: if negligible || !factor.is_normal() {
                1.0
            } else {
                factor
            },
        }
    }
}
