//! Schemas: what a user says about the columns of a CSV file, in a TOML file beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::bytes::{is_standard_input, unpacked_name};
use super::encode::column_name;
use super::relation::{Relation, Relations};
use super::{Balance, DataError, Feature, Kind, Missing, Mutability, nearest};
use crate::files::read_text;
use crate::text::concise;

/// Largest schema file that is read: 10,000 columns with a sentence each.
const MAX_BYTES: u64 = 4 << 20;

/// What is known about a table; everything may be left out.
///
/// ```toml
/// label = "loan"
/// positive = "granted"
/// standardise = true
///
/// [features.age]
/// mutability = "increase"
/// domain = [18, 90]
/// unit = "years"
/// description = "Age of the applicant"
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Schema {
    /// Name of the label column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The class that people wish for; it becomes the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub positive: Option<String>,
    /// Makes two classes of a label column of numbers: `false` up to this value, `true` above it.
    /// A column with only two different numbers is taken as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Threshold>,
    /// Whether numeric columns are standardised; if it is not said, the scale of the data decides
    /// ([`fit`](super::encode::fit)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standardise: Option<bool>,
    /// What to do about missing values.
    pub missing: Missing,
    /// Whether to make all classes equally frequent.
    pub balance: Balance,
    /// Relations between columns of numbers that counterfactuals keep, such as `a <= b`.
    #[serde(skip_serializing_if = "Relations::is_empty")]
    pub relation: Relations,
    /// Columns to leave out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// What is known about the columns, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub features: BTreeMap<String, FeatureSchema>,
}

/// Where numbers are split into two classes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Threshold {
    /// At this number.
    Value(f64),
    /// At the median of the file.
    Median(Median),
}

/// The word `median`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Median {
    /// The median.
    Median,
}

/// What is known about a column; everything may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeatureSchema {
    /// What the values are; otherwise inferred from them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ValueKind>,
    /// How a counterfactual may change the feature.
    pub mutability: Mutability,
    /// Smallest and largest value, in units of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<[f64; 2]>,
    /// What all values are multiples of, such as 1 for whole numbers, or 0 if they may be anything;
    /// otherwise inferred from them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    /// Whether it is an amount whose ratios matter, such as an income: it is learned as `ln(1 + value)`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub log: bool,
    /// Unit of the values.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// One sentence for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Numbers.
    Numeric,
    /// Names, or numbers that only name something.
    Category,
    /// Brightness of an image's pixels from 0 to 255, which becomes −1 to 1.
    Pixel,
}

impl Schema {
    /// The schema file that belongs to the data file `path`: the same name ending in `.toml`, as
    /// in `loan.toml` for `loan.csv` and `loan.csv.gz`.
    pub fn path_beside(path: &Path) -> PathBuf {
        unpacked_name(path).with_extension("toml")
    }

    /// Reads the schema beside the data file `path`, if there is one.
    ///
    /// # Errors
    /// As [`Schema::read`].
    pub fn beside(path: &Path) -> Result<Option<Self>, DataError> {
        if is_standard_input(path) {
            return Ok(None);
        }
        let path = Self::path_beside(path);
        match path.exists() {
            true => Self::read(&path).map(Some),
            false => Ok(None),
        }
    }

    /// Reads a schema file.
    ///
    /// # Errors
    /// [`DataError::Read`] if it cannot be read; [`DataError::Content`] with the line if it is not
    /// TOML, has unknown keys, or a domain whose bounds are reversed or not finite.
    pub fn read(path: &Path) -> Result<Self, DataError> {
        let text = read_text(path, MAX_BYTES).map_err(|source| DataError::Read {
            path: path.into(),
            source,
        })?;
        Self::parse(&text).map_err(|problem| DataError::Content {
            path: path.into(),
            problem,
        })
    }

    /// The schema that `text`, in TOML, spells.
    ///
    /// # Errors
    /// A message with the line of the first mistake.
    pub fn parse(text: &str) -> Result<Self, String> {
        let schema: Self = toml::from_str(text).map_err(|error| concise(&error.to_string()))?;
        for (name, feature) in &schema.features {
            feature.check_domain(name)?;
            feature.check_step(name)?;
        }
        Ok(schema)
    }

    /// Whether the column is to be left out.
    pub fn ignores(&self, column: &str) -> bool {
        self.ignore.iter().any(|name| name == column)
    }

    /// Refuses a schema that speaks of columns which the file at `path` does not have.
    pub(super) fn check_columns(&self, path: &Path, header: &[String]) -> Result<(), DataError> {
        let related = self.relation.iter().flat_map(Relation::columns);
        let mentioned = self.features.keys().chain(&self.ignore).chain(related);
        match mentioned.into_iter().find(|name| !header.contains(name)) {
            None => Ok(()),
            Some(name) => {
                let hint = nearest::hint(name, header.iter().map(String::as_str));
                Err(DataError::Content {
                    path: Self::path_beside(path),
                    problem: format!(
                        "the schema speaks of a column `{name}`, which {} does not have{hint}",
                        path.display()
                    ),
                })
            }
        }
    }

    /// Declares each column that `features` are computed from as numbers or categories.
    pub(super) fn declare_kinds_of(&mut self, features: &[&Feature]) {
        for feature in features {
            let entry = self
                .features
                .entry(column_name(feature).into())
                .or_default();
            entry.kind = Some(match feature.kind {
                Kind::Category { .. } => ValueKind::Category,
                Kind::Numeric => ValueKind::Numeric,
                Kind::Pixel => ValueKind::Pixel,
            });
        }
    }
}

impl FeatureSchema {
    fn check_step(&self, name: &str) -> Result<(), String> {
        match self.step {
            Some(step) if !(step.is_finite() && step >= 0.0) => Err(format!(
                "the step {step} of feature `{name}` has to be a positive number, or 0 for any value"
            )),
            _ => Ok(()),
        }
    }

    fn check_domain(&self, name: &str) -> Result<(), String> {
        match self.domain {
            Some([lower, upper]) if !(lower.is_finite() && upper.is_finite()) => Err(format!(
                "the domain [{lower}, {upper}] of feature `{name}` has to have finite bounds"
            )),
            Some([lower, upper]) if lower > upper => Err(format!(
                "the domain [{lower}, {upper}] of feature `{name}` is the wrong way round"
            )),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_survives_a_round_trip() {
        let text = r#"
            label = "loan"
            positive = "granted"
            standardise = true
            missing = "impute"
            balance = "over"
            ignore = ["id"]

            [features.age]
            kind = "numeric"
            mutability = "increase"
            domain = [18, 90]
            unit = "years"
            description = "Age of the applicant"
        "#;
        let schema = Schema::parse(text).unwrap();
        assert_eq!(schema.features["age"].domain, Some([18.0, 90.0]));
        assert_eq!(schema.missing, Missing::Impute);
        let written = toml::to_string(&schema).unwrap();
        assert_eq!(Schema::parse(&written).unwrap(), schema);
    }

    #[test]
    fn mistakes_are_named() {
        let problem = |text| Schema::parse(text).unwrap_err();
        let unknown = problem("standardize = true");
        assert!(
            unknown.contains("line 1") && unknown.contains("standardize"),
            "{unknown}"
        );
        assert!(problem("[features.a]\nmutability = \"up\"").contains("line 2"));
        assert!(problem("[features.a]\ndomain = [2, 1]").contains("wrong way round"));
        assert!(problem("[features.a]\ndomain = [0, inf]").contains("finite"));
        assert!(problem("[features.a]\nstep = -1").contains("step -1"));
    }
}
