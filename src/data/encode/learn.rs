//! What is learned of a column besides its scale.

use crate::data::missing::Typical;
use crate::data::schema::FeatureSchema;
use crate::data::table::{Column, Values};
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

/// Smallest and largest value of a column, if it has nothing but whole numbers.
pub(in crate::data) fn whole_range(column: &Column) -> Option<[f64; 2]> {
    let Values::Numbers(values) = &column.values else {
        return None;
    };
    let every: Vec<usize> = (0..values.len()).collect();
    step(values, &every, &FeatureSchema::default())?;
    range(values, &every)
}

/// Most different negative numbers that are taken for codes of missing values.
const MOST_CODES: usize = 3;

/// Smallest and largest of whole numbers in the `train` rows; `None` if there are none.
///
/// A few different negative numbers such as −9 or −99 among others that are mostly not negative stand for
/// missing values and do not count.
pub(super) fn range(values: &[f64], train: &[usize]) -> Option<[f64; 2]> {
    let present = || {
        let values = train.iter().map(|&row| values[row]);
        values.filter(|value| !value.is_nan())
    };
    let mut negative: Vec<f64> = present().filter(|&value| value < 0.0).collect();
    let counted = present().count() - negative.len();
    negative.sort_by(f64::total_cmp);
    negative.dedup();
    let codes = negative.len() <= MOST_CODES
        && negative.iter().all(|&code| is_code(code))
        && counted > present().count() / 2;
    let counts = |value: &f64| !codes || *value >= 0.0;
    let least = present().filter(counts).reduce(f64::min)?;
    let most = present().filter(counts).reduce(f64::max)?;
    Some([least, most])
}

/// Whether a number is one of those that questionnaires use where there is no answer.
fn is_code(number: f64) -> bool {
    let digits = number.abs().to_string();
    number == -1.0
        || (-9.0..=-7.0).contains(&number)
        || (digits.len() > 1 && digits.chars().all(|c| matches!(c, '7'..='9')))
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
