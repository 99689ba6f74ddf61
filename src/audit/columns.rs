//! The columns of a table, some of which are several features.

use crate::data::{Feature, encode::column_name};

/// The columns of features and the positions of each, in the order of the features.
pub fn columns(features: &[Feature]) -> Vec<(String, Vec<usize>)> {
    let mut columns: Vec<(String, Vec<usize>)> = Vec::new();
    for (position, feature) in features.iter().enumerate() {
        let name = column_name(feature);
        match columns.last_mut().filter(|(known, _)| known == name) {
            Some((_, positions)) => positions.push(position),
            None => columns.push((name.to_owned(), vec![position])),
        }
    }
    columns
}
