//! The published data sets of the paper: four tables and MNIST.
//!
//! They do not come with ctui. A user brings a file, with the columns of the original or of the
//! common copies; what the columns mean, what the label is, and how many rows the paper uses is
//! known here.

mod averages;
mod columns;
mod facts;
mod locate;
mod published;

use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::csv::{Wish, read_sheet};
use super::prepare::{Loaded, prepare};
use super::split::Sizes;
use super::{DataError, Dataset, Feature, Table, idx, image, nearest};

pub(super) use columns::{Opened, recognise};
pub use published::decode_as_published;

/// Rows of MNIST that the paper trains and tests with.
const MNIST_SIZES: Sizes = Sizes {
    train: 10_000,
    test: 10_000,
};
/// Rows of pixels at the top and at the bottom that the paper protects.
const MNIST_MARGIN: usize = 5;

/// A published data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Benchmark {
    /// UCI Adult: who earns more than 50,000 dollars a year.
    Adult,
    /// California housing: where homes are worth more than the median.
    California,
    /// UCI default of credit card clients: who fails to pay next month.
    Credit,
    /// Give Me Some Credit: who stays out of serious delinquency for two years.
    Gmsc,
    /// MNIST: handwritten digits.
    Mnist,
}

impl Benchmark {
    /// All of them, in the order of the paper.
    pub const ALL: [Self; 5] = [
        Self::Adult,
        Self::California,
        Self::Credit,
        Self::Gmsc,
        Self::Mnist,
    ];

    /// Name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::California => "california",
            Self::Credit => "credit",
            Self::Gmsc => "gmsc",
            Self::Mnist => "mnist",
        }
    }

    /// Other names that mean the same, among them the paper's.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Adult => &["census"],
            Self::California => &["ch", "california-housing"],
            Self::Credit => &["cred", "credit-default"],
            Self::Gmsc => &["give-me-some-credit"],
            Self::Mnist => &[],
        }
    }

    /// Name shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Adult => "Adult",
            Self::California => "California housing",
            Self::Credit => "Credit default",
            Self::Gmsc => "Give Me Some Credit",
            Self::Mnist => "MNIST",
        }
    }

    /// Whether it is a table; otherwise it is images.
    pub fn is_table(self) -> bool {
        self.facts().is_some()
    }

    /// Makes a data set as the paper does of the file at `path`, or of the first file of a usual
    /// name if it is a folder: scaled, balanced where the paper balances, in its sizes. A file with
    /// fewer rows is used whole, and a remark says so. `as_published` is for Adult
    /// ([`decode_as_published`]).
    ///
    /// For MNIST, `path` is the file of images; the labels are beside it.
    ///
    /// # Errors
    /// [`DataError`] for a file that is missing, with where to get it; that lacks the columns of
    /// this data set; or as [`read_table`](super::csv::read_table) and [`idx::load`].
    pub fn load(self, path: &Path, as_published: bool, seed: u64) -> Result<Loaded, DataError> {
        let path = self.locate(path)?;
        let sizes = self.sizes();
        let mut loaded = match self.is_table() {
            true => self.load_table(&path, as_published, seed)?,
            false => {
                let labels = idx::labels_beside(&path);
                let mut dataset = idx::load(&path, &labels, Some(sizes), seed)?;
                dataset.name = self.title().into();
                Loaded {
                    dataset,
                    notes: Vec::new(),
                }
            }
        };
        loaded.notes.extend(fewer(&loaded.dataset, sizes));
        Ok(loaded)
    }

    fn load_table(self, path: &Path, as_published: bool, seed: u64) -> Result<Loaded, DataError> {
        let Opened {
            sheet,
            schema,
            averages,
        } = recognise(self, path)?;
        let mut reading = read_sheet(&sheet, None, &schema, &Wish::default())?.sound()?;
        reading.notes.extend(self.lacks(&reading.table));
        if let Some(averages) = averages {
            reading.notes.push(averages.add_to(&mut reading.table));
            averages.replace_totals(&mut reading.table);
        }
        let as_published = as_published && self.differs_as_published();
        if as_published {
            published::put_together(&mut reading.table);
        }
        let within = |error: DataError| error.within(path);
        let mut loaded =
            prepare(reading, self.title(), &schema, Some(self.sizes()), seed).map_err(within)?;
        if as_published {
            decode_as_published(&mut loaded.dataset.features).map_err(within)?;
        }
        Ok(loaded)
    }

    /// A remark on a copy that lacks a column of the original.
    fn lacks(self, table: &Table) -> Option<String> {
        let mut optional = self.facts()?.optional.iter();
        let column = optional.find(|column| table.column(column).is_none())?;
        Some(format!(
            "this copy has no column `{column}`, which the paper's data has; {}",
            self.where_from()
        ))
    }

    /// Rows that the paper trains and tests with.
    fn sizes(self) -> Sizes {
        self.facts().map_or(MNIST_SIZES, |facts| facts.sizes)
    }

    /// Positions of the features that the paper protects in its cost table.
    pub fn protected(self, features: &[Feature]) -> Vec<usize> {
        match self.facts() {
            Some(facts) => (0..features.len())
                .filter(|&i| features[i].name == facts.protected)
                .collect(),
            None => image::outer_rows(features, MNIST_MARGIN),
        }
    }
}

/// A remark on a file with fewer rows than the paper's.
fn fewer(dataset: &Dataset, sizes: Sizes) -> Option<String> {
    let [train, test] = [dataset.train.len(), dataset.test.len()];
    (train < sizes.train || test < sizes.test).then(|| {
        format!(
            "{train} rows to train with and {test} to test with: the file has too few for the paper's {} and {}",
            sizes.train, sizes.test
        )
    })
}

impl FromStr for Benchmark {
    type Err = DataError;

    /// Understands names and aliases in any case; suggests the nearest for an unknown one.
    fn from_str(name: &str) -> Result<Self, DataError> {
        let wanted = name.to_lowercase();
        let goes_by = |set: &Self| set.name() == wanted || set.aliases().contains(&wanted.as_str());
        Self::ALL.into_iter().find(goes_by).ok_or_else(|| {
            let names = Self::ALL.map(Self::name);
            let hint = nearest::hint(&wanted, names);
            let all = names.join(", ");
            DataError::Name(format!(
                "no published data set is called `{name}`{hint}; there are {all}"
            ))
        })
    }
}
