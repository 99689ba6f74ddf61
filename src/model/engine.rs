//! Which arithmetic runs the models.

use crate::choices::choices;

choices! {
    /// What computes passes and updates. Both compute the same, up to rounding.
    #[derive(Default)]
    pub enum Engine {
        /// Loops over panels of points ([`Kernel`](super::Kernel), [`Adam`](super::Adam)).
        #[default]
        Kernel,
        /// dfdx ([`Autograd`](super::Autograd), [`ReferenceAdam`](super::ReferenceAdam)): the
        /// reference, several times slower.
        Dfdx,
    }
}
