//! Generators: what a search minimises besides cross-entropy and cost.

mod eccco;
mod generic;

pub use eccco::Eccco;
pub use generic::Generic;

use serde::{Deserialize, Serialize};

use crate::model::{Classes, Lanes};

/// The penalty of Eq. 1, as its gradient.
///
/// Everything is per panel of points: `logits` and `cotangent` are `(k,)` lanes, `points` and
/// `gradient` `(d,)` lanes; `step` counts from 1.
pub trait Generator: Sync {
    /// Adds the penalty's gradient with respect to the logits to `cotangent`.
    fn add_logit_gradient(
        &self,
        step: usize,
        targets: &Classes,
        logits: &[Lanes],
        cotangent: &mut [Lanes],
    ) {
        let _ = (step, targets, logits, cotangent);
    }

    /// Adds the penalty's direct gradient with respect to the points to `gradient`.
    fn add_point_gradient(&self, targets: &Classes, points: &[Lanes], gradient: &mut [Lanes]) {
        let _ = (targets, points, gradient);
    }

    /// Weights of the features in the L1 cost, `(d,)`; `None` if all are 1.
    fn cost_weights(&self) -> Option<&[f32]> {
        None
    }
}

/// The generators one can choose from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GeneratorKind {
    /// Cross-entropy and L1 cost ([`Generic`]).
    Generic,
    /// Energy-constrained counterfactuals ([`Eccco`]).
    #[default]
    Eccco,
}

impl GeneratorKind {
    /// All generators, in the order of [`GeneratorKind::NAMES`].
    pub const ALL: [Self; 2] = [Self::Generic, Self::Eccco];
    /// Names used on the command line.
    pub const NAMES: [&'static str; 2] = ["generic", "eccco"];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}
