//! The mini-batches of one epoch, laid out one after the other.

use ndarray::Array2;
use rand::seq::SliceRandom;

use super::{HyperParameters, Tuples, objective::Batch};
use crate::{
    data::Samples,
    random::{Purpose, stream},
};

/// Samples in a random order, cut into mini-batches, with the tuples spread evenly over them.
pub struct Batches {
    dimensions: usize,
    batch_size: usize,
    points: Vec<f32>,
    labels: Vec<usize>,
    tuples: Tuples,
}

impl Batches {
    /// Shuffles the training samples for epoch `epoch` and joins them with its tuples, of which
    /// there may be none.
    pub fn new(
        train: &Samples,
        tuples: Tuples,
        parameters: &HyperParameters,
        epoch: usize,
    ) -> Self {
        let mut order: Vec<usize> = (0..train.len()).collect();
        order.shuffle(&mut stream(parameters.seed, Purpose::Batches, epoch as u64));
        let mut batches = Self {
            dimensions: train.x.ncols(),
            batch_size: parameters.batch_size.max(1),
            points: Vec::with_capacity(train.x.len() + 3 * tuples.counterfactuals.len()),
            labels: order.iter().map(|&row| train.y[row]).collect(),
            tuples,
        };
        for batch in 0..batches.len() {
            let samples = batches.samples(batch);
            let (first, last) = batches.tuples_of(batch);
            append(
                &mut batches.points,
                &train.x,
                order[samples].iter().copied(),
            );
            let tuples = &batches.tuples;
            for points in [&tuples.neighbours, &tuples.counterfactuals, &tuples.nascent] {
                append(&mut batches.points, points, first..last);
            }
        }
        batches
    }

    /// Number of mini-batches; the last may be smaller.
    pub fn len(&self) -> usize {
        self.labels.len().div_ceil(self.batch_size)
    }

    /// The mini-batches in order.
    pub fn iter(&self) -> impl Iterator<Item = Batch<'_>> {
        let mut rest = &self.points[..];
        (0..self.len()).map(move |batch| {
            let samples = self.samples(batch);
            let (first, last) = self.tuples_of(batch);
            let rows = samples.len() + 3 * (last - first);
            let (points, after) = rest.split_at(rows * self.dimensions);
            rest = after;
            Batch {
                points,
                labels: &self.labels[samples],
                targets: &self.tuples.targets[first..last],
                factual_labels: &self.tuples.factual_labels[first..last],
            }
        })
    }

    fn samples(&self, batch: usize) -> std::ops::Range<usize> {
        let first = batch * self.batch_size;
        first..(first + self.batch_size).min(self.labels.len())
    }

    /// First tuple of a mini-batch, and the one after its last.
    fn tuples_of(&self, batch: usize) -> (usize, usize) {
        let share = |batch: usize| batch * self.tuples.targets.len() / self.len();
        (share(batch), share(batch + 1))
    }
}

/// Appends rows of `from` to `to`.
fn append(to: &mut Vec<f32>, from: &Array2<f32>, rows: impl Iterator<Item = usize>) {
    for row in rows {
        to.extend(from.row(row));
    }
}
