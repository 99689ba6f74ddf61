//! The inspected sample.

use serde::{Deserialize, Serialize};

use crate::{
    recourse::{FEW, Target, Wish},
    session::{Example, Snapshot, Trajectories, WaysView},
};

/// What the panel remembers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct State {
    /// The inspected row of the test set.
    pub row: Option<usize>,
    /// The target class that is shown; otherwise the first that the sample doesn't have.
    pub target: Option<usize>,
    /// Whether the target is instead, for every arm, the likeliest class that it does not predict.
    pub opposite: bool,
    /// How many ways are listed at most; 0 if what the search found is told.
    pub ways: usize,
    /// How many columns each of them may change, if not any number.
    pub most: Option<usize>,
    /// The first feature, or the first line of the ways, that is visible.
    pub scroll: usize,
}

impl Default for State {
    fn default() -> Self {
        Self {
            row: None,
            target: None,
            opposite: false,
            ways: 0,
            most: Some(FEW),
            scroll: 0,
        }
    }
}

impl State {
    /// Where the sample is to go, if the user said so.
    pub fn wished(&self) -> Option<Target> {
        match self.opposite {
            true => Some(Target::Opposite),
            false => self.target.map(Target::Class),
        }
    }

    /// The class that is shown of an arm's searches, if the user said so.
    pub fn class(&self, searches: &Trajectories) -> Option<usize> {
        match self.opposite {
            true => searches.opposite,
            false => self.target,
        }
    }

    /// The inspected search in an arm, once the worker has it.
    pub fn example<'a>(&self, snapshot: &'a Snapshot, arm: usize) -> Option<&'a Example> {
        let row = self.row?;
        let searches = &snapshot.arms.get(arm)?.trajectories;
        let class = self.class(searches);
        let of_row = || (searches.selected.iter()).filter(|example| example.row == row);
        let wanted = of_row().find(|example| Some(example.trajectory.target) == class);
        wanted.or_else(|| of_row().next())
    }

    /// The ways that are wished for, if any.
    pub fn wanted_ways(&self, snapshot: &Snapshot) -> Option<WaysView> {
        let row = self.row.filter(|_| self.ways > 0)?;
        let label = snapshot.dataset.test.y.get(row).copied()?;
        let other = usize::from(label == 0);
        Some(WaysView {
            row,
            target: self.wished().unwrap_or(Target::Class(other)),
            wish: Wish {
                ways: self.ways,
                most: self.most,
            },
        })
    }
}
