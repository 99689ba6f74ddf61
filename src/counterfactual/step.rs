//! One step of the points of a search in feature space.

use pulp::Simd;

use super::{
    Categories, Constraints, Penalty, SearchParameters, active::Active, constraints::Rule,
};
use crate::model::{LANES, Lanes, Panels, Registers, Vectorized};

/// What determines how one feature moves.
pub(super) struct FeatureStep {
    size: f32,
    cost: f32,
    rule: Rule,
    /// Whether its group is decoded after the step, so that it is not projected before.
    decoded: bool,
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
        let decodes = parameters.categories == Categories::Decoded;
        let step = |feature| {
            let decoded = decodes && constraints.is_category(feature);
            let rule = constraints.rule(feature);
            Self {
                size: parameters.step_size,
                cost: parameters.lambda_cost * weights.map_or(1.0, |weights| weights[feature]),
                rule: if decoded { rule.without_domain() } else { rule },
                decoded,
            }
        };
        (0..width).map(step).collect()
    }

    /// Moves the points of a panel against gradient and cost; gives their distances to the
    /// factuals, or `distances` where those are larger.
    #[inline(always)]
    fn take<S: Simd, const N: usize>(
        &self,
        simd: S,
        points: &mut Lanes,
        factuals: &Lanes,
        gradient: &Lanes,
        distances: Registers<S, N>,
    ) -> Registers<S, N> {
        let all = |value| Registers::splat(simd, value);
        let (value, factual) = (Registers::load(points), Registers::load(factuals));
        let offset = value.subtract(simd, factual);
        let cost = offset.if_below(simd, all(0.0), all(-self.cost), all(0.0));
        let cost = all(0.0).if_below(simd, offset, all(self.cost), cost);
        let slope = Registers::load(gradient).add(simd, cost);
        let wanted = value.add(simd, slope.multiply(simd, all(-self.size)));
        let moved = self.rule.reached_by_all(simd, value, wanted);
        moved.store(points);
        if self.decoded {
            return distances;
        }
        let distance = moved.subtract(simd, factual).abs(simd);
        distances.if_below(simd, distance, distance, distances)
    }
}

/// Moves all active points one step, given the gradients at them, `(a, d)`, and notes those that
/// are still close to their factuals, once their categories are decoded.
pub(super) struct Advance<'a> {
    pub(super) active: &'a mut Active,
    pub(super) gradients: &'a Panels,
    pub(super) features: &'a [FeatureStep],
    pub(super) epsilon: f32,
    /// What categories must respect if they are decoded.
    pub(super) decoded: Option<&'a Constraints>,
    /// Number of the step, from 1.
    pub(super) step: usize,
}

impl Vectorized for Advance<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, simd: S) {
        let points = self.active.rows.len();
        let panels = self.active.panels_mut().zip(self.gradients.panels());
        for (position, (mut panel, gradients)) in panels.enumerate() {
            let mut farthest = Registers::<S, N>::splat(simd, 0.0);
            let lanes = panel.points.iter_mut().zip(panel.factuals).zip(gradients);
            for (feature, ((points, factuals), gradient)) in self.features.iter().zip(lanes) {
                farthest = feature.take(simd, points, factuals, gradient, farthest);
            }
            let mut distances = Lanes::default();
            farthest.store(&mut distances);
            if let Some(constraints) = self.decoded {
                let used = (points - position * LANES).min(LANES);
                constraints.decode_panel(&mut panel, used, self.step, &mut distances);
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
