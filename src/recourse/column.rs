//! Columns of the file: what changes as one.

use std::ops::Range;

use crate::data::{Feature, Kind};

/// A column of the file among the features.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// A number.
    Number(usize),
    /// A one-hot group.
    Group(Range<usize>),
}

impl Column {
    /// The columns that `features` are computed from; `groups` are their one-hot groups.
    pub(super) fn all(features: &[Feature], groups: &[Range<usize>]) -> Vec<Self> {
        let is_category =
            |position: usize| matches!(features[position].kind, Kind::Category { .. });
        let mut columns = Vec::new();
        let mut position = 0;
        while position < features.len() {
            let group = groups.iter().find(|group| group.contains(&position));
            let end = group.map_or(position, |group| {
                (position..group.end)
                    .find(|&member| !is_category(member))
                    .unwrap_or(group.end)
            });
            if end > position {
                columns.push(Self::Group(position..end));
                position = end;
            } else {
                columns.push(Self::Number(position));
                position += 1;
            }
        }
        columns
    }

    /// Positions of its features.
    pub(super) fn positions(&self) -> Range<usize> {
        match self {
            Self::Number(position) => *position..position + 1,
            Self::Group(range) => range.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_one_column_and_numbers_decoded_with_them_another() {
        let category = |name: &str| Feature {
            kind: Kind::Category {
                group: "job".into(),
                category: name.into(),
            },
            ..Feature::numeric(name)
        };
        let features = [
            Feature::numeric("age"),
            category("a"),
            category("b"),
            Feature::numeric("years"),
        ];
        let one = 1..4;
        let columns = Column::all(&features, &[one]);
        let expected = [Column::Number(0), Column::Group(1..3), Column::Number(3)];
        assert_eq!(columns, expected);
    }
}
