//! The generic generator.

use super::Generator;

/// No penalty beyond cross-entropy and L1 cost (Wachter, Mittelstadt and Russell 2017).
#[derive(Clone, Copy, Debug, Default)]
pub struct Generic;

impl Generator for Generic {}
