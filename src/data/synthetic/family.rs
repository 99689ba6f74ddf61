//! The list of families: names, defaults and ranges.

use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::data::{DataError, nearest};

/// A family of synthetic data sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// The paper's LS: two blobs that a line separates.
    Ls,
    /// The paper's OL: the same two blobs, overlapping.
    Ol,
    /// The paper's Circ: a disc inside a ring.
    Circ,
    /// The paper's Moon: two interleaving half circles.
    Moon,
    /// Any number of blobs on a circle.
    Blobs,
    /// Four blobs, opposite corners of one class.
    Xor,
    /// Any number of spiral arms.
    Spirals,
    /// Loan applications in debt and age, as in the paper's Figure 1.
    Loan,
    /// Loan applications with mixed columns.
    LoanApproval,
    /// Homes by their energy need.
    Energy,
    /// Images of digits.
    Glyphs,
}

impl Family {
    /// All of them, the paper's first.
    pub const ALL: [Self; 11] = [
        Self::Ls,
        Self::Ol,
        Self::Circ,
        Self::Moon,
        Self::Blobs,
        Self::Xor,
        Self::Spirals,
        Self::Loan,
        Self::LoanApproval,
        Self::Energy,
        Self::Glyphs,
    ];

    /// How many samples a draw may have.
    pub const SAMPLES: RangeInclusive<usize> = 10..=1_000_000;

    /// How many samples the paper draws: 3000 to train with, 600 to validate with, 900 to test with.
    pub const DEFAULT_SAMPLES: usize = 4500;

    /// Name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ls => "ls",
            Self::Ol => "ol",
            Self::Circ => "circ",
            Self::Moon => "moon",
            Self::Blobs => "blobs",
            Self::Xor => "xor",
            Self::Spirals => "spirals",
            Self::Loan => "loan",
            Self::LoanApproval => "loan-approval",
            Self::Energy => "energy",
            Self::Glyphs => "glyphs",
        }
    }

    /// Other names that mean the same.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Ls => &["separable", "linearly-separable"],
            Self::Ol => &["overlapping", "overlap"],
            Self::Circ => &["circles", "circle"],
            Self::Moon => &["moons"],
            Self::Blobs => &["blob"],
            Self::Spirals => &["spiral"],
            Self::Loan => &["loans"],
            Self::Xor | Self::LoanApproval | Self::Energy | Self::Glyphs => &[],
        }
    }

    /// Name shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ls => "Linearly separable",
            Self::Ol => "Overlapping",
            Self::Circ => "Circles",
            Self::Moon => "Moons",
            Self::Blobs => "Blobs",
            Self::Xor => "XOR",
            Self::Spirals => "Spirals",
            Self::Loan => "Loan",
            Self::LoanApproval => "Loan approval",
            Self::Energy => "Energy",
            Self::Glyphs => "Glyphs",
        }
    }

    /// One line: what it looks like and what its noise is.
    pub fn help(self) -> &'static str {
        match self {
            Self::Ls => "two Gaussian blobs that a line separates; noise is their σ",
            Self::Ol => "two Gaussian blobs that overlap; noise is their σ",
            Self::Circ => "a disc inside a ring; noise is the σ on both coordinates",
            Self::Moon => "two interleaving half circles; noise is the σ on both coordinates",
            Self::Blobs => "two to ten Gaussian blobs on a circle of radius 2; noise is their σ",
            Self::Xor => "blobs in the corners of a square, opposite ones alike; noise is their σ",
            Self::Spirals => "two to five spiral arms; noise is the σ on both coordinates",
            Self::Loan => "who is granted a loan, by debt and age; noise scales their spread",
            Self::LoanApproval => "loan applications, numbers and text; noise scales their spread",
            Self::Energy => "homes by energy band A to D; noise is the relative σ of their need",
            Self::Glyphs => "digits of 8 by 8 pixels; noise is the σ of a pixel",
        }
    }

    /// The noise of the paper's data, or one that leaves the classes just apart.
    pub fn default_noise(self) -> f64 {
        match self {
            Self::Ls => 0.5,
            Self::Ol => 2.0,
            Self::Circ => 0.15,
            Self::Moon => 0.1,
            Self::Blobs => 0.4,
            Self::Xor => 0.3,
            Self::Spirals => 0.06,
            Self::Loan | Self::LoanApproval => 1.0,
            Self::Energy => 0.06,
            Self::Glyphs => 0.08,
        }
    }

    /// Noise that makes sense.
    pub fn noise_range(self) -> RangeInclusive<f32> {
        match self {
            Self::Ls | Self::Ol | Self::Blobs => 0.0..=5.0,
            Self::Xor => 0.0..=2.0,
            Self::Loan | Self::LoanApproval => 0.0..=3.0,
            Self::Circ | Self::Moon | Self::Spirals | Self::Energy | Self::Glyphs => 0.0..=1.0,
        }
    }

    /// Number of classes if nobody says otherwise.
    pub fn default_classes(self) -> usize {
        match self {
            Self::Blobs => 3,
            Self::Energy => 4,
            Self::Glyphs => 10,
            _ => 2,
        }
    }

    /// Numbers of classes to choose from.
    pub fn class_range(self) -> RangeInclusive<usize> {
        match self {
            Self::Blobs => 2..=10,
            Self::Spirals => 2..=5,
            _ => self.default_classes()..=self.default_classes(),
        }
    }
}

impl FromStr for Family {
    type Err = DataError;

    /// Understands names and aliases in any case; suggests the nearest for an unknown one.
    fn from_str(name: &str) -> Result<Self, DataError> {
        let wanted = name.to_lowercase();
        let known =
            |family: &Self| std::iter::once(family.name()).chain(family.aliases().iter().copied());
        Self::ALL
            .into_iter()
            .find(|family| known(family).any(|known| known == wanted))
            .ok_or_else(|| {
                let names = Self::ALL.iter().flat_map(known);
                let hint = nearest::hint(&wanted, names);
                let all = Self::ALL.map(Self::name).join(", ");
                DataError::Name(format!(
                    "no data set is called `{name}`{hint}; there are {all}"
                ))
            })
    }
}
