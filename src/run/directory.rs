//! The directory of a run: recipe, metrics, checkpoint, models.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{
    Event, Sink, checkpoint,
    lock::{Lock, LockError},
    metrics::Metrics,
    own_file,
};
use crate::{
    data::DataError,
    files::remove_drafts,
    learner::Standing,
    model::{ModelError, ModelFile},
    recipe::{self, Recipe, RecipeError},
    training::EpochReport,
};

/// Names of the files.
pub(super) const RECIPE: &str = "recipe.json";
pub(super) const METRICS: &str = "metrics.jsonl";
pub(super) const CHECKPOINT: &str = "checkpoint";
pub(super) const LOG: &str = "log.txt";
pub(super) const AUTOENCODER: &str = "autoencoder";

/// Shortest time between two checkpoints.
pub(super) const PERIOD: Duration = Duration::from_secs(2);

/// Why there is no directory for a run.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// There is a run already.
    #[error("{path} holds a run already: `ctui train --resume {path}` goes on with it, --force begins anew in its place, or choose another folder", path = .0.display())]
    Present(PathBuf),
    /// There is none to go on with.
    #[error("{path} holds no run; `ctui train --out {path}` begins one", path = .0.display())]
    Absent(PathBuf),
    /// Another process writes there.
    #[error("{}: {lock}; wait for it, end it, or choose another folder", .path.display())]
    Held {
        /// The directory.
        path: PathBuf,
        /// Who has it.
        lock: LockError,
    },
    /// A file of it is unfit.
    #[error("{}: {problem}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The data are others than those that the run was trained on.
    #[error("{}: the data have changed since this run was trained on them; bring the old file back, or begin anew with --force", .0.display())]
    Data(PathBuf),
    /// The data cannot be read.
    #[error(transparent)]
    Source(#[from] DataError),
}

impl DirectoryError {
    pub(super) fn file(path: &Path, problem: impl ToString) -> Self {
        Self::File {
            path: path.to_owned(),
            problem: problem.to_string(),
        }
    }
}

/// What of a run lies in a directory.
#[derive(Debug)]
pub enum Begun {
    /// Nothing but its recipe: it starts at its first epoch.
    Recipe(Recipe),
    /// A checkpoint with the reports up to it.
    Standing(Box<Standing>),
}

impl Begun {
    /// The recipe.
    pub fn recipe(&self) -> &Recipe {
        match self {
            Self::Recipe(recipe) => recipe,
            Self::Standing(standing) => &standing.recipe,
        }
    }

    /// The checkpoint, if there is one.
    pub fn standing(&self) -> Option<&Standing> {
        match self {
            Self::Recipe(_) => None,
            Self::Standing(standing) => Some(standing),
        }
    }
}

/// A directory that holds `recipe.json`, `metrics.jsonl` (one report per line), `checkpoint`,
/// `log.txt`, `model.safetensors`, or for several arms `model.NAME.safetensors`, and `autoencoder/` if
/// one was fitted. Only one process at a time has it, by the file `lock`; symbolic links in the place
/// of its files are refused, never followed.
pub struct RunDirectory {
    path: PathBuf,
    metrics: Metrics,
    alone: bool,
    data: String,
    kept: Instant,
    /// Held until the end.
    _lock: Lock,
}

impl RunDirectory {
    /// Makes the directory, if need be, and begins a run in it; `force` removes one that is there.
    ///
    /// # Errors
    /// [`DirectoryError`] if there is a run, another process has the directory, or it cannot be written.
    pub fn create(path: &Path, recipe: &Recipe, force: bool) -> Result<Self, DirectoryError> {
        let access = |error: io::Error| DirectoryError::file(path, error);
        let data = recipe.source.digest()?;
        fs::create_dir_all(path).map_err(access)?;
        let lock = lock(path)?;
        match (is_begun(path), force) {
            (true, false) => return Err(DirectoryError::Present(path.to_owned())),
            (true, true) => remove_run(path).map_err(access)?,
            (false, _) => {}
        }
        check_files(path)?;
        remove_drafts(path);
        let file = recipe_in(path);
        recipe::write(&file, recipe).map_err(|error| DirectoryError::file(&file, error))?;
        let file = path.join(METRICS);
        let metrics = Metrics::create(&file).map_err(|error| DirectoryError::file(&file, error))?;
        let mut directory = Self {
            path: path.to_owned(),
            metrics,
            alone: recipe.arms.len() == 1,
            data,
            kept: Instant::now(),
            _lock: lock,
        };
        directory.log(&format!("begun: {}", recipe.source.title()));
        Ok(directory)
    }

