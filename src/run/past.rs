//! Runs that lie in directories, looked at without taking these from whoever writes there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    DirectoryError, checkpoint,
    directory::{CHECKPOINT, METRICS, recipe_in},
    is_begun,
    lock::Lock,
    metrics,
};
use crate::{
    evaluation::accuracy::accuracy,
    learner::Standing,
    recipe::{self, Recipe},
    session::{Lockstep, SessionError},
    training::{EpochReport, Objective},
};

/// Folders below a folder in which runs are looked for.
const DEPTH: usize = 4;
/// Most folders that are looked into.
const FOLDERS: usize = 20_000;

/// Why a run cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// There is none, or a file of it is unfit.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// Nothing is trained yet.
    #[error("{path}: no epoch of this run is kept yet; `ctui train --resume {path}` trains it", path = .0.display())]
    Untrained(PathBuf),
    /// Its data or models cannot be had.
    #[error("{}: {problem}", .path.display())]
    Session {
        /// The directory.
        path: PathBuf,
        /// Why not.
        problem: SessionError,
    },
}

/// What an arm of a run has come to.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmScore {
    /// Its name.
    pub name: String,
    /// What it is trained with.
    pub objective: Objective,
    /// Share of test samples predicted correctly.
    pub accuracy: f32,
    /// The report of the epoch that it stands at.
    pub report: EpochReport,
}

/// A run as it was written last.
#[derive(Clone, Debug)]
pub struct Past {
    path: PathBuf,
    recipe: Recipe,
    /// Where it stands, with its reports; none before the first checkpoint.
    standing: Option<Standing>,
    /// The digest of its data.
    data: String,
}

impl Past {
    /// Reads the run in the directory at `path`, which another process may be writing.
    ///
    /// # Errors
    /// [`DirectoryError::Absent`] if there is none; [`DirectoryError::File`] for a damaged file.
    pub fn read(path: &Path) -> Result<Self, DirectoryError> {
        if !is_begun(path) {
            return Err(DirectoryError::Absent(path.to_owned()));
        }
        let file = path.join(CHECKPOINT);
        match checkpoint::read(&file) {
            Ok(found) => {
                let reports = reports(path, &found.standing)?;
                let standing = Standing {
                    reports,
                    ..found.standing
                };
                Ok(Self {
                    path: path.to_owned(),
                    recipe: standing.recipe.clone(),
                    standing: Some(standing),
                    data: found.data,
                })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let file = recipe_in(path);
                let recipe = recipe::read(&file, false)
                    .map_err(|error| DirectoryError::file(&file, error))?;
                Ok(Self {
                    path: path.to_owned(),
                    recipe,
                    standing: None,
                    data: String::new(),
                })
            }
            Err(error) => Err(DirectoryError::file(&file, error)),
        }
    }

    /// Its directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What determines it.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The epoch that it stands at; 0 before the first checkpoint.
    pub fn epoch(&self) -> usize {
        self.standing.as_ref().map_or(0, Standing::epoch)
    }

    /// Reports of an arm, in ascending order of their epochs.
    pub fn reports(&self, arm: usize) -> &[EpochReport] {
        let reports = self.standing.as_ref().and_then(|s| s.reports.get(arm));
        reports.map_or(&[], Vec::as_slice)
    }

    /// Whether a process writes it.
    pub fn is_running(&self) -> bool {
        Lock::is_held(&self.path)
    }

    /// Its arms with their models, where it stands.
    ///
    /// # Errors
    /// [`PastError`] if nothing is trained yet, or the data have changed or cannot be had.
    pub fn open(&self) -> Result<Lockstep, PastError> {
        let Some(standing) = &self.standing else {
            return Err(PastError::Untrained(self.path.clone()));
        };
        let digest = self.recipe.source.digest();
        if digest.map_err(DirectoryError::from)? != self.data {
            return Err(DirectoryError::Data(self.path.clone()).into());
        }
        Lockstep::resume(standing).map_err(|problem| PastError::Session {
            path: self.path.clone(),
            problem,
        })
    }

    /// What its arms have come to.
    ///
    /// # Errors
    /// As [`Past::open`].
    pub fn scores(&self) -> Result<Vec<ArmScore>, PastError> {
        let run = self.open()?;
        let objectives = run.objectives();
        let test = &run.dataset().test;
        let models = run.models().into_iter().enumerate();
        let score = models.map(|(arm, model)| ArmScore {
            name: self.recipe.arms[arm].name.clone(),
            objective: objectives[arm],
            accuracy: accuracy(model, test),
            report: run.report(arm).clone(),
        });
        Ok(score.collect())
    }
}

/// The reports of a run that reach up to its checkpoint at least.
fn reports(path: &Path, standing: &Standing) -> Result<Vec<Vec<EpochReport>>, DirectoryError> {
    let arms = standing.recipe.arms.iter();
    let arms: Vec<String> = arms.map(|arm| arm.name.clone()).collect();
    let file = path.join(METRICS);
    let reports =
        metrics::look(&file, &arms).map_err(|error| DirectoryError::file(&file, error))?;
    let last = |reports: &Vec<EpochReport>| reports.last().map_or(0, |last| last.epoch);
    let least = reports.iter().map(last).min().unwrap_or(0);
    match least < standing.epoch() {
        true => Err(DirectoryError::file(
            &file,
            format!(
                "it is damaged or cut after epoch {least}, though the checkpoint is of epoch {}",
                standing.epoch()
            ),
        )),
        false => Ok(reports),
    }
}

/// The folders of runs in `folder`, itself or some levels below it, in the order of their names;
/// symbolic links are not followed.
///
/// # Errors
/// What the system says if `folder` cannot be read.
pub fn runs_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut left = FOLDERS;
    fs::read_dir(folder)?;
    collect(folder, DEPTH, &mut left, &mut found);
    Ok(found)
}

fn collect(folder: &Path, depth: usize, left: &mut usize, found: &mut Vec<PathBuf>) {
    if is_begun(folder) {
        return found.push(folder.to_owned());
    }
    let Some(rest) = left.checked_sub(1).filter(|_| depth > 0) else {
        return;
    };
    *left = rest;
    let mut folders: Vec<_> = (fs::read_dir(folder).into_iter().flatten().flatten())
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.file_name())
        .collect();
    folders.sort();
    for name in folders {
        let path = match folder == Path::new(".") {
            true => PathBuf::from(name),
            false => folder.join(name),
        };
        collect(&path, depth - 1, left, found);
    }
}
