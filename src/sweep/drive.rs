//! Running the cells of a sweep.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use super::{
    Cell, CellResult, Protocol, Store, SweepError, cell::describe, measure::measure, score::Score,
};
use crate::{halt::Halt, run::RunError};

/// How cells are run.
#[derive(Clone, Debug)]
pub struct Drive {
    /// Threads; each runs a cell by itself.
    pub jobs: usize,
    /// Whether the first cell that fails ends the sweep.
    pub fail_fast: bool,
    /// Whether cells that failed before run again.
    pub retry_failed: bool,
    /// What is measured.
    pub measures: Vec<Score>,
    /// How it is measured.
    pub protocol: Protocol,
    /// Asks for the end; cells that are not finished then count as not run.
    pub halt: Halt,
}

/// How a part of a sweep went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cells that ran now.
    pub ran: usize,
    /// Cells that were finished before.
    pub known: usize,
    /// Cells that failed, now or before.
    pub failed: usize,
    /// Cells that were not run, since the end was asked for.
    pub left: usize,
}

/// Is told how far a sweep is.
pub trait Observer: Sync {
    /// A cell is finished, now or before.
    fn finished(&self, result: &CellResult, before: bool);
}

/// Nobody watches.
impl Observer for () {
    fn finished(&self, _: &CellResult, _: bool) {}
}

impl Drive {
    /// Runs those of `cells` that are not finished, in order, and keeps each result in `store`.
    ///
    /// A cell that fails is kept with its reason and stops nothing, unless asked.
    ///
    /// # Errors
    /// [`SweepError`] if a result cannot be kept, or [`SweepError::Failed`] if the sweep was to end at
    /// the first failure.
    pub fn run(
        &self,
        cells: &[Cell],
        store: &Store,
        observer: &dyn Observer,
    ) -> Result<Tally, SweepError> {
        let work = Work {
            drive: self,
            cells,
            store,
            observer,
            next: AtomicUsize::new(0),
            state: Mutex::default(),
        };
        thread::scope(|scope| {
            for _ in 0..self.jobs.clamp(1, cells.len().max(1)) {
                scope.spawn(|| work.run());
            }
        });
        let state = work
            .state
            .into_inner()
            .unwrap_or_else(|state| state.into_inner());
        let mut tally = state.tally;
        tally.left = cells.len() - tally.ran - tally.known;
        match state.error {
            Some(error) => Err(error),
            None => Ok(tally),
        }
    }
}

/// What the threads of a sweep share.
struct Work<'a> {
    drive: &'a Drive,
    cells: &'a [Cell],
    store: &'a Store,
    observer: &'a dyn Observer,
    next: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tally: Tally,
    error: Option<SweepError>,
}

impl Work<'_> {
    /// Runs cells until there are none left. All of a cell is computed on this one thread.
    fn run(&self) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        while let Some(cell) = self.take() {
            let outcome = match &pool {
                Ok(pool) => pool.install(|| self.settle(cell)),
                Err(_) => self.settle(cell),
            };
            if let Err(error) = outcome {
                self.with_state(|state| state.error.get_or_insert(error).to_string());
            }
        }
    }

    /// The next cell, unless the sweep ends.
    fn take(&self) -> Option<&Cell> {
        let over = self.drive.halt.is_requested() || self.with_state(|state| state.error.is_some());
        if over {
            return None;
        }
        self.cells.get(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn with_state<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(|state| state.into_inner()))
    }

    /// Runs one cell, unless it is finished.
    fn settle(&self, cell: &Cell) -> Result<(), SweepError> {
        let known = self.store.result(cell)?;
        let known = known.filter(|known| known.error.is_none() || !self.drive.retry_failed);
        if let Some(known) = known {
            self.note(&known, true);
            return Ok(());
        }
        let Some(result) = self.result(cell) else {
            return Ok(());
        };
        self.store.keep(&result)?;
        self.note(&result, false);
        match result.error {
            Some(reason) if self.drive.fail_fast => Err(SweepError::Failed {
                cell: format!("{} seed={}", describe(&cell.settings), cell.seed),
                reason,
            }),
            _ => Ok(()),
        }
    }

    fn note(&self, result: &CellResult, before: bool) {
        self.with_state(|state| {
            match before {
                true => state.tally.known += 1,
                false => state.tally.ran += 1,
            }
            state.tally.failed += usize::from(result.error.is_some());
        });
        self.observer.finished(result, before);
    }

    /// Trains and measures a cell; nothing if the end was asked for meanwhile.
    fn result(&self, cell: &Cell) -> Option<CellResult> {
        let start = Instant::now();
        let drive = self.drive;
        let found = measure(&cell.recipe, &drive.measures, drive.protocol, &drive.halt);
        let (scores, error) = match found {
            Ok(scores) => (scores, None),
            Err(RunError::Halted) => return None,
            Err(error) => (Default::default(), Some(error.to_string())),
        };
        Some(CellResult {
            address: cell.address.clone(),
            settings: cell.settings.clone(),
            seed: cell.seed,
            scores,
            error,
            seconds: start.elapsed().as_secs_f64(),
            version: env!("CARGO_PKG_VERSION").into(),
        })
    }
}
