//! Passes behind a pointer.

use super::{Panels, Passes};

/// What writes the gradient of a function of the logits with respect to them.
pub type Cotangent<'a> = &'a mut dyn FnMut(&Panels, &mut Panels);

/// The part of [`Passes`] that moves points, for callers that need not know whose passes they are.
pub trait Differentiable {
    /// As [`Passes::logits`].
    fn logits(&mut self, x: &Panels, logits: &mut Panels);

    /// As [`Passes::input_gradient`].
    fn input_gradient(&mut self, x: &Panels, cotangent: Cotangent<'_>, gradient: &mut Panels);
}

impl<P: Passes> Differentiable for P {
    fn logits(&mut self, x: &Panels, logits: &mut Panels) {
        Passes::logits(self, x, logits);
    }

    fn input_gradient(&mut self, x: &Panels, cotangent: Cotangent<'_>, gradient: &mut Panels) {
        Passes::input_gradient(self, x, cotangent, gradient);
    }
}
