//! A session without a thread: told the same commands, it is where it was told to be.

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{
    Command, Lockstep, SessionError, Snapshot, Status,
    slot::{Slot, slot},
    worker::{Inbox, Worker},
};
use crate::{
    halt::Halt,
    recipe::{Controls, Recipe},
    session::View,
};

/// Rows and columns of fields that nobody looks at.
const RESOLUTION: (usize, usize) = (4, 4);

/// The other ends of the worker's channels, which keep its inbox open.
struct Ends {
    _orders: Sender<Command>,
    _controls: Slot<Vec<(String, Controls)>>,
    _view: Slot<View>,
    _snapshots: Receiver<Arc<Snapshot>>,
}

/// A worker that is led by hand: it does what it is told at once, and trains only when it is told to.
///
/// Whatever is done with it, it gives the same weights as a [`Session`](super::Session) that is told
/// the same at the same epochs.
pub struct Rehearsal {
    worker: Worker,
    _ends: Ends,
}

impl Rehearsal {
    /// Loads the recipe's data and draws the initial weights.
    ///
    /// # Errors
    /// [`SessionError`] if the data or a model cannot be had.
    pub fn new(recipe: Recipe) -> Result<Self, SessionError> {
        Ok(Self::of(Lockstep::new(recipe)?))
    }

    /// A session of a run that stands somewhere.
    pub fn of(run: Lockstep) -> Self {
        let (orders, orders_in) = bounded(1);
        let ((controls, controls_in), (view, view_in)) = (slot(), slot());
        let (snapshot_slot, snapshots) = slot();
        let inbox = Inbox {
            orders: orders_in,
            controls: controls_in,
            view: view_in,
        };
        Self {
            worker: Worker::new(run, inbox, Halt::default(), snapshot_slot),
            _ends: Ends {
                _orders: orders,
                _controls: controls,
                _view: view,
                _snapshots: snapshots,
            },
        }
    }

    /// Carries a command out, apart from training epoch after epoch.
    pub fn tell(&mut self, command: Command) {
        let command = match command {
            Command::Look(view) => Command::Look(View {
                resolution: RESOLUTION,
                rate: 0.0,
                ..view
            }),
            other => other,
        };
        self.worker.obey_at_once(command);
    }

    /// Trains one epoch if the run goes on by itself; whether it does.
    pub fn go_on(&mut self) -> bool {
        if *self.worker.status() == Status::Running {
            self.worker.train();
            return true;
        }
        false
    }

    /// How things stand, with what was measured last.
    pub fn glance(&mut self) -> Arc<Snapshot> {
        self.worker.glance()
    }

    /// How things stand, with everything measured.
    pub fn snapshot(&mut self) -> Arc<Snapshot> {
        self.worker.look_closely()
    }
}
