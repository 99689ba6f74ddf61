//! A variational autoencoder (Kingma and Welling 2014): two perceptrons with one hidden layer each.

mod file;
mod fit;

pub use fit::AutoencoderFit;

use ndarray::{Array2, ArrayView2, Axis, Slice};
use rand::Rng;

use super::{Architecture, Mlp};

/// Size of the latent space, unless there are fewer features.
pub const LATENT: usize = 16;
/// Units of the hidden layers.
const HIDDEN: usize = 64;

/// Encoder and decoder.
#[derive(Clone, Debug, PartialEq)]
pub struct Autoencoder {
    /// From points, `(n, d)`, to means and log variances side by side, `(n, 2l)`.
    encoder: Mlp,
    /// From latent points, `(n, l)`, to points, `(n, d)`.
    decoder: Mlp,
}

impl Autoencoder {
    /// An autoencoder of `width` features with `min(width, latent)` latent ones, and random
    /// weights.
    fn random(width: usize, latent: usize, random: &mut impl Rng) -> Self {
        let latent = latent.clamp(1, width.max(1));
        let mut perceptron = |inputs, outputs| {
            let hidden = vec![HIDDEN];
            let architecture = Architecture {
                inputs,
                hidden,
                outputs,
            };
            Mlp::glorot(architecture, random)
        };
        Self {
            encoder: perceptron(width, 2 * latent),
            decoder: perceptron(latent, width),
        }
    }

    /// Number of features `d`.
    pub fn width(&self) -> usize {
        self.decoder.classes()
    }

    /// Size of the latent space `l`.
    pub fn latent(&self) -> usize {
        self.decoder.inputs()
    }

    /// The encoder: its outputs are means and log variances side by side.
    pub fn encoder(&self) -> &Mlp {
        &self.encoder
    }

    /// The decoder: its outputs are the features.
    pub fn decoder(&self) -> &Mlp {
        &self.decoder
    }

    /// Means, `(n, l)`, of the latent distributions of points, `(n, d)`.
    pub fn encode(&self, x: ArrayView2<'_, f32>) -> Array2<f32> {
        let encoded = self.encoder.logits(x);
        encoded
            .slice_axis(Axis(1), Slice::from(..self.latent()))
            .to_owned()
    }

    /// Points, `(n, d)`, of latent points, `(n, l)`.
    pub fn decode(&self, z: ArrayView2<'_, f32>) -> Array2<f32> {
        self.decoder.logits(z)
    }
}