    /// Opens a directory to go on with its run, and says where that stands.
    ///
    /// # Errors
    /// [`DirectoryError`] if there is none, another process has it, its files are damaged or the data
    /// have changed.
    pub fn resume(path: &Path) -> Result<(Self, Begun), DirectoryError> {
        let absent = || DirectoryError::Absent(path.to_owned());
        let lock = path.is_dir().then(|| lock(path)).ok_or_else(absent)??;
        if !is_begun(path) {
            return Err(absent());
        }
        check_files(path)?;
        remove_drafts(path);
        let (begun, data) = begun(path)?;
        let arms = begun.recipe().arms.iter();
        let arms: Vec<String> = arms.map(|arm| arm.name.clone()).collect();
        let (file, last) = (path.join(METRICS), begun.standing().map_or(0, |s| s.newest));
        let (metrics, reports) = Metrics::resume(&file, last, &arms)
            .map_err(|error| DirectoryError::file(&file, error))?;
        let begun = match begun {
            Begun::Standing(standing) => Begun::Standing(Box::new(Standing {
                reports,
                ..*standing
            })),
            none => none,
        };
        let mut directory = Self {
            path: path.to_owned(),
            metrics,
            alone: arms.len() == 1,
            data,
            kept: Instant::now(),
            _lock: lock,
        };
        let epoch = begun.standing().map_or(0, Standing::epoch);
        directory.log(&format!("goes on after epoch {epoch}"));
        Ok((directory, begun))
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where an autoencoder is kept in it.
    pub fn autoencoder(&self) -> PathBuf {
        self.path.join(AUTOENCODER)
    }

    /// Writes an arm's model, with what is known about it; returns the file's path.
    ///
    /// # Errors
    /// [`ModelError::Access`] if it cannot be written.
    pub fn write_model(&self, arm: &str, model_file: &ModelFile) -> Result<PathBuf, ModelError> {
        let path = self.path.join(model_name(arm, self.alone));
        model_file.write(&path)?;
        Ok(path)
    }

    /// Writes the checkpoint.
    ///
    /// # Errors
    /// What the system says if it cannot be written.
    pub fn keep(&mut self, standing: &Standing) -> io::Result<()> {
        self.metrics.sync()?;
        checkpoint::write(&self.path.join(CHECKPOINT), standing, &self.data)?;
        self.kept = Instant::now();
        Ok(())
    }

    /// Replaces recipe and metrics by those of `standing`, which may be of other arms, and writes the
    /// checkpoint.
    ///
    /// # Errors
    /// What the system or the data fail with.
    pub fn replace(&mut self, standing: &Standing) -> io::Result<()> {
        self.data = (standing.recipe.source.digest()).map_err(io::Error::other)?;
        self.alone = standing.recipe.arms.len() == 1;
        recipe::write(&self.path.join(RECIPE), &standing.recipe)?;
        self.metrics = Metrics::create(&self.path.join(METRICS))?;
        self.add(standing, 0)?;
        self.keep(standing)
    }

    /// Replaces the recipe by one of the same data and arms.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn write_recipe(&self, recipe: &Recipe) -> io::Result<()> {
        recipe::write(&self.path.join(RECIPE), recipe)
    }

    /// Adds the reports of `standing` after the epoch `last`.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn add(&mut self, standing: &Standing, last: usize) -> io::Result<()> {
        let mut lines = lines(standing, last).into_iter();
        lines.try_for_each(|(arm, report)| self.metrics.add(arm, report))
    }

    /// Adds a line to the log; that it cannot be written is no failure of the run.
    fn log(&mut self, line: &str) {
        let mut options = fs::File::options();
        options.append(true).create(true);
        if let Ok(mut file) = own_file(&self.path.join(LOG), &mut options) {
            let _ = file.write_all(log_line(line).as_bytes());
        }
    }
}

