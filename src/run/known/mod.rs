//! A model in a file, together with what is known of what it takes and gives.
//!
//! A model of ours knows its features, classes, and what its training samples reach; an older one may
//! still find its training data by its recipe; one of another program is told by a file to learn from.
//! What is not known is never taken from the rows that are to be explained without saying so.

mod foreign;
mod own;

use std::path::{Path, PathBuf};

use super::RunError;
use crate::{
    data::{
        Benchmark, DataError, Expected, Feature, Rows, Source, metadata::Metadata,
        observed::Observed, scaling::Scaling,
    },
    model::{Activation, Mlp, ModelFile},
    recipe::Recipe,
};

/// A model as its file has it.
#[derive(Clone, Debug)]
pub struct Imported {
    path: PathBuf,
    model: Mlp,
    metadata: Option<Metadata>,
    recipe: Option<Recipe>,
    notes: Vec<String>,
}

/// What is known besides the model's file.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The rows to be explained or evaluated.
    pub data: &'a Source,
    /// The rows that the model was trained with.
    pub train: Option<&'a Source>,
    /// Scaling of a model of another program.
    pub scaling: Option<&'a Scaling>,
}

/// A model with all that is known of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The model.
    pub model: Mlp,
    /// The `d` features.
    pub features: Vec<Feature>,
    /// Names of the `k` classes.
    pub classes: Vec<String>,
    /// What samples reach, `(d,)`; `None` if there are none.
    pub observed: Option<Vec<Observed>>,
    /// What was assumed, converted or inferred, and from where, one sentence each.
    pub notes: Vec<String>,
}

impl Imported {
    /// Reads a model of ours or of another program.
    ///
    /// # Errors
    /// [`RunError::Model`] as [`ModelFile::import`], and for metadata that does not fit the weights.
    pub fn read(path: &Path, activation: Option<Activation>) -> Result<Self, RunError> {
        let (file, notes) = ModelFile::import(path, activation)?;
        let metadata = Metadata::from_texts(&file.metadata)
            .map_err(|error| unusable(path, error.to_string()))?;
        let imported = Self {
            path: path.to_owned(),
            recipe: recipe(&file),
            model: file.model,
            metadata,
            notes,
        };
        imported.check()?;
        Ok(imported)
    }

    /// The published data set that the model was trained on, if its recipe says so.
    pub fn benchmark(&self) -> Option<Benchmark> {
        match self.recipe.as_ref()?.source {
            Source::Benchmark { benchmark, .. } => Some(benchmark),
            _ => None,
        }
    }

    /// Finds out what the file does not say.
    ///
    /// # Errors
    /// [`RunError`] for files that cannot be read or do not suit the model.
    pub fn complete(mut self, given: &Given<'_>) -> Result<Known, RunError> {
        let mut known = match self.metadata.take() {
            Some(metadata) => self.own(metadata, given)?,
            None => self.foreign(given)?,
        };
        known.notes.splice(0..0, self.notes);
        Ok(known)
    }

    fn check(&self) -> Result<(), RunError> {
        let Some(known) = &self.metadata else {
            return Ok(());
        };
        let (d, k) = (known.features.len(), known.classes.len());
        if (d, k) == (self.model.inputs(), self.model.classes()) {
            return Ok(());
        }
        Err(unusable(
            &self.path,
            format!(
                "its metadata speaks of {d} features and {k} classes, but its layers take {} and give {}; save it again",
                self.model.inputs(),
                self.model.classes()
            ),
        ))
    }

    /// All rows of `source` to learn from, as inputs of the model if its `features` are known.
    fn background(
        &self,
        source: &Source,
        features: Option<&[Feature]>,
        classes: &[String],
    ) -> Result<Rows, DataError> {
        source.rows(&Expected {
            features: features.map(<[Feature]>::to_vec),
            classes: Some(classes.to_vec()),
            unlabelled: true,
            lenient: true,
            rows: None,
        })
    }
}

/// The recipe in a file, if there is one that is understood.
fn recipe(file: &ModelFile) -> Option<Recipe> {
    Recipe::from_json(file.metadata.get("recipe")?).ok()
}

fn unusable(path: &Path, problem: String) -> RunError {
    RunError::Model(crate::model::ModelError::Content {
        path: path.to_owned(),
        problem,
    })
}
