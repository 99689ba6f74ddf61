//! A session: a worker thread trains both arms in lock-step; commands go in, snapshots come out.
//!
//! Nothing here knows of a terminal. Neither side ever waits for the other: parameter changes and
//! views travel in slots where the latest wins, snapshots in a slot where the newest wins.
//! [`Lockstep`] is the same without the thread.

mod command;
mod examples;
mod lockstep;
mod probe;
mod projection;
mod recipe;
mod scoreboard;
mod slot;
mod snapshot;
mod timeline;
mod worker;

use std::{sync::Arc, thread::JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded};

pub use command::{Command, Controls, View};
pub use lockstep::Lockstep;
pub use recipe::{Change, Recipe};
pub use scoreboard::{Measure, Score, Scoreboard};
pub use snapshot::{
    ArmSnapshot, Axes, Example, Field, History, Projection, Refused, Robustness, Snapshot, Status,
    Trajectories,
};

use crate::{data::DataError, model::ModelError};
use slot::{Slot, slot};
use worker::{Inbox, Worker};

/// Orders that may wait; more are dropped.
const ORDERS: usize = 64;

/// Why a session cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Something is wrong with the data.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Something is wrong with the model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The system gave no thread.
    #[error("cannot start the training thread: {0}")]
    Thread(std::io::Error),
}

/// A running worker. Dropping it ends the worker.
pub struct Session {
    orders: Sender<Command>,
    controls: Slot<Controls>,
    view: Slot<View>,
    snapshots: Receiver<Arc<Snapshot>>,
    worker: Option<JoinHandle<()>>,
}

impl Session {
    /// Loads the recipe's data and starts a paused worker.
    ///
    /// # Errors
    /// [`SessionError`] if the data or the model cannot be had, or the system gives no thread.
    pub fn spawn(recipe: Recipe) -> Result<Self, SessionError> {
        let run = Lockstep::new(recipe)?;
        let (orders, orders_in) = bounded(ORDERS);
        let (controls, controls_in) = slot();
        let (view, view_in) = slot();
        let (snapshot_slot, snapshots) = slot();
        let inbox = Inbox {
            orders: orders_in,
            controls: controls_in,
            view: view_in,
        };
        let worker = std::thread::Builder::new()
            .name("training".into())
            .spawn(move || Worker::new(run, inbox, snapshot_slot).work_on(Worker::work))
            .map_err(SessionError::Thread)?;
        Ok(Self {
            orders,
            controls,
            view,
            snapshots,
            worker: Some(worker),
        })
    }

    /// Sends a command; never waits. Of controls and views only the latest counts. An order is
    /// dropped if dozens are waiting already.
    pub fn send(&self, command: Command) {
        match command {
            Command::Set(controls) => self.controls.put(controls),
            Command::Look(view) => self.view.put(view),
            order => {
                let _ = self.orders.try_send(order);
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
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}