impl Sink for RunDirectory {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Fitting { .. } => {}
            Event::Started { notes, .. } => notes.iter().for_each(|note| self.log(note)),
            Event::Epoch { arm, report } => {
                let arm = (!self.alone).then_some(arm);
                self.metrics.add(arm, report)?;
            }
            Event::Reached { standing, last } => {
                if last || self.kept.elapsed() >= PERIOD {
                    self.keep(&standing())?;
                }
            }
            Event::Finished { seconds } => self.log(&format!("trained in {seconds:.2} s")),
        }
        Ok(())
    }
}

/// The reports of a standing after the epoch `last`, epoch by epoch, with their arms if there are several.
pub(super) fn lines(standing: &Standing, last: usize) -> Vec<(Option<&str>, &EpochReport)> {
    let arms = &standing.recipe.arms;
    let named = arms.iter().zip(&standing.reports);
    let mut lines: Vec<_> = named
        .flat_map(|(arm, reports)| {
            let arm = (arms.len() > 1).then_some(arm.name.as_str());
            reports.iter().map(move |report| (arm, report))
        })
        .filter(|(_, report)| report.epoch > last)
        .collect();
    lines.sort_by_key(|(_, report)| report.epoch);
    lines
}

/// A line of the log.
pub(super) fn log_line(text: &str) -> String {
    format!("ctui {}: {text}\n", env!("CARGO_PKG_VERSION"))
}

/// Where the recipe of the run in the directory at `path` is.
pub fn recipe_in(path: &Path) -> PathBuf {
    path.join(RECIPE)
}

/// Whether a run was begun in the directory at `path`.
pub fn is_begun(path: &Path) -> bool {
    [RECIPE, CHECKPOINT, METRICS]
        .iter()
        .any(|name| fs::symlink_metadata(path.join(name)).is_ok())
}

/// What lies in the directory at `path`, without its reports, and the digest of its data, which are the
/// same as then.
fn begun(path: &Path) -> Result<(Begun, String), DirectoryError> {
    let file = path.join(CHECKPOINT);
    match checkpoint::read(&file) {
        Ok(found) => match found.standing.recipe.source.digest()? == found.data {
            true => Ok((Begun::Standing(Box::new(found.standing)), found.data)),
            false => Err(DirectoryError::Data(path.to_owned())),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let file = recipe_in(path);
            let recipe = recipe::read(&file, false)
                .map_err(|error: RecipeError| DirectoryError::file(&file, error))?;
            let data = recipe.source.digest()?;
            Ok((Begun::Recipe(recipe), data))
        }
        Err(error) => Err(DirectoryError::file(&file, error)),
    }
}

pub(super) fn lock(path: &Path) -> Result<Lock, DirectoryError> {
    Lock::take(path).map_err(|lock| match lock {
        LockError::Held(_) => DirectoryError::Held {
            path: path.to_owned(),
            lock,
        },
        LockError::Access(error) => DirectoryError::file(path, error),
    })
}

/// The file of an arm's model.
pub(super) fn model_name(arm: &str, alone: bool) -> String {
    match alone {
        true => "model.safetensors".to_owned(),
        false => format!("model.{arm}.safetensors"),
    }
}

/// Files of a run, whichever arms it has, in the directory at `path`.
pub(super) fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let is_ours = |name: &str| {
        [RECIPE, METRICS, CHECKPOINT, LOG, AUTOENCODER].contains(&name)
            || (name.starts_with("model.") && name.ends_with(".safetensors"))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if is_ours(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Refuses what is in the place of a run's files and is none.
pub(super) fn check_files(path: &Path) -> Result<(), DirectoryError> {
    for file in files(path).map_err(|error| DirectoryError::file(path, error))? {
        let kind = fs::symlink_metadata(&file).map(|known| known.file_type());
        let is_folder = file.file_name().is_some_and(|name| name == AUTOENCODER);
        let fits = kind.is_ok_and(|kind| {
            if is_folder {
                kind.is_dir()
            } else {
                kind.is_file()
            }
        });
        if !fits {
            return Err(DirectoryError::file(
                &file,
                "it is a symbolic link or something else than a file, and a run writes only into its own folder; remove it",
            ));
        }
    }
    Ok(())
}

/// Removes the files of a run; a symbolic link itself, not what it points to. An autoencoder stays: it
/// is taken only for the samples that it was fitted to.
fn remove_run(path: &Path) -> io::Result<()> {
    for file in files(path)? {
        if !file.ends_with(AUTOENCODER) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}
