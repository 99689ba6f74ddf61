//! The inspected sample.

use serde::{Deserialize, Serialize};

use crate::session::{Example, Snapshot};

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct State {
    /// The inspected row of the test set.
    pub row: Option<usize>,
    /// The target class that is shown; otherwise the first that the sample doesn't have.
    pub target: Option<usize>,
    /// The first feature that is visible.
    pub scroll: usize,
}

impl State {
    /// The inspected search in an arm, once the worker has it.
    pub fn example<'a>(&self, snapshot: &'a Snapshot, arm: usize) -> Option<&'a Example> {
        let row = self.row?;
        let searches = &snapshot.arms.get(arm)?.trajectories.selected;
        let of_row = || searches.iter().filter(|example| example.row == row);
        let wanted = of_row().find(|example| Some(example.trajectory.target) == self.target);
        wanted.or_else(|| of_row().next())
    }
}
