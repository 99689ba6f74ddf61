//! A recipe: everything that determines a run, bit for bit.

use serde::{Deserialize, Serialize};

use super::Controls;
use crate::data::Source;

/// A change of the controls during a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The first epoch (from 1) that ran with it.
    pub epoch: usize,
    /// The controls from then on.
    pub controls: Controls,
}

/// Data, parameters, and the changes made on the way.
///
/// The same recipe gives the same weights bit for bit: with or without a dashboard, at any speed,
/// with any number of threads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Where the data come from.
    pub source: Source,
    /// Parameters and constraints at the start.
    pub controls: Controls,
    /// Changes, in ascending order of their epochs.
    #[serde(default)]
    pub changes: Vec<Change>,
}

impl Recipe {
    /// The controls with which `epoch` (from 1) is trained: those of the last change up to then.
    pub fn controls_at(&self, epoch: usize) -> &Controls {
        let since = self
            .changes
            .iter()
            .rev()
            .find(|change| change.epoch <= epoch);
        since.map_or(&self.controls, |change| &change.controls)
    }
}
