//! The phases of one epoch, and how fast they play.

use std::time::Duration;

use crate::session::Snapshot;

/// A phase of an epoch of counterfactual training (Alg. 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The model predicts the factuals' classes.
    Predict,
    /// Every factual gets another class as its target.
    Target,
    /// Steps of the search that are done.
    Search(usize),
    /// What the searches have found.
    Outcome,
    /// The weights have been updated.
    Update,
}

impl Phase {
    /// Names of the phases, in their order.
    pub const NAMES: [&'static str; 5] =
        ["predict", "target", "search", "mature / nascent", "update"];

    /// Index into the names.
    pub fn index(self) -> usize {
        match self {
            Self::Predict => 0,
            Self::Target => 1,
            Self::Search(_) => 2,
            Self::Outcome => 3,
            Self::Update => 4,
        }
    }

    /// What comes next, where the longest search takes `steps` steps.
    pub fn next(self, steps: usize) -> Self {
        match self {
            Self::Predict => Self::Target,
            Self::Target if steps > 0 => Self::Search(1),
            Self::Search(step) if step < steps => Self::Search(step + 1),
            Self::Target | Self::Search(_) => Self::Outcome,
            Self::Outcome => Self::Update,
            Self::Update => Self::Predict,
        }
    }

    /// What came before; an update can't be taken back here.
    pub fn previous(self, steps: usize) -> Self {
        match self {
            Self::Predict | Self::Target => Self::Predict,
            Self::Search(0 | 1) => Self::Target,
            Self::Search(step) => Self::Search(step.min(steps + 1) - 1),
            Self::Outcome if steps > 0 => Self::Search(steps),
            Self::Outcome => Self::Target,
            Self::Update => Self::Update,
        }
    }
}

/// What slow motion remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The present phase; none while training runs as usual.
    pub phase: Option<Phase>,
    /// When the next step comes by itself, if slow motion plays.
    pub due: Option<Duration>,
    /// Index into the speeds.
    pub speed: usize,
}

/// Times between two steps that come by themselves, in milliseconds.
const PACES: [u64; 5] = [60, 120, 250, 500, 1000];

impl Default for State {
    fn default() -> Self {
        Self {
            phase: None,
            due: None,
            speed: 2,
        }
    }
}

impl State {
    /// The time between two steps.
    pub fn pace(&self) -> Duration {
        Duration::from_millis(PACES[self.speed.min(PACES.len() - 1)])
    }

    /// Plays slower (1) or faster (-1); tells whether there is such a speed.
    pub fn change_speed(&mut self, by: isize) -> bool {
        let speed = self.speed.saturating_add_signed(by).min(PACES.len() - 1);
        std::mem::replace(&mut self.speed, speed) != speed
    }
}

/// Lines that slow motion takes.
pub const LINES: u16 = 2;

/// Steps of the longest search that is shown, in either arm.
pub fn longest(snapshot: &Snapshot) -> usize {
    let trajectories = snapshot.arms.iter().flat_map(|arm| {
        let inspected = arm.trajectories.selected.iter();
        arm.trajectories.examples.iter().chain(inspected)
    });
    trajectories
        .map(|example| example.trajectory.points.nrows().saturating_sub(1))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_goes_through_its_phases_and_back() {
        let mut phase = Phase::Predict;
        let mut seen = vec![phase];
        for _ in 0..6 {
            phase = phase.next(2);
            seen.push(phase);
        }
        let expected = [
            Phase::Predict,
            Phase::Target,
            Phase::Search(1),
            Phase::Search(2),
            Phase::Outcome,
            Phase::Update,
            Phase::Predict,
        ];
        assert_eq!(seen, expected);
        assert_eq!(Phase::Outcome.previous(2), Phase::Search(2));
        assert_eq!(Phase::Search(9).previous(2), Phase::Search(2));
        assert_eq!(Phase::Search(1).previous(2), Phase::Target);
        assert_eq!(Phase::Target.next(0), Phase::Outcome);
    }
}
