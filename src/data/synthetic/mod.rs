//! Data sets drawn from a formula: the paper's four, and some for teaching.
//!
//! One file per family. Every draw is a pure function of its [`Draw`], bit for bit.

mod blob_pair;
mod blobs;
mod circ;
mod family;
mod moon;
mod spirals;
mod xor;

pub use family::Family;

use rand::{Rng, RngExt};
use rand_distr::StandardNormal;
use serde::{Deserialize, Serialize};

use super::Table;
use super::table::{Column, Labels};

/// What to draw: how many samples, how noisy, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Number of samples, training and test together.
    pub samples: usize,
    /// The family's noise, mostly the standard deviation of a Gaussian; see [`Family::help`].
    pub noise: f32,
    /// Seed of every random number that is drawn.
    pub seed: u64,
}

/// A point of a family in the plane.
type Point = [f64; 2];

/// `mean` with Gaussian noise of standard deviation `noise` on both coordinates.
fn jitter(mean: Point, noise: f64, rng: &mut impl Rng) -> Point {
    mean.map(|value| value + noise * rng.sample::<f64, _>(StandardNormal))
}

/// Features `x1`, `x2` from `samples` labelled points; every class is equally likely.
fn planar<R: Rng>(
    samples: usize,
    classes: usize,
    rng: &mut R,
    mut point: impl FnMut(usize, &mut R) -> Point,
) -> Table {
    let mut columns = [Vec::with_capacity(samples), Vec::with_capacity(samples)];
    let mut y = Vec::with_capacity(samples);
    for _ in 0..samples {
        let class = rng.random_range(0..classes);
        let [x1, x2] = point(class, rng);
        columns[0].push(x1 as f32);
        columns[1].push(x2 as f32);
        y.push(class);
    }
    let [x1, x2] = columns;
    Table {
        columns: vec![Column::numbers("x1", x1), Column::numbers("x2", x2)],
        labels: Some(Labels {
            column: "label".into(),
            classes: (0..classes).map(|class| class.to_string()).collect(),
            y,
        }),
        rows: (0..samples).collect(),
    }
}
