//! Activations that are curves, applied to whole batches.

use rayon::prelude::*;

use crate::model::{Activation, panels::Panels};

/// Lanes that one thread takes at least.
const AT_ONCE: usize = 1 << 10;

/// Writes the outputs for `sums`, both `(n, outputs)`.
pub(super) fn activate(activation: Activation, sums: &Panels, outputs: &mut Panels) {
    let lanes = outputs.lanes_mut().par_iter_mut().zip(sums.lanes());
    lanes.with_min_len(AT_ONCE).for_each(|(outputs, sums)| {
        *outputs = sums.map(|sum| activation.output(sum));
    });
}

/// Multiplies `delta`, the gradient with respect to the outputs, by the derivative of the outputs;
/// all `(n, outputs)`.
pub(super) fn weaken(activation: Activation, sums: &Panels, outputs: &Panels, delta: &mut Panels) {
    let known = sums.lanes().par_iter().zip(outputs.lanes());
    let lanes = delta.lanes_mut().par_iter_mut().zip(known);
    lanes
        .with_min_len(AT_ONCE)
        .for_each(|(delta, (sums, outputs))| {
            for ((delta, &sum), &output) in delta.iter_mut().zip(sums.iter()).zip(outputs.iter()) {
                *delta *= activation.slope(sum, output);
            }
        });
}
