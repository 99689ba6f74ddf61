//! Four Gaussian blobs in the corners of a square; opposite corners share a class.

use rand::{Rng, RngExt};

use super::{Point, jitter};

/// A sample of `class`: class 0 where the signs of both coordinates agree, class 1 where they
/// differ, with standard deviation `noise` around the corner.
pub(super) fn point(class: usize, noise: f64, rng: &mut impl Rng) -> Point {
    let x1 = if rng.random() { 1.0 } else { -1.0 };
    let x2 = if class == 0 { x1 } else { -x1 };
    jitter([x1, x2], noise, rng)
}
