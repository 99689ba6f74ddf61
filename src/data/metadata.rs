//! Features and classes as texts beside a model's weights.

use std::collections::BTreeMap;

use super::{DataError, Feature};

/// Name of the text that holds the features.
const FEATURES: &str = "features";
/// Name of the text that holds the classes.
const CLASSES: &str = "classes";

/// What is known of a model's inputs and outputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The `d` features.
    pub features: Vec<Feature>,
    /// Names of the `k` classes.
    pub classes: Vec<String>,
}

impl Metadata {
    /// Features and classes as JSON texts by name.
    ///
    /// # Errors
    /// [`DataError::Value`] if they cannot be written as JSON.
    pub fn to_texts(&self) -> Result<BTreeMap<String, String>, DataError> {
        Ok(BTreeMap::from([
            (FEATURES.to_owned(), text(&self.features)?),
            (CLASSES.to_owned(), text(&self.classes)?),
        ]))
    }

    /// The features and classes among `texts`; `None` if neither is there.
    ///
    /// # Errors
    /// [`DataError::Value`] if only one is there, one is no such JSON text, or a scale cannot be
    /// undone.
    pub fn from_texts(texts: &BTreeMap<String, String>) -> Result<Option<Self>, DataError> {
        let (features, classes) = match (texts.get(FEATURES), texts.get(CLASSES)) {
            (None, None) => return Ok(None),
            (Some(features), Some(classes)) => (features, classes),
            _ => {
                return Err(DataError::Value(format!(
                    "its metadata has only one of `{FEATURES}` and `{CLASSES}`; save it again, or remove the metadata"
                )));
            }
        };
        let metadata = Self {
            features: parse(FEATURES, features)?,
            classes: parse(CLASSES, classes)?,
        };
        match metadata.features.iter().find(|feature| !is_sound(feature)) {
            None => Ok(Some(metadata)),
            Some(feature) => Err(DataError::Value(format!(
                "the metadata of feature `{}` has a scale that cannot be undone, or a domain that is the wrong way round",
                feature.name
            ))),
        }
    }
}

fn text<T: serde::Serialize>(value: &T) -> Result<String, DataError> {
    serde_json::to_string(value)
        .map_err(|error| DataError::Value(format!("the metadata cannot be written: {error}")))
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, DataError> {
    serde_json::from_str(text)
        .map_err(|error| DataError::Value(format!("the metadata `{name}` cannot be read: {error}")))
}

fn is_sound(feature: &Feature) -> bool {
    let scale = feature.scale;
    let invertible = scale.factor != 0.0 && scale.factor.is_finite() && scale.offset.is_finite();
    invertible
        && feature
            .domain
            .is_none_or(|domain| domain.lower <= domain.upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Interval;

    #[test]
    fn features_survive_a_round_trip() {
        let mut feature = Feature::numeric("age");
        feature.domain = Some(Interval {
            lower: -1.25,
            upper: 0.1,
        });
        let metadata = Metadata {
            features: vec![feature],
            classes: vec!["no".to_owned(), "yes".to_owned()],
        };
        let texts = metadata.to_texts().unwrap();
        assert_eq!(Metadata::from_texts(&texts).unwrap(), Some(metadata));
        assert_eq!(Metadata::from_texts(&BTreeMap::new()).unwrap(), None);
    }

    #[test]
    fn unsound_texts_are_refused() {
        let mut feature = Feature::numeric("age");
        feature.scale.factor = 0.0;
        let metadata = Metadata {
            features: vec![feature],
            classes: Vec::new(),
        };
        let error = Metadata::from_texts(&metadata.to_texts().unwrap()).unwrap_err();
        assert!(error.to_string().contains("`age`"));
        let partial = BTreeMap::from([(FEATURES.to_owned(), "[]".to_owned())]);
        assert!(Metadata::from_texts(&partial).is_err());
        let broken = BTreeMap::from([
            (FEATURES.to_owned(), "{".to_owned()),
            (CLASSES.to_owned(), "[]".to_owned()),
        ]);
        assert!(Metadata::from_texts(&broken).is_err());
    }
}
