//! What a descent minimises besides cross-entropy and cost.

use crate::model::{Classes, Lanes};

/// The penalty of Eq. 1, as its gradient.
///
/// Everything is per panel of points: `logits` and `cotangent` are `(k,)` lanes, `points` and
/// `gradient` `(d,)` lanes; `step` counts from 1.
pub trait Penalty: Sync {
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
