//! Saying by name how features may change.

use std::ops::Range;

use super::{DataError, Feature, Mutability, groups::groups, nearest};
use crate::text::{printable, revealed};

/// Positions of the feature called `name`, or of all features of the one-hot group of that name.
/// Characters that cannot be seen may be written as messages show them (`\u{a}`).
///
/// # Errors
/// [`DataError::Name`] suggests the nearest name.
pub fn named(features: &[Feature], name: &str) -> Result<Vec<usize>, DataError> {
    let found = positions(features, name);
    let found = match found.is_empty() {
        false => found,
        true => positions(features, &revealed(name)),
    };
    match found.is_empty() {
        false => Ok(found),
        true => Err(unknown(features, name)),
    }
}

fn positions(features: &[Feature], name: &str) -> Vec<usize> {
    let is_named = |feature: &Feature| feature.name == name || feature.group() == Some(name);
    (0..features.len())
        .filter(|&position| is_named(&features[position]))
        .collect()
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

/// Gives the features in each of the lists its mutability. A text is a name, or several with commas
/// between them; a name with a comma of its own is put in double quotes where that is needed to tell.
///
/// # Errors
/// As [`constrain`]; also [`DataError::Value`] for a feature in lists of different mutability.
pub fn constrain_all(
    features: &[Feature],
    mutability: &mut [Mutability],
    lists: &[(&[String], Mutability)],
) -> Result<(), DataError> {
    let mut wishes: Vec<Option<Mutability>> = vec![None; features.len()];
    for (texts, wanted) in lists {
        for text in *texts {
            for name in listed_names(features, text)? {
                for position in constrain(features, mutability, &name, *wanted)? {
                    match wishes[position].replace(*wanted) {
                        Some(other) if other != *wanted => {
                            return Err(contradiction(&features[position], [other, *wanted]));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    Ok(())
}

fn contradiction(feature: &Feature, wishes: [Mutability; 2]) -> DataError {
    let [first, second] = wishes.map(|wish| match wish {
        Mutability::Both => "change both ways",
        Mutability::Increase => "only rise",
        Mutability::Decrease => "only fall",
        Mutability::None => "not change",
    });
    DataError::Value(format!(
        "`{}` is to {first} and to {second}, which contradict each other; name it once",
        feature.name
    ))
}

/// The names of features in a list, as [`listed`] reads it.
fn listed_names(features: &[Feature], text: &str) -> Result<Vec<String>, DataError> {
    listed(text, |name| named(features, name).is_ok())
        .map_err(|strange| unknown(features, &strange))
}

/// The names in a list: as CSV has them, if all of those are known; else the text as a whole; else the
/// longest parts between commas that are known names.
///
/// # Errors
/// A name that is not known.
pub fn listed(text: &str, is_known: impl Fn(&str) -> bool) -> Result<Vec<String>, String> {
    let fields = fields(text);
    if fields.iter().all(|name| is_known(name)) {
        return Ok(fields);
    }
    if is_known(text) {
        return Ok(vec![text.into()]);
    }
    let pieces: Vec<&str> = text.split(',').collect();
    let (mut names, mut start) = (Vec::new(), 0);
    while start < pieces.len() {
        let ends = (start + 1..=pieces.len()).rev();
        let joined = ends.map(|end| (end, pieces[start..end].join(",").trim().to_owned()));
        let known = joined.into_iter().find(|(_, name)| is_known(name));
        let Some((end, name)) = known else {
            let strange = fields.into_iter().find(|name| !is_known(name));
            return Err(strange.unwrap_or_else(|| text.to_owned()));
        };
        names.push(name);
        start = end;
    }
    Ok(names)
}

/// The fields of one line of CSV; the text as a whole if it is more than a line.
fn fields(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let lines: Result<Vec<csv::StringRecord>, _> = reader.records().take(2).collect();
    match lines.as_deref() {
        Ok([line]) => line.iter().map(String::from).collect(),
        _ => vec![text.into()],
    }
}

/// The list that [`constrain_all`] reads back as these names.
pub fn as_list(names: &[&str]) -> String {
    let written = names.iter().map(|name| {
        let name = printable(name);
        match name.contains([',', '"']) || name.trim() != name {
            true => format!("\"{}\"", name.replace('"', "\"\"")),
            false => name.into_owned(),
        }
    });
    written.collect::<Vec<_>>().join(",")
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
    fn lists_of_names_are_read_back() {
        let strange = [
            "income, yearly",
            "a",
            "b \"c\"",
            "line\nbreak",
            "$(x)",
            "it's",
            "a,b",
        ];
        let features = strange.map(Feature::numeric);
        let read = |text: &str| listed_names(&features, text).unwrap();
        assert_eq!(read("income, yearly"), ["income, yearly"]);
        assert_eq!(
            read("a,income, yearly,it's"),
            ["a", "income, yearly", "it's"]
        );
        assert_eq!(read("a,\"a,b\""), ["a", "a,b"]);
        assert_eq!(read("b \"c\""), ["b \"c\""]);
        assert!(
            listed_names(&features, "a,q")
                .unwrap_err()
                .to_string()
                .contains("`q`")
        );
        for name in strange {
            for list in [vec![name], vec!["a", name], strange.to_vec()] {
                let written = as_list(&list);
                let positions = |names: Vec<String>| -> Vec<usize> {
                    names
                        .iter()
                        .flat_map(|name| named(&features, name).unwrap())
                        .collect()
                };
                let expected = list.iter().map(|name| (*name).to_owned()).collect();
                assert_eq!(positions(read(&written)), positions(expected), "{written}");
            }
        }
    }

    #[test]
    fn contradictions_are_refused() {
        let try_lists = |lists: &[(&[String], Mutability)]| {
            constrain_all(&features(), &mut [Mutability::Both; 3], lists)
        };
        let (age, job, nurse) = (
            ["age".to_owned()],
            ["job".to_owned()],
            ["job=nurse".to_owned()],
        );
        let (none, rise) = (Mutability::None, Mutability::Increase);
        let refused = try_lists(&[(&age, none), (&age, rise)]).unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("`age` is to not change and to only rise")
        );
        assert!(try_lists(&[(&job, none), (&nurse, rise)]).is_err());
        assert!(try_lists(&[(&job, none), (&nurse, none), (&age, rise)]).is_ok());
    }

    #[test]
    fn unknown_names_are_told_with_the_nearest() {
        let error = named(&features(), "jobb").unwrap_err().to_string();
        assert!(error.contains("did you mean `job`"), "{error}");
        assert!(error.ends_with("there are age, job, job=clerk, job=nurse"));
    }
}
