//! A session: a worker thread trains one to four arms in lock-step; commands go in, snapshots come out.
//!
//! Nothing here knows of a terminal. Neither side ever waits for the other: parameter changes and
//! views travel in slots where the latest wins, snapshots in a slot where the newest wins.
//! [`Lockstep`] is the same without the thread.

mod burden;
mod command;
mod examples;
mod lane;
mod lockstep;
mod probe;
mod projection;
mod rehearsal;
mod scoreboard;
mod slot;
mod snapshot;
mod strokes;
mod timeline;
mod ways;
mod worker;

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};

pub use burden::{BurdenView, Burdens};
pub use command::{Command, View};
pub use lockstep::Lockstep;
pub use rehearsal::Rehearsal;
pub use scoreboard::{Change as ScoreChange, Measure, Score, Scoreboard};
pub use snapshot::{
    ArmSnapshot, Axes, Example, Field, History, Projection, Refused, Robustness, Snapshot, Status,
    Trajectories,
};

pub use strokes::Stroke;
pub use ways::{ArmWays, SampleWays, WaysView};

use crate::{
    data::DataError,
    halt::Halt,
    learner::Standing,
    model::ModelError,
    recipe::{ArmError, Controls, Recipe, RecipeError},
    training::EpochError,
};
pub use slot::{Slot, slot};
use worker::{Inbox, Worker};

/// Orders that may wait; more are dropped.
const ORDERS: usize = 64;

/// How long a worker may take to end.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// Why a session cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Something is wrong with the data.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Something is wrong with the model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Something is wrong with the recipe.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// The arms cannot be as they were wanted.
    #[error(transparent)]
    Arm(#[from] ArmError),
    /// Where a run stood is no state of these models.
    #[error("the checkpoint does not fit the recipe: it is of other arms, layers or features")]
    Standing,
    /// The system gave no thread.
    #[error("cannot start the training thread: {0}")]
    Thread(std::io::Error),
    /// The points that were drawn do not suffice yet.
    #[error("every class needs three points to train with; draw some more")]
    TooFewPoints,
    /// The end was asked for in the middle of an epoch, which counts as not trained.
    #[error("the epoch was interrupted")]
    Halted,
}

impl From<EpochError> for SessionError {
    fn from(error: EpochError) -> Self {
        match error {
            EpochError::Model(error) => error.into(),
            EpochError::Halted => Self::Halted,
        }
    }
}

/// A running worker. Dropping it ends the worker, also in the middle of an epoch; one that does not
/// listen within a second is left to the end of the process.
pub struct Session {
    orders: Sender<Command>,
    controls: Slot<Vec<(String, Controls)>>,
    view: Slot<View>,
    snapshots: Receiver<Arc<Snapshot>>,
    halt: Halt,
    worker: Option<JoinHandle<()>>,
}

impl Session {
    /// Loads the recipe's data and starts a paused worker.
    ///
    /// # Errors
    /// [`SessionError`] if the data or the model cannot be had, or the system gives no thread.
    pub fn spawn(recipe: Recipe) -> Result<Self, SessionError> {
        Self::of(Lockstep::new(recipe)?)
    }

    /// Loads the data of a run and starts a paused worker where that stood.
    ///
    /// # Errors
    /// As [`Session::spawn`] and [`Lockstep::resume`].
    pub fn resume(standing: &Standing) -> Result<Self, SessionError> {
        Self::of(Lockstep::resume(standing)?)
    }

    fn of(run: Lockstep) -> Result<Self, SessionError> {
        let (orders, orders_in) = bounded(ORDERS);
        let (controls, controls_in) = slot();
        let (view, view_in) = slot();
        let (snapshot_slot, snapshots) = slot();
        let inbox = Inbox {
            orders: orders_in,
            controls: controls_in,
            view: view_in,
        };
        let halt = Halt::default();
        let heeded = halt.clone();
        let worker = thread::Builder::new()
            .name("training".into())
            .spawn(move || {
                Worker::new(run, inbox, heeded, snapshot_slot).work_on(Worker::work);
            })
            .map_err(SessionError::Thread)?;
        Ok(Self {
            orders,
            controls,
            view,
            snapshots,
            halt,
            worker: Some(worker),
        })
    }

    /// Sends a command; never waits. Of controls and views only the latest counts. An order is
    /// dropped if dozens are waiting already; one that makes the present epoch useless interrupts it.
    pub fn send(&self, command: Command) {
        match command {
            Command::Set(controls) => self.controls.put(controls),
            Command::Look(view) => self.view.put(view),
            order => {
                let useless = matches!(
                    order,
                    Command::Restart(_) | Command::Open(..) | Command::Rewind(_) | Command::Stop
                );
                let _ = self.orders.try_send(order);
                if useless {
                    self.halt.request();
                }
            }
        }
    }

    /// Where snapshots arrive; only the newest is kept. It disconnects when the worker has ended,
    /// which without [`Command::Stop`] means that it panicked.
    pub fn snapshots(&self) -> &Receiver<Arc<Snapshot>> {
        &self.snapshots
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let (closed, _) = bounded(0);
        drop(std::mem::replace(&mut self.orders, closed));
        self.halt.request();
        let Some(worker) = self.worker.take() else {
            return;
        };
        let start = Instant::now();
        while !worker.is_finished() && start.elapsed() < LAST_WAIT {
            thread::sleep(Duration::from_millis(1));
        }
        if worker.is_finished() {
            let _ = worker.join();
        }
    }
}
