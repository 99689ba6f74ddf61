//! A disc inside a ring: the paper's Circ.

use crate::math::{cos, sin};
use std::f64::consts::TAU;

use rand::{Rng, RngExt};

use super::{Point, jitter};

/// Radius of the ring (class 0) and of the disc (class 1).
const RADII: [f64; 2] = [1.0, 0.01];

/// A sample of `class`: uniform on a circle of its radius, with Gaussian noise on both coordinates.
///
/// The disc is so small that its rim and its inside cannot be told apart under the noise.
pub(super) fn point(class: usize, noise: f64, rng: &mut impl Rng) -> Point {
    let angle = rng.random_range(0.0..TAU);
    let radius = RADII[class];
    jitter([radius * cos(angle), radius * sin(angle)], noise, rng)
}
