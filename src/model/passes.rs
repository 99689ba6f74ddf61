//! Running a model forwards and backwards.

use super::{Mlp, Panels};

/// Forward and backward passes of a model whose weights it holds a copy of.
///
/// Gradients are vector–Jacobian products: the caller gets the logits `(n, k)` and writes the
/// gradient of its function with respect to them, the *cotangent* `(n, k)`; the pass pulls it
/// back. What the caller writes into lanes that belong to no point does not matter. Nothing
/// happens for `n = 0`.
pub trait Passes {
    /// Takes over a model's weights.
    fn new(model: &Mlp) -> Self;

    /// Takes over changed weights of the same architecture.
    fn load(&mut self, model: &Mlp);

    /// Writes the logits `(n, k)` of points `x` `(n, d)`.
    fn logits(&mut self, x: &Panels, logits: &mut Panels);

    /// Writes the gradient `(n, d)` with respect to the points.
    fn input_gradient(
        &mut self,
        x: &Panels,
        cotangent: impl FnMut(&Panels, &mut Panels),
        gradient: &mut Panels,
    );

    /// Writes the gradient with respect to all parameters, laid out as in [`Mlp::parameters`].
    fn weight_gradient(
        &mut self,
        x: &Panels,
        cotangent: impl FnMut(&Panels, &mut Panels),
        gradient: &mut [f32],
    );
}
