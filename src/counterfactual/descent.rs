//! Gradient descent of one block of points.

use super::{Constraints, Generator, Outcome, SearchParameters};
use crate::model::{Mlp, Passes, cross_entropy};

/// The search of one block: a model's passes, what is minimised, and the buffers of the points
/// that still move.
pub(super) struct Descent<'a, P> {
    passes: P,
    generator: &'a dyn Generator,
    constraints: &'a Constraints,
    parameters: &'a SearchParameters,
    classes: usize,
    active: Active,
}

/// The points that still move, packed without gaps.
#[derive(Default)]
struct Active {
    /// Position of each in the block.
    rows: Vec<usize>,
    /// Present points, `(active, d)`.
    points: Vec<f32>,
    /// Targets, `(active,)`.
    targets: Vec<usize>,
    /// Gradients of the last step, `(active, d)`.
    gradients: Vec<f32>,
    /// Target probabilities of the last step, `(active,)`.
    probabilities: Vec<f32>,
}

impl<'a, P: Passes> Descent<'a, P> {
    pub(super) fn new(
        model: &Mlp,
        generator: &'a dyn Generator,
        constraints: &'a Constraints,
        parameters: &'a SearchParameters,
    ) -> Self {
        Self {
            passes: P::new(model),
            generator,
            constraints,
            parameters,
            classes: model.classes(),
            active: Active::default(),
        }
    }

    /// Searches from the factuals in `points`, `(n, d)`, which end up as counterfactuals.
    ///
    /// `nascent` must start as a copy of the factuals. `visit` sees the points that still move
    /// before every step and after the last: their rows, `(a,)`, the points, `(a, d)`, and the
    /// probabilities of their targets, `(a,)`.
    pub(super) fn run(
        &mut self,
        points: &mut [f32],
        targets: &[usize],
        nascent: &mut [f32],
        outcomes: &mut [Outcome],
        mut visit: impl FnMut(&[usize], &[f32], &[f32]),
    ) {
        let factuals = points.to_vec();
        let d = factuals.len() / targets.len().max(1);
        self.active.start(points, targets);
        for step in 1..=self.parameters.max_steps {
            self.differentiate(step);
            self.active.show(&mut visit);
            self.retire(step - 1, d, points, outcomes);
            if self.active.rows.is_empty() {
                return;
            }
            self.advance(d, &factuals, nascent);
        }
        self.measure();
        self.active.show(&mut visit);
        self.retire(self.parameters.max_steps, d, points, outcomes);
        self.exhaust(d, points, outcomes);
    }

    /// Gradients of the search objective at the active points, the cost aside, and the target
    /// probabilities there. Points that are mature get no gradient.
    fn differentiate(&mut self, step: usize) {
        let (k, threshold) = (self.classes, self.parameters.decision_threshold);
        let Active {
            points,
            targets,
            gradients,
            probabilities,
            ..
        } = &mut self.active;
        gradients.resize(points.len(), 0.0);
        probabilities.resize(targets.len(), 0.0);
        let generator = self.generator;
        self.passes.input_gradient(
            points,
            |logits, cotangent| {
                for (row, &target) in targets.iter().enumerate() {
                    let logits = &logits[row * k..][..k];
                    let cotangent = &mut cotangent[row * k..][..k];
                    cross_entropy(logits, target, 1.0, cotangent);
                    probabilities[row] = cotangent[target] + 1.0;
                    if probabilities[row] >= threshold {
                        cotangent.fill(0.0);
                    } else {
                        generator.add_logit_gradient(step, target, logits, cotangent);
                    }
                }
            },
            gradients,
        );
    }

    /// Target probabilities at the active points.
    fn measure(&mut self) {
        let mut logits = vec![0.0; self.active.targets.len() * self.classes];
        self.passes.logits(&self.active.points, &mut logits);
        let mut cotangent = vec![0.0; self.classes];
        let rows = logits.chunks_exact(self.classes).zip(&self.active.targets);
        for (probability, (logits, &target)) in self.active.probabilities.iter_mut().zip(rows) {
            cross_entropy(logits, target, 1.0, &mut cotangent);
            *probability = cotangent[target] + 1.0;
        }
    }

