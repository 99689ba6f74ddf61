//! One step of the points of a search in feature space.

use pulp::Simd;

use super::{Constraints, Penalty, SearchParameters, active::Active, constraints::Rule};
use crate::model::{Lanes, Panels, Vectorized};

/// What determines how one feature moves.
pub(super) struct FeatureStep {
    size: f32,
    cost: f32,
    rule: Rule,
}

impl FeatureStep {
    /// One for each of `width` features.
    pub(super) fn of_features(
        width: usize,
        penalty: &dyn Penalty,
        constraints: &Constraints,
        parameters: &SearchParameters,
    ) -> Vec<Self> {
        let weights = penalty.cost_weights();
        let step = |feature| Self {
            size: parameters.step_size,
            cost: parameters.lambda_cost * weights.map_or(1.0, |weights| weights[feature]),
            rule: constraints.rule(feature),
        };
        (0..width).map(step).collect()
    }

    /// Moves the points of a panel against gradient and cost; raises their L∞ `distances` to the
    /// factuals.
    #[inline(always)]
    fn take(&self, points: &mut Lanes, factuals: &Lanes, gradient: &Lanes, distances: &mut Lanes) {
        let before = *points;
        let after = Lanes::from_fn(|lane| {
            let cost = self.cost * sign(before[lane] - factuals[lane]);
            let step = -self.size * (gradient[lane] + cost);
            self.rule.moved(before[lane], step)
        });
        let farthest = *distances;
        *distances = Lanes::from_fn(|lane| {
            let distance = (after[lane] - factuals[lane]).abs();
            if distance > farthest[lane] {
                distance
            } else {
                farthest[lane]
            }
        });
        *points = after;
    }
}

/// Moves all active points one step, given the gradients at them, `(a, d)`, and notes those that
/// are still close to their factuals.
pub(super) struct Advance<'a> {
    pub(super) active: &'a mut Active,
    pub(super) gradients: &'a Panels,
    pub(super) features: &'a [FeatureStep],
    pub(super) epsilon: f32,
}

impl Vectorized for Advance<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, _: S) {
        let panels = self.active.panels_mut().zip(self.gradients.panels());
        for (panel, gradients) in panels {
            let mut distances = Lanes::default();
            let lanes = panel.points.iter_mut().zip(panel.factuals).zip(gradients);
            for (feature, ((points, factuals), gradient)) in self.features.iter().zip(lanes) {
                feature.take(points, factuals, gradient, &mut distances);
            }
            panel.keep_if_near(&distances, self.epsilon);
        }
    }
}

/// −1, 0 or 1; the derivative of |·| with 0 at 0.
#[inline(always)]
pub(super) fn sign(value: f32) -> f32 {
    let up = if value > 0.0 { 1.0 } else { 0.0 };
    let down = if value < 0.0 { 1.0 } else { 0.0 };
    up - down
}
