//! The worker thread: takes commands, trains, publishes.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Select, TryRecvError, select};

use super::{
    Command, Controls, Lockstep, ORDERS, Recipe, Refused, SessionError, Snapshot, Status, View,
    probe::Probe, slot::Slot,
};

/// The receiving ends of a session.
pub(super) struct Inbox {
    pub(super) orders: Receiver<Command>,
    pub(super) controls: Receiver<Controls>,
    pub(super) view: Receiver<View>,
}

/// What is said after a panic.
const PANIC: &str = "A defect in ctui ended this run. Restart to train again from epoch 0 with the \
     values as they are now; if it happens again, undo the last change first, or restart with \
     another seed. Please report it, with what you did last.";

/// How long nothing may happen before the measurements that take longer are made for the epoch that
/// training rests at.
const IDLE: Duration = Duration::from_millis(150);

/// The worker's state.
pub(super) struct Worker {
    run: Lockstep,
    probe: Probe,
    inbox: Inbox,
    snapshots: Slot<Arc<Snapshot>>,
    status: Status,
    /// Train until this epoch; none once the user ran on beyond the recipe's number.
    limit: Option<usize>,
    delay: Duration,
    /// Single epochs that were ordered while a generator is being fitted.
    owed: usize,
    epoch_time: Duration,
    published: Option<Instant>,
    refused: Option<Arc<Refused>>,
    last: Option<Arc<Snapshot>>,
    /// Set after a panic: nothing but a restart makes the state sound again.
    broken: bool,
}

/// Whether the worker goes on.
#[derive(PartialEq)]
enum Next {
    Go,
    Stop,
}

impl Worker {
    pub(super) fn new(run: Lockstep, inbox: Inbox, snapshots: Slot<Arc<Snapshot>>) -> Self {
        Self {
            probe: Probe::new(run.dataset(), &run.recipe().source, View::default()),
            limit: Some(run.recipe().controls.parameters.epochs),
            run,
            inbox,
            snapshots,
            status: Status::Paused,
            delay: Duration::ZERO,
            owed: 0,
            epoch_time: Duration::ZERO,
            published: None,
            refused: None,
            last: None,
            broken: false,
        }
    }

    /// Does `work`, and again after each panic, which is reported as a failure.
    pub(super) fn work_on(mut self, mut work: impl FnMut(&mut Self)) {
        while catch_unwind(AssertUnwindSafe(|| work(&mut self))).is_err() {
            self.broken = true;
            self.status = Status::Failed(PANIC.to_owned());
            if let Some(last) = &self.last {
                let failed = Snapshot {
                    status: self.status.clone(),
                    ..Snapshot::clone(last)
                };
                self.snapshots.put(Arc::new(failed));
            }
        }
    }

    /// Works until told to stop, or until nobody is left to tell.
    pub(super) fn work(&mut self) {
        if !self.broken {
            self.publish();
        }
        while self.listen() == Next::Go {
            if self.is_fitting() {
                self.fit();
            } else if self.status == Status::Running {
                self.train();
            }
        }
    }

    /// Whether a generator still has to learn from the data; nothing is trained until then.
    fn is_fitting(&self) -> bool {
        self.run.generator().is_none() && !matches!(self.status, Status::Failed(_))
    }

    /// Does a small part of what a generator has to learn; then trains the epochs that were ordered
    /// meanwhile.
    fn fit(&mut self) {
        match self.run.prepare() {
            Ok(false) => self.publish_if_due(),
            Ok(true) => {
                self.probe.expire();
                for _ in 0..std::mem::take(&mut self.owed) {
                    self.train();
                }
                self.publish();
            }
            Err(error) => self.rest(Status::Failed(error.to_string())),
        }
    }

