//! Carrying out commands.

use std::{sync::Arc, time::Duration};

use super::{Worker, inbox::Next};
use crate::session::{
    Command, Controls, Lockstep, ORDERS, Recipe, Refused, Status, View, probe::Probe,
};

impl Worker {
    /// Carries `command` out; what needs the epoch that the worker is on its way to waits until it
    /// is there.
    pub(super) fn obey(&mut self, command: Command) -> Next {
        match command {
            Command::Stop => return Next::Stop,
            Command::Delay(milliseconds) => self.delay = Duration::from_millis(milliseconds),
            Command::Restart(recipe) => self.restart(*recipe),
            _ if self.broken => {}
            Command::Look(view) => self.look(view),
            Command::Rewind(epoch) => self.set_out(epoch),
            Command::Pause if self.sought.is_some() => {}
            Command::Pause => self.rest(Status::Paused),
            Command::Run => self.start(),
            Command::StepEpoch => self.step(),
            Command::Set(controls) => self.change(&controls),
        }
        Next::Go
    }

    fn look(&mut self, view: View) {
        self.probe.look(self.run.dataset(), view);
        if self.sought.is_none() {
            self.publish();
        }
    }

    /// Turns to another epoch, whichever it was on its way to.
    fn set_out(&mut self, epoch: usize) {
        self.owed = 0;
        self.status = Status::Paused;
        self.sought = Some(epoch);
    }

    fn step(&mut self) {
        self.arrive();
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

    fn change(&mut self, controls: &Controls) {
        self.arrive();
        self.run.change(controls);
        if self.is_fitting() {
            self.fit();
        }
        self.probe.expire();
        self.publish();
    }

    /// Runs, beyond the recipe's number of epochs if that is reached already.
    fn start(&mut self) {
        self.arrive();
        if self.limit.is_some_and(|limit| self.run.epoch() >= limit) {
            self.limit = None;
        }
        self.status = Status::Running;
    }

    /// Begins a new recipe; keeps the present one if that cannot be had.
    fn restart(&mut self, recipe: Recipe) {
        self.refused = None;
        self.sought = None;
        match Lockstep::new(recipe.clone()) {
            Ok(mut run) => {
                run.heed(&self.halt);
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
}
