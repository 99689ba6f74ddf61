//! The directory of a run: recipe, metrics, checkpoint, models.

mod error;
mod files;

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
    files::{reason, remove_drafts},
    learner::Standing,
    model::{ModelError, ModelFile},
    recipe::{self, Recipe, RecipeError},
    training::EpochReport,
};

pub use error::DirectoryError;
use files::remove_run;
pub(super) use files::{
    AUTOENCODER, CHECKPOINT, LOG, METRICS, RECIPE, check_files, check_free, files, model_name,
};
pub use files::{is_begun, recipe_in};

/// Shortest time between two checkpoints.
pub(super) const PERIOD: Duration = Duration::from_secs(2);

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
        match force {
            false => check_free(path)?,
            true => remove_run(path).map_err(access)?,
        }
        check_files(path)?;
        remove_drafts(path);
        let file = recipe_in(path);
        recipe::write(&file, recipe, &data).map_err(|error| DirectoryError::file(&file, error))?;
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
        recipe::write(&self.path.join(RECIPE), &standing.recipe, &self.data)?;
        self.metrics = Metrics::create(&self.path.join(METRICS))?;
        self.add(standing, 0)?;
        self.keep(standing)
    }

    /// Replaces the recipe by one of the same data and arms.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn write_recipe(&self, recipe: &Recipe) -> io::Result<()> {
        recipe::write(&self.path.join(RECIPE), recipe, &self.data)
    }

    /// Adds the reports of `standing` after the epoch `last`.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn add(&mut self, standing: &Standing, last: usize) -> io::Result<()> {
        let mut lines = lines(standing, last).into_iter();
        lines.try_for_each(|(arm, report)| self.metrics.add(arm, report))
    }

    /// An error with the file that it is about.
    fn named(&self, name: &str, error: &io::Error) -> io::Error {
        let file = self.path.join(name);
        let text = format!("cannot write {}: {}", file.display(), reason(&file, error));
        io::Error::new(error.kind(), text)
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
                let added = self.metrics.add(arm, report);
                added.map_err(|error| self.named(METRICS, &error))?;
            }
            Event::Reached { standing, last } => {
                if last || self.kept.elapsed() >= PERIOD {
                    let kept = self.keep(&standing());
                    kept.map_err(|error| self.named(CHECKPOINT, &error))?;
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

/// What lies in the directory at `path`, without its reports, and the digest of its data, which are the
/// same as then.
fn begun(path: &Path) -> Result<(Begun, String), DirectoryError> {
    let file = path.join(CHECKPOINT);
    let unfit = |error: RecipeError| match error {
        RecipeError::Changed(_) => DirectoryError::Data(path.to_owned()),
        error => DirectoryError::file(&recipe_in(path), error),
    };
    match checkpoint::read(&file) {
        Ok(mut found) => {
            let recipe = &mut found.standing.recipe;
            let located =
                recipe::locate(&recipe_in(path), recipe.source.clone(), Some(&found.data));
            recipe.source = located.map_err(unfit)?;
            Ok((Begun::Standing(Box::new(found.standing)), found.data))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let recipe = recipe::open(&recipe_in(path), false).map_err(unfit)?;
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
