//! A recipe that is played again, change by change, as its session was.

use std::{collections::VecDeque, ops::RangeInclusive};

use crate::{
    recipe::{Arm, Change, Controls, Happening, Recipe},
    session::Snapshot,
    text::number_of,
};

/// Speeds that can be had; 1 is ten epochs a second.
pub const SPEEDS: RangeInclusive<f64> = 0.125..=64.0;

/// The pause between two epochs at speed 1, in milliseconds.
const PACE: f64 = 100.0;

/// What is known of a replay.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The recipe as a whole.
    recipe: Recipe,
    /// Arms that are still to be forked off, and after which epoch; the next first.
    waiting: VecDeque<(usize, Arm)>,
    /// The last epoch whose changes were told.
    told: usize,
    /// How fast it goes, of [`SPEEDS`].
    pub speed: f64,
    /// What was carried out last.
    pub last: Option<String>,
    /// Whether it goes on.
    pub playing: bool,
}

impl State {
    /// A replay of `recipe` from its first epoch. An arm that was forked off one of the others comes
    /// when its time has come; one whose parent is gone is there from the beginning.
    pub fn new(mut recipe: Recipe, speed: f64) -> Self {
        recipe.share_data();
        let forks = recipe.arms.iter();
        let forks = forks.filter_map(|arm| Some((recipe.forked(arm)?.epoch, arm.clone())));
        let mut waiting: Vec<_> = forks.collect();
        waiting.sort_by_key(|(epoch, _)| *epoch);
        Self {
            recipe,
            waiting: waiting.into(),
            told: 0,
            speed: speed.clamp(*SPEEDS.start(), *SPEEDS.end()),
            last: None,
            playing: true,
        }
    }

    /// The recipe without the arms that are still to come.
    pub fn opening(&self) -> Recipe {
        let mut recipe = self.recipe.clone();
        let waits = |arm: &Arm| self.waiting.iter().any(|(_, other)| other.name == arm.name);
        recipe.arms.retain(|arm| !waits(arm));
        recipe
    }

    /// The pause between two epochs, in milliseconds.
    pub fn pause(&self) -> u64 {
        (PACE / self.speed).round() as u64
    }

    /// The epoch to train to next: that of a fork, or the last of the session.
    pub fn stop(&self) -> usize {
        self.waiting.front().map_or(self.end(), |(epoch, _)| *epoch)
    }

    /// The last epoch: as many as were planned, or that of the last change if it came later.
    fn end(&self) -> usize {
        let arms = self.recipe.arms.iter();
        let changes = arms.flat_map(|arm| &arm.changes);
        let points = self.recipe.drawing.points().iter();
        let events = changes.map(|change| change.epoch);
        let events =
            events.chain(points.flat_map(|point| point.until.into_iter().chain([point.since])));
        events.fold(self.recipe.epochs(), usize::max)
    }

    /// The arms whose time has come, taken from those that wait.
    pub fn due(&mut self, epoch: usize) -> Vec<Arm> {
        let come = |(at, _): &&(usize, Arm)| *at <= epoch;
        let count = self.waiting.iter().take_while(come).count();
        self.waiting.drain(..count).map(|(_, arm)| arm).collect()
    }

    /// What was changed since the last epoch that was told, as people read it; forks are told of when
    /// they come.
    pub fn tell(&mut self, snapshot: &Snapshot) -> Vec<String> {
        let mut events: Vec<(usize, String, Vec<String>)> = Vec::new();
        for (epoch, happening) in self.recipe.happenings(&snapshot.dataset) {
            let (of, what) = match happening {
                Happening::Set { arm, what } => (format!("{arm}: "), what.to_string()),
                Happening::Drawn(count) => (String::new(), stroke(count, "drawn")),
                Happening::Removed(count) => (String::new(), stroke(count, "removed")),
                Happening::Forked { .. } => continue,
            };
            match events.last_mut() {
                Some((at, whose, made)) if (*at, &*whose) == (epoch, &of) => made.push(what),
                _ => events.push((epoch, of, vec![what])),
            }
        }
        events.retain(|(epoch, ..)| self.told < *epoch && *epoch <= snapshot.epoch);
        self.told = self.told.max(snapshot.epoch);
        let line = |(epoch, of, made): (usize, String, Vec<String>)| {
            format!("epoch {epoch} · {of}{}", made.join(", "))
        };
        events.into_iter().map(line).collect()
    }

