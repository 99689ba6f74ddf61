//! Scaling of a model that was trained elsewhere, in a file.
//!
//! Three formats say the same, by the ending of the file's name:
//!
//! ```csv
//! feature,mean,std
//! age,40.5,12.25
//! ```
//! ```json
//! {"age": {"mean": 40.5, "std": 12.25}}
//! ```
//! ```toml
//! [age]
//! mean = 40.5
//! std = 12.25
//! ```
//!
//! JSON and TOML may instead hold two lists in the order of the features, `mean` and `std` (or `scale`),
//! as scikit-learn's `StandardScaler` has them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{DataError, Feature, Interval, Scale, csv::listed, nearest};
use crate::files::read_text;

/// Largest file that is read.
const MAX_BYTES: u64 = 16 << 20;

/// Means and standard deviations of features.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    path: PathBuf,
    moments: Moments,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Moments {
    InOrder {
        #[serde(alias = "mean_")]
        mean: Vec<f64>,
        #[serde(alias = "scale", alias = "scale_")]
        std: Vec<f64>,
    },
    ByName(BTreeMap<String, Moment>),
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moment {
    mean: f64,
    #[serde(alias = "scale")]
    std: f64,
}

/// A line of a CSV file.
#[derive(Deserialize)]
struct Line {
    feature: String,
    mean: f64,
    #[serde(alias = "scale")]
    std: f64,
}

impl Scaling {
    /// Reads a file.
    ///
    /// # Errors
    /// [`DataError::Read`] if it cannot be read, [`DataError::Content`] if it has none of the three
    /// formats, or names a feature twice.
    pub fn read(path: &Path) -> Result<Self, DataError> {
        let text = read_text(path, MAX_BYTES).map_err(|source| DataError::Read {
            path: path.into(),
            source,
        })?;
        Self::parse(&text, path)
    }

    /// The scaling that `text` spells, in the format that the ending of `path` names.
    ///
    /// # Errors
    /// [`DataError::Content`] as [`Scaling::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, DataError> {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let moments = match &*ending.to_lowercase() {
            "json" => serde_json::from_str(text).map_err(|error| error.to_string()),
            "toml" => toml::from_str(text).map_err(|error| error.to_string()),
            _ => lines(text),
        };
        let path = path.to_owned();
        match moments {
            Ok(moments) => Ok(Self { path, moments }),
            Err(problem) => Err(DataError::Content {
                path,
                problem: format!(
                    "{}; a scaling is a table with the columns feature, mean, std as CSV, or `mean` and `std` of each feature as .json or .toml",
                    problem.trim_end()
                ),
            }),
        }
    }

    /// Gives `features` these scales; also a sentence about those that the file does not mention.
    ///
    /// # Errors
    /// [`DataError::Content`] for a feature that there is not, a number of values other than that of
    /// the features, and a standard deviation that is not positive.
    pub fn apply(&self, features: &mut [Feature]) -> Result<Option<String>, DataError> {
        let fail = |problem| DataError::Content {
            path: self.path.clone(),
            problem,
        };
        let mut unscaled = Vec::new();
        match &self.moments {
            Moments::InOrder { mean, std } => {
                if mean.len() != features.len() || std.len() != features.len() {
                    return Err(fail(format!(
                        "it has {} means and {} standard deviations for {} features",
                        mean.len(),
                        std.len(),
                        features.len()
                    )));
                }
                for (feature, (&mean, &std)) in features.iter_mut().zip(mean.iter().zip(std)) {
                    rescale(feature, Moment { mean, std }).map_err(fail)?;
                }
            }
            Moments::ByName(moments) => {
                let known = |name: &String| features.iter().any(|feature| feature.name == *name);
                if let Some(name) = moments.keys().find(|name| !known(name)) {
                    let names = features.iter().map(|feature| feature.name.as_str());
                    return Err(fail(format!(
                        "there is no feature `{name}`{}",
                        nearest::hint(name, names)
                    )));
                }
                for feature in features {
                    match moments.get(&feature.name) {
                        Some(&moment) => rescale(feature, moment).map_err(fail)?,
                        None => unscaled.push(feature.name.clone()),
                    }
                }
            }
        }
        Ok((!unscaled.is_empty()).then(|| {
            format!(
                "{} does not mention {}; not scaled",
                self.path.display(),
                listed(&unscaled)
            )
        }))
    }
}

