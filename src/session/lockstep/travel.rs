//! From epoch to epoch, forwards and back.

use rayon::prelude::*;

use super::{Lockstep, MEMORY};
use crate::{
    session::{
        SessionError,
        lane::{Approach, Lane},
    },
    training::EpochReport,
};

impl Lockstep {
    /// Trains all arms for one epoch, under the changes that the recipe has for it.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for an update, or the end was asked for: then nothing
    /// was trained.
    pub fn train_epoch(&mut self) -> Result<Vec<EpochReport>, SessionError> {
        self.go_to(self.epoch)?;
        if self.newest > self.epoch {
            self.forget_future(|_| false);
            self.recipe.drawing.forget_after(self.epoch.max(1));
            self.strokes.forget();
        }
        let epoch = self.epoch + 1;
        self.stage();
        if !self.is_trainable() {
            return Err(SessionError::TooFewPoints);
        }
        for (lane, arm) in self.lanes.iter_mut().zip(&mut self.recipe.arms) {
            lane.make_pending(&self.dataset, arm, epoch);
        }
        while !self.prepare()? {}
        self.train_all()?;
        let memory = MEMORY / self.lanes.len();
        for lane in &mut self.lanes {
            lane.keep(memory);
        }
        (self.epoch, self.newest) = (epoch, epoch);
        Ok(self.reports())
    }

    /// Goes to the end of an earlier or later epoch of this run, kept in range, and puts its controls
    /// back in force; at the newest epoch, those that were set for the next.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for training again what is not kept.
    pub fn go_to(&mut self, epoch: usize) -> Result<(), SessionError> {
        while !self.approach(epoch)? {}
        Ok(())
    }

    /// Brings one arm nearer to `epoch`, by a kept epoch or by training one again; whether that has
    /// led all of them there.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for training again what is not kept.
    pub fn approach(&mut self, epoch: usize) -> Result<bool, SessionError> {
        let epoch = epoch.min(self.newest);
        self.epoch = epoch;
        for position in 0..self.lanes.len() {
            if self.lanes[position].epoch() != epoch {
                self.bring(position, epoch)?;
                return Ok(false);
            }
        }
        self.stage();
        if epoch == self.newest {
            let arms = self.recipe.arms.iter_mut();
            for (lane, arm) in self.lanes.iter_mut().zip(arms) {
                lane.make_pending(&self.dataset, arm, epoch + 1);
            }
        }
        Ok(true)
    }

    /// One epoch of all arms under the controls in force, or nothing at all.
    fn train_all(&mut self) -> Result<(), SessionError> {
        let dataset = &self.dataset;
        let before: Vec<_> = self.lanes.iter().map(Lane::checkpoint).collect();
        let trained = self
            .lanes
            .par_iter_mut()
            .try_for_each(|lane| lane.train(dataset));
        if trained.is_err() {
            for (lane, before) in self.lanes.iter_mut().zip(&before) {
                lane.restore(before);
            }
        }
        Ok(trained?)
    }

    /// Brings one lane nearer to `epoch`.
    fn bring(&mut self, position: usize, epoch: usize) -> Result<(), SessionError> {
        let newest = self.newest;
        let memory = MEMORY / self.lanes.len();
        let lane = &mut self.lanes[position];
        let approach = lane.approach(epoch);
        let next = lane.epoch() + 1;
        let (dataset, stamp) = &self.canvas.at(&self.recipe.drawing, next);
        self.learn_from(*stamp);
        let (lane, arm) = (&mut self.lanes[position], &mut self.recipe.arms[position]);
        lane.follow(dataset, *stamp);
        if let Approach::Train(next) = approach {
            lane.make_pending(dataset, arm, next);
            lane.recall(dataset, arm, next);
            while !lane.prepare(dataset, &mut self.backgrounds)? {}
            lane.train(dataset)?;
            lane.keep(memory);
        }
        let present = lane.epoch();
        let newer = usize::from(present == newest);
        lane.recall(dataset, arm, present + newer);
        Ok(())
    }

    /// Puts the data in force that the present epoch was trained with, or at the newest those of the
    /// next.
    pub(super) fn stage(&mut self) {
        let newer = usize::from(self.epoch == self.newest);
        let epoch = (self.epoch + newer).max(1);
        (self.dataset, self.stamp) = self.canvas.at(&self.recipe.drawing, epoch);
        for lane in &mut self.lanes {
            lane.follow(&self.dataset, self.stamp);
        }
    }
}
