//! The joint energy-based model (Grathwohl et al. 2020).

use std::sync::Arc;

use ndarray::{Array2, ArrayView1};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

use super::{
    Epoch, Memory, MiniBatch, Regime,
    weighing::{RowWeight, share, weigh},
};
use crate::{
    data::Interval,
    model::{Differentiable, Panels, softmax_panel},
    random::{Purpose, stream},
    training::{Batch, EpochError, EpochReport, LossTerms},
};

/// Chains that are kept from update to update.
const BUFFER: usize = 10_000;

/// Share of the chains that begin anew.
const FRESH: f64 = 0.05;

/// Steps of a chain per update.
const STEPS: usize = 20;

/// Standard deviation σ of a step's noise.
const NOISE: f32 = 0.01;

/// Where features without bounds begin a chain.
const REACH: f32 = 3.0;

/// `L = CE(M(x), y) + λ_div (mean E(x) − mean E(x̂)) + λ_reg (mean E(x)² + mean E(x̂)²)` with the
/// marginal energy `E(x) = −ln Σ exp M(x)`; x̂ are samples of the model by Langevin dynamics, from a
/// buffer of 10,000 chains.
#[derive(Default)]
pub struct Jem {
    divergence: f32,
    ridge: f32,
    /// `(10,000, d)`.
    buffer: Memory,
    /// The present mini-batch's samples, `(m, d)`.
    samples: Vec<f32>,
    width: usize,
    /// Chains of this epoch that were not finite and drawn anew.
    redrawn: usize,
}

/// Stochastic gradient Langevin dynamics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Langevin {
    /// Number of steps `K`.
    pub steps: usize,
    /// Step size `η`.
    pub step_size: f32,
    /// Standard deviation `σ` of the noise.
    pub noise: f32,
}

impl Langevin {
    /// `x̂ ← clip(x̂ + η ∇ ln Σ exp M(x̂) + σ N(0, 1), domain)`, `steps` times, for all `points`,
    /// `(n, d)`; `domain` is `(d,)`.
    pub fn run(
        self,
        points: &mut Panels,
        domain: &[Interval],
        model: &mut dyn Differentiable,
        random: &mut impl Rng,
    ) {
        let (width, count) = (points.width(), points.len());
        let mut gradient = Panels::new(width);
        for _ in 0..self.steps {
            model.input_gradient(points, &mut marginal_slope, &mut gradient);
            for point in 0..count {
                for (feature, interval) in domain.iter().enumerate() {
                    let mut moved =
                        points.get(point, feature) + self.step_size * gradient.get(point, feature);
                    if self.noise > 0.0 {
                        let noise: f32 = StandardNormal.sample(random);
                        moved += self.noise * noise;
                    }
                    points.set(point, feature, interval.project(moved));
                }
            }
        }
    }
}

/// The gradient of `ln Σ exp` with respect to the logits: their softmax.
fn marginal_slope(logits: &Panels, cotangent: &mut Panels) {
    let panels = logits.panels().zip(cotangent.panels_mut());
    for (logits, cotangent) in panels {
        softmax_panel(logits, cotangent);
    }
}

/// A point of a domain, uniform; features without bounds within ±3.
fn anywhere(domain: &[Interval], random: &mut impl Rng) -> Vec<f32> {
    let mut uniform = |interval: &Interval| {
        let finite = |bound: f32, instead: f32| if bound.is_finite() { bound } else { instead };
        let lower = finite(interval.lower, interval.upper.min(-REACH));
        let upper = finite(interval.upper, lower.max(REACH));
        let share: f32 = random.random();
        lower * (1.0 - share) + upper * share
    };
    domain.iter().map(&mut uniform).collect()
}

impl Jem {
    /// The loss with the weights `λ_div` and `λ_reg`.
    pub fn with_weights(divergence: f32, ridge: f32) -> Self {
        Self {
            divergence,
            ridge,
            ..Self::default()
        }
    }

