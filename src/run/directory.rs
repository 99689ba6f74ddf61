//! The directory of a run: recipe, metrics, models.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{Event, Sink};
use crate::{
    model::{ModelError, ModelFile},
    recipe::{self, Recipe},
    training::EpochReport,
};

/// A directory that holds `recipe.json`, `metrics.jsonl` (one report per line),
/// `model.safetensors`, or for several arms `model.NAME.safetensors`, and `autoencoder/` if one was
/// fitted.
pub struct RunDirectory {
    path: PathBuf,
    metrics: BufWriter<File>,
    alone: bool,
}

/// A line of `metrics.jsonl`.
#[derive(Serialize)]
struct Line<'a> {
    /// The arm, if there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    arm: Option<&'a str>,
    #[serde(flatten)]
    report: &'a EpochReport,
}

impl RunDirectory {
    /// Makes the directory, if need be, and writes the recipe into it.
    ///
    /// # Errors
    /// What the system says if that cannot be done.
    pub fn create(path: &Path, recipe: &Recipe) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        recipe::write(&path.join("recipe.json"), recipe)?;
        Ok(Self {
            path: path.to_owned(),
            metrics: BufWriter::new(File::create(path.join("metrics.jsonl"))?),
            alone: recipe.arms.len() == 1,
        })
    }

    /// Where an autoencoder is kept in the directory at `path`.
    pub fn autoencoder(path: &Path) -> PathBuf {
        path.join("autoencoder")
    }

    /// Writes an arm's model, with what is known about it; returns the file's path.
    ///
    /// # Errors
    /// [`ModelError::Access`] if it cannot be written.
    pub fn write_model(&self, arm: &str, model_file: &ModelFile) -> Result<PathBuf, ModelError> {
        let path = self.path.join(match self.alone {
            true => "model.safetensors".to_owned(),
            false => format!("model.{arm}.safetensors"),
        });
        model_file.write(&path)?;
        Ok(path)
    }
}

impl Sink for RunDirectory {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Started { .. } | Event::Fitting { .. } => Ok(()),
            Event::Epoch { arm, report } => {
                let arm = (!self.alone).then_some(arm);
                serde_json::to_writer(&mut self.metrics, &Line { arm, report })?;
                writeln!(self.metrics)
            }
            Event::Finished { .. } => {
                self.metrics.flush()?;
                self.metrics.get_ref().sync_all()
            }
        }
    }
}
