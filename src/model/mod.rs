//! The classifier: a multilayer perceptron with run-time shapes.
//!
//! [`Mlp`] holds the weights. A [`Passes`] runs it forwards and backwards, an [`Optimizer`] moves
//! the weights: [`Autograd`] and [`ReferenceAdam`] do so with dfdx, [`Kernel`] and [`Adam`] with
//! loops of their own that give the same results in a fraction of the time. [`Engine`] names the
//! two pairs. Batches are [`Panels`]: `f32`, [`LANES`] points side by side.

mod activation;
mod adam;
mod architecture;
mod autoencoder;
mod autograd;
mod differentiable;
mod engine;
mod ensemble;
mod kernel;
mod lanes;
mod loss;
mod mixture;
mod mlp;
mod panels;
mod passes;
mod safetensors;
mod simd;

pub use activation::Activation;
pub use adam::{Adam, AdamState, Optimizer, ReferenceAdam};
pub use architecture::Architecture;
pub use autoencoder::{Autoencoder, AutoencoderFit, LATENT};
pub use autograd::Autograd;
pub use differentiable::{Cotangent, Differentiable};
pub use engine::Engine;
pub use kernel::Kernel;
pub use lanes::{LANES, Lanes};
pub use loss::{Classes, add_to_class, cross_entropy, of_class, softmax, softmax_panel};
pub use mlp::{Mlp, most_likely};
pub use panels::Panels;
pub use passes::Passes;
pub use safetensors::{FlatTensors, ModelError, ModelFile};
pub use simd::Instructions;
pub(crate) use simd::{Registers, Vectorized};