    /// Takes what has arrived: at once while training runs, apart from its delay; waiting for it
    /// otherwise.
    fn listen(&mut self) -> Next {
        let until = match self.status {
            _ if self.is_fitting() => Some(Instant::now()),
            Status::Running => Some(Instant::now() + self.delay.saturating_sub(self.epoch_time)),
            _ if !self.broken && self.probe.is_behind(self.run.epoch()) => {
                return self.listen_until_idle();
            }
            _ => None,
        };
        loop {
            let wait = until.map(|until| until.saturating_duration_since(Instant::now()));
            let timer = match wait {
                Some(wait) => crossbeam_channel::after(wait),
                None => crossbeam_channel::never(),
            };
            let heard = select! {
                recv(self.inbox.controls) -> controls => controls.map(Command::Set).ok(),
                recv(self.inbox.view) -> view => view.map(Command::Look).ok(),
                recv(self.inbox.orders) -> order => Some(order.unwrap_or(Command::Stop)),
                recv(timer) -> _ => return self.drain(),
            };
            let Some(command) = heard else {
                return Next::Stop;
            };
            if self.obey(command) == Next::Stop {
                return Next::Stop;
            }
            if until.is_none() {
                return self.drain();
            }
        }
    }

    /// Takes what arrives soon; if nothing does, makes the measurements that were put off.
    fn listen_until_idle(&mut self) -> Next {
        let mut select = Select::new();
        select.recv(&self.inbox.controls);
        select.recv(&self.inbox.view);
        select.recv(&self.inbox.orders);
        if select.ready_timeout(IDLE).is_err() {
            self.probe.measure(&self.run, false);
            self.publish();
        }
        self.drain()
    }

    /// Takes what has arrived without waiting; controls before orders, so that a change sent before
    /// a step holds for it.
    fn drain(&mut self) -> Next {
        loop {
            let heard = (self.inbox.controls.try_recv().map(Command::Set))
                .or_else(|_| self.inbox.view.try_recv().map(Command::Look))
                .or_else(|_| self.inbox.orders.try_recv());
            match heard {
                Err(TryRecvError::Disconnected) => return Next::Stop,
                Ok(command) => {
                    if self.obey(command) == Next::Stop {
                        return Next::Stop;
                    }
                }
                Err(TryRecvError::Empty) => return Next::Go,
            }
        }
    }

    fn obey(&mut self, command: Command) -> Next {
        match command {
            Command::Stop => return Next::Stop,
            Command::Delay(milliseconds) => self.delay = Duration::from_millis(milliseconds),
            Command::Restart(recipe) => self.restart(*recipe),
            _ if self.broken => {}
            Command::Run => self.start(),
            Command::Pause => self.rest(Status::Paused),
            Command::StepEpoch => {
                if let Ok(controls) = self.inbox.controls.try_recv() {
                    self.run.change(&controls);
                }
                self.status = Status::Paused;
                match self.is_fitting() {
                    true => self.owed = (self.owed + 1).min(ORDERS),
                    false => self.train(),
                }
                self.publish();
            }
            Command::Set(controls) => {
                self.run.change(&controls);
                if self.is_fitting() {
                    self.fit();
                }
                self.probe.expire();
                self.publish();
            }
            Command::Look(view) => {
                self.probe.look(self.run.dataset(), view);
                self.publish();
            }
            Command::Rewind(epoch) => {
                let outcome = self.run.go_to(epoch);
                self.rest(failure(outcome).unwrap_or(Status::Paused));
            }
        }
        Next::Go
    }

    /// Runs, beyond the recipe's number of epochs if that is reached already.
    fn start(&mut self) {
        if self.limit.is_some_and(|limit| self.run.epoch() >= limit) {
            self.limit = None;
        }
        self.status = Status::Running;
    }

    fn rest(&mut self, status: Status) {
        self.owed = 0;
        self.status = status;
        self.publish();
    }

    /// Begins a new recipe; keeps the present one if that cannot be had.
    fn restart(&mut self, recipe: Recipe) {
        self.refused = None;
        match Lockstep::new(recipe.clone()) {
            Ok(run) => {
                self.limit = Some(run.recipe().controls.parameters.epochs);
                let view = self.probe.view.clone();
                self.probe = Probe::new(run.dataset(), &run.recipe().source, view);
                self.run = run;
                self.broken = false;
                self.rest(Status::Running);
            }
            Err(error) => {
                self.refused = Some(Arc::new(Refused {
                    recipe,
                    reason: error.to_string(),
                }));
                self.publish();
            }
        }
    }

