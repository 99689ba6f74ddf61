//! One-hot groups: features that stand for the categories of one column.

use std::ops::Range;

use ndarray::ArrayViewMut1;

use super::{Feature, Kind};

/// Positions of each one-hot group among `features`; its members are side by side.
pub fn groups(features: &[Feature]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (position, feature) in features.iter().enumerate() {
        let Kind::Category { group, .. } = &feature.kind else {
            continue;
        };
        match groups.last_mut() {
            Some(last) if last.end == position && name(&features[last.start]) == Some(group) => {
                last.end += 1;
            }
            _ => groups.push(position..position + 1),
        }
    }
    groups
}

fn name(feature: &Feature) -> Option<&String> {
    match &feature.kind {
        Kind::Category { group, .. } => Some(group),
        Kind::Numeric | Kind::Pixel => None,
    }
}

/// Decodes the relaxed categories of `x`, `(d,)`: in each group the largest value becomes 1 and the
/// others 0; the first one of several largest.
pub fn decode(groups: &[Range<usize>], mut x: ArrayViewMut1<'_, f32>) {
    for group in groups {
        let mut largest = group.start;
        for position in group.clone() {
            if x[position] > x[largest] {
                largest = position;
            }
        }
        for position in group.clone() {
            x[position] = f32::from(u8::from(position == largest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn category(group: &str, category: &str) -> Feature {
        Feature {
            kind: Kind::Category {
                group: group.into(),
                category: category.into(),
            },
            ..Feature::numeric(format!("{group}={category}"))
        }
    }

    #[test]
    fn groups_are_decoded_one_by_one() {
        let features = [
            category("a", "x"),
            category("a", "y"),
            category("b", "x"),
            category("b", "y"),
            Feature::numeric("c"),
            category("d", "x"),
        ];
        let groups = groups(&features);
        assert_eq!(groups, [0..2, 2..4, 5..6]);
        let mut x = array![0.2, 0.7, 0.5, 0.5, 0.3, -1.0];
        decode(&groups, x.view_mut());
        assert_eq!(x, array![0.0, 1.0, 1.0, 0.0, 0.3, 1.0]);
    }
}
