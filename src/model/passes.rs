//! Running a model forwards and backwards.

use super::Mlp;

/// Forward and backward passes of a model whose weights it holds a copy of.
///
/// All arrays are row-major. Gradients are vector–Jacobian products: the caller gets the logits
/// `(n, k)` and writes the gradient of its function with respect to them, the *cotangent*
/// `(n, k)`; the pass pulls it back. Nothing happens for `n = 0`.
pub trait Passes {
    /// Takes over a model's weights.
    fn new(model: &Mlp) -> Self;

    /// Takes over changed weights of the same architecture.
    fn load(&mut self, model: &Mlp);

    /// Writes the logits `(n, k)` of points `x` `(n, d)`.
    fn logits(&mut self, x: &[f32], logits: &mut [f32]);

    /// Writes the gradient `(n, d)` with respect to the points.
    fn input_gradient(
        &mut self,
        x: &[f32],
        cotangent: impl FnMut(&[f32], &mut [f32]),
        gradient: &mut [f32],
    );

    /// Writes the gradient with respect to all parameters, laid out as in [`Mlp::parameters`].
    fn weight_gradient(
        &mut self,
        x: &[f32],
        cotangent: impl FnMut(&[f32], &mut [f32]),
        gradient: &mut [f32],
    );
}
