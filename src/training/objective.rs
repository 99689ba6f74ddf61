//! The objective (Eq. 2) and its gradient, for one mini-batch.

use super::{HyperParameters, LossTerms, Objective};
use crate::{
    math::ln,
    model::{Classes, LANES, Lanes, Panels, Passes, add_to_class, of_class, softmax_panel},
};

/// Weights of the four terms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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

    /// The weights in `epoch` (from 1): during burn-in, cross-entropy alone.
    pub fn in_epoch(parameters: &HyperParameters, epoch: usize) -> Self {
        let weights = Self::new(parameters);
        match epoch <= parameters.burn_in_epochs() {
            true => weights.classification_only(),
            false => weights,
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

/// One mini-batch: `b` training samples and `m` tuples of neighbour, counterfactual and nascent
/// counterfactual.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// All points, `(b + 3m, d)`: samples, then neighbours, counterfactuals and nascent
    /// counterfactuals.
    pub points: &'a Panels,
    /// The points' classes, `(b + 3m,)`: labels of the samples, target classes of neighbours and
    /// counterfactuals, true labels of the nascent counterfactuals' factuals.
    pub classes: &'a [u32],
    /// Number of samples `b`.
    pub samples: usize,
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
    passes.weight_gradient(
        batch.points,
        |logits, cotangent| terms = evaluate(batch, weights, logits, cotangent),
        gradient,
    );
    terms
}

/// The terms' values; writes the gradient with respect to the logits.
pub(super) fn evaluate(
    batch: Batch<'_>,
    weights: TermWeights,
    logits: &Panels,
    cotangent: &mut Panels,
) -> LossTerms {
    let roles = Roles::new(batch);
    let mut sums = Sums::default();
    let panels = logits.panels().zip(cotangent.panels_mut());
    for ((logits, cotangent), (panel, rows)) in panels.zip(batch.classes.chunks(LANES).enumerate())
    {
        let mut classes = [0; LANES];
        classes[..rows.len()].copy_from_slice(rows);
        let shares = roles.shares(panel * LANES);
        let (max, sum) = softmax_panel(logits, cotangent);
        let chosen = of_class(logits, &classes);
        let mut slopes = Lanes::default();
        let mut scales = Lanes::default();
        for lane in 0..LANES {
            let entropy = ln(sum[lane]) + max[lane] - chosen[lane];
            let energy = -chosen[lane];
            let pair = shares.neighbour[lane] + shares.counterfactual[lane];
            let contrast = shares.neighbour[lane] - shares.counterfactual[lane];
            sums.classification[lane] += shares.sample[lane] * entropy;
            sums.adversarial[lane] += shares.nascent[lane] * entropy;
            sums.divergence[lane] += contrast * energy;
            sums.ridge[lane] += pair * energy * energy;
            scales[lane] = weights.classification * shares.sample[lane]
                + weights.adversarial * shares.nascent[lane];
            slopes[lane] =
                -scales[lane] - weights.divergence * contrast - 2.0 * weights.ridge * pair * energy;
        }
        for cotangent in cotangent.iter_mut() {
            for (value, scale) in cotangent.iter_mut().zip(scales.iter()) {
                *value *= scale;
            }
        }
        add_to_class(cotangent, &classes, &slopes);
    }
    sums.terms(weights)
}

/// Which rows of a batch play which part, and what each counts in the mean of its term.
struct Roles {
    samples: u32,
    tuples: u32,
    sample_share: f32,
    tuple_share: f32,
}

/// What the points of a panel count as samples, neighbours, counterfactuals and nascent
/// counterfactuals; 0 for what they are not.
struct Shares {
    sample: Lanes,
    neighbour: Lanes,
    counterfactual: Lanes,
    nascent: Lanes,
}

impl Roles {
    fn new(batch: Batch<'_>) -> Self {
        let tuples = batch.classes.len().saturating_sub(batch.samples) / 3;
        Self {
            samples: batch.samples as u32,
            tuples: tuples as u32,
            sample_share: 1.0 / batch.samples.max(1) as f32,
            tuple_share: 1.0 / tuples.max(1) as f32,
        }
    }

    /// Shares of the panel whose first row is `first`.
    #[inline(always)]
    fn shares(&self, first: usize) -> Shares {
        let rows: Classes = std::array::from_fn(|lane| (first + lane) as u32);
        let within = |from: u32, count: u32, share: f32| {
            Lanes::from_fn(|lane| {
                if rows[lane].wrapping_sub(from) < count {
                    share
                } else {
                    0.0
                }
            })
        };
        let (samples, tuples) = (self.samples, self.tuples);
        let part = |part: u32| within(samples + part * tuples, tuples, self.tuple_share);
        Shares {
            sample: within(0, samples, self.sample_share),
            neighbour: part(0),
            counterfactual: part(1),
            nascent: part(2),
        }
    }
}

/// The terms, still per lane.
#[derive(Default)]
struct Sums {
    classification: Lanes,
    divergence: Lanes,
    adversarial: Lanes,
    ridge: Lanes,
}

impl Sums {
    fn terms(&self, weights: TermWeights) -> LossTerms {
        let mut terms = LossTerms {
            total: 0.0,
            classification: self.classification.total(),
            divergence: self.divergence.total(),
            adversarial: self.adversarial.total(),
            ridge: self.ridge.total(),
        };
        terms.total = weights.classification * terms.classification
            + weights.divergence * terms.divergence
            + weights.adversarial * terms.adversarial
            + weights.ridge * terms.ridge;
        terms
    }
}
