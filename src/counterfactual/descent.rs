//! Gradient descent of one block of points.

use super::{
    Constraints, Exhaustion, Outcome, Penalty, Search, SearchParameters,
    active::Active,
    exhaustion::Pressure,
    latent::LatentDescent,
    step::{Advance, FeatureStep},
};
use crate::model::{Lanes, Panels, Passes, Vectorized, add_to_class, of_class, softmax_panel};

/// The search of one block: a model's passes, what is minimised, and the points that still move.
pub(super) struct Descent<'a, P> {
    passes: P,
    penalty: &'a dyn Penalty,
    constraints: &'a Constraints,
    parameters: &'a SearchParameters,
    active: Active,
    /// How each feature moves, `(d,)`.
    features: Vec<FeatureStep>,
    /// Where the points move, if not in feature space.
    latent: Option<LatentDescent>,
    /// Gradients at the active points, `(a, d)`.
    gradients: Panels,
    /// Logits of the active points after the last step, `(a, k)`.
    logits: Panels,
    /// Target probabilities before the last two steps, by row.
    before: Vec<[f32; 2]>,
}

impl<'a, P: Passes> Descent<'a, P> {
    /// The descent of `search`, whose generator's penalty is `penalty`.
    pub(super) fn new(search: &Search<'a>, penalty: &'a dyn Penalty) -> Self {
        let Search {
            model,
            generator,
            constraints,
            parameters,
        } = *search;
        Self {
            passes: P::new(model),
            penalty,
            constraints,
            parameters,
            active: Active::new(model.inputs()),
            features: FeatureStep::of_features(model.inputs(), penalty, constraints, parameters),
            latent: generator.autoencoder().map(LatentDescent::new),
            gradients: Panels::new(model.inputs()),
            logits: Panels::new(model.classes()),
            before: Vec::new(),
        }
    }

    /// Searches from `factuals`, `(n, d)`, to `targets`, `(n,)`, and writes `results`.
    ///
    /// `visit` sees the points that still move before every step and after the last; if it says no,
    /// the search ends there, without results.
    pub(super) fn run(
        &mut self,
        factuals: &[f32],
        targets: &[usize],
        mut results: Results<'_>,
        mut visit: impl FnMut(&Active) -> bool,
    ) {
        let threshold = self.parameters.decision_threshold;
        let steps = self.parameters.max_steps;
        self.active.start(factuals, targets);
        self.before.clear();
        self.before.resize(targets.len(), [f32::NAN; 2]);
        for step in 1..=steps {
            self.differentiate(step);
            if !visit(&self.active) {
                return;
            }
            results.retire(&mut self.active, &mut self.gradients, threshold, step - 1);
            if self.active.rows.is_empty() {
                return;
            }
            if step + 1 >= steps {
                self.remember(step + 1 - steps);
            }
            self.advance(step);
        }
        self.measure();
        if !visit(&self.active) {
            return;
        }
        results.retire(&mut self.active, &mut self.gradients, threshold, steps);
        for position in 0..self.active.rows.len() {
            let reason = self.exhaustion(position);
            results.write(&self.active, position, steps, Some(reason));
        }
    }

    /// Notes the target probabilities of all that still moves, before the second last (0) or the
    /// last step (1).
    fn remember(&mut self, which: usize) {
        for (position, &row) in self.active.rows.iter().enumerate() {
            self.before[row][which] = self.active.probability(position);
        }
    }

    /// Why a point that ran out of steps did not mature. The gradients are those before the last
    /// step.
    fn exhaustion(&self, position: usize) -> Exhaustion {
        let [earlier, last] = self.before[self.active.rows[position]];
        let mut pressure = Pressure::default();
        let points = self.active.points.row(position);
        let rules = (self.constraints.mutability.iter()).zip(&self.constraints.domain);
        let features = points.zip(self.gradients.row(position)).zip(rules);
        for ((value, slope), (&mutability, &domain)) in features {
            pressure.add(value, -slope, mutability, domain);
        }
        Exhaustion::of([earlier, last, self.active.probability(position)], pressure)
    }

    /// Gradients of the search objective at the active points, the cost aside, and the target
    /// probabilities there.
    fn differentiate(&mut self, step: usize) {
        let Active {
            points,
            targets,
            probabilities,
            ..
        } = &mut self.active;
        let penalty = self.penalty;
        let pull = |logits: &Panels, cotangent: &mut Panels| {
            let panels = logits.panels().zip(cotangent.panels_mut());
            for ((logits, cotangent), (targets, probabilities)) in
                panels.zip(targets.iter().zip(probabilities.iter_mut()))
            {
                softmax_panel(logits, cotangent);
                *probabilities = of_class(cotangent, targets);
                add_to_class(cotangent, targets, &Lanes::splat(-1.0));
                penalty.add_logit_gradient(step, targets, logits, cotangent);
            }
        };
        self.passes
            .input_gradient(points, pull, &mut self.gradients);
    }

    /// Target probabilities at the active points.
    fn measure(&mut self) {
        self.passes.logits(&self.active.points, &mut self.logits);
        let mut softmax = vec![Lanes::default(); self.logits.width()];
        let panels = self.logits.panels().zip(&self.active.targets);
        for ((logits, targets), probabilities) in panels.zip(&mut self.active.probabilities) {
            softmax_panel(logits, &mut softmax);
            *probabilities = of_class(&softmax, targets);
        }
    }

    /// Moves the active points one step and notes those that are still close to their factuals.
    fn advance(&mut self, step: usize) {
        if let Some(latent) = &mut self.latent {
            let (gradients, constraints) = (&self.gradients, self.constraints);
            latent.advance(
                step,
                &mut self.active,
                gradients,
                constraints,
                self.parameters,
            );
            return;
        }
        let panels = self.active.panels_mut().zip(self.gradients.panels_mut());
        for (panel, gradient) in panels {
            self.penalty
                .add_point_gradient(panel.targets, panel.points, gradient);
        }
        let advance = Advance {
            active: &mut self.active,
            gradients: &self.gradients,
            features: &self.features,
            epsilon: self.parameters.epsilon,
            decoded: self.parameters.categories.decoded(self.constraints),
            step,
        };
        advance.vectorize();
    }
}

/// Where finished searches of a block are written down.
pub(super) struct Results<'a> {
    /// Counterfactuals, `(n, d)`.
    pub(super) points: &'a mut [f32],
    /// Nascent counterfactuals, `(n, d)`.
    pub(super) nascent: &'a mut [f32],
    /// How the searches ended, `(n,)`.
    pub(super) outcomes: &'a mut [Outcome],
}

impl Results<'_> {
    /// Takes points out whose target probability reaches `threshold`, after `steps` steps.
    fn retire(
        &mut self,
        active: &mut Active,
        gradients: &mut Panels,
        threshold: f32,
        steps: usize,
    ) {
        for position in (0..active.rows.len()).rev() {
            if active.probability(position) >= threshold {
                self.write(active, position, steps, None);
                active.remove(position, gradients);
            }
        }
    }

    fn write(
        &mut self,
        active: &Active,
        position: usize,
        steps: usize,
        exhaustion: Option<Exhaustion>,
    ) {
        let row = active.rows[position];
        let d = active.points.width();
        for (into, panels) in [
            (&mut *self.points, &active.points),
            (&mut *self.nascent, &active.nascent),
        ] {
            for (into, value) in into[row * d..][..d].iter_mut().zip(panels.row(position)) {
                *into = value;
            }
        }
        self.outcomes[row] = Outcome {
            mature: exhaustion.is_none(),
            steps,
            probability: active.probability(position),
            exhaustion,
        };
    }
}
