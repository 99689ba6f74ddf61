//! Fitting an autoencoder to data, bit by bit.

use ndarray::ArrayView2;
use rand::{RngExt, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

use super::Autoencoder;
use crate::{
    math::exp,
    model::{Adam, Kernel, LANES, Lanes, ModelError, Optimizer, Panels, Passes},
    random::{Purpose, stream},
};

/// Weight β of the divergence from the standard normal distribution (Higgins et al. 2017). Small,
/// because a reconstruction that loses detail is no use to a search.
const BETA: f32 = 0.1;
/// Samples per update.
const BATCH: usize = 128;
/// Updates in all.
const UPDATES: usize = 2000;
/// Updates of one call.
const UPDATES_AT_ONCE: usize = 20;
/// Step size of Adam.
const LEARNING_RATE: f64 = 1e-3;
/// Log variances are kept between minus and plus this.
const LOG_VARIANCE: f32 = 8.0;

/// An autoencoder that is being fitted.
///
/// The loss of a sample is its squared reconstruction error plus β times the divergence of its
/// latent distribution from the standard normal one.
pub struct AutoencoderFit {
    autoencoder: Autoencoder,
    encoder: Coder,
    decoder: Coder,
    random: ChaCha8Rng,
    /// Rows still to be used of this pass through the data.
    rows: Vec<usize>,
    updates: usize,
    losses: Vec<f32>,
}

/// What fitting one of the two perceptrons needs.
struct Coder {
    passes: Kernel,
    adam: Adam,
    gradient: Vec<f32>,
}

/// One batch on its way through the autoencoder, row by row side by side.
struct Batch {
    /// `(b, d)`.
    x: Panels,
    /// Means and log variances, `(b, 2l)`.
    encoded: Panels,
    /// Standard normal noise, `(b, l)`.
    noise: Panels,
    /// Latent points, `(b, l)`.
    z: Panels,
}

impl AutoencoderFit {
    /// An autoencoder of `width` features and at most `latent` latent ones, not fitted yet.
    /// Everything random comes from `seed`.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for the optimiser.
    pub fn new(width: usize, latent: usize, seed: u64) -> Result<Self, ModelError> {
        let mut random = stream(seed, Purpose::Autoencoder, 0);
        let autoencoder = Autoencoder::random(width, latent, &mut random);
        Ok(Self {
            encoder: Coder::new(&autoencoder.encoder)?,
            decoder: Coder::new(&autoencoder.decoder)?,
            autoencoder,
            random,
            rows: Vec::new(),
            updates: 0,
            losses: Vec::new(),
        })
    }

    /// Share of the work that is done.
    pub fn progress(&self) -> f32 {
        self.updates as f32 / UPDATES as f32
    }

    /// Mean loss of a sample in every call of [`AutoencoderFit::advance`] so far.
    pub fn losses(&self) -> &[f32] {
        &self.losses
    }

    /// Makes some updates on samples of `x`, `(n, d)`, always the same; gives the autoencoder once
    /// it is fitted.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for an update.
    pub fn advance(&mut self, x: ArrayView2<'_, f32>) -> Result<Option<Autoencoder>, ModelError> {
        let mut loss = 0.0;
        for _ in 0..UPDATES_AT_ONCE {
            loss += self.update(x)? / UPDATES_AT_ONCE as f32;
        }
        self.losses.push(loss);
        self.updates += UPDATES_AT_ONCE;
        Ok((self.updates >= UPDATES || x.is_empty()).then(|| self.autoencoder.clone()))
    }

    /// One update; gives the mean loss of a sample.
    fn update(&mut self, x: ArrayView2<'_, f32>) -> Result<f32, ModelError> {
        if x.is_empty() {
            return Ok(0.0);
        }
        let batch = self.batch(x);
        let share = 1.0 / batch.x.len() as f32;
        let mut error = 0.0;
        let mut slopes = Panels::new(self.autoencoder.latent());
        let reconstruct = |decoded: &Panels, cotangent: &mut Panels| {
            error = share * batch.squared_error(decoded, 2.0 * share, cotangent);
        };
        let Coder {
            passes, gradient, ..
        } = &mut self.decoder;
        passes.input_gradient(&batch.z, reconstruct, &mut slopes);
        let again = |decoded: &Panels, cotangent: &mut Panels| {
            batch.squared_error(decoded, 2.0 * share, cotangent);
        };
        passes.weight_gradient(&batch.z, again, gradient);
        let mut divergence = 0.0;
        let diverge = |encoded: &Panels, cotangent: &mut Panels| {
            divergence = share * batch.divergence(encoded, &slopes, share, cotangent);
        };
        let Coder {
            passes, gradient, ..
        } = &mut self.encoder;
        passes.weight_gradient(&batch.x, diverge, gradient);
        self.encoder.step(&mut self.autoencoder.encoder)?;
        self.decoder.step(&mut self.autoencoder.decoder)?;
        Ok(error + BETA * divergence)
    }

    /// The next samples, encoded.
    fn batch(&mut self, x: ArrayView2<'_, f32>) -> Batch {
        if self.rows.is_empty() {
            self.rows = (0..x.nrows()).collect();
            self.rows.shuffle(&mut self.random);
        }
        let rest = self.rows.len().saturating_sub(BATCH);
        let rows = self.rows.split_off(rest);
        let values: Vec<f32> = rows.iter().flat_map(|&row| x.row(row)).copied().collect();
        let latent = self.autoencoder.latent();
        let noise: Vec<f32> = (0..rows.len() * latent)
            .map(|_| self.random.sample(StandardNormal))
            .collect();
        let mut batch = Batch {
            x: Panels::from_rows(x.ncols(), &values),
            encoded: Panels::new(2 * latent),
            noise: Panels::from_rows(latent, &noise),
            z: Panels::new(latent),
        };
        batch.encoded.resize(rows.len());
        batch.z.resize(rows.len());
        self.encoder.passes.logits(&batch.x, &mut batch.encoded);
        batch.sample();
        batch
    }
}

impl Coder {
    fn new(model: &super::Mlp) -> Result<Self, ModelError> {
        let count = model.parameters.len();
        Ok(Self {
            passes: Kernel::new(model),
            adam: Adam::new(count)?,
            gradient: vec![0.0; count],
        })
    }

    /// Moves the weights against the gradient, if that is finite.
    fn step(&mut self, model: &mut super::Mlp) -> Result<(), ModelError> {
        if self.gradient.iter().all(|value| value.is_finite()) {
            self.adam.update(model, &self.gradient, LEARNING_RATE)?;
            self.passes.load(model);
        }
        Ok(())
    }
}

impl Batch {
    /// Draws the latent points: mean plus noise times standard deviation.
    fn sample(&mut self) {
        let latent = self.z.width();
        let panels = self.encoded.panels().zip(self.noise.panels());
        for (z, (encoded, noise)) in self.z.panels_mut().zip(panels) {
            let (means, log_variances) = encoded.split_at(latent);
            for feature in 0..latent {
                let deviation = log_variances[feature].map(deviation);
                for lane in 0..LANES {
                    z[feature][lane] =
                        means[feature][lane] + deviation[lane] * noise[feature][lane];
                }
            }
        }
    }

    /// Sum of the squared errors of the reconstruction; writes its gradient, times half of `weight`,
    /// into `cotangent`.
    fn squared_error(&self, decoded: &Panels, weight: f32, cotangent: &mut Panels) -> f32 {
        let mut sum = 0.0;
        let panels = decoded.panels().zip(self.x.panels());
        for (panel, (into, (decoded, x))) in cotangent.panels_mut().zip(panels).enumerate() {
            for (into, (decoded, x)) in into.iter_mut().zip(decoded.iter().zip(x)) {
                let mut errors = Lanes::default();
                for lane in 0..LANES {
                    errors[lane] = decoded[lane] - x[lane];
                    into[lane] = weight * errors[lane];
                }
                sum += self.points_of(panel, &errors).map(|e| e * e).sum::<f32>();
            }
        }
        sum
    }

    /// Sum of the divergences from the standard normal distribution; writes the loss's gradient
    /// with respect to the encoder's outputs, given its `slopes` with respect to the latent points.
    fn divergence(
        &self,
        encoded: &Panels,
        slopes: &Panels,
        share: f32,
        cotangent: &mut Panels,
    ) -> f32 {
        let latent = self.z.width();
        let mut sum = 0.0;
        let given = slopes.panels().zip(self.noise.panels());
        let panels = encoded.panels().zip(given);
        for (panel, (into, (encoded, (slopes, noise)))) in
            cotangent.panels_mut().zip(panels).enumerate()
        {
            let (means, log_variances) = encoded.split_at(latent);
            let (into_means, into_log_variances) = into.split_at_mut(latent);
            for feature in 0..latent {
                let mut divergences = Lanes::default();
                for lane in 0..LANES {
                    let mean = means[feature][lane];
                    let log_variance =
                        log_variances[feature][lane].clamp(-LOG_VARIANCE, LOG_VARIANCE);
                    let deviation = deviation(log_variance);
                    let variance = deviation * deviation;
                    let slope = slopes[feature][lane];
                    into_means[feature][lane] = slope + BETA * share * mean;
                    into_log_variances[feature][lane] = 0.5
                        * (slope * noise[feature][lane] * deviation
                            + BETA * share * (variance - 1.0));
                    divergences[lane] = 0.5 * (mean * mean + variance - 1.0 - log_variance);
                }
                sum += self.points_of(panel, &divergences).sum::<f32>();
            }
        }
        sum
    }

    /// The lanes of a panel that belong to points.
    fn points_of<'a>(&self, panel: usize, lanes: &'a Lanes) -> impl Iterator<Item = f32> + 'a {
        let points = self.x.len() - panel * LANES;
        lanes.iter().copied().take(points)
    }
}

/// Standard deviation of a log variance.
fn deviation(log_variance: f32) -> f32 {
    exp(0.5 * log_variance.clamp(-LOG_VARIANCE, LOG_VARIANCE))
}
