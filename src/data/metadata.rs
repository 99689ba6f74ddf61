//! Features and classes as texts beside a model's weights.

use std::collections::BTreeMap;

use super::{
    DataError, Dataset, Feature,
    observed::{Observed, observe},
};

/// Name of the text that holds the features.
const FEATURES: &str = "features";
/// Name of the text that holds the classes.
const CLASSES: &str = "classes";
/// Name of the text that holds what the training samples have of each feature.
const OBSERVED: &str = "observed";

/// What is known of a model's inputs and outputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The `d` features.
    pub features: Vec<Feature>,
    /// Names of the `k` classes.
    pub classes: Vec<String>,
    /// What the training samples have of each feature, `(d,)`; `None` in files of before.
    pub observed: Option<Vec<Observed>>,
}

impl Metadata {
    /// What a model that was trained on `dataset` has to know.
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            features: dataset.features.clone(),
            classes: dataset.classes.clone(),
            observed: observe(dataset.train.x.view()),
        }
    }

    /// Everything as JSON texts by name.
    ///
    /// # Errors
    /// [`DataError::Value`] if they cannot be written as JSON.
    pub fn to_texts(&self) -> Result<BTreeMap<String, String>, DataError> {
        let mut texts = BTreeMap::from([
            (FEATURES.to_owned(), text(&self.features)?),
            (CLASSES.to_owned(), text(&self.classes)?),
        ]);
        if let Some(observed) = &self.observed {
            texts.insert(OBSERVED.to_owned(), text(observed)?);
        }
        Ok(texts)
    }

    /// What is known among `texts`; `None` if neither is there.
    ///
    /// # Errors
    /// [`DataError::Value`] if only one of features and classes is there, one is no such JSON text, a
    /// scale cannot be undone, or what was observed cannot be.
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
            observed: match texts.get(OBSERVED) {
                Some(observed) => Some(parse(OBSERVED, observed)?),
                None => None,
            },
        };
        metadata.check_observed()?;
        match metadata.features.iter().find(|feature| !is_sound(feature)) {
            None => Ok(Some(metadata)),
            Some(feature) => Err(DataError::Value(format!(
                "the metadata of feature `{}` has a scale that cannot be undone, a domain that is the wrong way round, or a step or a typical value that is no number",
                feature.name
            ))),
        }
    }
}

impl Metadata {
    fn check_observed(&self) -> Result<(), DataError> {
        let sound = self.observed.as_ref().is_none_or(|observed| {
            observed.len() == self.features.len() && observed.iter().all(Observed::is_sound)
        });
        match sound {
            true => Ok(()),
            false => Err(DataError::Value(format!(
                "the metadata `{OBSERVED}` does not fit the features; save it again, or remove it"
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
    let stepped = feature
        .step
        .is_none_or(|step| step.is_finite() && step > 0.0);
    let ranged = feature
        .range
        .is_none_or(|[least, most]| least.is_finite() && most.is_finite() && least <= most);
    let filled = feature.typical.is_none_or(f64::is_finite);
    invertible
        && stepped
        && ranged
        && filled
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
            observed: Some(vec![Observed::STANDARD]),
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
            observed: None,
        };
        let error = Metadata::from_texts(&metadata.to_texts().unwrap()).unwrap_err();
        assert!(error.to_string().contains("`age`"));
        let mut metadata = metadata;
        metadata.features[0].scale.factor = 1.0;
        metadata.observed = Some(Vec::new());
        let error = Metadata::from_texts(&metadata.to_texts().unwrap()).unwrap_err();
        assert!(error.to_string().contains("`observed`"));
        let partial = BTreeMap::from([(FEATURES.to_owned(), "[]".to_owned())]);
        assert!(Metadata::from_texts(&partial).is_err());
        let broken = BTreeMap::from([
            (FEATURES.to_owned(), "{".to_owned()),
            (CLASSES.to_owned(), "[]".to_owned()),
        ]);
        assert!(Metadata::from_texts(&broken).is_err());
    }
}
