//! Softmax and cross-entropy: of one row of logits, and of a panel.

use super::{LANES, Lanes};
use crate::math::{exp, ln};

/// Classes of a panel's points.
pub type Classes = [u32; LANES];

/// Turns logits into probabilities, in place.
pub fn softmax(logits: &mut [f32]) {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = exp(*logit - max);
        sum += *logit;
    }
    for logit in logits {
        *logit /= sum;
    }
}

/// Cross-entropy of `logits` with class `class`; writes its gradient, `softmax − one-hot`, times
/// `weight`, into `gradient`.
pub fn cross_entropy(logits: &[f32], class: usize, weight: f32, gradient: &mut [f32]) -> f32 {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (gradient, logit) in gradient.iter_mut().zip(logits) {
        *gradient = exp(logit - max);
        sum += *gradient;
    }
    let scale = weight / sum;
    for gradient in gradient.iter_mut() {
        *gradient *= scale;
    }
    gradient[class] -= weight;
    ln(sum) + max - logits[class]
}

/// Softmax of a panel of logits, `(k,)` lanes, into `probabilities`, `(k,)` lanes.
///
/// Gives the lanes of `ln Σ exp`'s two parts, the largest logit and the sum of the exponentials
/// relative to it. The exponential is this crate's own, within 2 units in the last place, and the
/// same on every machine.
#[inline(always)]
pub fn softmax_panel(logits: &[Lanes], probabilities: &mut [Lanes]) -> (Lanes, Lanes) {
    let mut max = Lanes::splat(f32::NEG_INFINITY);
    for logits in logits {
        for (max, &logit) in max.iter_mut().zip(logits.iter()) {
            *max = if logit > *max { logit } else { *max };
        }
    }
    let mut sums = Lanes::default();
    for (into, logits) in probabilities.iter_mut().zip(logits) {
        *into = Lanes::from_fn(|lane| exp(logits[lane] - max[lane]));
        for (sum, value) in sums.iter_mut().zip(into.iter()) {
            *sum += value;
        }
    }
    let scales = sums.map(|sum| 1.0 / sum);
    for into in probabilities {
        for (into, scale) in into.iter_mut().zip(scales.iter()) {
            *into *= scale;
        }
    }
    (max, sums)
}

/// For each point the one of `values`, `(k,)` lanes, that belongs to its class.
#[inline(always)]
pub fn of_class(values: &[Lanes], classes: &Classes) -> Lanes {
    let mut chosen = Lanes::default();
    for (class, values) in values.iter().enumerate() {
        for ((chosen, &value), &wanted) in chosen.iter_mut().zip(values.iter()).zip(classes) {
            *chosen = if wanted == class as u32 {
                value
            } else {
                *chosen
            };
        }
    }
    chosen
}

/// Adds each point's `amounts` to the one of `values`, `(k,)` lanes, that belongs to its class.
#[inline(always)]
pub fn add_to_class(values: &mut [Lanes], classes: &Classes, amounts: &Lanes) {
    for (class, values) in values.iter_mut().enumerate() {
        for ((value, &wanted), &amount) in values.iter_mut().zip(classes).zip(amounts.iter()) {
            *value += if wanted == class as u32 { amount } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cross_entropy_and_its_gradient() {
        let mut gradient = [0.0; 3];
        let loss = cross_entropy(&[1.0, 2.0, 3.0], 2, 2.0, &mut gradient);
        assert!((loss - 0.407_606).abs() < 1e-6);
        let expected = [0.180_061, 0.489_457, -0.669_518];
        for (gradient, expected) in gradient.iter().zip(expected) {
            assert!((gradient - expected).abs() < 1e-5);
        }
    }

    #[test]
    fn softmax_survives_large_logits() {
        let mut logits = [1000.0, 1000.0, -1000.0];
        softmax(&mut logits);
        assert_eq!(logits, [0.5, 0.5, 0.0]);
    }

    #[test]
    fn a_panel_has_the_probabilities_of_its_rows() {
        let logits = [1.0, -20.0, 3.0, 1000.0].map(|logit| {
            let mut lanes = Lanes::splat(logit);
            lanes[3] = 2.0 - logit / 100.0;
            lanes
        });
        let mut probabilities = [Lanes::default(); 4];
        softmax_panel(&logits, &mut probabilities);
        for lane in [0, 3] {
            let mut row = logits.map(|lanes| lanes[lane]);
            softmax(&mut row);
            for (lanes, expected) in probabilities.iter().zip(row) {
                assert!((lanes[lane] - expected).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn what_is_not_a_number_stays_visible() {
        let mut probabilities = [Lanes::default(); 2];
        softmax_panel(
            &[Lanes::splat(f32::NAN), Lanes::splat(1.0)],
            &mut probabilities,
        );
        assert!(probabilities[1][0].is_nan());
        softmax_panel(
            &[Lanes::splat(f32::INFINITY), Lanes::splat(1.0)],
            &mut probabilities,
        );
        assert!(probabilities[0][0].is_nan());
    }
}
