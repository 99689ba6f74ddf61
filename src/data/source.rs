//! Where a data set comes from; part of a recipe.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::benchmark::Benchmark;
use super::prepare::{Loaded, load_csv};
use super::synthetic::{Draw, Family};
use super::{DataError, Dataset, Feature, Schema, TableFormat, idx, is_standard_input, nearest};
use crate::files::is_meant;

/// Where a data set comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Source {
    /// A formula.
    Synthetic {
        /// The formula.
        family: Family,
        /// Number of classes, the family's default if it is not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        classes: Option<usize>,
    },
    /// A CSV file, described by the schema beside it if there is one.
    Csv {
        /// The file.
        path: PathBuf,
        /// Name of the label column; otherwise the schema's, or a usual name such as `label`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// How the file is written, as far as it is not to be found out.
        #[serde(default, skip_serializing_if = "TableFormat::is_default")]
        format: TableFormat,
    },
    /// Images and their labels in IDX files.
    Images {
        /// The images.
        images: PathBuf,
        /// The labels.
        labels: PathBuf,
    },
    /// A published data set of the paper, in a file that the user has.
    Benchmark {
        /// Which one.
        benchmark: Benchmark,
        /// Its file, or the folder that the file is in.
        path: PathBuf,
        /// Whether it is encoded as the paper's tables were made ([`Source::as_published`]).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        as_published: bool,
    },
}

impl Source {
    /// The synthetic family of that name or alias.
    ///
    /// # Errors
    /// [`DataError::Name`] with the nearest name for an unknown one; for a published data set, with
    /// where to get its file.
    pub fn named(name: &str) -> Result<Self, DataError> {
        match (name.parse(), name.parse::<Benchmark>()) {
            (Ok(family), _) => Ok(Self::Synthetic {
                family,
                classes: None,
            }),
            (Err(_), Ok(benchmark)) => Err(benchmark.needs_a_file()),
            (Err(_), Err(_)) => Err(unknown(name)),
        }
    }

    /// What `path` means: a file or standard input; or if it looks like a name, and there is no such file,
    /// the synthetic family of that name.
    ///
    /// # Errors
    /// As [`Source::named`], and [`DataError::Name`] for a folder, which may hold many files.
    pub fn meant(path: &Path, label: Option<String>) -> Result<Self, DataError> {
        let is_name = !is_standard_input(path) && (path.is_dir() || !is_meant(path));
        match path.to_str().filter(|_| is_name).map(Self::named) {
            Some(Ok(source)) => Ok(source),
            _ if path.is_dir() => Err(DataError::Name(format!(
                "{} is a folder; name a file in it, or the preset whose file it has, such as --preset mnist",
                path.display()
            ))),
            Some(Err(error)) => Err(error),
            None => Ok(Self::file(path, label)),
        }
    }

    /// The file at `path`: images if its name says that it is an IDX file, a table otherwise.
    pub fn file(path: &Path, label: Option<String>) -> Self {
        match idx::is_images_name(path) {
            true => Self::Images {
                images: path.into(),
                labels: idx::labels_beside(path),
            },
            false => Self::Csv {
                path: path.into(),
                label,
                format: TableFormat::default(),
            },
        }
    }

    /// With the encoding that the paper's tables were made with, where it differs from the one that
    /// the paper describes: of Adult, `education-num` is decoded with the categories of `education`
    /// ([`decode_as_published`](super::benchmark::decode_as_published)). Other sources stay as they
    /// are.
    #[must_use]
    pub fn as_published(self) -> Self {
        match self {
            Self::Benchmark {
                benchmark, path, ..
            } => Self::Benchmark {
                as_published: benchmark.differs_as_published(),
                benchmark,
                path,
            },
            other => other,
        }
    }

    /// Whether it is encoded otherwise than the paper describes.
    pub fn is_as_published(&self) -> bool {
        matches!(
            self,
            Self::Benchmark {
                as_published: true,
                ..
            }
        )
    }

