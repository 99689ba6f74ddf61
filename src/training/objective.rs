//! The objective (Eq. 2) and its gradient, for one mini-batch.

use super::{HyperParameters, LossTerms, Objective};
use crate::model::{Passes, cross_entropy};

/// Weights of the four terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermWeights {
    /// λ_clf, of the cross-entropy on training samples.
    pub classification: f32,
    /// λ_div, of the contrastive divergence.
    pub divergence: f32,
    /// λ_adv, of the cross-entropy on nascent counterfactuals.
    pub adversarial: f32,
    /// λ_reg, of the squared energies.
    pub ridge: f32,
}

impl TermWeights {
    /// The weights that the objective of `parameters` uses; the others are 0.
    pub fn new(parameters: &HyperParameters) -> Self {
        let generative = matches!(parameters.objective, Objective::Full | Objective::Energy);
        let adversarial = matches!(
            parameters.objective,
            Objective::Full | Objective::Adversarial
        );
        let weight = |used, lambda| if used { lambda as f32 } else { 0.0 };
        Self {
            classification: parameters.lambda_clf as f32,
            divergence: weight(generative, parameters.lambda_div),
            adversarial: weight(adversarial, parameters.lambda_adv),
            ridge: weight(generative, parameters.lambda_reg),
        }
    }

    /// Cross-entropy on the training samples alone.
    pub fn classification_only(self) -> Self {
        Self {
            divergence: 0.0,
            adversarial: 0.0,
            ridge: 0.0,
            ..self
        }
    }

    /// Whether any term needs counterfactuals.
    pub fn needs_search(self) -> bool {
        self.divergence != 0.0 || self.adversarial != 0.0 || self.ridge != 0.0
    }
}

/// One mini-batch: `b` training samples and `m` tuples of counterfactual, neighbour and nascent
/// counterfactual.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// All points in one array, `(b + 3m, d)`: samples, then neighbours, counterfactuals and
    /// nascent counterfactuals.
    pub points: &'a [f32],
    /// Labels of the samples, `(b,)`.
    pub labels: &'a [usize],
    /// Target classes of the tuples, `(m,)`.
    pub targets: &'a [usize],
    /// True labels of the tuples' factuals, `(m,)`.
    pub factual_labels: &'a [usize],
}

/// Value of Eq. 2, and its gradient with respect to the parameters, in one backward pass.
///
/// Points are constants: no gradient flows through the search. Energies are `E(x, t) = −logit_t`.
pub fn objective<P: Passes>(
    passes: &mut P,
    batch: Batch<'_>,
    weights: TermWeights,
    gradient: &mut [f32],
) -> LossTerms {
    let mut terms = LossTerms::default();
    let rows = batch.labels.len() + 3 * batch.targets.len();
    passes.weight_gradient(
        batch.points,
        |logits, cotangent| {
            let k = logits.len() / rows;
            terms = Terms { batch, weights, k }.evaluate(logits, cotangent);
        },
        gradient,
    );
    terms
}

/// The terms on the level of logits.
struct Terms<'a> {
    batch: Batch<'a>,
    weights: TermWeights,
    /// Number of classes.
    k: usize,
}

impl Terms<'_> {
    /// The terms' values; writes the gradient with respect to the logits.
    fn evaluate(&self, logits: &[f32], cotangent: &mut [f32]) -> LossTerms {
        let (b, m) = (
            self.batch.labels.len() * self.k,
            self.batch.targets.len() * self.k,
        );
        let (samples, logits) = logits.split_at(b);
        let (neighbours, logits) = logits.split_at(m);
        let (counterfactuals, nascent) = logits.split_at(m);
        let (into_samples, cotangent) = cotangent.split_at_mut(b);
        let (into_neighbours, cotangent) = cotangent.split_at_mut(m);
        let (into_counterfactuals, into_nascent) = cotangent.split_at_mut(m);

        let weights = self.weights;
        let (energy, square) = self.energies(neighbours, weights.divergence, into_neighbours);
        let (energy_found, square_found) =
            self.energies(counterfactuals, -weights.divergence, into_counterfactuals);
        let mut terms = LossTerms {
            total: 0.0,
            classification: self.classify(
                samples,
                self.batch.labels,
                weights.classification,
                into_samples,
            ),
            divergence: energy - energy_found,
            adversarial: self.classify(
                nascent,
                self.batch.factual_labels,
                weights.adversarial,
                into_nascent,
            ),
            ridge: square + square_found,
        };
        terms.total = weights.classification * terms.classification
            + weights.divergence * terms.divergence
            + weights.adversarial * terms.adversarial
            + weights.ridge * terms.ridge;
        terms
    }

    /// Mean cross-entropy of the rows; its gradient times `weight`.
    fn classify(&self, logits: &[f32], labels: &[usize], weight: f32, into: &mut [f32]) -> f32 {
        let share = 1.0 / labels.len().max(1) as f32;
        let rows = logits
            .chunks_exact(self.k)
            .zip(into.chunks_exact_mut(self.k));
        rows.zip(labels)
            .map(|((logits, into), &label)| {
                share * cross_entropy(logits, label, share * weight, into)
            })
            .sum()
    }

    /// Means of the rows' energies and squared energies; the gradient of
    /// `weight · energy + λ_reg · square`.
    fn energies(&self, logits: &[f32], weight: f32, into: &mut [f32]) -> (f32, f32) {
        let share = 1.0 / self.batch.targets.len().max(1) as f32;
        let (mut sum, mut squares) = (0.0, 0.0);
        let rows = logits
            .chunks_exact(self.k)
            .zip(into.chunks_exact_mut(self.k));
        for ((logits, into), &target) in rows.zip(self.batch.targets) {
            let energy = -logits[target];
            sum += energy;
            squares += energy * energy;
            into.fill(0.0);
            into[target] = -share * (weight + 2.0 * self.weights.ridge * energy);
        }
        (share * sum, share * squares)
    }
}
