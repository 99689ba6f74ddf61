//! The gravitational generator.

use std::sync::Arc;

use ndarray::Axis;
use rand::seq::index;

use super::Penalty;
use crate::{
    data::Samples,
    model::{Classes, LANES, Lanes},
    random::{Purpose, stream},
};

/// Neighbours `K` per class; all of its samples if it has fewer.
pub const NEIGHBOURS: usize = 50;

/// First of the random streams that choose the neighbours, one per class; epochs use those below.
const STREAMS: u64 = 1 << 47;

/// Samples of each class that pull at counterfactuals.
#[derive(Clone, Debug, PartialEq)]
pub struct Attractors {
    /// Per class and feature: the neighbours' values in ascending order.
    values: Vec<Vec<Vec<f32>>>,
}

impl Attractors {
    /// Draws [`NEIGHBOURS`] samples of each of `classes` classes, without replacement.
    pub fn draw(train: &Samples, classes: usize, seed: u64) -> Self {
        let by_class = train.rows_by_class(classes);
        let values = by_class.iter().enumerate().map(|(class, rows)| {
            let mut random = stream(seed, Purpose::Neighbours, STREAMS + class as u64);
            let chosen = index::sample(&mut random, rows.len(), rows.len().min(NEIGHBOURS));
            let chosen: Vec<usize> = chosen.into_iter().map(|place| rows[place]).collect();
            let neighbours = train.x.select(Axis(0), &chosen);
            let columns = neighbours.columns().into_iter().map(|column| {
                let mut values = column.to_vec();
                values.sort_by(f32::total_cmp);
                values
            });
            columns.collect()
        });
        Self {
            values: values.collect(),
        }
    }

    /// Derivative of the mean L1 distance to the neighbours of `class` with respect to a feature
    /// that has this `value`: the share of neighbours below minus the share above.
    fn pull(&self, class: usize, feature: usize, value: f32) -> f32 {
        let sorted = &self.values[class][feature];
        let below = sorted.partition_point(|&neighbour| neighbour < value);
        let not_above = sorted.partition_point(|&neighbour| neighbour <= value);
        let above = sorted.len() - not_above;
        (below as f32 - above as f32) / sorted.len().max(1) as f32
    }
}

/// Penalises `λ_egy` times the mean L1 distance to `K` training samples of the target class
/// (Altmeyer et al. 2023).
#[derive(Clone, Debug)]
pub struct Gravitational {
    attractors: Arc<Attractors>,
    strength: f32,
}

impl Gravitational {
    /// The penalty with weight `lambda_egy`.
    pub fn new(attractors: Arc<Attractors>, lambda_egy: f32) -> Self {
        Self {
            attractors,
            strength: lambda_egy,
        }
    }
}

impl Penalty for Gravitational {
    fn add_point_gradient(&self, targets: &Classes, points: &[Lanes], gradient: &mut [Lanes]) {
        for (feature, (points, gradient)) in points.iter().zip(gradient).enumerate() {
            for lane in 0..LANES {
                let pull = self
                    .attractors
                    .pull(targets[lane] as usize, feature, points[lane]);
                gradient[lane] += self.strength * pull;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn train() -> Samples {
        Samples {
            x: array![[0.0, 1.0], [1.0, 1.0], [2.0, 3.0], [9.0, 9.0]],
            y: vec![0, 0, 0, 2],
        }
    }

    #[test]
    fn the_gradient_is_the_mean_sign_of_the_offsets() {
        let attractors = Attractors::draw(&train(), 3, 1);
        assert_eq!(attractors.pull(0, 0, -1.0), -1.0);
        assert_eq!(attractors.pull(0, 0, 1.5), 1.0 / 3.0);
        assert_eq!(attractors.pull(0, 1, 1.0), -1.0 / 3.0);
        assert_eq!(attractors.pull(2, 1, 9.0), 0.0);
        assert_eq!(attractors.pull(1, 0, 5.0), 0.0, "no samples, no pull");
    }
}
