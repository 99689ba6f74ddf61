//! Features: what a column means and how a counterfactual may change it.

use serde::{Deserialize, Serialize};

/// How a counterfactual may change a feature (Altmeyer et al., section 3.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mutability {
    /// Free to rise and fall.
    #[default]
    Both,
    /// May only rise above the factual's value.
    Increase,
    /// May only fall below the factual's value.
    Decrease,
    /// Immutable.
    None,
}

impl Mutability {
    /// All four, in the order in which the dashboard cycles through them.
    pub const ALL: [Self; 4] = [Self::Both, Self::Increase, Self::Decrease, Self::None];

    /// The part of `step` that this mutability allows.
    pub fn mask(self, step: f32) -> f32 {
        match self {
            Self::Both => step,
            Self::Increase => step.max(0.0),
            Self::Decrease => step.min(0.0),
            Self::None => 0.0,
        }
    }

    /// The next one in [`Mutability::ALL`], wrapping around.
    pub fn next(self) -> Self {
        match self {
            Self::Both => Self::Increase,
            Self::Increase => Self::Decrease,
            Self::Decrease => Self::None,
            Self::None => Self::Both,
        }
    }
}

/// A closed interval `[lower, upper]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Smallest value allowed.
    pub lower: f32,
    /// Largest value allowed.
    pub upper: f32,
}

impl Interval {
    /// The whole real line.
    pub const UNBOUNDED: Self = Self {
        lower: f32::NEG_INFINITY,
        upper: f32::INFINITY,
    };

    /// The nearest value inside the interval.
    pub fn project(self, value: f32) -> f32 {
        value.max(self.lower).min(self.upper)
    }

    /// Whether `value` lies inside.
    pub fn contains(self, value: f32) -> bool {
        self.lower <= value && value <= self.upper
    }
}

/// The affine map between model units and the units of the file: `file = offset + factor · model`.
///
/// Files have `f64`, so that numbers as long as timestamps keep their digits; models have `f32`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Value in file units of 0 in model units.
    pub offset: f64,
    /// File units per model unit; never 0.
    pub factor: f64,
}

/// Share of a scale that people are told.
const RESOLUTION: f64 = 1.000_000_1e-4;

impl Scale {
    /// Model units are file units.
    pub const IDENTITY: Self = Self {
        offset: 0.0,
        factor: 1.0,
    };

    /// A value in model units, given in file units.
    pub fn to_file(self, model: f32) -> f64 {
        self.offset + self.factor * f64::from(model)
    }

    /// As [`Scale::to_file`], with no more digits than people read: a ten-thousandth of the scale.
    pub fn to_file_rounded(self, model: f32) -> f64 {
        let value = self.to_file(model);
        let digits = (self.factor.abs() * RESOLUTION).log10().floor();
        match digits {
            digits if digits >= 0.0 => {
                let unit = 10_f64.powf(digits);
                (value / unit).round() * unit
            }
            digits => {
                let text = format!("{value:.*}", -digits as usize);
                text.parse().unwrap_or(value)
            }
        }
    }

    /// A value in file units, given in model units.
    pub fn to_model(self, file: f64) -> f32 {
        ((file - self.offset) / self.factor) as f32
    }
}

/// What the values of a feature are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A real number.
    #[default]
    Numeric,
    /// One column of a one-hot group: 1 where the categorical column `group` has this category.
    Category {
        /// Name of the categorical column that the group encodes.
        group: String,
        /// The category that this column stands for.
        category: String,
    },
    /// The brightness of an image's pixel.
    Pixel,
}

/// One column of the data as the classifier sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Name shown to people and used on the command line.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// How a counterfactual may change it.
    pub mutability: Mutability,
    /// Bounds in model units, if the user gave any; otherwise they are inferred
    /// ([`Dataset::domains`](super::Dataset::domains)).
    pub domain: Option<Interval>,
    /// Map to the units of the file.
    pub scale: Scale,
    /// Unit of the file's values, such as `€`; empty if none.
    #[serde(default)]
    pub unit: String,
    /// One sentence for people; empty if none.
    #[serde(default)]
    pub description: String,
    /// The one-hot group that the feature is decoded with although it is a number; see
    /// [`Source::as_published`](super::Source::as_published).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decoded_with: Option<String>,
    /// What all values are multiples of, in units of the file, such as 1 for whole numbers; `None` if
    /// they may be anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    /// What is typical of the training rows, in units of the file: their median, or for a category
    /// whether it is the most frequent one, 1 or 0; `None` if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typical: Option<f64>,
    /// Whether what is typical stands for a missing value; rows without a value are left out otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imputed: bool,
}

impl Feature {
    /// A free numeric feature in its own units.
    pub fn numeric(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: Kind::Numeric,
            mutability: Mutability::Both,
            domain: None,
            scale: Scale::IDENTITY,
            unit: String::new(),
            description: String::new(),
            decoded_with: None,
            step: None,
            typical: None,
            imputed: false,
        }
    }

    /// Name of the one-hot group that the feature is decoded with, if there is one.
    pub fn group(&self) -> Option<&str> {
        match &self.kind {
            Kind::Category { group, .. } => Some(group),
            Kind::Numeric | Kind::Pixel => self.decoded_with.as_deref(),
        }
    }

    /// A value in units of the file as people are told it: a multiple of the step, or with as many
    /// digits as matter.
    pub fn told(&self, model: f32) -> f64 {
        match self.step {
            Some(step) => (self.scale.to_file(model) / step).round() * step,
            None => self.scale.to_file_rounded(model),
        }
    }

    /// Whether its values are numbers of a table, neither categories nor pixels.
    pub fn is_number(&self) -> bool {
        self.kind == Kind::Numeric
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_only_the_allowed_direction() {
        let masked = |step| Mutability::ALL.map(|m| m.mask(step));
        assert_eq!(masked(0.5), [0.5, 0.5, 0.0, 0.0]);
        assert_eq!(masked(-0.5), [-0.5, 0.0, -0.5, 0.0]);
    }

    #[test]
    fn scale_is_undone() {
        let scale = Scale {
            offset: 40.0,
            factor: 12.5,
        };
        assert_eq!(scale.to_model(scale.to_file(-1.25)), -1.25);
    }

    #[test]
    fn people_are_told_few_digits() {
        let rounded = |factor, model| {
            let scale = Scale {
                offset: 0.0,
                factor,
            };
            scale.to_file_rounded(model)
        };
        assert_eq!(rounded(1.0, 0.123_456_79), 0.1235);
        assert_eq!(rounded(25.5, 1.234_567_9), 31.481);
        assert_eq!(rounded(11_102.8, 1.234_567_9), 13_707.0);
        assert_eq!(rounded(2e6, 1.234_567_9), 2_469_100.0);
        assert_eq!(rounded(0.002, -1.234_567_9), -0.002_469_1);
    }

    #[test]
    fn cycling_visits_all_mutabilities() {
        let mut seen = vec![Mutability::Both];
        for _ in 0..3 {
            seen.push(seen[seen.len() - 1].next());
        }
        assert_eq!(seen, Mutability::ALL);
    }
}