    /// One epoch of both arms.
    fn train(&mut self) {
        let start = Instant::now();
        match self.run.train_epoch() {
            Ok(reports) => {
                self.epoch_time = start.elapsed();
                let skipped = reports
                    .iter()
                    .map(|report| report.skipped_updates)
                    .sum::<usize>();
                if skipped > 0 {
                    self.rest(Status::NonFinite(advice(skipped)));
                } else if self.limit.is_some_and(|limit| self.run.epoch() >= limit) {
                    if self.status == Status::Running {
                        self.rest(Status::Finished);
                    }
                } else {
                    self.publish_if_due();
                }
            }
            Err(error) => self.rest(Status::Failed(error.to_string())),
        }
    }

    fn publish_if_due(&mut self) {
        let period = Duration::from_secs_f32(1.0 / self.probe.view.rate.clamp(0.1, 1000.0));
        if self
            .published
            .is_none_or(|published| published.elapsed() >= period)
        {
            self.publish();
        }
    }

    fn publish(&mut self) {
        self.published = Some(Instant::now());
        let training = self.status == Status::Running;
        let snapshot = Snapshot {
            arms: self.probe.arms(&self.run, training),
            epoch: self.run.epoch(),
            newest_epoch: self.run.newest_epoch(),
            oldest_epoch: self.run.oldest_epoch(),
            status: self.status.clone(),
            fitting: self.run.fitting(),
            recipe: Arc::new(self.run.recipe().clone()),
            refused: self.refused.clone(),
            dataset: self.run.dataset().clone(),
            notes: self.run.notes().clone(),
            domains: Arc::new(self.run.constraints().domain.clone()),
            applied: self.run.applied().clone(),
            projection: self.probe.projection.clone(),
            scoreboard: self.probe.scoreboard(),
            history: Arc::new(self.run.history()),
            epoch_time: self.epoch_time,
        };
        let snapshot = Arc::new(snapshot);
        self.last = Some(snapshot.clone());
        self.snapshots.put(snapshot);
    }
}

fn failure(outcome: Result<(), SessionError>) -> Option<Status> {
    outcome.err().map(|error| Status::Failed(error.to_string()))
}

fn advice(skipped: usize) -> String {
    format!(
        "{skipped} updates skipped: a loss or gradient was not finite. Lower the learning rate or λ_div, or raise λ_reg, then run on or restart"
    )
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::*;
    use crate::{
        data::{Family, Source},
        session::slot::slot,
        training::HyperParameters,
    };

    fn recipe() -> Recipe {
        let parameters = HyperParameters {
            samples: 200,
            epochs: 3,
            ..HyperParameters::default()
        };
        Recipe {
            source: Source::Synthetic {
                family: Family::Moon,
                classes: None,
            },
            controls: Controls {
                parameters,
                mutability: Vec::new(),
            },
            changes: Vec::new(),
        }
    }

    #[test]
    fn a_panic_is_reported_and_a_restart_goes_on() {
        let (orders, orders_in) = unbounded();
        let ((_controls, controls_in), (_view, view_in)) = (slot(), slot());
        let inbox = Inbox {
            orders: orders_in,
            controls: controls_in,
            view: view_in,
        };
        let (snapshot_slot, snapshots) = slot();
        let run = Lockstep::new(recipe()).unwrap();
        let worker = Worker::new(run, inbox, snapshot_slot);
        let thread = std::thread::spawn(move || {
            let mut first = true;
            worker.work_on(|worker| {
                if first {
                    worker.publish();
                }
                assert!(!std::mem::take(&mut first), "a defect");
                worker.work();
            });
        });
        let wait_for = |wanted: &dyn Fn(&Status) -> bool| {
            let next = || snapshots.recv_timeout(Duration::from_secs(60)).unwrap();
            while !wanted(&next().status) {}
        };
        wait_for(&|status| matches!(status, Status::Failed(what) if what.contains("Restart")));
        orders.send(Command::Run).unwrap();
        orders.send(Command::Restart(Box::new(recipe()))).unwrap();
        wait_for(&|status| *status == Status::Finished);
        orders.send(Command::Stop).unwrap();
        assert!(thread.join().is_ok());
    }
}