fn lines(text: &str) -> Result<Moments, String> {
    let mut reader = ::csv::ReaderBuilder::new()
        .trim(::csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut moments = BTreeMap::new();
    for line in reader.deserialize() {
        let Line { feature, mean, std } = line.map_err(|error: ::csv::Error| error.to_string())?;
        if moments
            .insert(feature.clone(), Moment { mean, std })
            .is_some()
        {
            return Err(format!("it has the feature `{feature}` twice"));
        }
    }
    Ok(Moments::ByName(moments))
}

/// Gives a feature its scale; bounds in units of the file stay what they are there.
fn rescale(feature: &mut Feature, moment: Moment) -> Result<(), String> {
    let scale = Scale::linear(moment.mean, moment.std);
    if !(scale.offset.is_finite() && (scale.factor as f32).is_normal() && scale.factor > 0.0) {
        return Err(format!(
            "feature `{}` has the mean {} and the standard deviation {}; these have to be finite numbers, the latter positive",
            feature.name, moment.mean, moment.std
        ));
    }
    feature.domain = feature.domain.map(|domain| Interval {
        lower: scale.to_model(feature.scale.to_file(domain.lower)),
        upper: scale.to_model(feature.scale.to_file(domain.upper)),
    });
    feature.scale = scale;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Scaling, DataError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Scaling::read(&path)
    }

    #[test]
    fn all_formats_say_the_same() {
        let cases = [
            ("s.csv", "feature,mean,std\nb, 3.5, 2\na,-1,0.5\n"),
            (
                "s.json",
                r#"{"b": {"mean": 3.5, "std": 2}, "a": {"mean": -1, "std": 0.5}}"#,
            ),
            ("s.json", r#"{"mean": [-1, 3.5], "std": [0.5, 2]}"#),
            ("s.json", r#"{"mean_": [-1, 3.5], "scale_": [0.5, 2]}"#),
            (
                "s.toml",
                "a = { mean = -1.0, std = 0.5 }\n[b]\nmean = 3.5\nstd = 2.0\n",
            ),
            ("s.toml", "mean = [-1.0, 3.5]\nstd = [0.5, 2.0]\n"),
        ];
        for (name, text) in cases {
            let mut features = [Feature::numeric("a"), Feature::numeric("b")];
            let scaling = read(name, text).unwrap();
            assert_eq!(scaling.apply(&mut features).unwrap(), None);
            assert_eq!(features[0].scale.to_model(0.0), 2.0, "{text}");
            assert_eq!(features[1].scale.to_model(5.5), 1.0, "{text}");
        }
    }

    #[test]
    fn bounds_keep_their_place_and_gaps_are_told() {
        let mut features = [Feature::numeric("a"), Feature::numeric("b")];
        features[0].domain = Some(Interval {
            lower: 0.0,
            upper: 10.0,
        });
        let scaling = read("s.csv", "feature,mean,std\na,5,2.5\n").unwrap();
        let note = scaling.apply(&mut features).unwrap().unwrap();
        assert!(note.contains("`b`"), "{note}");
        let domain = features[0].domain.unwrap();
        assert_eq!((domain.lower, domain.upper), (-2.0, 2.0));
    }

    #[test]
    fn mistakes_are_named() {
        for (name, text) in [
            ("s.csv", "a,b\n1,2\n"),
            ("s.csv", "feature,mean,std\na,1,1\na,2,1\n"),
            ("s.json", "[1, 2]"),
            ("s.toml", "a = 1"),
        ] {
            let message = read(name, text).unwrap_err().to_string();
            assert!(message.contains("feature, mean, std"), "{message}");
        }
        for (text, expected) in [
            ("feature,mean,std\nc,1,1\n", "no feature `c`"),
            ("feature,mean,std\na,1,0\n", "positive"),
            ("feature,mean,std\na,nan,1\n", "finite"),
        ] {
            let scaling = read("s.csv", text).unwrap();
            let error = scaling.apply(&mut [Feature::numeric("a")]).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
        let scaling = read("s.json", r#"{"mean": [1], "std": [1]}"#).unwrap();
        let mut features = [Feature::numeric("a"), Feature::numeric("b")];
        assert!(scaling.apply(&mut features).is_err());
    }
}
