//! Carrying out commands.

use std::{sync::Arc, time::Duration};

use super::{Worker, inbox::Next};
use crate::{
    recipe::{Arm, Controls, Recipe},
    session::{
        Command, Lockstep, ORDERS, Refused, SessionError, Status, Stroke, View, probe::Probe,
    },
};

impl Worker {
    /// Carries `command` out; what needs the epoch that the worker is on its way to waits until it
    /// is there.
    pub(super) fn obey(&mut self, command: Command) -> Next {
        match command {
            Command::Stop => return Next::Stop,
            Command::Delay(milliseconds) => self.delay = Duration::from_millis(milliseconds),
            Command::Restart(recipe) => self.restart(*recipe),
            Command::Open(recipe, epoch) => self.open(*recipe, epoch),
            _ if self.broken => {}
            Command::Look(view) => self.look(view),
            Command::Rewind(epoch) => self.set_out(epoch),
            Command::Pause if self.sought.is_some() => {}
            Command::Pause => self.rest(Status::Paused),
            Command::Run => self.start(),
            Command::RunTo(epoch) => self.run_to(epoch),
            Command::StepEpoch => self.step(),
            Command::Set(controls) => self.change(&controls),
            Command::Draw(stroke) => self.draw(stroke),
            Command::Fork { arm, name } => self.rearrange(|run| {
                let arm = run.recipe().position(&arm)?;
                run.fork(arm, &name).map(drop)
            }),
            Command::Add(arm) => self.add(*arm),
            Command::Drop(arm) => self.rearrange(|run| {
                let arm = run.recipe().position(&arm)?;
                Ok(run.remove(arm)?)
            }),
            Command::Rename { arm, name } => self.rearrange(|run| {
                let arm = run.recipe().position(&arm)?;
                Ok(run.rename(arm, &name)?)
            }),
        }
        Next::Go
    }

    /// Carries `command` out, and comes to the epoch that this leads to.
    pub(in crate::session) fn obey_at_once(&mut self, command: Command) {
        self.obey(command);
        self.arrive();
        while self.is_fitting() {
            self.fit();
        }
    }

    fn look(&mut self, view: View) {
        self.probe.look(self.run.base(), view);
        if self.sought.is_none() {
            self.publish();
        }
    }

    /// Turns to another epoch, whichever it was on its way to.
    fn set_out(&mut self, epoch: usize) {
        self.owed = 0;
        self.status = Status::Paused;
        self.resume = false;
        self.sought = Some(epoch);
    }

    fn step(&mut self) {
        self.arrive();
        if let Ok(controls) = self.inbox.controls.try_recv() {
            self.apply(&controls);
        }
        self.status = Status::Paused;
        match self.is_fitting() {
            true => self.owed = (self.owed + 1).min(ORDERS),
            false => self.train(),
        }
        self.publish();
    }

    fn change(&mut self, controls: &[(String, Controls)]) {
        self.arrive();
        self.apply(controls);
        if self.is_fitting() {
            self.fit();
        }
        self.probe.expire();
        self.publish();
    }

    /// Changes the arms that are called so.
    fn apply(&mut self, controls: &[(String, Controls)]) {
        for (name, controls) in controls {
            let arm = self.run.recipe().position(name);
            let changed = arm.map(|arm| self.run.change(arm, controls));
            if let Ok(Err(error)) = changed {
                return self.rest(Status::Failed(error.to_string()));
            }
        }
    }

    /// Adds an arm, and goes on as before once it has come to where the others are.
    fn add(&mut self, arm: Arm) {
        let running = self.status == Status::Running;
        self.rearrange(|run| run.add(arm).map(drop));
        if !matches!(self.status, Status::Failed(_)) {
            self.sought = Some(self.run.epoch());
            self.resume = running;
        }
    }

    /// Changes which arms there are. What cannot be had is left out, and said if it is more than a
    /// name or number that was checked before it was asked for.
    fn rearrange(&mut self, change: impl FnOnce(&mut Lockstep) -> Result<(), SessionError>) {
        self.arrive();
        match change(&mut self.run) {
            Ok(()) | Err(SessionError::Arm(_)) => {
                self.probe.follow(&self.run);
                self.publish();
            }
            Err(error) => self.rest(Status::Failed(error.to_string())),
        }
    }

    /// Makes a stroke; training begins once there is enough to train with, if it waited for that.
    fn draw(&mut self, stroke: Stroke) {
        self.arrive();
        let waited = !self.run.is_trainable();
        match self.run.draw(stroke) {
            Ok(_) if waited && self.run.is_trainable() => self.rest(Status::Running),
            Ok(_) => {
                self.probe.expire();
                let _ = self.publish();
            }
            Err(_) => {}
        }
    }

    /// Runs until `epoch`, if that is still to come.
    fn run_to(&mut self, epoch: usize) {
        self.arrive();
        match self.run.epoch() < epoch {
            true => {
                self.start();
                if self.limit.is_some_and(|limit| limit < epoch) {
                    self.limit = None;
                }
                self.until = Some(epoch);
            }
            false => self.rest(Status::Paused),
        }
    }

    /// Begins a recipe, and goes to `epoch` of it.
    fn open(&mut self, recipe: Recipe, epoch: usize) {
        self.restart(recipe);
        if self.refused.is_none() {
            self.run.expect(epoch);
            self.set_out(epoch);
        }
    }

    /// Runs, beyond the recipe's number of epochs if that is reached already.
    fn start(&mut self) {
        self.arrive();
        if self.limit.is_some_and(|limit| self.run.epoch() >= limit) {
            self.limit = None;
        }
        self.status = Status::Running;
        self.until = None;
    }

    /// Begins a new recipe; keeps the present one if that cannot be had.
    fn restart(&mut self, recipe: Recipe) {
        self.refused = None;
        self.sought = None;
        self.resume = false;
        match Lockstep::new(recipe.clone()) {
            Ok(mut run) => {
                run.heed(&self.halt);
                self.limit = Some(run.recipe().epochs());
                let view = self.probe.view.clone();
                self.probe = Probe::new(run.base(), &run.recipe().source, view);
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
