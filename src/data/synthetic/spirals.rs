//! `k` spiral arms that wind around each other.

use crate::math::{cos, sin};
use std::f64::consts::TAU;

use rand::{Rng, RngExt};

use super::{Point, jitter};

/// Distance from the centre at which an arm begins and ends.
const RADII: (f64, f64) = (0.3, 2.0);
/// How often an arm goes round.
const TURNS: f64 = 1.25;

/// A sample of `class` out of `classes`: a uniform position along its arm, with Gaussian noise.
pub(super) fn point(class: usize, classes: usize, noise: f64, rng: &mut impl Rng) -> Point {
    let along = rng.random_range(0.0..1.0);
    let radius = RADII.0 + (RADII.1 - RADII.0) * along;
    let angle = TAU * (TURNS * along + class as f64 / classes as f64);
    jitter([radius * cos(angle), radius * sin(angle)], noise, rng)
}
