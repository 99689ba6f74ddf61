//! Parameters and constraints as the user wants them, and how to take changes back.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use crate::{
    recipe::{Arm, Controls, Recipe},
    session::Snapshot,
    training::{Effect, TABLE},
};

/// Most changes that can be taken back.
const UNDO_LIMIT: usize = 500;

/// Every arm's controls by its name, in their order.
pub type AllControls = Vec<(String, Controls)>;

/// The controls that the user has set; the worker follows at its next epoch.
#[derive(Clone, Debug, Default)]
pub struct Desired {
    controls: AllControls,
    undo: VecDeque<AllControls>,
    redo: Vec<AllControls>,
    awaited: Option<Awaited>,
    pending: Option<Recipe>,
}

/// A change of the user's that no epoch has been trained with yet.
#[derive(Clone, Debug)]
struct Awaited {
    /// The arm, or the first of those, that was changed.
    arm: usize,
    /// What was changed.
    label: String,
    /// Whether the worker has taken it over.
    heard: bool,
}

impl Awaited {
    fn new(arm: usize, label: String) -> Self {
        Self {
            arm,
            label,
            heard: false,
        }
    }
}

/// What of the recipe would be lost by leaving.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unsaved {
    kept: Option<(Recipe, PathBuf)>,
    warned_of: usize,
}

impl Unsaved {
    /// Notes that `recipe` is in the file at `path`.
    pub fn keep(&mut self, recipe: Recipe, path: &Path) {
        self.kept = Some((recipe, path.to_owned()));
    }

    /// The file that `recipe` is in, or is the beginning of.
    pub fn file(&self, recipe: &Recipe) -> Option<&Path> {
        let (kept, path) = self.kept.as_ref()?;
        let continues = |kept: &Arm, arm: &Arm| {
            kept.name == arm.name
                && kept.controls == arm.controls
                && kept.changes.starts_with(&arm.changes)
        };
        let begun = kept.source == recipe.source
            && (recipe.arms.iter()).all(|arm| kept.arms.iter().any(|kept| continues(kept, arm)));
        begun.then_some(path)
    }

    /// Whether changes made while training are in no file; without such changes, a command line
    /// gives the same run.
    pub fn differs(&self, recipe: &Recipe) -> bool {
        recipe.changes() > 0 && self.file(recipe).is_none()
    }

    /// Whether the user has been told of so many changes before; from now on they have.
    pub fn warned(&mut self, changes: usize) -> bool {
        std::mem::replace(&mut self.warned_of, changes) == changes
    }
}

impl Desired {
    /// An arm's controls as the user wants them, once they are known.
    pub fn controls(&self, arm: usize) -> Option<&Controls> {
        self.controls.get(arm).map(|(_, controls)| controls)
    }

    /// All arms' controls as the user wants them.
    pub fn all(&self) -> &AllControls {
        &self.controls
    }

    /// Takes over what the worker does; what was set before cannot be gone back to.
    pub fn adopt(&mut self, snapshot: &Snapshot) {
        self.controls = applied(snapshot);
        self.undo.clear();
        self.redo.clear();
        self.awaited = None;
    }

    /// Whether a run that was asked for has not begun yet.
    pub fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Waits for the run that `recipe` begins.
    pub fn expect(&mut self, recipe: Recipe) {
        self.pending = Some(recipe);
    }

    /// Takes over what the worker does if it is another run, or has other arms, than before, or if
    /// the run has changed its controls by itself, as a recipe's later changes do; a refusal, if it
    /// could not begin the run that was expected.
    pub fn follow(&mut self, snapshot: &Snapshot) -> Option<String> {
        let Some(pending) = &self.pending else {
            let same = all_same_live(&self.controls, &applied(snapshot));
            let expected = (self.awaited.as_ref()).is_some_and(|awaited| !awaited.heard);
            match (self.fits(snapshot), same) {
                (false, _) => self.adopt(snapshot),
                (true, false) if !expected => self.recall(snapshot),
                (true, true) => (self.awaited.iter_mut()).for_each(|awaited| awaited.heard = true),
                (true, false) => {}
            }
            return None;
        };
        let refused = snapshot
            .refused
            .as_deref()
            .filter(|refused| refused.recipe == *pending);
        let parameters = |arm: &Arm| arm.controls.parameters.clone();
        let begun = snapshot.recipe.source == pending.source
            && snapshot
                .recipe
                .arms
                .iter()
                .map(parameters)
                .eq(pending.arms.iter().map(parameters));
        if begun || refused.is_some() {
            self.pending = None;
            self.adopt(snapshot);
        }
        refused.map(|refused| refused.reason.clone())
    }