    /// The same source, written in the way that `wanted` says.
    ///
    /// # Errors
    /// [`DataError::Value`] for anything but a CSV file, unless `wanted` says nothing.
    pub fn with_format(self, wanted: TableFormat) -> Result<Self, DataError> {
        match self {
            Self::Csv { path, label, .. } => Ok(Self::Csv {
                path,
                label,
                format: wanted,
            }),
            other if wanted.is_default() => Ok(other),
            other => Err(DataError::Value(format!(
                "--delimiter, --decimal, --missing and --ignore are for CSV files; {} is none, or one whose columns are known",
                other.title()
            ))),
        }
    }

    /// The same in another file; a formula stays what it is.
    #[must_use]
    pub fn at(self, path: PathBuf) -> Self {
        match self {
            Self::Synthetic { .. } => self,
            Self::Csv { label, format, .. } => Self::Csv {
                path,
                label,
                format,
            },
            Self::Images { .. } => Self::Images {
                labels: idx::labels_beside(&path),
                images: path,
            },
            Self::Benchmark {
                benchmark,
                as_published,
                ..
            } => Self::Benchmark {
                benchmark,
                path,
                as_published,
            },
        }
    }

    /// The file that it is read from, or the folder that this is in; none for a formula and for standard
    /// input.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Synthetic { .. } => None,
            Self::Csv { path, .. }
            | Self::Images { images: path, .. }
            | Self::Benchmark { path, .. } => Some(path).filter(|path| !is_standard_input(path)),
        }
        .map(PathBuf::as_path)
    }

    /// Name shown to people.
    pub fn title(&self) -> String {
        match self {
            Self::Synthetic { family, .. } => family.title().into(),
            Self::Csv { path, .. } if is_standard_input(path) => "standard input".into(),
            Self::Csv { path, .. } | Self::Images { images: path, .. } => path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into(),
            Self::Benchmark { benchmark, .. } => benchmark.title().into(),
        }
    }

    /// Positions of the features that the paper protects: the first one of its synthetic data, the
    /// age in its tables, the outer rows of pixels; none for a user's own data.
    pub fn protected(&self, features: &[Feature]) -> Vec<usize> {
        match self {
            Self::Synthetic { family, .. } if family.is_published() => vec![0],
            Self::Benchmark { benchmark, .. } => benchmark.protected(features),
            _ => Vec::new(),
        }
    }

    /// The data set; files are split with `draw.seed`, and `draw.samples` and `draw.noise` are for
    /// formulas only.
    ///
    /// # Errors
    /// [`DataError`] for anything wrong with the file or the draw.
    pub fn load(&self, draw: &Draw) -> Result<Dataset, DataError> {
        self.load_with_notes(draw).map(|loaded| loaded.dataset)
    }

    /// As [`Source::load`], with remarks on what was left out or decided.
    ///
    /// # Errors
    /// As [`Source::load`].
    pub fn load_with_notes(&self, draw: &Draw) -> Result<Loaded, DataError> {
        let silent = |dataset| Loaded {
            dataset,
            notes: Vec::new(),
        };
        match self {
            Self::Synthetic { family, classes } => {
                let classes = classes.unwrap_or(family.default_classes());
                family.generate_classes(draw, classes).map(silent)
            }
            Self::Csv {
                path,
                label,
                format,
            } => {
                let schema = Schema::beside(path)?.unwrap_or_default();
                load_csv(path, label.as_deref(), &schema, format, draw.seed)
            }
            Self::Images { images, labels } => {
                idx::load(images, labels, None, draw.seed).map(silent)
            }
            Self::Benchmark {
                benchmark,
                path,
                as_published,
            } => benchmark.load(path, *as_published, draw.seed),
        }
    }
}

/// A name that no data set goes by.
fn unknown(name: &str) -> DataError {
    let families = Family::ALL.map(Family::name);
    let benchmarks = Benchmark::ALL.map(Benchmark::name);
    let names = || families.iter().chain(&benchmarks).copied();
    let aliases = Family::ALL
        .iter()
        .flat_map(|family| family.aliases())
        .copied();
    let hint = nearest::hint(name, names().chain(aliases));
    DataError::Name(format!(
        "no data set is called `{name}`{hint}; there are {}",
        names().collect::<Vec<_>>().join(", ")
    ))
}
