//! What is learned of a column besides its scale.

use crate::data::missing::Typical;
use crate::data::schema::FeatureSchema;
use crate::data::table::Column;
use crate::data::{Feature, ValueKind};

/// The step of a numeric column: the schema's, else 1 if its `train` rows hold whole numbers only.
pub(super) fn step(values: &[f64], train: &[usize], given: &FeatureSchema) -> Option<f64> {
    if let Some(step) = given.step {
        return (step > 0.0).then_some(step);
    }
    let mut present = train
        .iter()
        .map(|&row| values[row])
        .filter(|value| !value.is_nan())
        .peekable();
    let counts = present.peek().is_some() && given.kind != Some(ValueKind::Pixel);
    (counts && present.all(|value| value.fract() == 0.0)).then_some(1.0)
}

/// The median of a numeric column's `train` rows.
pub(super) fn median(column: &Column, train: &[usize]) -> Option<f64> {
    match column.typical(train) {
        Typical::Number(median) => Some(median),
        Typical::Category(_) => None,
    }
}

/// Marks among the `features` of a text column the one that is most frequent.
pub(super) fn mark_mode(features: &mut [Feature], column: &Column, train: &[usize]) {
    if let Typical::Category(Some(mode)) = column.typical(train) {
        for (position, feature) in features.iter_mut().enumerate() {
            feature.typical = Some(f64::from(u8::from(position == mode)));
        }
    }
}
