//! Drawing the samples of a family.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::{
    Draw, Family, blob_pair, blobs, circ, energy, glyphs, loan, loan_approval, moon, planar,
    spirals, xor,
};
use crate::data::{DataError, Dataset, Schema, Table};
use crate::random::{Purpose, stream};

impl Family {
    /// The paper's draw of this family: 4500 samples with its default noise.
    pub fn default_draw(self, seed: u64) -> Draw {
        Draw {
            samples: Self::DEFAULT_SAMPLES,
            noise: self.default_noise() as f32,
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

    /// Draws a data set of `classes` classes; the last fifth of its samples is to test with, and the
    /// others to train with. Of the paper's families two fifteenths lie between the two and are not
    /// used, as in the paper, which validates with them: 3000, 600 and 900 of 4500.
    ///
    /// # Errors
    /// [`DataError::Value`] where the draw or the number of classes leaves its range, or is so small
    /// that a class has no training sample.
    pub fn generate_classes(&self, draw: &Draw, classes: usize) -> Result<Dataset, DataError> {
        let mut table = self.table(draw, classes)?;
        let test = (draw.samples * 4).div_ceil(5);
        let train = match self.is_published() {
            true => (draw.samples * 2).div_ceil(3),
            false => test,
        };
        let parts: (Vec<usize>, Vec<usize>) =
            ((0..train).collect(), (test..draw.samples).collect());
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
    let (min, max) = range.into_inner();
    Err(DataError::Value(format!(
        "{what} of `{family}` is {value}, but has to lie between {min} and {max}"
    )))
}
