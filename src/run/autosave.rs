//! What keeps a session's run in a directory while it is shown.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
    time::SystemTime,
};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{
    Begun, RunDirectory, checkpoint,
    directory::{CHECKPOINT, PERIOD},
    is_begun,
    lock::Lock,
};
use crate::{
    learner::Standing,
    recipe::Recipe,
    session::{Slot, Snapshot, slot},
    training::EpochReport,
};

/// Interrupted runs that are kept.
const INTERRUPTED: usize = 8;
/// File in the folder of an interrupted run that has been offered.
const OFFERED: &str = "offered";

/// A thread that writes the newest of the snapshots that it is given, every two seconds at most.
pub struct Autosave {
    snapshots: Slot<Arc<Snapshot>>,
    stop: Sender<()>,
    problems: Receiver<String>,
    thread: Option<JoinHandle<()>>,
    path: PathBuf,
    is_temporary: bool,
}

impl Autosave {
    /// Keeps a new run in a folder of its own in `folder` that is made once an epoch is trained, and
    /// removed when all is [done](Autosave::end).
    pub fn in_new_folder(folder: &Path) -> Self {
        let path = folder.join(format!("{}-{}", seconds(), std::process::id()));
        let keeper = Keeper::new(path.clone());
        Self::start(keeper, path, true)
    }

    /// Goes on keeping what was begun in `directory`; that is removed in the end if it lies in
    /// `temporary`.
    pub fn resume(directory: RunDirectory, begun: &Begun, temporary: Option<&Path>) -> Self {
        let path = directory.path().to_owned();
        let is_temporary = temporary.is_some_and(|folder| path.parent() == Some(folder));
        let mut keeper = Keeper::new(path.clone());
        keeper.directory = Some(directory);
        keeper.kept = begun.standing().map(Kept::of);
        Self::start(keeper, path, is_temporary)
    }