    /// Chains of the buffer that the present mini-batch goes on with, or starts anew.
    fn start(
        &mut self,
        domain: &[Interval],
        count: usize,
        random: &mut impl Rng,
    ) -> (Vec<usize>, Vec<f32>) {
        let width = domain.len();
        let buffer = self.buffer.get_or_insert_with(|| {
            let rows = (0..BUFFER).flat_map(|_| anywhere(domain, random));
            Arc::new(Array2::from_shape_vec((BUFFER, width), rows.collect()).unwrap_or_default())
        });
        let slots: Vec<usize> = (0..count).map(|_| random.random_range(0..BUFFER)).collect();
        let mut rows = Vec::with_capacity(count * width);
        for &slot in &slots {
            match random.random_bool(FRESH) {
                true => rows.extend(anywhere(domain, random)),
                false => rows.extend(buffer.row(slot)),
            }
        }
        (slots, rows)
    }

    /// Puts the chains back, those that are not finite drawn anew; how many those were.
    fn keep(&mut self, slots: &[usize], domain: &[Interval], random: &mut impl Rng) -> usize {
        let Some(buffer) = &mut self.buffer else {
            return 0;
        };
        let buffer = Arc::make_mut(buffer);
        let mut redrawn = 0;
        let rows = self.samples.chunks_exact_mut(self.width.max(1));
        for (row, &slot) in rows.zip(slots) {
            if row.iter().any(|value| !value.is_finite()) {
                row.copy_from_slice(&anywhere(domain, random));
                redrawn += 1;
            }
            buffer.row_mut(slot).assign(&ArrayView1::from(&*row));
        }
        redrawn
    }
}

impl Regime for Jem {
    fn begin(&mut self, epoch: &Epoch<'_>, _: &mut EpochReport) -> Result<(), EpochError> {
        let parameters = epoch.parameters;
        let burning_in = epoch.number <= parameters.burn_in_epochs();
        let weight = |lambda: f64| if burning_in { 0.0 } else { lambda as f32 };
        self.divergence = weight(parameters.lambda_div);
        self.ridge = weight(parameters.lambda_reg);
        self.width = epoch.train.x.ncols();
        self.redrawn = 0;
        Ok(())
    }

    fn extend(
        &mut self,
        epoch: &Epoch<'_>,
        batch: &MiniBatch<'_>,
        model: &mut dyn Differentiable,
    ) -> usize {
        if self.divergence == 0.0 && self.ridge == 0.0 {
            return 0;
        }
        let parameters = epoch.parameters;
        let chains = parameters.counterfactuals.min(epoch.train.x.nrows());
        let count = batch.share(chains).len();
        let index = (epoch.number as u64) << 20 | batch.position as u64;
        let mut random = stream(parameters.seed, Purpose::Langevin, index);
        let domain = &epoch.constraints.domain;
        let (slots, rows) = self.start(domain, count, &mut random);
        let mut points = Panels::from_rows(self.width, &rows);
        let langevin = Langevin {
            steps: STEPS,
            step_size: parameters.step_size as f32,
            noise: NOISE,
        };
        langevin.run(&mut points, domain, model, &mut random);
        self.samples = points.to_rows();
        let redrawn = self.keep(&slots, domain, &mut random);
        self.redrawn += redrawn;
        count
    }

    fn added(&self, position: usize) -> (&[f32], usize) {
        (&self.samples[position * self.width..][..self.width], 0)
    }

    fn loss(&self, batch: Batch<'_>, logits: &Panels, cotangent: &mut Panels) -> LossTerms {
        let shares = [batch.samples, batch.classes.len() - batch.samples].map(share);
        let weight = |part: usize, entropy: f32, sign: f32| RowWeight {
            entropy,
            energy: sign * self.divergence * shares[part],
            square: self.ridge * shares[part],
        };
        let weights = [weight(0, shares[0], 1.0), weight(1, 0.0, -1.0)];
        let sums = weigh(batch, weights, logits, cotangent);
        let mean = |sums: [f32; 2], part: usize| sums[part] * shares[part];
        let classification = mean(sums.entropy, 0);
        let divergence = mean(sums.energy, 0) - mean(sums.energy, 1);
        let ridge = mean(sums.square, 0) + mean(sums.square, 1);
        LossTerms {
            total: classification + self.divergence * divergence + self.ridge * ridge,
            classification,
            divergence,
            adversarial: 0.0,
            ridge,
        }
    }

    fn finish(&self, report: &mut EpochReport) {
        report.redrawn = self.redrawn;
    }

    fn memory(&self) -> Memory {
        self.buffer.clone()
    }

    fn recall(&mut self, memory: Memory) {
        self.buffer = memory.filter(|buffer| buffer.nrows() == BUFFER);
    }
}
