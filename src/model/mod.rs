//! The classifier: a multilayer perceptron with run-time shapes, differentiated by dfdx.
//!
//! [`Mlp`] holds the weights. A [`Passes`] runs it forwards and backwards; [`Autograd`] does so
//! with dfdx. [`Adam`] moves the weights. Everything is row-major `f32`: a batch of `n` points
//! with `d` features is a slice of length `n · d`.

mod adam;
mod architecture;
mod autoencoder;
mod autograd;
mod kernel;
mod loss;
mod math;
mod mlp;
mod panels;
mod passes;
mod safetensors;

pub use adam::{Adam, AdamState};
pub use architecture::Architecture;
pub use autoencoder::{Autoencoder, AutoencoderFit, LATENT};
pub use autograd::Autograd;
pub use kernel::Kernel;
pub use loss::{Classes, add_to_class, cross_entropy, of_class, softmax, softmax_panel};
pub(crate) use math::ln;
pub use mlp::Mlp;
pub use panels::{LANES, Lanes, Panels, total};
pub use passes::Passes;
pub use safetensors::{Checkpoint, ModelError};
