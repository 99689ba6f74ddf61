//! Training: an epoch, a small part of an autoencoder's fitting, or an epoch of the past again.

use std::time::Instant;

use super::Worker;
use crate::session::{SessionError, Status};

impl Worker {
    /// Does a small part of what a generator has to learn; then trains the epochs that were ordered
    /// meanwhile.
    pub(super) fn fit(&mut self) {
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

    /// One epoch of all arms.
    pub(in crate::session) fn train(&mut self) {
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
                } else if self.until.is_some_and(|until| self.run.epoch() >= until) {
                    self.rest(Status::Paused);
                } else if self.limit.is_some_and(|limit| self.run.epoch() >= limit) {
                    if self.status == Status::Running {
                        self.rest(Status::Finished);
                    }
                } else {
                    self.publish_if_due();
                }
            }
            Err(SessionError::Halted) => self.interrupted(),
            Err(SessionError::TooFewPoints) => self.rest(Status::Paused),
            Err(error) => self.rest(Status::Failed(error.to_string())),
        }
    }

    /// Listens before the epoch is begun again.
    fn interrupted(&mut self) {
        self.halt.take();
    }

    /// Comes a small part nearer to the epoch that it is on its way to.
    pub(super) fn seek(&mut self) {
        let Some(epoch) = self.sought else {
            return;
        };
        let arrived = self.run.approach(epoch);
        match arrived {
            Ok(false) => return,
            Err(SessionError::Halted) => return self.interrupted(),
            _ => {}
        }
        self.sought = None;
        let resume = std::mem::take(&mut self.resume);
        self.rest(match arrived {
            Ok(_) if resume => Status::Running,
            Ok(_) => Status::Paused,
            Err(error) => Status::Failed(error.to_string()),
        });
    }

    /// Comes to the epoch that it is on its way to.
    pub(super) fn arrive(&mut self) {
        while self.sought.is_some() {
            self.seek();
        }
    }
}

fn advice(skipped: usize) -> String {
    format!(
        "{skipped} updates skipped: a loss or gradient was not finite. Lower the learning rate or λ_div, or raise λ_reg, then run on or restart"
    )
}
