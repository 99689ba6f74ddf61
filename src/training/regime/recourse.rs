//! Training for recourse (Ross, Lakkaraju and Bastani 2021).

use ndarray::Array2;

use super::{
    Epoch, MiniBatch, Regime,
    pgd::{adversarial_loss, entropy_gradient},
};
use crate::{
    counterfactual::Constraints,
    data::{Interval, Mutability, select_rows},
    model::{Differentiable, Panels},
    training::{Batch, EpochError, EpochReport, LossTerms, tuples::draw_factuals},
};

/// Steps of gradient descent towards the target.
const STEPS: usize = 10;

/// `L = λ_clf·CE(M(x), y) + λ_adv·CE(M(x_R), t)`: where a small, allowed change leads towards the
/// target class, the model is to say that class.
///
/// It wants a model that is easy to move to the target, where the adversarial term of counterfactual
/// training wants it hard to move.
#[derive(Default)]
pub struct Recourse {
    weights: [f32; 2],
    /// `(m, d)`.
    factuals: Array2<f32>,
    targets: Vec<usize>,
    /// The present mini-batch's ends, `(m, d)`.
    reached: Vec<f32>,
    first: usize,
    width: usize,
}

impl Recourse {
    /// The loss with the weights `λ_clf` and `λ_adv`.
    pub fn with_weights(classification: f32, adversarial: f32) -> Self {
        Self {
            weights: [classification, adversarial],
            ..Self::default()
        }
    }
}

/// The descent from factuals towards their targets.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// Number of steps.
    pub steps: usize,
    /// Step size `η`.
    pub step_size: f32,
    /// Radius ε of the ball (L∞) around the factual.
    pub epsilon: f32,
    /// How features may change.
    pub mutability: &'a [Mutability],
}

impl Reach<'_> {
    /// Moves `points`, which are at `factuals`, down the cross-entropy with `targets`, within the
    /// ball and as the features may change; both are `(n, d)`, targets `(n,)`.
    pub fn run(
        self,
        points: &mut Panels,
        factuals: &Panels,
        targets: &[u32],
        model: &mut dyn Differentiable,
    ) {
        let mut gradient = Panels::new(points.width());
        for _ in 0..self.steps {
            entropy_gradient(points, targets, model, &mut gradient);
            for point in 0..points.len() {
                for (feature, &mutability) in self.mutability.iter().enumerate() {
                    let origin = factuals.get(point, feature);
                    let step = allowed(-self.step_size * gradient.get(point, feature), mutability);
                    let moved = points.get(point, feature) + step;
                    let ball = Interval {
                        lower: origin - self.epsilon,
                        upper: origin + self.epsilon,
                    };
                    points.set(point, feature, ball.project(moved));
                }
            }
        }
    }
}

/// What a feature's mutability leaves of a step.
fn allowed(step: f32, mutability: Mutability) -> f32 {
    match mutability {
        Mutability::Both => step,
        Mutability::Increase => step.max(0.0),
        Mutability::Decrease => step.min(0.0),
        Mutability::None => 0.0,
    }
}

impl Regime for Recourse {
    fn begin(&mut self, epoch: &Epoch<'_>, _: &mut EpochReport) -> Result<(), EpochError> {
        let parameters = epoch.parameters;
        let burning_in = epoch.number <= parameters.burn_in_epochs();
        let adversarial = if burning_in {
            0.0
        } else {
            parameters.lambda_adv
        };
        self.weights = [parameters.lambda_clf as f32, adversarial as f32];
        self.width = epoch.train.x.ncols();
        let (factuals, targets) = match self.weights[1] == 0.0 {
            true => Default::default(),
            false => {
                let (factuals, targets) = draw_factuals(epoch);
                (factuals.x, targets)
            }
        };
        (self.factuals, self.targets) = only_refused(factuals, targets, epoch.model.classes());
        Ok(())
    }

    fn extend(
        &mut self,
        epoch: &Epoch<'_>,
        batch: &MiniBatch<'_>,
        model: &mut dyn Differentiable,
    ) -> usize {
        let share = batch.share(self.targets.len());
        self.first = share.start;
        let Constraints { mutability, .. } = epoch.constraints;
        let rows: Vec<usize> = share.clone().collect();
        let start: Vec<f32> = select_rows(&self.factuals, &rows).iter().copied().collect();
        let targets: Vec<u32> = self.targets[share]
            .iter()
            .map(|&class| class as u32)
            .collect();
        let factuals = Panels::from_rows(self.width, &start);
        let mut points = Panels::from_rows(self.width, &start);
        let reach = Reach {
            steps: STEPS,
            step_size: epoch.parameters.step_size as f32,
            epsilon: epoch.parameters.epsilon as f32,
            mutability,
        };
        reach.run(&mut points, &factuals, &targets, model);
        self.reached = points.to_rows();
        targets.len()
    }

    fn added(&self, position: usize) -> (&[f32], usize) {
        let row = &self.reached[position * self.width..][..self.width];
        (row, self.targets[self.first + position])
    }

    fn loss(&self, batch: Batch<'_>, logits: &Panels, cotangent: &mut Panels) -> LossTerms {
        let [classification, adversarial] = self.weights;
        adversarial_loss(batch, classification, adversarial, logits, cotangent)
    }
}

/// Of two classes the second is the one to be reached: keeps the factuals with that target.
fn only_refused(
    factuals: Array2<f32>,
    targets: Vec<usize>,
    classes: usize,
) -> (Array2<f32>, Vec<usize>) {
    if classes != 2 {
        return (factuals, targets);
    }
    let rows: Vec<usize> = (0..targets.len())
        .filter(|&row| targets[row] == 1)
        .collect();
    let targets = vec![1; rows.len()];
    (select_rows(&factuals, &rows), targets)
}
