//! Two interleaving half circles: the paper's Moon.

use crate::math::{cos, sin};
use std::f64::consts::PI;

use rand::{Rng, RngExt};

use super::{Point, jitter};

/// A sample of `class`: for θ uniform in (0, π), `(cos θ, sin θ)` or `(1 + cos θ, 0.3 − sin θ)`,
/// with Gaussian noise on both coordinates.
pub(super) fn point(class: usize, noise: f64, rng: &mut impl Rng) -> Point {
    let angle = rng.random_range(0.0..PI);
    let (sin, cos) = (sin(angle), cos(angle));
    let mean = match class {
        0 => [cos, sin],
        _ => [1.0 + cos, 0.3 - sin],
    };
    jitter(mean, noise, rng)
}
