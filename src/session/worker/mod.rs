//! The worker thread: takes commands, trains, publishes.

mod inbox;
mod obey;
mod train;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

pub(super) use inbox::Inbox;

use super::{Lockstep, Refused, Snapshot, Status, View, probe::Probe, slot::Slot};
use crate::halt::Halt;
use inbox::Next;

/// What is said after a panic.
const PANIC: &str = "A defect in ctui ended this run. Restart to train again from epoch 0 with the \
     values as they are now; if it happens again, undo the last change first, or restart with \
     another seed. Please report it, with what you did last.";

/// The worker's state.
pub(super) struct Worker {
    run: Lockstep,
    probe: Probe,
    inbox: Inbox,
    /// Asked for when an order makes the present epoch useless.
    halt: Halt,
    snapshots: Slot<Arc<Snapshot>>,
    status: Status,
    /// Train until this epoch; none once the user ran on beyond the recipe's number.
    limit: Option<usize>,
    /// Train until this epoch and pause there, where the user wants that.
    until: Option<usize>,
    delay: Duration,
    /// The epoch that it is on its way to.
    sought: Option<usize>,
    /// Whether it trains on once it is there.
    resume: bool,
    /// Single epochs that were ordered while a generator is being fitted.
    owed: usize,
    epoch_time: Duration,
    published: Option<Instant>,
    refused: Option<Arc<Refused>>,
    last: Option<Arc<Snapshot>>,
    /// Set after a panic: nothing but a restart makes the state sound again.
    broken: bool,
}

impl Worker {
    /// `run` is interrupted in the middle of an epoch once `halt` asks for it.
    pub(super) fn new(
        mut run: Lockstep,
        inbox: Inbox,
        halt: Halt,
        snapshots: Slot<Arc<Snapshot>>,
    ) -> Self {
        run.heed(&halt);
        Self {
            probe: Probe::new(run.base(), &run.recipe().source, View::default()),
            limit: Some(run.recipe().epochs()),
            run,
            inbox,
            halt,
            snapshots,
            status: Status::Paused,
            until: None,
            delay: Duration::ZERO,
            sought: None,
            resume: false,
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
            self.sought = None;
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
            if self.sought.is_some() {
                self.seek();
            } else if self.is_fitting() {
                self.fit();
            } else if self.status == Status::Running {
                self.train();
            }
        }
    }

    /// Whether a generator still has to learn from the data; nothing is trained until then.
    fn is_fitting(&self) -> bool {
        !self.run.is_prepared() && !matches!(self.status, Status::Failed(_))
    }

    /// How things stand.
    pub(super) fn glance(&mut self) -> Arc<Snapshot> {
        self.publish()
    }

    /// What it is doing.
    pub(super) fn status(&self) -> &Status {
        &self.status
    }

    /// How things stand, with everything measured.
    pub(super) fn look_closely(&mut self) -> Arc<Snapshot> {
        if self.run.epoch() > 0 {
            self.probe.measure(&self.run, false);
        }
        self.publish()
    }

    fn rest(&mut self, status: Status) {
        self.owed = 0;
        self.until = None;
        self.status = status;
        self.publish();
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

    fn publish(&mut self) -> Arc<Snapshot> {
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
            projection: self.probe.projection.clone(),
            scoreboard: self.probe.scoreboard(),
            burdens: self.probe.burdens(),
            ways: self.probe.ways(),
            history: Arc::new(self.run.history()),
            epoch_time: self.epoch_time,
            states: self.run.states(),
        };
        let snapshot = Arc::new(snapshot);
        self.last = Some(snapshot.clone());
        self.snapshots.put(snapshot.clone());
        snapshot
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::{Receiver, Sender, unbounded};

    use super::*;
    use crate::{
        data::{Family, Source},
        recipe::{Controls, Recipe},
        session::{Command, slot::slot},
        training::{HyperParameters, Objective},
    };

    fn recipe() -> Recipe {
        let parameters = HyperParameters {
            samples: 200,
            epochs: 3,
            ..HyperParameters::default()
        };
        let source = Source::Synthetic {
            family: Family::Moon,
            classes: None,
        };
        Recipe::pair(source, Controls::new(parameters))
    }

    /// A worker, and the sending ends of its inbox.
    fn worker() -> (Worker, Ends) {
        let (orders, orders_in) = unbounded();
        let ((controls, controls_in), (view, view_in)) = (slot(), slot());
        let (snapshot_slot, snapshots) = slot();
        let inbox = Inbox {
            orders: orders_in,
            controls: controls_in,
            view: view_in,
        };
        let run = Lockstep::new(recipe()).unwrap();
        let ends = Ends {
            orders,
            snapshots,
            _open: (controls, view),
        };
        (
            Worker::new(run, inbox, Halt::default(), snapshot_slot),
            ends,
        )
    }

    struct Ends {
        orders: Sender<Command>,
        snapshots: Receiver<Arc<Snapshot>>,
        _open: (Slot<Vec<(String, Controls)>>, Slot<View>),
    }

    #[test]
    fn of_several_epochs_to_go_to_the_last_one_counts() {
        let (mut worker, ends) = worker();
        let steps = [Command::StepEpoch, Command::StepEpoch, Command::StepEpoch];
        let ways = [Command::Rewind(0), Command::Rewind(2), Command::Rewind(1)];
        for order in steps.into_iter().chain(ways) {
            ends.orders.send(order).unwrap();
        }
        assert!(worker.listen() == Next::Go);
        assert!(worker.listen() == Next::Go);
        assert_eq!((worker.run.epoch(), worker.sought), (3, Some(1)));
        ends.orders.send(Command::StepEpoch).unwrap();
        worker.listen();
        assert_eq!((worker.run.epoch(), worker.run.newest_epoch()), (2, 2));
    }

    #[test]
    fn what_is_shown_is_as_it_was_trained() {
        let (mut worker, ends) = worker();
        ends.orders.send(Command::StepEpoch).unwrap();
        worker.listen();
        let mut controls = recipe().arms[1].controls.clone();
        controls.parameters.objective = Objective::Energy;
        worker.obey(Command::Set(vec![("CT".into(), controls.clone())]));
        let shown = || {
            let snapshot = ends.snapshots.try_recv().unwrap();
            let trained = snapshot.trained(1).parameters.objective;
            assert_eq!(snapshot.arms[1].objective, trained);
            (snapshot.epoch, trained)
        };
        assert_eq!(shown(), (1, Objective::Full));
        ends.orders.send(Command::StepEpoch).unwrap();
        worker.listen();
        assert_eq!(shown(), (2, Objective::Energy));
        worker.obey(Command::Rewind(1));
        worker.arrive();
        assert_eq!(shown(), (1, Objective::Full));
    }

    #[test]
    fn a_panic_is_reported_and_a_restart_goes_on() {
        let (worker, ends) = worker();
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
            let next = || {
                ends.snapshots
                    .recv_timeout(Duration::from_secs(60))
                    .unwrap()
            };
            while !wanted(&next().status) {}
        };
        wait_for(&|status| matches!(status, Status::Failed(what) if what.contains("Restart")));
        ends.orders.send(Command::Run).unwrap();
        ends.orders
            .send(Command::Restart(Box::new(recipe())))
            .unwrap();
        wait_for(&|status| *status == Status::Finished);
        ends.orders.send(Command::Stop).unwrap();
        assert!(thread.join().is_ok());
    }
}
