//! Counterfactual training (Alg. 1), and its two halves.

use ndarray::Array2;

use super::{Epoch, MiniBatch, Regime};
use crate::{
    model::{Differentiable, Panels},
    training::{
        Batch, EpochError, EpochReport, LossTerms, TermWeights, Tuples, objective::evaluate,
    },
};

/// Eq. 2, with the terms that the objective uses: an epoch searches counterfactuals, and spreads
/// them with their neighbours and nascent counterfactuals over its mini-batches.
#[derive(Default)]
pub struct Counterfactual {
    weights: TermWeights,
    tuples: Tuples,
    /// The tuples of the present mini-batch.
    first: usize,
    count: usize,
}

impl Regime for Counterfactual {
    fn begin(&mut self, epoch: &Epoch<'_>, report: &mut EpochReport) -> Result<(), EpochError> {
        self.weights = TermWeights::in_epoch(epoch.parameters, epoch.number);
        self.tuples = match self.weights.needs_search() {
            true => Tuples::draw(epoch, report).ok_or(EpochError::Halted)?,
            false => Tuples::default(),
        };
        Ok(())
    }

    fn extend(
        &mut self,
        _: &Epoch<'_>,
        batch: &MiniBatch<'_>,
        _: &mut dyn Differentiable,
    ) -> usize {
        let share = batch.share(self.tuples.targets.len());
        (self.first, self.count) = (share.start, share.len());
        3 * self.count
    }

    fn added(&self, position: usize) -> (&[f32], usize) {
        let tuples = &self.tuples;
        let (part, tuple) = (position / self.count, self.first + position % self.count);
        match part {
            0 => (row(&tuples.neighbours, tuple), tuples.targets[tuple]),
            1 => (row(&tuples.counterfactuals, tuple), tuples.targets[tuple]),
            _ => (row(&tuples.nascent, tuple), tuples.factual_labels[tuple]),
        }
    }

    fn loss(&self, batch: Batch<'_>, logits: &Panels, cotangent: &mut Panels) -> LossTerms {
        evaluate(batch, self.weights, logits, cotangent)
    }
}

/// A row of an array in standard layout, in one piece.
fn row(array: &Array2<f32>, row: usize) -> &[f32] {
    let width = array.ncols();
    array
        .as_slice()
        .map_or(&[], |values| &values[row * width..][..width])
}
