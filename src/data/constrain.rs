//! Saying by name how features may change.

use std::ops::Range;

use super::{DataError, Feature, Mutability, groups::groups, nearest};

/// Positions of the feature called `name`, or of all features of the one-hot group of that name.
///
/// # Errors
/// [`DataError::Name`] suggests the nearest name.
pub fn named(features: &[Feature], name: &str) -> Result<Vec<usize>, DataError> {
    let is_named = |feature: &Feature| feature.name == name || feature.group() == Some(name);
    let found: Vec<usize> = (0..features.len())
        .filter(|&position| is_named(&features[position]))
        .collect();
    match found.is_empty() {
        false => Ok(found),
        true => Err(unknown(features, name)),
    }
}

/// Gives the feature or one-hot group called `name` the mutability `wanted`; the positions that have
/// it now. `mutability` is `(d,)`.
///
/// # Errors
/// [`DataError::Name`] for an unknown name; [`DataError::Value`] for a group that is to rise or fall,
/// which categories cannot.
pub fn constrain(
    features: &[Feature],
    mutability: &mut [Mutability],
    name: &str,
    wanted: Mutability,
) -> Result<Vec<usize>, DataError> {
    let positions = named(features, name)?;
    let is_group = positions
        .iter()
        .any(|&position| features[position].name != name);
    let directed = matches!(wanted, Mutability::Increase | Mutability::Decrease);
    if is_group && directed {
        return Err(DataError::Value(format!(
            "`{name}` is text and has {} categories, which can neither increase nor decrease; make it immutable, or name one category such as `{}`",
            positions.len(),
            features[positions[0]].name
        )));
    }
    for &position in &positions {
        if let Some(mutability) = mutability.get_mut(position) {
            *mutability = wanted;
        }
    }
    Ok(positions)
}

/// The names that [`named`] understands with their positions, text columns before their categories.
pub fn names(features: &[Feature]) -> Vec<(&str, Range<usize>)> {
    let mut names = Vec::new();
    let mut groups = groups(features).into_iter().peekable();
    for (position, feature) in features.iter().enumerate() {
        if let Some(range) = groups.next_if(|range| range.start == position) {
            names.extend(feature.group().map(|name| (name, range)));
        }
        names.push((feature.name.as_str(), position..position + 1));
    }
    names
}

fn unknown(features: &[Feature], name: &str) -> DataError {
    const SHOWN: usize = 12;
    let known: Vec<&str> = names(features).into_iter().map(|(name, _)| name).collect();
    let hint = nearest::hint(name, known.iter().copied());
    let all = match known.len() <= SHOWN {
        true => format!("; there are {}", known.join(", ")),
        false => String::new(),
    };
    DataError::Name(format!("there is no feature `{name}`{hint}{all}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Kind;

    fn features() -> Vec<Feature> {
        let category = |category: &str| Feature {
            kind: Kind::Category {
                group: "job".into(),
                category: category.into(),
            },
            ..Feature::numeric(format!("job={category}"))
        };
        vec![
            Feature::numeric("age"),
            category("clerk"),
            category("nurse"),
        ]
    }

    #[test]
    fn a_group_is_locked_as_a_whole() {
        let mut mutability = vec![Mutability::Both; 3];
        let mut lock = |name| constrain(&features(), &mut mutability, name, Mutability::None);
        assert_eq!(lock("job").unwrap(), [1, 2]);
        assert_eq!(
            mutability,
            [Mutability::Both, Mutability::None, Mutability::None]
        );
    }

    #[test]
    fn a_category_is_named_alone() {
        let mut mutability = vec![Mutability::Both; 3];
        let wanted = Mutability::Increase;
        let found = constrain(&features(), &mut mutability, "job=nurse", wanted);
        assert_eq!(found.unwrap(), [2]);
        assert_eq!(mutability[1..], [Mutability::Both, Mutability::Increase]);
    }

    #[test]
    fn a_group_has_no_direction() {
        let mut mutability = vec![Mutability::Both; 3];
        let wanted = Mutability::Decrease;
        let error = constrain(&features(), &mut mutability, "job", wanted).unwrap_err();
        assert!(error.to_string().contains("neither increase nor decrease"));
        assert_eq!(mutability, [Mutability::Both; 3]);
    }

    #[test]
    fn unknown_names_are_told_with_the_nearest() {
        let error = named(&features(), "jobb").unwrap_err().to_string();
        assert!(error.contains("did you mean `job`"), "{error}");
        assert!(error.ends_with("there are age, job, job=clerk, job=nurse"));
    }
}
