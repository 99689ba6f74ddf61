//! Fitting an encoding to training rows.

use super::learn::{mark_mode, median, range, step};
use crate::data::image::{PIXEL_DOMAIN, PIXEL_SCALE};
use crate::data::schema::FeatureSchema;
use crate::data::table::{Column, Table, Values};
use crate::data::{
    AtMost, DataError, Feature, Interval, Kind, Missing, Mutability, Scale, Schema, ValueKind,
};
use crate::math;

/// Mean or standard deviation beyond which columns are standardised unasked.
const UNSCALED: f64 = 10.0;

/// The features of `table`, scaled by its `train` rows.
///
/// Numeric columns are standardised, `x = (file − μ) / σ`, if the schema says so. If it does not
/// say, they are if the mean or standard deviation of any of them is beyond 10: data on the scale
/// of the synthetic families is left as it is. A constant column is only centred. Text columns become
/// one feature per category, 0 or 1, named `column=category`. Pixels go from 0 … 255 to −1 … 1.
///
/// A numeric column whose training rows hold nothing but whole numbers has the step 1, unless the
/// schema says otherwise. The schema's `log` scales `ln(1 + value)`. What is typical of each column is learned too.
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
                let mut encoded = one_hot(&column.name, names, &given)?;
                mark_mode(&mut encoded, column, train);
                features.extend(encoded);
            }
            Values::Numbers(values) => {
                let scale = match given.kind {
                    Some(ValueKind::Pixel) => PIXEL_SCALE,
                    _ if given.log => logarithmic(&column.name, values, train, standardise)?,
                    _ if standardise => Moments::of(values, train).scale(),
                    _ => Scale::IDENTITY,
                };
                let step = step(values, train, &given);
                features.push(Feature {
                    step,
                    range: step.and_then(|_| range(values, train)),
                    typical: median(column, train).filter(|_| given.kind != Some(ValueKind::Pixel)),
                    ..numeric(&column.name, scale, given)
                });
            }
        }
    }
    for feature in &mut features {
        feature.imputed = schema.missing == Missing::Impute;
    }
    relate(&mut features, schema)?;
    Ok(features)
}

/// The scale of amounts whose ratios matter.
fn logarithmic(
    name: &str,
    values: &[f64],
    train: &[usize],
    standardise: bool,
) -> Result<Scale, DataError> {
    if let Some(value) = values.iter().find(|&&value| value < 0.0) {
        return Err(DataError::Value(format!(
            "feature `{name}` has the value {value}; `log` in the schema is for numbers that are never negative"
        )));
    }
    let logarithms: Vec<f64> = values.iter().map(|&value| math::log1p(value)).collect();
    let scale = match standardise {
        true => Moments::of(&logarithms, train).scale(),
        false => Scale::IDENTITY,
    };
    Ok(Scale { log: true, ..scale })
}

/// Tells the features of the relations that the schema speaks of.
fn relate(features: &mut [Feature], schema: &Schema) -> Result<(), DataError> {
    for relation in schema.relation.iter() {
        let [lower, upper] = relation.columns().map(|name| {
            let number = |feature: &Feature| feature.is_number() && feature.name == *name;
            features.iter().position(number).ok_or_else(|| {
                DataError::Value(format!(
                    "the relation `{relation}` in the schema is between numbers; `{name}` is none"
                ))
            })
        });
        let (lower, upper) = (lower?, upper?);
        let feature = features[upper].name.clone();
        features[lower].at_most.push(AtMost {
            feature,
            strict: relation.strict,
        });
    }
    Ok(())
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
        ..Feature::numeric(name)
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
        ..Feature::numeric("")
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
    fn of(values: &[f64], rows: &[usize]) -> Self {
        let present = || rows.iter().map(|&row| values[row]).filter(|v| !v.is_nan());
        let count = present().count().max(1) as f64;
        let mean = present().sum::<f64>() / count;
        let variance = present()
            .map(|v| crate::math::square(v - mean))
            .sum::<f64>()
            / count;
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
        let negligible = self.deviation <= 1e-14 * self.mean.abs();
        let factor = match negligible || !(self.deviation as f32).is_normal() {
            true => 1.0,
            false => self.deviation,
        };
        Scale::linear(self.mean, factor)
    }
}
