//! One arm: a model, and how it is trained.

use serde::{Deserialize, Serialize};

use super::Controls;
use crate::training::Method;

/// A change of the controls during a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The first epoch (from 1) that ran with it.
    pub epoch: usize,
    /// The controls from then on.
    pub controls: Controls,
}

/// Where an arm was forked off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// The arm that it was copied from, which may be gone since.
    pub arm: String,
    /// The last epoch that both have in common.
    pub epoch: usize,
}

/// A model, and how it is trained.
///
/// An arm stands for itself: one that was forked off has its parent's controls and changes up to the
/// fork, so that neither has to be trained for the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// What people call it; see [`check_name`](super::check_name).
    pub name: String,
    /// Where it was forked off, if it was.
    pub parent: Option<Parent>,
    /// Parameters and constraints at the start.
    pub controls: Controls,
    /// Changes, in ascending order of their epochs.
    pub changes: Vec<Change>,
}

/// What the controls train with.
fn method(controls: &Controls) -> Method {
    Method::of(controls.parameters.objective, controls.parameters.members)
}

impl Arm {
    /// An arm without changes, called by the abbreviation of its method.
    pub fn new(controls: Controls) -> Self {
        Self {
            name: method(&controls).abbreviation.to_owned(),
            parent: None,
            controls,
            changes: Vec::new(),
        }
    }

    /// The controls with which `epoch` (from 1) is trained, and the epoch since which they are in
    /// force: those of the last change up to then.
    pub fn at(&self, epoch: usize) -> (usize, &Controls) {
        let changes = self.changes.iter().rev();
        changes
            .filter(|change| change.epoch <= epoch)
            .map(|change| (change.epoch, &change.controls))
            .next()
            .unwrap_or((1, &self.controls))
    }

    /// The controls with which `epoch` (from 1) is trained.
    pub fn controls_at(&self, epoch: usize) -> &Controls {
        self.at(epoch).1
    }

    /// What it is trained with at the start.
    pub fn method(&self) -> Method {
        method(&self.controls)
    }

    /// The same arm, but trained with `method` from the start to the end; an objective stands for
    /// itself with one model.
    pub fn with_method(mut self, method: impl Into<Method>) -> Self {
        let method = method.into();
        self.each_controls(|controls| method.put(&mut controls.parameters));
        self.name = method.abbreviation.to_owned();
        self
    }

    /// Edits the controls of the start and of every change.
    pub fn each_controls(&mut self, mut edit: impl FnMut(&mut Controls)) {
        edit(&mut self.controls);
        for change in &mut self.changes {
            edit(&mut change.controls);
        }
    }
}
