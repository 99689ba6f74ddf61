//! The mini-batches of one epoch.

use ndarray::{Array2, CowArray, Ix2};
use rand::seq::SliceRandom;

use super::{HyperParameters, Tuples, objective::Batch};
use crate::{
    data::Samples,
    model::Panels,
    random::{Purpose, stream},
};

/// Samples in a random order, cut into mini-batches, with the tuples spread evenly over them.
pub struct Batches<'a> {
    labels: &'a [usize],
    samples: Rows<'a>,
    tuples: &'a Tuples,
    /// Neighbours, counterfactuals and nascent counterfactuals.
    parts: [Rows<'a>; 3],
    order: Vec<usize>,
    batch_size: usize,
}

/// Memory for one mini-batch.
pub struct BatchBuffer {
    points: Panels,
    classes: Vec<u32>,
}

impl BatchBuffer {
    /// A buffer for points of `dimensions` features.
    pub fn new(dimensions: usize) -> Self {
        Self {
            points: Panels::new(dimensions),
            classes: Vec::new(),
        }
    }
}

impl<'a> Batches<'a> {
    /// Shuffles the training samples for epoch `epoch` and joins them with its tuples, of which
    /// there may be none.
    pub fn new(
        train: &'a Samples,
        tuples: &'a Tuples,
        parameters: &HyperParameters,
        epoch: usize,
    ) -> Self {
        let mut order: Vec<usize> = (0..train.len()).collect();
        order.shuffle(&mut stream(parameters.seed, Purpose::Batches, epoch as u64));
        Self {
            labels: &train.y,
            samples: Rows::new(&train.x),
            parts: [&tuples.neighbours, &tuples.counterfactuals, &tuples.nascent].map(Rows::new),
            tuples,
            order,
            batch_size: parameters.batch_size.max(1),
        }
    }

    /// Number of mini-batches; the last may be smaller.
    pub fn len(&self) -> usize {
        self.order.len().div_ceil(self.batch_size)
    }

    /// Lays the mini-batch at position `batch` out in `buffer`.
    pub fn lay_out<'b>(&self, batch: usize, buffer: &'b mut BatchBuffer) -> Batch<'b> {
        let first = batch * self.batch_size;
        let samples = &self.order[first..(first + self.batch_size).min(self.order.len())];
        let tuples = self.share(batch)..self.share(batch + 1);
        let BatchBuffer { points, classes } = buffer;
        points.gather(samples.len() + 3 * tuples.len(), |point| {
            match point.checked_sub(samples.len()) {
                None => self.samples.row(samples[point]),
                Some(point) => {
                    let (part, tuple) = (point / tuples.len(), point % tuples.len());
                    self.parts[part].row(tuples.start + tuple)
                }
            }
        });
        classes.clear();
        classes.extend(samples.iter().map(|&row| self.labels[row] as u32));
        for part in [
            &self.tuples.targets,
            &self.tuples.targets,
            &self.tuples.factual_labels,
        ] {
            classes.extend(part[tuples.clone()].iter().map(|&class| class as u32));
        }
        Batch {
            points,
            classes,
            samples: samples.len(),
        }
    }

    /// First tuple of a mini-batch.
    fn share(&self, batch: usize) -> usize {
        batch * self.tuples.targets.len() / self.len().max(1)
    }
}

/// Rows `(d,)` of an array `(n, d)`, each in one piece.
struct Rows<'a>(CowArray<'a, f32, Ix2>);

impl<'a> Rows<'a> {
    fn new(array: &'a Array2<f32>) -> Self {
        Self(array.as_standard_layout())
    }

    fn row(&self, row: usize) -> &[f32] {
        let width = self.0.ncols();
        self.0
            .as_slice()
            .map_or(&[], |values| &values[row * width..][..width])
    }
}
