//! The baseline: cross-entropy on the training samples.

use super::{Epoch, MiniBatch, Regime};
use crate::{
    model::{Differentiable, Panels},
    training::{Batch, EpochError, EpochReport, LossTerms, TermWeights, objective::evaluate},
};

/// `L = λ_clf · CE(M(x), y)`; adds nothing.
#[derive(Default)]
pub struct Vanilla {
    weights: TermWeights,
}

impl Regime for Vanilla {
    fn begin(&mut self, epoch: &Epoch<'_>, _: &mut EpochReport) -> Result<(), EpochError> {
        self.weights = TermWeights::new(epoch.parameters).classification_only();
        Ok(())
    }

    fn extend(&mut self, _: &Epoch<'_>, _: &MiniBatch<'_>, _: &mut dyn Differentiable) -> usize {
        0
    }

    fn added(&self, _: usize) -> (&[f32], usize) {
        (&[], 0)
    }

    fn loss(&self, batch: Batch<'_>, logits: &Panels, cotangent: &mut Panels) -> LossTerms {
        evaluate(batch, self.weights, logits, cotangent)
    }
}
