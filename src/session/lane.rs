//! One arm of a session: a learner with a past, and changes that are still to come.

use std::sync::Arc;

use super::timeline::{Checkpoint, Timeline};
use crate::{
    counterfactual::Backgrounds,
    data::Dataset,
    learner::Learner,
    model::{Mlp, ModelError},
    recipe::{Arm, Change, Controls},
    training::{EpochError, EpochReport, TrainerState},
};

/// What tells the lanes of a session apart, also after some have gone.
pub type LaneId = u64;

/// An arm in training.
pub(super) struct Lane {
    pub(super) id: LaneId,
    pub(super) learner: Learner,
    pub(super) timeline: Timeline,
    /// Changes that are still to come: those that a recipe brought along.
    pub(super) pending: Vec<Change>,
    /// The report of the present epoch.
    pub(super) present: EpochReport,
    /// What tells the data that it was last made to learn from.
    stamp: u64,
    /// The learner's state after the present epoch.
    pub(super) state: Arc<TrainerState>,
}

impl Lane {
    /// A lane before its first epoch. The changes of `arm` are taken out of it: they are still to
    /// come.
    pub(super) fn new(
        id: LaneId,
        (dataset, stamp): (&Dataset, u64),
        arm: &mut Arm,
    ) -> Result<Self, ModelError> {
        let learner = Learner::new(dataset, &arm.controls)?;
        let state = Arc::new(learner.state());
        let start = Checkpoint {
            state: state.clone(),
            report: EpochReport::default(),
        };
        arm.changes.sort_by_key(|change| change.epoch);
        Ok(Self {
            id,
            timeline: Timeline::new(start),
            pending: std::mem::take(&mut arm.changes),
            present: EpochReport::default(),
            state,
            learner,
            stamp,
        })
    }

    /// A lane that has the same past and present, but nothing to come.
    pub(super) fn fork(&self, id: LaneId, dataset: &Dataset) -> Result<Self, ModelError> {
        let applied = self.learner.applied();
        let mut learner = Learner::new(dataset, &applied.controls)?;
        learner.apply(dataset, applied.epoch, &applied.controls);
        learner.restore(&self.state);
        Ok(Self {
            id,
            learner,
            timeline: self.timeline.clone(),
            pending: Vec::new(),
            present: self.present.clone(),
            state: self.state.clone(),
            stamp: self.stamp,
        })
    }

    /// Learns from the data that `stamp` tells.
    pub(super) fn follow(&mut self, dataset: &Dataset, stamp: u64) {
        if std::mem::replace(&mut self.stamp, stamp) != stamp {
            self.learner.refit(dataset);
        }
    }

    /// Goes on from where a run stands with `arm`, whose changes up to the epoch after `newest` were made
    /// before; whether that is a state of this model.
    pub(super) fn resume(
        &mut self,
        dataset: &Dataset,
        arm: &mut Arm,
        (state, newest): (&Arc<TrainerState>, usize),
        (present, reports): (EpochReport, &[EpochReport]),
    ) -> bool {
        if !self.learner.fits(state) {
            return false;
        }
        let mut changes = std::mem::take(&mut self.pending);
        let later = changes.partition_point(|change| change.epoch <= newest + 1);
        self.pending = changes.split_off(later);
        for change in &mut changes {
            change.controls = change.controls.until_restart(&arm.controls);
        }
        arm.changes = changes;
        let checkpoint = Checkpoint {
            state: state.clone(),
            report: present,
        };
        self.restore(&checkpoint);
        self.timeline.resume(Arc::new(checkpoint), reports);
        let newer = usize::from(state.epoch == newest);
        self.recall(dataset, arm, state.epoch + newer);
        true
    }

    /// Epochs trained.
    pub(super) fn epoch(&self) -> usize {
        self.learner.epochs()
    }

    /// The model as it was at `epoch`, or at the nearest before it whose weights are kept, and which
    /// epoch that was.
    pub(super) fn model_at(&self, epoch: usize) -> Option<(usize, &Mlp)> {
        let state = &self.timeline.before(epoch)?.state;
        Some((state.epoch, &state.model))
    }

    /// Does a small part of what the generator in force has to learn; whether it is ready.
    pub(super) fn prepare(
        &mut self,
        dataset: &Dataset,
        backgrounds: &mut Backgrounds,
    ) -> Result<bool, ModelError> {
        let parameters = &self.learner.applied().controls.parameters;
        let (kind, size) = (parameters.generator, parameters.latent_size);
        self.learner.prepare(kind, dataset, backgrounds.of(size))
    }

