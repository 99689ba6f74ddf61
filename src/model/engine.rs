//! Which arithmetic runs the models.

use serde::{Deserialize, Serialize};

/// What computes passes and updates. Both compute the same, up to rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// Loops over panels of points ([`Kernel`](super::Kernel), [`Adam`](super::Adam)).
    #[default]
    Kernel,
    /// dfdx ([`Autograd`](super::Autograd), [`ReferenceAdam`](super::ReferenceAdam)): the
    /// reference, several times slower.
    Dfdx,
}

impl Engine {
    /// All engines, in the order of [`Engine::NAMES`].
    pub const ALL: [Self; 2] = [Self::Kernel, Self::Dfdx];
    /// Names used on the command line.
    pub const NAMES: [&'static str; 2] = ["kernel", "dfdx"];
}