    /// Whether arms and features are those that are known.
    fn fits(&self, snapshot: &Snapshot) -> bool {
        let known = self.controls.iter().map(|(name, _)| name);
        let features = snapshot.dataset.dimensions();
        known.eq(snapshot.arms.iter().map(|arm| &arm.name))
            && (self.controls.iter()).all(|(_, controls)| controls.mutability.len() == features)
    }

    /// Takes over what the worker does in everything that needs no restart.
    pub fn recall(&mut self, snapshot: &Snapshot) {
        let mut followed = applied(snapshot);
        for (followed, (_, wanted)) in followed.iter_mut().zip(&self.controls) {
            followed.1 = followed.1.until_restart(wanted);
        }
        self.controls = followed;
        self.awaited = None;
    }

    /// Sets an arm's controls; `label` says what changed. Nothing happens if nothing did.
    pub fn set(&mut self, arm: usize, controls: Controls, label: String) -> bool {
        let mut all = self.controls.clone();
        match all.get_mut(arm) {
            Some((_, present)) => *present = controls,
            None => return false,
        }
        self.set_all(all, arm, label)
    }

    /// As [`Desired::set`]; what that changes of `arm` is changed in all other arms as well.
    pub fn set_everywhere(&mut self, arm: usize, controls: &Controls, label: String) -> bool {
        let mut all = self.controls.clone();
        let Some((_, before)) = self.controls.get(arm) else {
            return false;
        };
        for (_, other) in &mut all {
            spread(before, controls, other);
        }
        all[arm].1.clone_from(controls);
        self.set_all(all, arm, label)
    }

    /// As [`Desired::set`], for all arms at once; the worker's answer is awaited of `arm`.
    pub fn set_all(&mut self, controls: AllControls, arm: usize, label: String) -> bool {
        if self.controls == controls {
            return false;
        }
        if !all_same_live(&self.controls, &controls) {
            self.awaited = Some(Awaited::new(arm, label));
        }
        let before = std::mem::replace(&mut self.controls, controls);
        self.undo.push_back(before);
        if self.undo.len() > UNDO_LIMIT {
            self.undo.pop_front();
        }
        self.redo.clear();
        true
    }

    /// Takes the last change back; what that changed, or `None` if there is nothing to take back.
    pub fn undo(&mut self) -> Option<String> {
        let before = self.undo.pop_back()?;
        let (present, label) = self.exchange(before);
        self.redo.push(present);
        Some(label)
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> Option<String> {
        let after = self.redo.pop()?;
        let (present, label) = self.exchange(after);
        self.undo.push_back(present);
        Some(label)
    }

    /// Puts other controls in force: what they were before, and what changed.
    fn exchange(&mut self, controls: AllControls) -> (AllControls, String) {
        let pairs = self.controls.iter().zip(&controls);
        let changed = pairs
            .enumerate()
            .find(|(_, (before, after))| before != after);
        let (arm, label) = changed.map_or((0, String::new()), |(arm, (before, after))| {
            (arm, describe(&before.1, &after.1))
        });
        if !all_same_live(&self.controls, &controls) {
            self.awaited = Some(Awaited::new(arm, label.clone()));
        }
        (std::mem::replace(&mut self.controls, controls), label)
    }

    /// The change that the worker has just followed, if `snapshot` shows an epoch trained with it.
    pub fn echo(&mut self, snapshot: &Snapshot) -> Option<String> {
        if !all_same_live(&self.controls, &applied(snapshot)) {
            return None;
        }
        let arm = snapshot.arms.get(self.awaited.as_ref()?.arm)?;
        if arm.applied.epoch > snapshot.epoch {
            return None;
        }
        let label = self.awaited.take()?.label;
        Some(format!("{label} · applied at epoch {}", arm.applied.epoch))
    }
}

/// Changes in `other` what differs between `before` and `after`.
fn spread(before: &Controls, after: &Controls, other: &mut Controls) {
    for parameter in TABLE {
        let value = parameter.get(&after.parameters);
        if value != parameter.get(&before.parameters) {
            let _ = parameter.set(&mut other.parameters, value);
        }
    }
    let changes = before.mutability.iter().zip(&after.mutability);
    for ((before, after), other) in changes.zip(&mut other.mutability) {
        if before != after {
            *other = *after;
        }
    }
}

/// The controls in force.
fn applied(snapshot: &Snapshot) -> AllControls {
    let arms = snapshot.arms.iter();
    arms.map(|arm| (arm.name.clone(), arm.controls().clone()))
        .collect()
}

/// Whether the controls of all arms agree in everything that changes without a restart.
fn all_same_live(a: &AllControls, b: &AllControls) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_live(&a.1, &b.1))
}

