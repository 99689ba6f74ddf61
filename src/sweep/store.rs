//! The folder of a sweep: a result per cell, found by the cell's address.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Cell, Settings, SweepError, score::Score};
use crate::files::{read_text, write_whole};

/// Largest file of a result that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// What came out of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellResult {
    /// The cell's address.
    pub address: String,
    /// Everything of the combination, by name.
    pub settings: Settings,
    /// The seed.
    pub seed: u64,
    /// What was measured; not there where it could not be, or where the cell failed.
    pub scores: BTreeMap<Score, f64>,
    /// Why it failed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Wall time of training and measuring, in seconds.
    pub seconds: f64,
    /// The version of ctui that made it.
    pub version: String,
}

/// The folder of a sweep, `cells/ab/abcd…/cell.json` for each finished cell.
///
/// `cell.json` is written last, under another name, and renamed: where it is, the cell is finished.
/// Several processes, on several machines, may share one folder.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
}

impl Store {
    /// Opens the folder at `path`, and makes it if need be.
    ///
    /// # Errors
    /// [`SweepError::Access`] if it cannot be made.
    pub fn create(path: &Path) -> Result<Self, SweepError> {
        let cells = path.join("cells");
        fs::create_dir_all(&cells).map_err(|error| SweepError::access(&cells, error))?;
        Self::open(path)
    }

    /// Opens the folder of a sweep that was begun.
    ///
    /// # Errors
    /// [`SweepError::File`] if this is no such folder.
    pub fn open(path: &Path) -> Result<Self, SweepError> {
        match path.join("cells").is_dir() {
            true => Ok(Self {
                path: path.to_owned(),
            }),
            false => Err(SweepError::File {
                path: path.to_owned(),
                problem: "this is no folder of a sweep; `ctui sweep GRID.toml --out DIR` makes one"
                    .into(),
            }),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of one cell.
    pub fn folder(&self, address: &str) -> PathBuf {
        let first = address.get(..2).unwrap_or("__");
        self.path.join("cells").join(first).join(address)
    }

    /// The result of `cell`, if it is finished.
    ///
    /// # Errors
    /// [`SweepError`] if there is one that cannot be read.
    pub fn result(&self, cell: &Cell) -> Result<Option<CellResult>, SweepError> {
        let path = self.folder(&cell.address).join("cell.json");
        match path.exists() {
            true => read(&path).map(Some),
            false => Ok(None),
        }
    }

    /// Keeps the result of a cell.
    ///
    /// # Errors
    /// [`SweepError::Access`] if it cannot be written.
    pub fn keep(&self, result: &CellResult) -> Result<(), SweepError> {
        let folder = self.folder(&result.address);
        let access = |error| SweepError::access(&folder, error);
        fs::create_dir_all(&folder).map_err(access)?;
        write_whole(&folder.join("cell.json"), |file| {
            serde_json::to_writer_pretty(&mut *file, result)?;
            writeln!(file)
        })
        .map_err(access)
    }

    /// All results, by address.
    ///
    /// # Errors
    /// [`SweepError`] if the folder or a result in it cannot be read.
    pub fn results(&self) -> Result<Vec<CellResult>, SweepError> {
        let Survey { results, damaged } = self.survey()?;
        damaged.into_iter().next().map_or(Ok(results), Err)
    }

    /// All results that can be read, by address, and what is wrong with the others.
    ///
    /// # Errors
    /// [`SweepError`] if the folder cannot be read.
    pub fn survey(&self) -> Result<Survey, SweepError> {
        let mut survey = Survey::default();
        for group in entries(&self.path.join("cells"))? {
            for cell in entries(&group)? {
                let path = cell.join("cell.json");
                match path.symlink_metadata().map(|_| read(&path)) {
                    Ok(Ok(result)) => survey.results.push(result),
                    Ok(Err(problem)) => survey.damaged.push(problem),
                    Err(_) => {}
                }
            }
        }
        Ok(survey)
    }
}

/// What a sweep's folder holds.
#[derive(Debug, Default)]
pub struct Survey {
    /// Results, by address.
    pub results: Vec<CellResult>,
    /// What is wrong with each of those that cannot be read.
    pub damaged: Vec<SweepError>,
}

/// What is in a folder, in the order of the names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, SweepError> {
    let access = |error| SweepError::access(folder, error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(access)? {
        let path = entry.map_err(access)?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<CellResult, SweepError> {
    let text = read_text(path, MAX_BYTES).map_err(|error| SweepError::access(path, error))?;
    serde_json::from_str(&text).map_err(|error| SweepError::File {
        path: path.to_owned(),
        problem: format!("this is no result of a cell: {error}; delete it to run the cell anew"),
    })
}
