//! The encoding of Adult that the paper's tables were made with.

use super::Benchmark;
use crate::data::table::Table;
use crate::data::{DataError, Feature, Kind};

/// The column of categories, and the number that is decoded with them.
const GROUP: &str = "education";
const NUMBER: &str = "education-num";

impl Benchmark {
    /// Whether the paper's tables were made with another encoding than the one that it describes.
    pub fn differs_as_published(self) -> bool {
        self == Self::Adult
    }
}

/// Has the number of years of education decoded together with the categories of education, to 0 or
/// 1 in model units: the program behind the published tables finds the members of a one-hot group by
/// the beginning of their names, and so takes `education-num` for one of `education`.
///
/// # Errors
/// [`DataError::Value`] unless the categories are there with the number right behind them.
pub fn decode_as_published(features: &mut [Feature]) -> Result<(), DataError> {
    let number = features
        .iter()
        .position(|feature| feature.name == NUMBER && feature.kind == Kind::Numeric);
    let behind = |&number: &usize| {
        let before = number.checked_sub(1).and_then(|i| features.get(i));
        before.and_then(Feature::group) == Some(GROUP)
    };
    let Some(number) = number.filter(behind) else {
        return Err(DataError::Value(format!(
            "the encoding as published takes the categories of `{GROUP}` with `{NUMBER}` behind them, which is what the original file has; {}",
            Benchmark::Adult.where_from()
        )));
    };
    features[number].decoded_with = Some(GROUP.into());
    Ok(())
}

/// Moves the number behind the column of categories.
pub(super) fn put_together(table: &mut Table) {
    let find = |table: &Table, name| table.columns.iter().position(|c| c.name == name);
    let Some(number) = find(table, NUMBER) else {
        return;
    };
    let column = table.columns.remove(number);
    let place = find(table, GROUP).map_or(number, |group| group + 1);
    table.columns.insert(place, column);
}
