//! Two Gaussian blobs: the paper's LS (σ 0.5) and OL (σ 2.0).

use rand::Rng;

use super::{Point, jitter};

/// Centre of each class, as in the paper's data.
const CENTRES: [Point; 2] = [[2.5869, -0.4519], [-0.9932, 4.0626]];

/// A sample of `class`, with standard deviation `noise` around its centre.
pub(super) fn point(class: usize, noise: f64, rng: &mut impl Rng) -> Point {
    jitter(CENTRES[class], noise, rng)
}