    /// Whether `snapshot` is of this recipe, and not of one that the user has changed.
    pub fn fits(&self, snapshot: &Snapshot) -> bool {
        let shown = &snapshot.recipe;
        let known = |arm: &Arm| {
            let found = self.recipe.arms.iter().find(|other| other.name == arm.name);
            found.is_some_and(|other| self.is_on_its_way(arm, other, snapshot.epoch))
        };
        shown.source == self.recipe.source
            && shown.drawing == self.recipe.drawing
            && shown.arms.iter().all(known)
    }

    /// Whether `trained` is `arm` after `epoch` epochs: with its changes up to then and no others. One
    /// that has just been forked off is still trained up to where the others are.
    fn is_on_its_way(&self, trained: &Arm, arm: &Arm, epoch: usize) -> bool {
        let fork = self.recipe.forked(arm).map_or(0, |parent| parent.epoch);
        let made = |change: &&Change| change.epoch <= epoch && epoch > fork;
        let least = arm.changes.iter().filter(made).count();
        let mut changes = trained.changes.iter().zip(&arm.changes);
        same(&trained.controls, &arm.controls)
            && (least..=arm.changes.len()).contains(&trained.changes.len())
            && changes.all(|(a, b)| a.epoch == b.epoch && same(&a.controls, &b.controls))
    }
}

/// How many points were drawn, or removed.
fn stroke(count: usize, what: &str) -> String {
    format!("{} {what}", number_of(count, "point"))
}

/// Whether controls are those of a file, which may leave constraints to the data.
fn same(trained: &Controls, written: &Controls) -> bool {
    trained.parameters == written.parameters && trained.mutability.starts_with(&written.mutability)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        data::{Family, Source},
        recipe::Parent,
        session::{Command, Rehearsal},
        training::HyperParameters,
    };

    /// A short session with a change at epoch 3 and a fork after 5, which has a change at 7.
    fn recorded() -> Recipe {
        let parameters = HyperParameters {
            samples: 200,
            counterfactuals: 10,
            max_steps: 5,
            epochs: 8,
            ..HyperParameters::default()
        };
        let source = Source::Synthetic {
            family: Family::Moon,
            classes: None,
        };
        let mut recipe = Recipe::pair(source, Controls::new(parameters));
        let mut controls = recipe.arms[1].controls.clone();
        controls.parameters.lambda_div = 2.0;
        let first = Change { epoch: 3, controls };
        recipe.arms[1].changes = vec![first.clone()];
        let mut fork = recipe.arms[1].clone();
        fork.name = "other".into();
        fork.parent = Some(Parent {
            arm: "CT".into(),
            epoch: 5,
        });
        let mut second = Change { epoch: 7, ..first };
        second.controls.parameters.lambda_div = 0.0;
        fork.changes.push(second);
        recipe.arms.push(fork);
        recipe
    }

    #[test]
    fn what_is_played_is_the_session_bit_for_bit() {
        let mut whole = Rehearsal::new(recorded()).unwrap();
        let mut replay = State::new(recorded(), 1.0);
        let mut worker = Rehearsal::new(replay.opening()).unwrap();
        let mut told = Vec::new();
        for epoch in 1..=8 {
            worker.tell(Command::StepEpoch);
            let snapshot = worker.glance();
            assert_eq!(snapshot.epoch, epoch);
            assert_eq!(snapshot.arms.len(), if epoch > 5 { 3 } else { 2 });
            assert!(replay.fits(&snapshot), "{:#?}", snapshot.recipe);
            told.extend(replay.tell(&snapshot));
            for arm in replay.due(epoch) {
                worker.tell(Command::Add(Box::new(arm)));
            }
        }
        let expected = [
            "epoch 3 · CT: λ_div 0.5 → 2",
            "epoch 7 · other: λ_div 2 → 0",
        ];
        assert_eq!(told, expected);
        let models = |worker: &mut Rehearsal| -> Vec<_> {
            let arms = &worker.glance().arms;
            arms.iter().map(|arm| arm.model.clone()).collect()
        };
        for _ in 0..8 {
            whole.tell(Command::StepEpoch);
        }
        assert_eq!(models(&mut worker), models(&mut whole));
    }
}
