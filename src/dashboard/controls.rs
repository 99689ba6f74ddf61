//! Parameters and constraints as the user wants them, and how to take changes back.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use crate::{
    session::{Controls, Recipe, Snapshot},
    training::{Effect, TABLE},
};

/// Most changes that can be taken back.
const UNDO_LIMIT: usize = 500;

/// The controls that the user has set; the worker follows at its next epoch.
#[derive(Clone, Debug, Default)]
pub struct Desired {
    controls: Option<Controls>,
    undo: VecDeque<Controls>,
    redo: Vec<Controls>,
    awaited: Option<Awaited>,
    pending: Option<Recipe>,
}

/// A change of the user's that no epoch has been trained with yet.
#[derive(Clone, Debug)]
struct Awaited {
    /// What was changed.
    label: String,
    /// Whether the worker has taken it over.
    heard: bool,
}

impl Awaited {
    fn new(label: String) -> Self {
        Self {
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
        let begun = kept.source == recipe.source
            && kept.controls == recipe.controls
            && kept.changes.starts_with(&recipe.changes);
        begun.then_some(path)
    }

    /// Whether changes made while training are in no file; without such changes, a command line
    /// gives the same run.
    pub fn differs(&self, recipe: &Recipe) -> bool {
        !recipe.changes.is_empty() && self.file(recipe).is_none()
    }

    /// Whether the user has been told of so many changes before; from now on they have.
    pub fn warned(&mut self, changes: usize) -> bool {
        std::mem::replace(&mut self.warned_of, changes) == changes
    }
}

impl Desired {
    /// The controls as the user wants them, once they are known.
    pub fn controls(&self) -> Option<&Controls> {
        self.controls.as_ref()
    }

    /// Takes over controls that were not set here; those of other data cannot be gone back to.
    pub fn adopt(&mut self, controls: Controls) {
        self.controls = Some(controls);
        self.undo.clear();
        self.redo.clear();
        self.awaited = None;
    }

    /// Waits for the run that `recipe` begins.
    pub fn expect(&mut self, recipe: Recipe) {
        self.pending = Some(recipe);
    }

    /// Takes over what the worker does if it is another run than before, or if the run has changed
    /// its controls by itself, as a recipe's later changes do; a refusal, if it could not begin the
    /// run that was expected.
    pub fn follow(&mut self, snapshot: &Snapshot) -> Option<String> {
        let Some(pending) = &self.pending else {
            let known = self.controls.as_ref();
            let other_data =
                known.is_none_or(|known| known.mutability.len() != snapshot.dataset.dimensions());
            let same = known.is_some_and(|known| same_live(known, snapshot.controls()));
            let expected = (self.awaited.as_ref()).is_some_and(|awaited| !awaited.heard);
            match (other_data, same) {
                (true, _) => self.adopt(snapshot.controls().clone()),
                (false, false) if !expected => self.recall(snapshot.controls()),
                (false, true) => (self.awaited.iter_mut()).for_each(|awaited| awaited.heard = true),
                (false, false) => {}
            }
            return None;
        };
        let refused = snapshot
            .refused
            .as_deref()
            .filter(|refused| refused.recipe == *pending);
        let begun = snapshot.recipe.source == pending.source
            && snapshot.recipe.controls.parameters == pending.controls.parameters;
        if begun || refused.is_some() {
            self.pending = None;
            self.adopt(snapshot.controls().clone());
        }
        refused.map(|refused| refused.reason.clone())
    }

    /// Takes over what `controls` say of everything that needs no restart.
    pub fn recall(&mut self, controls: &Controls) {
        let mut followed = controls.clone();
        if let Some(wanted) = &self.controls {
            let kept = TABLE
                .iter()
                .filter(|parameter| parameter.effect == Effect::Restart);
            for parameter in kept {
                let value = parameter.get(&wanted.parameters);
                let _ = parameter.set(&mut followed.parameters, value);
            }
        }
        self.controls = Some(followed);
        self.awaited = None;
    }

    /// Sets the controls; `label` says what changed. Tells whether anything did.
    pub fn set(&mut self, controls: Controls, label: String) -> bool {
        if self.controls.as_ref() == Some(&controls) {
            return false;
        }
        let live = self
            .controls
            .as_ref()
            .is_none_or(|before| !same_live(before, &controls));
        self.awaited = if live {
            Some(Awaited::new(label))
        } else {
            self.awaited.take()
        };
        if let Some(before) = self.controls.replace(controls) {
            self.undo.push_back(before);
            if self.undo.len() > UNDO_LIMIT {
                self.undo.pop_front();
            }
        }
        self.redo.clear();
        true
    }

    /// Takes the last change back; what that changed, or `None` if there is nothing to take back.
    pub fn undo(&mut self) -> Option<String> {
        let before = self.undo.pop_back()?;
        let (present, label) = self.exchange(before)?;
        self.redo.push(present);
        Some(label)
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> Option<String> {
        let after = self.redo.pop()?;
        let (present, label) = self.exchange(after)?;
        self.undo.push_back(present);
        Some(label)
    }

    /// Puts other controls in force: what they were before, and what changed.
    fn exchange(&mut self, controls: Controls) -> Option<(Controls, String)> {
        let label = describe(self.controls.as_ref()?, &controls);
        let live = !same_live(self.controls.as_ref()?, &controls);
        let before = self.controls.replace(controls)?;
        if live {
            self.awaited = Some(Awaited::new(label.clone()));
        }
        Some((before, label))
    }

    /// The change that the worker has just followed, if `snapshot` shows an epoch trained with it.
    pub fn echo(&mut self, snapshot: &Snapshot) -> Option<String> {
        let wanted = self.controls.as_ref()?;
        let trained = snapshot.applied.epoch <= snapshot.epoch;
        if !(trained && same_live(wanted, snapshot.controls())) {
            return None;
        }
        let label = self.awaited.take()?.label;
        Some(format!(
            "{label} · applied at epoch {}",
            snapshot.applied.epoch
        ))
    }
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

    #[test]
    fn changes_are_taken_back_and_made_again() {
        let mut desired = Desired::default();
        desired.adopt(controls(0.5));
        assert!(desired.set(controls(0.6), "first".into()));
        assert!(desired.set(controls(0.7), "second".into()));
        assert!(!desired.set(controls(0.7), "nothing".into()));
        assert_eq!(desired.undo().as_deref(), Some("λ_div = 0.6"));
        assert_eq!(desired.undo().as_deref(), Some("λ_div = 0.5"));
        assert_eq!(desired.undo(), None);
        assert_eq!(desired.redo().as_deref(), Some("λ_div = 0.6"));
        assert_eq!(desired.controls(), Some(&controls(0.6)));
        assert!(desired.set(controls(0.9), "other".into()));
        assert_eq!(desired.redo(), None);
    }

    #[test]
    fn memory_of_changes_is_bounded() {
        let mut desired = Desired::default();
        desired.adopt(controls(0.0));
        for i in 1..2 * UNDO_LIMIT {
            desired.set(controls(i as f64), String::new());
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
