//! Data sets drawn from a formula: the paper's four, and some for teaching.
//!
//! One file per family. Every draw is a pure function of its [`Draw`], bit for bit.

mod blob_pair;
mod blobs;
mod circ;
mod energy;
mod family;
mod generate;
mod glyphs;
mod labelled;
mod loan;
mod loan_approval;
mod moon;
mod spirals;
mod xor;

pub use family::Family;

use rand::{Rng, RngExt};
use rand_distr::StandardNormal;
use serde::{Deserialize, Serialize};

use super::Table;
use labelled::Labelled;

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

/// A standard normal number.
fn normal(rng: &mut impl Rng) -> f64 {
    rng.sample(StandardNormal)
}

/// A position in `shares`, each as likely as its share of their sum.
fn pick(shares: &[f64], rng: &mut impl Rng) -> usize {
    let mut left = rng.random::<f64>() * shares.iter().sum::<f64>();
    let mut passed = |share: &&f64| {
        left -= **share;
        left >= 0.0
    };
    let position = shares.iter().take_while(|share| passed(share)).count();
    position.min(shares.len() - 1)
}

/// `mean` with Gaussian noise of standard deviation `noise` on both coordinates.
fn jitter(mean: Point, noise: f64, rng: &mut impl Rng) -> Point {
    mean.map(|value| value + noise * normal(rng))
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
        columns[0].push(x1);
        columns[1].push(x2);
        y.push(class);
    }
    let names: Vec<String> = (0..classes).map(|class| class.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let [x1, x2] = columns;
    Labelled::new("label", &names, y)
        .numbers("x1", x1)
        .numbers("x2", x2)
        .into_table()
}
