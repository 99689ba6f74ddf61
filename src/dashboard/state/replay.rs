//! A recipe that is played again, change by change, as its session was.

use std::{collections::VecDeque, ops::RangeInclusive};

use crate::{
    dashboard::controls::differences,
    recipe::{Arm, Controls, Parent, Recipe},
    session::Snapshot,
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
        let forks = forks.filter_map(|arm| Some((forked(&recipe, arm)?.epoch, arm.clone())));
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

    /// What was changed since the last epoch that was told, as people read it.
    pub fn tell(&mut self, snapshot: &Snapshot) -> Vec<String> {
        let mut events = self.changes(snapshot);
        events.extend(self.strokes());
        events.retain(|(epoch, _)| self.told < *epoch && *epoch <= snapshot.epoch);
        events.sort_by_key(|(epoch, _)| *epoch);
        self.told = self.told.max(snapshot.epoch);
        let line = |(epoch, what): (usize, String)| format!("epoch {epoch} · {what}");
        events.into_iter().map(line).collect()
    }

    /// What was set in each arm, and the first epoch that was trained with it; what a fork has of its
    /// parent's is the parent's.
    fn changes(&self, snapshot: &Snapshot) -> Vec<(usize, String)> {
        let mut events = Vec::new();
        for arm in &self.recipe.arms {
            let own = forked(&self.recipe, arm).map_or(0, |parent| parent.epoch);
            let mut before = &arm.controls;
            for change in &arm.changes {
                let made = differences(before, &change.controls, &snapshot.dataset);
                if change.epoch > own && !made.is_empty() {
                    events.push((change.epoch, format!("{}: {}", arm.name, made.join(", "))));
                }
                before = &change.controls;
            }
        }
        events
    }

    /// How many points were drawn and removed after the beginning, and the first epoch without or with
    /// them.
    fn strokes(&self) -> Vec<(usize, String)> {
        let points = self.recipe.drawing.points();
        let counted = |mut epochs: Vec<usize>, what: &str| {
            epochs.retain(|epoch| *epoch > 1);
            epochs.sort_unstable();
            let counted = epochs.chunk_by(usize::eq).map(|same| {
                let points = if same.len() == 1 { "point" } else { "points" };
                (same[0], format!("{} {points} {what}", same.len()))
            });
            counted.collect::<Vec<_>>()
        };
        let drawn = counted(points.iter().map(|point| point.since).collect(), "drawn");
        let removed = points.iter().filter_map(|point| point.until).collect();
        [drawn, counted(removed, "removed")].concat()
    }

    /// Whether `snapshot` is of this recipe, and not of one that the user has changed.
    pub fn fits(&self, snapshot: &Snapshot) -> bool {
        let shown = &snapshot.recipe;
        let known = |arm: &Arm| self.recipe.arms.iter().any(|other| alike(arm, other));
        shown.source == self.recipe.source
            && shown.drawing == self.recipe.drawing
            && shown.arms.iter().all(known)
    }
}

/// Where `arm` was forked off, if its parent is another of the recipe's arms; the reference is always
/// there.
fn forked<'a>(recipe: &Recipe, arm: &'a Arm) -> Option<&'a Parent> {
    let parent = arm.parent.as_ref()?;
    let there = recipe.position(&parent.arm).is_ok() && parent.arm != arm.name;
    (there && recipe.reference().name != arm.name).then_some(parent)
}

/// Whether an arm in training is that of a file, which may leave constraints to the data.
fn alike(trained: &Arm, arm: &Arm) -> bool {
    let same = |trained: &Controls, written: &Controls| {
        trained.parameters == written.parameters
            && trained.mutability.starts_with(&written.mutability)
    };
    let mut changes = trained.changes.iter().zip(&arm.changes);
    trained.name == arm.name
        && same(&trained.controls, &arm.controls)
        && trained.changes.len() == arm.changes.len()
        && changes.all(|(a, b)| a.epoch == b.epoch && same(&a.controls, &b.controls))
}
