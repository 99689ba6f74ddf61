//! Features: what a column means and how a counterfactual may change it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{math, text::printable};

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

    /// As people read it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Both => "both ways",
            Self::Increase => "only up",
            Self::Decrease => "only down",
            Self::None => "locked",
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

/// The map between model units and the units of the file: `file = offset + factor · model`, or, for
/// amounts whose ratios matter, `ln(1 + file) = offset + factor · model`.
///
/// Files have `f64`, so that numbers as long as timestamps keep their digits; models have `f32`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// What 0 in model units is in file units, or its logarithm.
    pub offset: f64,
    /// What one model unit is of that; never 0.
    pub factor: f64,
    /// Whether it is the logarithm that is scaled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub log: bool,
}

/// Share of a scale that people are told.
const RESOLUTION: f64 = 1.000_000_1e-4;

impl Scale {
    /// Model units are file units.
    pub const IDENTITY: Self = Self {
        offset: 0.0,
        factor: 1.0,
        log: false,
    };

    /// The affine map with this offset and factor.
    pub const fn linear(offset: f64, factor: f64) -> Self {
        Self {
            offset,
            factor,
            log: false,
        }
    }

    /// A value in model units, given in file units.
    pub fn to_file(self, model: f32) -> f64 {
        let scaled = self.offset + self.factor * f64::from(model);
        match self.log {
            true => math::expm1(scaled),
            false => scaled,
        }
    }

    /// What people are told differences of in units of the file: the power of ten below a
    /// ten-thousandth of the scale.
    pub fn resolution(self) -> f64 {
        let digits = math::log10(self.factor_in_file() * RESOLUTION).floor();
        math::pow(10.0, digits.clamp(-300.0, 300.0))
    }

    /// Size of one model unit in units of the file; of a logarithm, at 0 in model units.
    pub fn factor_in_file(self) -> f64 {
        match self.log {
            true => self.factor.abs() * math::exp_f64(self.offset),
            false => self.factor.abs(),
        }
    }

    /// 1 if larger values in model units are larger in units of the file, −1 otherwise.
    pub fn direction(self) -> f64 {
        self.factor.signum()
    }

    /// An interval in model units, given in file units in either order.
    pub fn interval(self, ends: [f64; 2]) -> Interval {
        let [a, b] = ends.map(|end| self.to_model(end));
        Interval {
            lower: a.min(b),
            upper: a.max(b),
        }
    }

    /// As [`Scale::to_file`], with no more digits than people read: a ten-thousandth of the scale.
    pub fn to_file_rounded(self, model: f32) -> f64 {
        let value = self.to_file(model);
        let digits = math::log10(self.resolution()).round();
        match digits {
            digits if digits >= 0.0 => {
                let unit = math::pow(10.0, digits);
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
        let file = match self.log {
            true => math::log1p(file),
            false => file,
        };
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

/// A relation of a feature to another one: it is not larger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtMost {
    /// Name of the other feature.
    pub feature: String,
    /// Whether it is even smaller.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
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
    /// Smallest and largest value of the training rows, in units of the file, if these are whole
    /// numbers; codes for missing values such as −9 aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<[f64; 2]>,
    /// Columns that its values do not exceed, in units of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_most: Vec<AtMost>,
    /// What is typical of the training rows, in units of the file: their median, or for a category
    /// whether it is the most frequent one, 1 or 0; `None` if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typical: Option<f64>,
    /// Whether what is typical stands for a missing value; rows without a value are left out otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imputed: bool,
}

impl Feature {
    /// Its name as it may be shown, see [`printable`].
    pub fn shown_name(&self) -> Cow<'_, str> {
        printable(&self.name)
    }

    /// Its unit as it may be shown, see [`printable`].
    pub fn shown_unit(&self) -> Cow<'_, str> {
        printable(&self.unit)
    }

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
            range: None,
            at_most: Vec::new(),
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

    /// Whether it stands for a category.
    pub fn is_category(&self) -> bool {
        matches!(self.kind, Kind::Category { .. })
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
        let scale = Scale::linear(40.0, 12.5);
        assert_eq!(scale.to_model(scale.to_file(-1.25)), -1.25);
        let amount = Scale {
            log: true,
            ..Scale::linear(10.0, 0.5)
        };
        assert_eq!(amount.to_model(amount.to_file(-1.25)), -1.25);
        assert_eq!(amount.to_model(0.0), -20.0);
        assert!((amount.to_file(0.0) - 22_025.465).abs() < 1e-2);
        assert!((amount.factor_in_file() - 11_013.2).abs() < 1.0);
    }

    #[test]
    fn people_are_told_few_digits() {
        let rounded = |factor, model| {
            let scale = Scale::linear(0.0, factor);
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
