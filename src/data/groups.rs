//! One-hot groups: features that stand for the categories of one column.

use std::ops::Range;

use super::Feature;

/// Positions of each one-hot group among `features`; its members are side by side.
pub fn groups(features: &[Feature]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (position, feature) in features.iter().enumerate() {
        let Some(group) = feature.group() else {
            continue;
        };
        match groups.last_mut() {
            Some(last) if last.end == position && features[last.start].group() == Some(group) => {
                last.end += 1;
            }
            _ => groups.push(position..position + 1),
        }
    }
    groups
}

/// The category with the largest of `values`, `(c,)`, among those that are `allowed`; of several
/// largest the one that `choose` picks, given how many there are. What is not a number is smallest.
pub fn largest(
    values: &[f32],
    allowed: impl Fn(usize) -> bool,
    choose: impl FnOnce(usize) -> usize,
) -> Option<usize> {
    let candidates = || (0..values.len()).filter(|&category| allowed(category));
    let most = candidates().fold(f32::NEG_INFINITY, |most, category| {
        most.max(values[category])
    });
    let is_most = |&category: &usize| values[category].max(f32::NEG_INFINITY) == most;
    match candidates().filter(is_most).count() {
        0 => None,
        1 => candidates().find(is_most),
        several => candidates().filter(is_most).nth(choose(several)),
    }
}

/// The values, `(categories,)`, of a group in `category`.
pub fn one_hot(categories: usize, category: usize) -> Vec<f32> {
    (0..categories)
        .map(|position| indicator(position == category))
        .collect()
}

/// 1 or 0.
pub fn indicator(is: bool) -> f32 {
    f32::from(u8::from(is))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Kind;

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
    fn the_largest_allowed_category_is_found() {
        let only = |_| unreachable!("there is no tie");
        assert_eq!(largest(&[0.2, 0.7, 0.6], |_| true, only), Some(1));
        assert_eq!(largest(&[0.2, 0.7, 0.7], |one| one != 1, only), Some(2));
        assert_eq!(largest(&[0.2, f32::NAN], |_| true, only), Some(0));
        assert_eq!(largest(&[0.2], |_| false, only), None);
        let last = |several: usize| several - 1;
        assert_eq!(largest(&[0.7, 0.2, 0.7], |_| true, last), Some(2));
        assert_eq!(largest(&[f32::NAN; 2], |_| true, last), Some(1));
        assert_eq!(one_hot(3, 1), [0.0, 1.0, 0.0]);
    }

    #[test]
    fn groups_are_told_apart() {
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
    }

    #[test]
    fn a_number_may_be_decoded_with_a_group() {
        let mut number = Feature::numeric("years");
        number.decoded_with = Some("a".into());
        let features = [Feature::numeric("c"), category("a", "x"), number];
        assert_eq!(groups(&features), vec![1..3]);
    }
}
