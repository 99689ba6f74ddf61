//! Where a run stands.

use std::sync::Arc;

use crate::{
    recipe::Recipe,
    training::{EpochReport, TrainerState},
};

/// Where a run stands after an epoch: all that going on from there depends on, and its past reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The recipe, with the changes that were made so far.
    pub recipe: Recipe,
    /// The last epoch that was trained; greater than [`Standing::epoch`] after going back.
    pub newest: usize,
    /// A state per arm of the recipe, all after the same epoch.
    pub states: Vec<Arc<TrainerState>>,
    /// Reports of past epochs per arm, in ascending order; some may be missing.
    pub reports: Vec<Vec<EpochReport>>,
}

impl Standing {
    /// Epochs trained.
    pub fn epoch(&self) -> usize {
        self.states.first().map_or(0, |state| state.epoch)
    }

    /// An arm's report of the epoch that it stands at; an empty one if it is not known.
    pub fn present(&self, arm: usize) -> EpochReport {
        let reports = self.reports.get(arm).into_iter().flatten();
        let mut present = reports.filter(|report| report.epoch == self.epoch());
        present.next().cloned().unwrap_or_else(|| EpochReport {
            epoch: self.epoch(),
            ..EpochReport::default()
        })
    }
}
