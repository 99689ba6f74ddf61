//! What a cell of a sweep sets: names and values.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::{Deserialize, Serialize};

/// A value that a name is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// A switch.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A word or a path.
    Text(String),
    /// Names of features.
    Names(Vec<String>),
}

/// All that a cell sets, by name.
pub type Settings = BTreeMap<String, Setting>;

/// Keys whose value is a list of features.
pub(super) const LISTS: [&str; 4] = ["immutable", "mutable", "increase", "decrease"];

/// Keys that are no parameters.
pub(super) const OTHERS: [&str; 5] = ["preset", "data", "label", "arm", "protect"];

impl Setting {
    /// As people write it, and as a cell of a table shows it.
    pub fn text(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Names(names) => names.join("+"),
        }
    }

    /// Numbers by size, before words in alphabetical order.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self.number(), other.number()) {
            (Some(one), Some(other)) => one.total_cmp(&other),
            (None, None) => self.text().cmp(&other.text()),
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// One value from TOML; `None` for what no setting can be.
fn scalar(value: &toml::Value) -> Option<Setting> {
    Some(match value {
        toml::Value::Boolean(flag) => Setting::Flag(*flag),
        toml::Value::Integer(number) => Setting::Number(*number as f64),
        toml::Value::Float(number) if number.is_finite() => Setting::Number(*number),
        toml::Value::String(text) => Setting::Text(text.clone()),
        _ => return None,
    })
}

/// A list of feature names from TOML.
fn names(value: &toml::Value) -> Option<Setting> {
    let name = |value: &toml::Value| value.as_str().map(str::to_owned);
    let list = value.as_array()?;
    list.iter()
        .map(name)
        .collect::<Option<_>>()
        .map(Setting::Names)
}

/// The values that the key `key` takes one after the other, from TOML.
///
/// # Errors
/// A sentence that says what would be right.
pub(super) fn values(key: &str, value: &toml::Value) -> Result<Vec<Setting>, String> {
    let found = match (LISTS.contains(&key), value) {
        (true, toml::Value::String(name)) => Some(vec![Setting::Names(vec![name.clone()])]),
        (true, toml::Value::Array(list)) if list.iter().any(toml::Value::is_array) => {
            list.iter().map(names).collect()
        }
        (true, _) => names(value).map(|names| vec![names]),
        (false, toml::Value::Array(list)) => list.iter().map(scalar).collect(),
        (false, _) => scalar(value).map(|value| vec![value]),
    };
    match found {
        Some(values) if !values.is_empty() => Ok(values),
        Some(_) => Err("an empty list leaves nothing to run".into()),
        None if LISTS.contains(&key) => {
            Err("it takes names of features, or a list of such lists".into())
        }
        None => Err("it takes a number, a word, or a list of those".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(key: &str, text: &str) -> Result<Vec<Setting>, String> {
        let table: toml::Table = format!("{key} = {text}").parse().unwrap();
        values(key, &table[key])
    }

    #[test]
    fn a_list_is_one_value_after_the_other() {
        let words = parsed("generator", r#"["eccco", "generic"]"#).unwrap();
        assert_eq!(words, ["eccco", "generic"].map(|w| Setting::Text(w.into())));
        assert_eq!(parsed("tau", "0.5").unwrap(), [Setting::Number(0.5)]);
        assert!(parsed("tau", "[]").is_err() && parsed("tau", "[[1]]").is_err());
        assert!(parsed("tau", "nan").is_err());
    }

    #[test]
    fn names_of_features_are_one_value_together() {
        let both = Setting::Names(vec!["a".into(), "b".into()]);
        assert_eq!(
            parsed("immutable", r#"["a", "b"]"#).unwrap(),
            std::slice::from_ref(&both)
        );
        let lists = parsed("immutable", r#"[["a", "b"], []]"#).unwrap();
        assert_eq!(lists, [both, Setting::Names(Vec::new())]);
        assert!(parsed("immutable", "3").is_err());
    }
}
