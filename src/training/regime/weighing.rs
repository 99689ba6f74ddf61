//! Losses whose rows count by themselves: cross-entropy with a class, and marginal energy.

use crate::{
    math::ln,
    model::{LANES, Lanes, Panels, add_to_class, of_class, softmax_panel},
    training::Batch,
};

/// What one row of a mini-batch counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RowWeight {
    /// Of its cross-entropy with its class.
    pub(super) entropy: f32,
    /// Of its marginal energy `E(x) = −ln Σ exp M(x)`.
    pub(super) energy: f32,
    /// Of that energy's square.
    pub(super) square: f32,
}

/// Sums of cross-entropies, marginal energies and their squares: of the samples of a mini-batch, and
/// of the points that were added.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) entropy: [f32; 2],
    pub(super) energy: [f32; 2],
    pub(super) square: [f32; 2],
}

/// Writes the gradient, with respect to the logits, of a loss in which a sample counts
/// `weights[0]` and an added point `weights[1]`; gives the unweighted sums of its terms.
pub(super) fn weigh(
    batch: Batch<'_>,
    weights: [RowWeight; 2],
    logits: &Panels,
    cotangent: &mut Panels,
) -> Sums {
    let mut sums = [[Lanes::default(); 3]; 2];
    let panels = logits.panels().zip(cotangent.panels_mut());
    for ((logits, cotangent), (panel, rows)) in panels.zip(batch.classes.chunks(LANES).enumerate())
    {
        let mut classes = [0; LANES];
        classes[..rows.len()].copy_from_slice(rows);
        let (max, sum) = softmax_panel(logits, cotangent);
        let chosen = of_class(logits, &classes);
        let mut scales = Lanes::default();
        let mut slopes = Lanes::default();
        for lane in 0..rows.len() {
            let part = usize::from(panel * LANES + lane >= batch.samples);
            let weight = weights[part];
            let energy = -(ln(sum[lane]) + max[lane]);
            let terms = [-energy - chosen[lane], energy, energy * energy];
            for (sums, term) in sums[part].iter_mut().zip(terms) {
                sums[lane] += term;
            }
            scales[lane] = weight.entropy - weight.energy - 2.0 * weight.square * energy;
            slopes[lane] = -weight.entropy;
        }
        for cotangent in cotangent.iter_mut() {
            for (value, scale) in cotangent.iter_mut().zip(scales.iter()) {
                *value *= scale;
            }
        }
        add_to_class(cotangent, &classes, &slopes);
    }
    let total = |term: usize| [sums[0][term].total(), sums[1][term].total()];
    Sums {
        entropy: total(0),
        energy: total(1),
        square: total(2),
    }
}

/// `1 / n`; 0 if there is nothing.
pub(super) fn share(count: usize) -> f32 {
    match count {
        0 => 0.0,
        count => 1.0 / count as f32,
    }
}