    /// Takes mature points out, after `steps` steps.
    fn retire(&mut self, steps: usize, d: usize, points: &mut [f32], outcomes: &mut [Outcome]) {
        let threshold = self.parameters.decision_threshold;
        self.active.retain(d, |row, point, probability| {
            let mature = probability >= threshold;
            if mature {
                points[row * d..][..d].copy_from_slice(point);
                outcomes[row] = Outcome {
                    mature,
                    steps,
                    probability,
                };
            }
            !mature
        });
    }

    /// Writes down the points that ran out of steps.
    fn exhaust(&mut self, d: usize, points: &mut [f32], outcomes: &mut [Outcome]) {
        let steps = self.parameters.max_steps;
        self.active.retain(d, |row, point, probability| {
            points[row * d..][..d].copy_from_slice(point);
            outcomes[row] = Outcome {
                mature: false,
                steps,
                probability,
            };
            false
        });
    }

    /// Moves the active points one step and notes those that are still close to their factuals.
    fn advance(&mut self, d: usize, factuals: &[f32], nascent: &mut [f32]) {
        let rows = self.active.rows.iter().zip(&self.active.targets);
        let points = self.active.points.chunks_exact_mut(d);
        let gradients = self.active.gradients.chunks_exact_mut(d);
        for (((&row, &target), point), gradient) in rows.zip(points).zip(gradients) {
            let factual = &factuals[row * d..][..d];
            self.generator.add_point_gradient(target, point, gradient);
            let distance = step_point(
                point,
                factual,
                gradient,
                self.generator.cost_weights(),
                self.constraints,
                self.parameters,
            );
            if distance <= self.parameters.epsilon {
                nascent[row * d..][..d].copy_from_slice(point);
            }
        }
    }
}

/// Moves one point against the gradient and its cost; returns its L∞ distance to the factual.
fn step_point(
    point: &mut [f32],
    factual: &[f32],
    gradient: &[f32],
    cost_weights: Option<&[f32]>,
    constraints: &Constraints,
    parameters: &SearchParameters,
) -> f32 {
    let mut distance = 0.0_f32;
    for (feature, value) in point.iter_mut().enumerate() {
        let weight = cost_weights.map_or(1.0, |weights| weights[feature]);
        let cost = parameters.lambda_cost * weight * sign(*value - factual[feature]);
        let step = -parameters.step_size * (gradient[feature] + cost);
        *value = constraints.moved(feature, *value, step);
        distance = distance.max((*value - factual[feature]).abs());
    }
    distance
}

/// −1, 0 or 1; the derivative of |·| with 0 at 0.
fn sign(value: f32) -> f32 {
    f32::from(i8::from(value > 0.0) - i8::from(value < 0.0))
}

impl Active {
    /// All points of a block.
    fn start(&mut self, points: &[f32], targets: &[usize]) {
        self.rows = (0..targets.len()).collect();
        self.points = points.to_vec();
        self.targets = targets.to_vec();
        self.probabilities = vec![0.0; targets.len()];
        self.gradients = vec![0.0; points.len()];
    }

    fn show(&self, visit: &mut impl FnMut(&[usize], &[f32], &[f32])) {
        visit(&self.rows, &self.points, &self.probabilities);
    }

    /// Keeps the points for which `keep(row in block, point, probability)` says so, in order.
    fn retain(&mut self, d: usize, mut keep: impl FnMut(usize, &[f32], f32) -> bool) {
        let mut kept = 0;
        for position in 0..self.rows.len() {
            let here = position * d..(position + 1) * d;
            let row = self.rows[position];
            if keep(
                row,
                &self.points[here.clone()],
                self.probabilities[position],
            ) {
                if kept < position {
                    self.rows[kept] = row;
                    self.targets[kept] = self.targets[position];
                    self.probabilities[kept] = self.probabilities[position];
                    self.points.copy_within(here.clone(), kept * d);
                    self.gradients.copy_within(here, kept * d);
                }
                kept += 1;
            }
        }
        self.rows.truncate(kept);
        self.targets.truncate(kept);
        self.probabilities.truncate(kept);
        self.points.truncate(kept * d);
        self.gradients.truncate(kept * d);
    }
}
