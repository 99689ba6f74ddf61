//! Energy-constrained conformal counterfactual explanations, without the conformal set-size term.

use super::Penalty;
use crate::{
    math::powf,
    model::{Classes, Lanes, add_to_class, of_class},
};

/// Weight of the squared energy.
const RIDGE: f32 = 1e-3;
/// Exponent with which the penalty decays over the steps.
const DECAY: f32 = -0.9;

/// Penalises the energy `E = −logit` of the target class (Altmeyer et al. 2024).
///
/// The penalty at step `s` is `λ_egy · φ(s) · (E + 1e-3·E²)` with `φ(s) = a·(b + s)^−0.9`,
/// `b = max(1, round(T / 25))` and `a = b / 10`.
#[derive(Clone, Debug)]
pub struct Eccco {
    /// `λ_egy · φ(s)` for `s = 1 … T`.
    weights: Vec<f32>,
}

impl Eccco {
    /// The penalty with weight `lambda_egy`, decaying over `max_steps` steps.
    pub fn new(lambda_egy: f32, max_steps: usize) -> Self {
        let b = (max_steps as f32 / 25.0).round().max(1.0);
        let weights = (1..=max_steps)
            .map(|step| lambda_egy * b / 10.0 * powf(b + step as f32, DECAY))
            .collect();
        Self { weights }
    }
}

impl Penalty for Eccco {
    fn add_logit_gradient(
        &self,
        step: usize,
        targets: &Classes,
        logits: &[Lanes],
        cotangent: &mut [Lanes],
    ) {
        let weight = self.weights[step - 1];
        let slopes = of_class(logits, targets).map(|logit| -weight * (1.0 - 2.0 * RIDGE * logit));
        add_to_class(cotangent, targets, &slopes);
    }
}
