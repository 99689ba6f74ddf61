//! What changes the recipe while it is trained.

use super::Lockstep;
use crate::{
    recipe::{Arm, ArmError, Controls},
    session::{SessionError, strokes::Stroke},
};

impl Lockstep {
    /// Changes an arm's controls from the next epoch on.
    ///
    /// Parameters that take effect only with a restart keep their values. The change becomes part
    /// of the recipe; what came after the present epoch is forgotten, but changes that the other
    /// arms had there are made again when it comes.
    ///
    /// # Errors
    /// [`SessionError`] if the arms are still on their way to an epoch, and there is no memory for
    /// what is to be trained again until there.
    pub fn change(&mut self, arm: usize, controls: &Controls) -> Result<(), SessionError> {
        self.go_to(self.epoch)?;
        let (lane, own) = (&self.lanes[arm], &self.recipe.arms[arm]);
        let Some(wanted) = lane.wanted(&self.dataset, own, controls) else {
            return Ok(());
        };
        if self.newest > self.epoch {
            self.forget_future(|other| other != arm);
        }
        let (lane, own) = (&mut self.lanes[arm], &mut self.recipe.arms[arm]);
        lane.change(&self.dataset, own, wanted);
        Ok(())
    }

    /// Makes a stroke on the data, which are trained with from the next epoch on; whether anything
    /// changed. The stroke becomes part of the recipe; what came after the present epoch is
    /// forgotten, but changes that the arms had there are made again when it comes.
    ///
    /// # Errors
    /// [`SessionError`] if the data are none to draw on, or there is no room for so many points.
    pub fn draw(&mut self, stroke: Stroke) -> Result<bool, SessionError> {
        self.go_to(self.epoch)?;
        let mut drawing = self.recipe.drawing.clone();
        if self.newest > self.epoch {
            drawing.forget_after(self.epoch.max(1));
        }
        let changed = self.strokes.make(&mut drawing, stroke, self.epoch + 1)?;
        drawing.check(&self.dataset)?;
        if changed {
            if self.newest > self.epoch {
                self.forget_future(|_| true);
            }
            self.recipe.drawing = drawing;
            self.stage();
        }
        Ok(changed)
    }

    /// Adds a copy of an arm as it is now, called `name`, with a future of its own; its position.
    ///
    /// # Errors
    /// [`SessionError::Arm`] if there are enough arms or the name cannot be had,
    /// [`SessionError::Model`] if there is no memory.
    pub fn fork(&mut self, arm: usize, name: &str) -> Result<usize, SessionError> {
        self.go_to(self.epoch)?;
        let mut lane = self.lanes[arm].fork(self.next_id, &self.dataset)?;
        lane.learner.heed(&self.halt);
        let position = self.recipe.fork(arm, self.epoch, name)?;
        if self.newest > self.epoch {
            self.forget_future(|_| true);
            lane.timeline.truncate(&lane.present);
        }
        let parent = &self.recipe.arms[arm];
        self.recipe.arms[position].changes = parent.changes.clone();
        self.next_id += 1;
        self.lanes.push(lane);
        Ok(position)
    }

    /// Adds an arm, which [approaches](Lockstep::approach) the present epoch from the beginning; its
    /// position.
    ///
    /// # Errors
    /// As [`Lockstep::fork`].
    pub fn add(&mut self, mut arm: Arm) -> Result<usize, SessionError> {
        arm.each_controls(|controls| {
            controls.mutability = self.dataset.mutability(&controls.mutability);
        });
        self.go_to(self.epoch)?;
        let position = self.recipe.add(arm)?;
        if let Err(error) = self.open_lane(position) {
            self.recipe.arms.pop();
            return Err(error);
        }
        if self.newest > self.epoch {
            self.forget_future(|_| true);
        }
        Ok(position)
    }

    /// Removes an arm.
    ///
    /// # Errors
    /// [`ArmError::Last`] if there is no other.
    pub fn remove(&mut self, arm: usize) -> Result<(), ArmError> {
        self.recipe.remove(arm)?;
        self.lanes.remove(arm);
        Ok(())
    }

    /// Calls an arm otherwise.
    ///
    /// # Errors
    /// [`ArmError`] if the name cannot be had.
    pub fn rename(&mut self, arm: usize, name: &str) -> Result<(), ArmError> {
        self.recipe.rename(arm, name)
    }

    /// Forgets what came after the present epoch. Changes that an arm had there are to come `again`,
    /// or forgotten as well: after going back, training on overwrites what came after.
    pub(super) fn forget_future(&mut self, again: impl Fn(usize) -> bool) {
        self.newest = self.epoch;
        let arms = self.recipe.arms.iter_mut();
        for (position, (lane, arm)) in self.lanes.iter_mut().zip(arms).enumerate() {
            lane.forget_future(arm, again(position));
        }
    }
}
