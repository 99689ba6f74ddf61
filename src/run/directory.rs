//! The directory of a run: recipe, metrics, model.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{Event, Sink, write_recipe};
use crate::{
    model::{ModelError, ModelFile},
    session::Recipe,
};

/// A directory that holds `recipe.json`, `metrics.jsonl` (one report per line),
/// `model.safetensors`, and `autoencoder/` if one was fitted.
pub struct RunDirectory {
    path: PathBuf,
    metrics: BufWriter<File>,
}

impl RunDirectory {
    /// Makes the directory, if need be, and writes the recipe into it.
    ///
    /// # Errors
    /// What the system says if that cannot be done.
    pub fn create(path: &Path, recipe: &Recipe) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        write_recipe(&path.join("recipe.json"), recipe)?;
        Ok(Self {
            path: path.to_owned(),
            metrics: BufWriter::new(File::create(path.join("metrics.jsonl"))?),
        })
    }

    /// Where an autoencoder is kept in the directory at `path`.
    pub fn autoencoder(path: &Path) -> PathBuf {
        path.join("autoencoder")
    }

    /// Writes the model, with what is known about it; returns the file's path.
    ///
    /// # Errors
    /// [`ModelError::Access`] if it cannot be written.
    pub fn write_model(&self, model_file: &ModelFile) -> Result<PathBuf, ModelError> {
        let path = self.path.join("model.safetensors");
        model_file.write(&path)?;
        Ok(path)
    }
}

impl Sink for RunDirectory {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Started { .. } | Event::Fitting { .. } => Ok(()),
            Event::Epoch(report) => {
                serde_json::to_writer(&mut self.metrics, report)?;
                writeln!(self.metrics)
            }
            Event::Finished { .. } => {
                self.metrics.flush()?;
                self.metrics.get_ref().sync_all()
            }
        }
    }
}