    fn start(keeper: Keeper, path: PathBuf, is_temporary: bool) -> Self {
        let (snapshots, newest) = slot();
        let (stop, stopped) = bounded(1);
        let (problem, problems) = bounded(1);
        let work = move || {
            let mut keeper = keeper;
            loop {
                let over = stopped.recv_timeout(PERIOD).is_ok();
                let snapshot: Option<Arc<Snapshot>> = newest.try_recv().ok();
                if let Some(snapshot) = snapshot
                    && let Err(text) = keeper.keep(&snapshot)
                {
                    let _ = problem.try_send(text);
                }
                if over {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("autosave".into()).spawn(work);
        Self {
            thread: thread.ok(),
            snapshots,
            stop,
            problems,
            path,
            is_temporary,
        }
    }

    /// Where the run is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes a snapshot, in place of an older one that was not written yet. Never waits.
    pub fn take(&self, snapshot: &Arc<Snapshot>) {
        self.snapshots.put(snapshot.clone());
    }

    /// What has gone wrong since this was asked last.
    pub fn problem(&self) -> Option<String> {
        self.problems.try_recv().ok()
    }

    /// Writes the last snapshot and ends; whether there is a run to go on with later. A temporary one
    /// is only left if it was `interrupted`.
    pub fn end(mut self, interrupted: bool) -> bool {
        let _ = self.stop.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if self.is_temporary && !interrupted {
            remove(&self.path);
        }
        is_begun(&self.path)
    }
}

/// What has been written.
struct Kept {
    recipe: Recipe,
    epoch: usize,
    newest: usize,
    /// Of the newest epoch, one per arm.
    reports: Vec<Option<EpochReport>>,
}

impl Kept {
    fn of(standing: &Standing) -> Self {
        let last = |reports: &Vec<EpochReport>| reports.last().cloned();
        Self {
            recipe: standing.recipe.clone(),
            epoch: standing.epoch(),
            newest: standing.newest,
            reports: standing.reports.iter().map(last).collect(),
        }
    }

    /// Whether `standing` is a later moment of the same past.
    fn leads_to(&self, standing: &Standing) -> bool {
        let names = |recipe: &Recipe| -> Vec<String> {
            recipe.arms.iter().map(|arm| arm.name.clone()).collect()
        };
        let known = |arm: usize, last: &EpochReport| {
            let reports = standing.reports.get(arm).map_or(&[][..], Vec::as_slice);
            let same = reports.iter().find(|report| report.epoch == last.epoch);
            same.is_none_or(|report| report.loss == last.loss)
        };
        let lasts = self.reports.iter().enumerate();
        self.recipe.source == standing.recipe.source
            && names(&self.recipe) == names(&standing.recipe)
            && self.newest <= standing.newest
            && lasts
                .flat_map(|(arm, last)| Some((arm, last.as_ref()?)))
                .all(|(arm, last)| known(arm, last))
    }
}

struct Keeper {
    path: PathBuf,
    directory: Option<RunDirectory>,
    kept: Option<Kept>,
}

impl Keeper {
    fn new(path: PathBuf) -> Self {
        Self {
            path,
            directory: None,
            kept: None,
        }
    }

    /// Writes where `snapshot` stands, if that is new and no arm is on its way.
    fn keep(&mut self, snapshot: &Snapshot) -> Result<(), String> {
        let Some(standing) = standing(snapshot) else {
            return Ok(());
        };
        let unchanged = |kept: &Kept| {
            (kept.epoch, kept.newest) == (standing.epoch(), standing.newest)
                && kept.recipe == standing.recipe
        };
        if self.kept.as_ref().is_some_and(unchanged) {
            return Ok(());
        }
        let path = self.path.display().to_string();
        let refused =
            |error: &dyn std::fmt::Display| format!("this run cannot be kept in {path}: {error}");
        let directory = match &mut self.directory {
            Some(directory) => directory,
            none if standing.newest > 0 => {
                let created = RunDirectory::create(&self.path, &standing.recipe, false);
                none.insert(created.map_err(|error| refused(&error))?)
            }
            _ => return Ok(()),
        };
        let written = match &self.kept {
            Some(kept) if kept.leads_to(&standing) => {
                let added = directory.add(&standing, kept.newest);
                let added = added.and_then(|()| match kept.recipe == standing.recipe {
                    true => Ok(()),
                    false => directory.write_recipe(&standing.recipe),
                });
                added.and_then(|()| directory.keep(&standing))
            }
            _ => directory.replace(&standing),
        };
        written.map_err(|error| refused(&error))?;
        self.kept = Some(Kept::of(&standing));
        Ok(())
    }
}

/// Where a session stands; none while an arm is on its way to another epoch.
pub fn standing(snapshot: &Snapshot) -> Option<Standing> {
    let together = snapshot.states.len() == snapshot.recipe.arms.len()
        && (snapshot.states.iter()).all(|state| state.epoch == snapshot.epoch);
    together.then(|| Standing {
        recipe: snapshot.recipe.as_ref().clone(),
        newest: snapshot.newest_epoch,
        states: snapshot.states.clone(),
        reports: snapshot.history.reports.clone(),
    })
}

/// A run that was interrupted.
#[derive(Clone, Debug, PartialEq)]
pub struct Interrupted {
    /// Its directory.
    pub path: PathBuf,
    /// Its data.
    pub title: String,
    /// Epochs trained.
    pub epoch: usize,
}

/// The run in `folder` that was interrupted last and that no process has; older ones beyond a few are
/// removed.
pub fn interrupted(folder: &Path) -> Option<Interrupted> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let mut found: Vec<(SystemTime, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.path();
            let time = fs::symlink_metadata(path.join(CHECKPOINT)).ok()?;
            (!Lock::is_held(&path)).then_some((time.modified().ok()?, path))
        })
        .collect();
    found.sort();
    while found.len() > INTERRUPTED {
        remove(&found.remove(0).1);
    }
    found.into_iter().rev().find_map(|(_, path)| {
        let standing = checkpoint::read(&path.join(CHECKPOINT)).ok()?.standing;
        Some(Interrupted {
            title: standing.recipe.source.title(),
            epoch: standing.epoch(),
            path,
        })
    })
}

impl Interrupted {
    /// Whether this is offered for the first time; from now on it is not.
    pub fn offer(&self) -> bool {
        let file = self.path.join(OFFERED);
        !file.exists() && fs::write(file, "").is_ok()
    }
}

/// Removes the folder of a run with all that is in it.
fn remove(path: &Path) {
    if fs::symlink_metadata(path).is_ok_and(|known| known.is_dir()) {
        let _ = fs::remove_dir_all(path);
    }
}

fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |time| time.as_secs())
}
