//! The mini-batches of one epoch.

use ndarray::{Array2, CowArray, Ix2};
use rand::seq::SliceRandom;

use super::{
    objective::Batch,
    regime::{Epoch, MiniBatch, Regime},
};
use crate::{
    model::{Differentiable, Panels},
    random::{Purpose, stream},
};

/// Samples in a random order, cut into mini-batches, to which a regime adds points.
pub struct Batches<'a> {
    epoch: &'a Epoch<'a>,
    samples: Rows<'a>,
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
    /// Shuffles the training samples for an epoch.
    pub fn new(epoch: &'a Epoch<'a>) -> Self {
        let parameters = epoch.parameters;
        let mut order: Vec<usize> = (0..epoch.train.len()).collect();
        let number = epoch.number as u64;
        order.shuffle(&mut stream(parameters.seed, Purpose::Batches, number));
        Self {
            samples: Rows::new(&epoch.train.x),
            epoch,
            order,
            batch_size: parameters.batch_size.max(1),
        }
    }

    /// Number of mini-batches; the last may be smaller.
    pub fn len(&self) -> usize {
        self.order.len().div_ceil(self.batch_size)
    }

    /// Lays the mini-batch at `position` out in `buffer`, with what `regime` adds to it.
    pub fn lay_out<'b>(
        &self,
        position: usize,
        regime: &mut dyn Regime,
        model: &mut dyn Differentiable,
        buffer: &'b mut BatchBuffer,
    ) -> Batch<'b> {
        let first = position * self.batch_size;
        let rows = &self.order[first..(first + self.batch_size).min(self.order.len())];
        let mini = MiniBatch {
            position,
            count: self.len(),
            rows,
        };
        let added = regime.extend(self.epoch, &mini, model);
        let BatchBuffer { points, classes } = buffer;
        points.gather(rows.len() + added, |point| {
            match point.checked_sub(rows.len()) {
                None => self.samples.row(rows[point]),
                Some(point) => regime.added(point).0,
            }
        });
        classes.clear();
        classes.extend(rows.iter().map(|&row| self.epoch.train.y[row] as u32));
        classes.extend((0..added).map(|point| regime.added(point).1 as u32));
        Batch {
            points,
            classes,
            samples: rows.len(),
        }
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
