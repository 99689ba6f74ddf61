//! The list of families: names, defaults and ranges.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{
    Draw, blob_pair, blobs, circ, energy, glyphs, loan, loan_approval, moon, planar, spirals, xor,
};
use crate::data::{DataError, Dataset, Schema, Table, nearest};
use crate::random::{Purpose, stream};

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

    /// How many samples the paper draws: 3600 to train with, 900 to test with.
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
            Self::LoanApproval => "loan applications, numbers and text; noise is the score's σ",
            Self::Energy => "homes by energy band A to D; noise is the relative σ of their need",
            Self::Glyphs => "digits of 8 by 8 pixels; noise is the σ of a pixel",
        }
    }

    /// The noise of the paper's data, or one that leaves the classes just apart.
    pub fn default_noise(self) -> f32 {
        match self {
            Self::Ls => 0.5,
            Self::Ol => 2.0,
            Self::Circ => 0.15,
            Self::Moon => 0.1,
            Self::Blobs => 0.4,
            Self::Xor => 0.3,
            Self::Spirals => 0.06,
            Self::Loan => 1.0,
            Self::LoanApproval => 0.4,
            Self::Energy => 0.06,
            Self::Glyphs => 0.08,
        }
    }

    /// Noise that makes sense.
    pub fn noise_range(self) -> RangeInclusive<f32> {
        match self {
            Self::Ls | Self::Ol | Self::Blobs => 0.0..=5.0,
            Self::Xor | Self::LoanApproval => 0.0..=2.0,
            Self::Loan => 0.0..=3.0,
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

    /// The paper's draw of this family: 4500 samples with its default noise.
    pub fn default_draw(self, seed: u64) -> Draw {
        Draw {
            samples: Self::DEFAULT_SAMPLES,
            noise: self.default_noise(),
            seed,
        }
    }

    /// Draws a data set with the default number of classes; see [`Family::generate_classes`].
    ///
    /// # Errors
    /// [`DataError::Value`] where the draw leaves its range.
    pub fn generate(&self, draw: &Draw) -> Result<Dataset, DataError> {
        self.generate_classes(draw, self.default_classes())
    }

    /// Draws a data set of `classes` classes; the first 80 % of its samples are to train with.
    ///
    /// # Errors
    /// [`DataError::Value`] where the draw or the number of classes leaves its range, or is so small
    /// that a class has no training sample.
    pub fn generate_classes(&self, draw: &Draw, classes: usize) -> Result<Dataset, DataError> {
        let mut table = self.table(draw, classes)?;
        let train = (draw.samples * 4).div_ceil(5);
        let parts: (Vec<usize>, Vec<usize>) =
            ((0..train).collect(), (train..draw.samples).collect());
        table.impute(&parts.0);
        let dataset = table.into_dataset(self.title(), &self.schema()?, parts)?;
        match dataset
            .train
            .rows_by_class(classes)
            .iter()
            .position(Vec::is_empty)
        {
            Some(class) => Err(DataError::Value(format!(
                "none of the {train} training samples of `{}` is of class `{}`; draw more samples",
                self.name(),
                dataset.classes[class]
            ))),
            None => Ok(dataset),
        }
    }

    /// Draws the samples as a table in file units.
    ///
    /// # Errors
    /// [`DataError::Value`] where the draw or the number of classes leaves its range.
    pub fn table(&self, draw: &Draw, classes: usize) -> Result<Table, DataError> {
        self.check(draw, classes)?;
        let rng = &mut stream(draw.seed, Purpose::Data, 0);
        let noise = f64::from(draw.noise);
        let n = draw.samples;
        Ok(match self {
            Self::Ls | Self::Ol => planar(n, classes, rng, |c, r| blob_pair::point(c, noise, r)),
            Self::Circ => planar(n, classes, rng, |c, r| circ::point(c, noise, r)),
            Self::Moon => planar(n, classes, rng, |c, r| moon::point(c, noise, r)),
            Self::Blobs => planar(n, classes, rng, |c, r| blobs::point(c, classes, noise, r)),
            Self::Xor => planar(n, classes, rng, |c, r| xor::point(c, noise, r)),
            Self::Spirals => planar(n, classes, rng, |c, r| spirals::point(c, classes, noise, r)),
            Self::Loan => loan::table(n, noise, rng),
            Self::LoanApproval => loan_approval::table(n, noise, rng),
            Self::Energy => energy::table(n, noise, rng),
            Self::Glyphs => glyphs::table(n, noise, rng),
        })
    }

    /// The text of the schema file that belongs to the samples; `None` for points in the plane,
    /// which need none.
    pub fn schema_text(self) -> Option<Cow<'static, str>> {
        match self {
            Self::Loan => Some(include_str!("../../../sample_data/loan.toml").into()),
            Self::LoanApproval => {
                Some(include_str!("../../../sample_data/loan-approval.toml").into())
            }
            Self::Energy => Some(include_str!("../../../sample_data/energy.toml").into()),
            Self::Glyphs => Some(glyphs::schema_text().into()),
            _ => None,
        }
    }

    /// What the columns mean; planar data is never standardised (the paper's is not).
    ///
    /// # Errors
    /// [`DataError::Value`] if the schema's text is wrong.
    pub fn schema(self) -> Result<Schema, DataError> {
        match self.schema_text() {
            Some(text) => Schema::parse(&text).map_err(DataError::Value),
            None => Ok(Schema {
                standardise: Some(false),
                ..Schema::default()
            }),
        }
    }

    /// Whether the paper publishes results for it.
    pub fn is_published(self) -> bool {
        matches!(self, Self::Ls | Self::Ol | Self::Circ | Self::Moon)
    }

    /// Rows and columns of the images, if the samples are images.
    pub fn image_shape(self) -> Option<(usize, usize)> {
        (self == Self::Glyphs).then_some((glyphs::SIDE, glyphs::SIDE))
    }

    fn check(self, draw: &Draw, classes: usize) -> Result<(), DataError> {
        let name = self.name();
        in_range(name, "samples", draw.samples, Self::SAMPLES)?;
        in_range(name, "noise", draw.noise, self.noise_range())?;
        in_range(name, "classes", classes, self.class_range())
    }
}

/// Refuses a value outside `range`, showing both.
fn in_range<T: PartialOrd + std::fmt::Display>(
    family: &str,
    what: &str,
    value: T,
    range: RangeInclusive<T>,
) -> Result<(), DataError> {
    if range.contains(&value) {
        return Ok(());
    }
    let (least, most) = range.into_inner();
    Err(DataError::Value(format!(
        "{what} of `{family}` is {value}, but has to lie between {least} and {most}"
    )))
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
