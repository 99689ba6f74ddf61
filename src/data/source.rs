//! Where a data set comes from; part of a recipe.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::prepare::{Loaded, load_csv};
use super::synthetic::{Draw, Family};
use super::{DataError, Dataset, Schema};

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
        /// Name of the label column; otherwise the schema's, `label`, or `target`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
}

impl Source {
    /// The synthetic family of that name or alias.
    ///
    /// # Errors
    /// [`DataError::Name`] with the nearest name for an unknown one.
    pub fn named(name: &str) -> Result<Self, DataError> {
        name.parse().map(|family| Self::Synthetic {
            family,
            classes: None,
        })
    }

    /// Name shown to people.
    pub fn title(&self) -> String {
        match self {
            Self::Synthetic { family, .. } => family.title().into(),
            Self::Csv { path, .. } => path.display().to_string(),
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
        match self {
            Self::Synthetic { family, classes } => {
                let classes = classes.unwrap_or(family.default_classes());
                Ok(Loaded {
                    dataset: family.generate_classes(draw, classes)?,
                    notes: Vec::new(),
                })
            }
            Self::Csv { path, label } => {
                let schema = Schema::beside(path)?.unwrap_or_default();
                load_csv(path, label.as_deref(), &schema, None, draw.seed)
            }
        }
    }
}
