//! Adversarial training by projected gradient descent (Goodfellow et al. 2015; Madry et al. 2018).

use rand::RngExt;

use super::{
    Epoch, MiniBatch, Regime,
    weighing::{RowWeight, share, weigh},
};
use crate::{
    model::{Classes, Differentiable, LANES, Lanes, Panels, add_to_class, softmax_panel},
    random::{Purpose, stream},
    training::{Batch, EpochError, EpochReport, LossTerms},
};

/// Share of the loss that is on attacked samples.
const WEIGHT: f32 = 0.5;

/// Steps of an attack.
const STEPS: usize = 10;

/// How far the steps of an attack reach together, in radii of its ball.
const REACH: f32 = 2.5;

/// `L = (1 − w)·CE(M(x), y) + w·CE(M(x_adv), y)`, `w = 0.5`: every sample of a mini-batch is attacked
/// before the update.
#[derive(Default)]
pub struct Pgd {
    weight: f32,
    /// `(b, d)`.
    attacked: Vec<f32>,
    labels: Vec<usize>,
    width: usize,
}

impl Pgd {
    /// The loss with the weight `w` of attacked samples.
    pub fn with_weight(weight: f32) -> Self {
        Self {
            weight,
            ..Self::default()
        }
    }
}

/// The ball and the steps of an attack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// Radius ε of the ball (L∞).
    pub epsilon: f32,
    /// Number of steps `K`.
    pub steps: usize,
    /// Size of a step.
    pub step_size: f32,
}

impl Attack {
    /// Ten steps of `2.5 ε / 10`.
    pub fn with(epsilon: f32) -> Self {
        Self {
            epsilon,
            steps: STEPS,
            step_size: REACH * epsilon / STEPS as f32,
        }
    }

    /// Moves `points` up the cross-entropy with `classes` by signed steps, within the ball around
    /// `origins`; points and origins are `(n, d)`, classes `(n,)`. No domain limits them.
    pub fn run(
        self,
        points: &mut Panels,
        origins: &Panels,
        classes: &[u32],
        model: &mut dyn Differentiable,
    ) {
        let mut gradient = Panels::new(points.width());
        for _ in 0..self.steps {
            entropy_gradient(points, classes, model, &mut gradient);
            let lanes = points.lanes_mut().iter_mut().zip(origins.lanes());
            for ((point, origin), gradient) in lanes.zip(gradient.lanes()) {
                for lane in 0..LANES {
                    let moved = point[lane] + self.step_size * sign(gradient[lane]);
                    let (min, max) = (origin[lane] - self.epsilon, origin[lane] + self.epsilon);
                    point[lane] = moved.clamp(min, max);
                }
            }
        }
    }
}

/// The gradient `(n, d)` of the cross-entropy of `points` with `classes`, `(n,)`.
pub(super) fn entropy_gradient(
    points: &Panels,
    classes: &[u32],
    model: &mut dyn Differentiable,
    gradient: &mut Panels,
) {
    let mut pull = |logits: &Panels, cotangent: &mut Panels| {
        let panels = logits.panels().zip(cotangent.panels_mut());
        for ((logits, cotangent), rows) in panels.zip(classes.chunks(LANES)) {
            let mut of_panel: Classes = [0; LANES];
            of_panel[..rows.len()].copy_from_slice(rows);
            softmax_panel(logits, cotangent);
            add_to_class(cotangent, &of_panel, &Lanes::splat(-1.0));
        }
    };
    model.input_gradient(points, &mut pull, gradient);
}

/// −1, 0 or 1.
fn sign(value: f32) -> f32 {
    f32::from(value > 0.0) - f32::from(value < 0.0)
}

/// ε of the attacks: that of nascent counterfactuals in the plane, a third of it elsewhere, by
/// default 0.3 and 0.1.
fn radius(epoch: &Epoch<'_>) -> f32 {
    let epsilon = epoch.parameters.epsilon as f32;
    match epoch.train.x.ncols() {
        2 => epsilon,
        _ => epsilon / 3.0,
    }
}

impl Regime for Pgd {
    fn begin(&mut self, epoch: &Epoch<'_>, _: &mut EpochReport) -> Result<(), EpochError> {
        let burning_in = epoch.number <= epoch.parameters.burn_in_epochs();
        self.weight = if burning_in { 0.0 } else { WEIGHT };
        self.width = epoch.train.x.ncols();
        Ok(())
    }

    fn extend(
        &mut self,
        epoch: &Epoch<'_>,
        batch: &MiniBatch<'_>,
        model: &mut dyn Differentiable,
    ) -> usize {
        if self.weight == 0.0 {
            return 0;
        }
        let attack = Attack::with(radius(epoch));
        let index = (epoch.number as u64) << 20 | batch.position as u64;
        let mut random = stream(epoch.parameters.seed, Purpose::AdversarialStart, index);
        let samples = epoch.train.select(batch.rows);
        let rows: Vec<f32> = samples.x.iter().copied().collect();
        let offset = |value: &f32| value + random.random_range(-attack.epsilon..=attack.epsilon);
        let start: Vec<f32> = rows.iter().map(offset).collect();
        let classes: Vec<u32> = samples.y.iter().map(|&class| class as u32).collect();
        let origins = Panels::from_rows(self.width, &rows);
        let mut points = Panels::from_rows(self.width, &start);
        attack.run(&mut points, &origins, &classes, model);
        self.attacked = points.to_rows();
        self.labels = samples.y;
        self.labels.len()
    }

    fn added(&self, position: usize) -> (&[f32], usize) {
        let row = &self.attacked[position * self.width..][..self.width];
        (row, self.labels[position])
    }

    fn loss(&self, batch: Batch<'_>, logits: &Panels, cotangent: &mut Panels) -> LossTerms {
        adversarial_loss(batch, 1.0 - self.weight, self.weight, logits, cotangent)
    }
}

/// Mean cross-entropy of samples and of added points, each with its weight.
pub(super) fn adversarial_loss(
    batch: Batch<'_>,
    on_samples: f32,
    on_added: f32,
    logits: &Panels,
    cotangent: &mut Panels,
) -> LossTerms {
    let shares = [batch.samples, batch.classes.len() - batch.samples].map(share);
    let weights = [on_samples * shares[0], on_added * shares[1]].map(|entropy| RowWeight {
        entropy,
        ..RowWeight::default()
    });
    let sums = weigh(batch, weights, logits, cotangent);
    let (classification, adversarial) = (sums.entropy[0] * shares[0], sums.entropy[1] * shares[1]);
    LossTerms {
        total: on_samples * classification + on_added * adversarial,
        classification,
        adversarial,
        ..LossTerms::default()
    }
}
