//! `k` Gaussian blobs, evenly spread over a circle of radius 2.

use crate::math::{cos, sin};
use std::f64::consts::TAU;

use rand::Rng;

use super::{Point, jitter};

const RADIUS: f64 = 2.0;

/// A sample of `class` out of `classes`, with standard deviation `noise` around its centre.
pub(super) fn point(class: usize, classes: usize, noise: f64, rng: &mut impl Rng) -> Point {
    let angle = TAU * class as f64 / classes as f64;
    jitter([RADIUS * cos(angle), RADIUS * sin(angle)], noise, rng)
}