/// Whether two controls agree in everything that changes without a restart.
pub fn same_live(a: &Controls, b: &Controls) -> bool {
    let live = TABLE
        .iter()
        .filter(|parameter| parameter.effect == Effect::NextEpoch);
    let mut pairs =
        live.map(|parameter| (parameter.get(&a.parameters), parameter.get(&b.parameters)));
    a.mutability == b.mutability && pairs.all(|(a, b)| a == b)
}

/// The first difference between two controls, as people read it.
fn describe(before: &Controls, after: &Controls) -> String {
    let changed = TABLE
        .iter()
        .find(|parameter| parameter.get(&before.parameters) != parameter.get(&after.parameters));
    match changed {
        Some(parameter) => format!(
            "{} = {}",
            parameter.symbol,
            parameter.format(&after.parameters)
        ),
        None => "features".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{data::Mutability, training::HyperParameters};

    fn controls(lambda_div: f64) -> Controls {
        let parameters = HyperParameters {
            lambda_div,
            ..HyperParameters::default()
        };
        Controls {
            parameters,
            mutability: vec![Mutability::Both; 2],
        }
    }

    fn desired(lambda_div: f64) -> Desired {
        Desired {
            controls: vec![
                ("BL".into(), controls(0.0)),
                ("CT".into(), controls(lambda_div)),
            ],
            ..Desired::default()
        }
    }

    #[test]
    fn changes_are_taken_back_and_made_again() {
        let mut desired = desired(0.5);
        assert!(desired.set(1, controls(0.6), "first".into()));
        assert!(desired.set(1, controls(0.7), "second".into()));
        assert!(!desired.set(1, controls(0.7), "nothing".into()));
        assert_eq!(desired.undo().as_deref(), Some("λ_div = 0.6"));
        assert_eq!(desired.undo().as_deref(), Some("λ_div = 0.5"));
        assert_eq!(desired.undo(), None);
        assert_eq!(desired.redo().as_deref(), Some("λ_div = 0.6"));
        assert_eq!(desired.controls(1), Some(&controls(0.6)));
        assert_eq!(desired.controls(0), Some(&controls(0.0)));
        assert!(desired.set(1, controls(0.9), "other".into()));
        assert_eq!(desired.redo(), None);
    }

    #[test]
    fn a_change_of_all_arms_leaves_what_they_differ_in() {
        let mut desired = desired(0.5);
        let mut wanted = controls(0.5);
        wanted.parameters.learning_rate = 0.01;
        wanted.mutability[1] = Mutability::None;
        assert!(desired.set_everywhere(1, &wanted, "both".into()));
        let other = desired.controls(0).unwrap();
        assert_eq!(other.parameters.learning_rate, 0.01);
        assert_eq!(other.parameters.lambda_div, 0.0);
        assert_eq!(other.mutability, [Mutability::Both, Mutability::None]);
        assert!(desired.undo().is_some());
        assert_eq!(desired.controls(0), Some(&controls(0.0)));
    }

    #[test]
    fn memory_of_changes_is_bounded() {
        let mut desired = desired(0.0);
        for i in 1..2 * UNDO_LIMIT {
            desired.set(1, controls(i as f64), String::new());
        }
        assert_eq!(desired.undo.len(), UNDO_LIMIT);
    }

    #[test]
    fn only_some_parameters_need_a_restart() {
        let (one, mut other) = (controls(0.5), controls(0.5));
        other.parameters.hidden_units = 64;
        assert!(same_live(&one, &other));
        other = controls(0.6);
        assert!(!same_live(&one, &other));
    }
}