    /// One epoch under the controls in force, whose generator is ready; or nothing at all.
    pub(super) fn train(&mut self, dataset: &Dataset) -> Result<(), EpochError> {
        self.present = self.learner.train_epoch(dataset)?;
        self.state = Arc::new(self.learner.state());
        Ok(())
    }

    /// Where the arm stands.
    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            state: self.state.clone(),
            report: self.present.clone(),
        }
    }

    /// Goes back to where it stood.
    pub(super) fn restore(&mut self, checkpoint: &Checkpoint) {
        self.learner.restore(&checkpoint.state);
        self.state = checkpoint.state.clone();
        self.present = checkpoint.report.clone();
    }

    /// Keeps what the present epoch has led to, in `memory` bytes.
    pub(super) fn keep(&mut self, memory: usize) {
        self.timeline.push(Arc::new(self.checkpoint()), memory);
    }

    /// Goes to the nearest kept epoch on the way to `epoch`, or else says that the next one has to be
    /// trained again.
    pub(super) fn approach(&mut self, epoch: usize) -> Approach {
        let present = self.epoch();
        let on_the_way = |kept: usize| (kept > present && kept <= epoch) || epoch < present;
        match self.timeline.before(epoch) {
            Some(kept) if on_the_way(kept.epoch()) => {
                self.learner.restore(&kept.state);
                self.state = kept.state.clone();
                self.present = kept.report.clone();
            }
            _ if present < epoch => return Approach::Train(present + 1),
            _ => {}
        }
        match self.epoch() == epoch {
            true => Approach::There,
            false => Approach::Nearer,
        }
    }

    /// Puts the controls of `arm` back in force with which `epoch` was trained.
    pub(super) fn recall(&mut self, dataset: &Dataset, arm: &Arm, epoch: usize) {
        let (since, controls) = arm.at(epoch.max(1));
        self.learner.apply(dataset, since, controls);
    }

    /// What `controls` come to for `arm`: what needs a restart stays, and every feature has a
    /// mutability. None if they are in force already.
    pub(super) fn wanted(
        &self,
        dataset: &Dataset,
        arm: &Arm,
        controls: &Controls,
    ) -> Option<Controls> {
        let mut wanted = controls.until_restart(&arm.controls);
        wanted.mutability = dataset.mutability(&wanted.mutability);
        (wanted != self.learner.applied().controls).then_some(wanted)
    }

    /// Changes `arm` to `wanted` from the next epoch on.
    pub(super) fn change(&mut self, dataset: &Dataset, arm: &mut Arm, wanted: Controls) {
        let first = self.epoch() + 1;
        self.learner.apply(dataset, first, &wanted);
        arm.changes.retain(|change| change.epoch < first);
        arm.changes.push(Change {
            epoch: first,
            controls: wanted,
        });
    }

    /// Makes the changes that were to come at `epoch`, the next one, or before.
    pub(super) fn make_pending(&mut self, dataset: &Dataset, arm: &mut Arm, epoch: usize) {
        let due = |change: &Change| change.epoch <= epoch;
        while self.pending.first().is_some_and(due) {
            let change = self.pending.remove(0);
            if let Some(wanted) = self.wanted(dataset, arm, &change.controls) {
                self.change(dataset, arm, wanted);
            }
        }
    }

    /// Forgets everything after the present epoch; what was changed before the first epoch is in force
    /// already there. The changes that `arm` had after it are to come
    /// again if `again`.
    pub(super) fn forget_future(&mut self, arm: &mut Arm, again: bool) {
        let epoch = self.epoch();
        self.timeline.truncate(&self.present);
        let in_force = epoch.max(1);
        let later = arm.changes.iter().filter(|change| change.epoch > in_force);
        let mut later: Vec<Change> = later.cloned().collect();
        arm.changes.retain(|change| change.epoch <= in_force);
        match again {
            true => {
                later.append(&mut self.pending);
                self.pending = later;
            }
            false => self.pending.clear(),
        }
        if let Some(parent) = &mut arm.parent {
            parent.epoch = parent.epoch.min(epoch);
        }
    }
}

/// How a lane comes nearer to another epoch.
pub(super) enum Approach {
    /// It is there.
    There,
    /// It has come nearer.
    Nearer,
    /// It has to train this epoch again.
    Train(usize),
}
