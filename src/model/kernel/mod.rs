//! Passes by hand-written loops over panels.
//!
//! Every loop's innermost part is a loop over the [`LANES`](super::LANES) points of a panel, which
//! the compiler turns into vector instructions. Panels are independent of each other, and sums
//! over points are made in a fixed order, so that results do not depend on the number of threads.
//! No call allocates once the buffers have grown to the size of the batch.

mod matrix;
mod outer;

use rayon::prelude::*;

use super::{
    Mlp, Passes,
    panels::{LANES, Lanes, Panels, total},
};
use matrix::Matrix;
use outer::add_outer;

/// Panels that one thread takes at a time; smaller batches stay on the calling thread.
const CHUNK: usize = 16;

/// Inputs whose weights' gradients one thread takes at a time.
const INPUTS: usize = 64;

/// A model's weights, packed, and the buffers of its passes.
pub struct Kernel {
    layers: Vec<Layer>,
}

/// One layer, and what the last pass computed for it.
struct Layer {
    forward: Matrix,
    backward: Matrix,
    /// Its outputs, `(n, outputs)`; after ReLU unless it is the last.
    outputs: Panels,
    /// Gradient with respect to its outputs before ReLU, `(n, outputs)`.
    delta: Panels,
    /// Gradient of its weight, `(inputs, outputs)`.
    gradient: Vec<f32>,
}

impl Kernel {
    /// Runs `x` through all layers.
    fn forward(&mut self, x: &Panels) {
        let last = self.layers.len().saturating_sub(1);
        let mut x = x;
        for (position, layer) in self.layers.iter_mut().enumerate() {
            layer.outputs.resize(x.len());
            if position < last {
                apply(&layer.forward, x, &mut layer.outputs, |_, sums, into| {
                    *into = sums.map(|sum| if sum > 0.0 { sum } else { 0.0 });
                });
            } else {
                apply(&layer.forward, x, &mut layer.outputs, |_, sums, into| {
                    *into = *sums;
                });
            }
            x = &layer.outputs;
        }
    }

    /// Asks for the cotangent of the logits and pulls it back to all layers' outputs.
    fn backward(&mut self, mut cotangent: impl FnMut(&Panels, &mut Panels)) {
        let Some(last) = self.layers.last_mut() else {
            return;
        };
        last.delta.resize(last.outputs.len());
        cotangent(&last.outputs, &mut last.delta);
        last.delta.clear_padding();
        for position in (1..self.layers.len()).rev() {
            let (before, after) = self.layers.split_at_mut(position);
            let (into, from) = (&mut before[position - 1], &after[0]);
            into.delta.resize(from.delta.len());
            let active = into.outputs.lanes();
            apply(
                &from.backward,
                &from.delta,
                &mut into.delta,
                |place, sums, into| {
                    for ((into, sum), active) in into.iter_mut().zip(sums).zip(&active[place]) {
                        *into = if *active > 0.0 { *sum } else { 0.0 };
                    }
                },
            );
        }
    }
}

impl Passes for Kernel {
    fn new(model: &Mlp) -> Self {
        let layer = |layer: super::architecture::Layer| Layer {
            forward: Matrix::new(layer.inputs, layer.outputs),
            backward: Matrix::new(layer.outputs, layer.inputs),
            outputs: Panels::new(layer.outputs),
            delta: Panels::new(layer.outputs),
            gradient: Vec::new(),
        };
        let layers = model.architecture().layers();
        let mut kernel = Self {
            layers: layers.into_iter().map(layer).collect(),
        };
        kernel.load(model);
        kernel
    }

    fn load(&mut self, model: &Mlp) {
        let shapes = model.architecture().layers();
        for (layer, shape) in self.layers.iter_mut().zip(shapes) {
            let weight = &model.parameters[shape.weight];
            layer.forward.load(weight, &model.parameters[shape.bias]);
            layer.backward.load_transposed(weight, shape.inputs);
        }
    }

    fn logits(&mut self, x: &Panels, logits: &mut Panels) {
        self.forward(x);
        if let Some(last) = self.layers.last() {
            logits.clone_from(&last.outputs);
        }
    }

    fn input_gradient(
        &mut self,
        x: &Panels,
        cotangent: impl FnMut(&Panels, &mut Panels),
        gradient: &mut Panels,
    ) {
        self.forward(x);
        self.backward(cotangent);
        gradient.resize(x.len());
        if let Some(first) = self.layers.first() {
            apply(&first.backward, &first.delta, gradient, |_, sums, into| {
                *into = *sums;
            });
        }
    }

    fn weight_gradient(
        &mut self,
        x: &Panels,
        cotangent: impl FnMut(&Panels, &mut Panels),
        gradient: &mut [f32],
    ) {
        self.forward(x);
        self.backward(cotangent);
        let (mut x, mut rest) = (x, gradient);
        for layer in &mut self.layers {
            let (inputs, outputs) = (x.width(), layer.delta.width());
            let (weight, after) = rest.split_at_mut(inputs * outputs);
            let (bias, after) = after.split_at_mut(outputs);
            sum_outer(x, &layer.delta, &mut layer.gradient);
            transpose(&layer.gradient, inputs, weight);
            sum_points(&layer.delta, bias);
            (x, rest) = (&layer.outputs, after);
        }
    }
}

/// Multiplies all points `x` with `matrix`. `finish` gets the position of the lanes among all of
/// `into`, their sums, and where they go.
fn apply(
    matrix: &Matrix,
    x: &Panels,
    into: &mut Panels,
    finish: impl Fn(usize, &Lanes, &mut Lanes) + Sync,
) {
    let (inputs, outputs) = (x.width().max(1), into.width().max(1));
    let multiply = |chunk: usize, x: &[Lanes], into: &mut [Lanes]| {
        let panels = x.chunks_exact(inputs).zip(into.chunks_exact_mut(outputs));
        for (panel, (x, into)) in panels.enumerate() {
            let first = (chunk * CHUNK + panel) * outputs;
            matrix.multiply(x, into, |output, sums, into| {
                finish(first + output, sums, into)
            });
        }
    };
    if x.len() <= CHUNK * LANES {
        return multiply(0, x.lanes(), into.lanes_mut());
    }
    let into = into.lanes_mut().par_chunks_mut(CHUNK * outputs);
    into.zip(x.lanes().par_chunks(CHUNK * inputs))
        .enumerate()
        .for_each(|(chunk, (into, x))| multiply(chunk, x, into));
}

/// Writes `Σ x · δ` over all points to `into`, `(inputs, outputs)`.
fn sum_outer(x: &Panels, delta: &Panels, into: &mut Vec<f32>) {
    into.clear();
    into.resize(x.width() * delta.width(), 0.0);
    if x.len() <= CHUNK * LANES {
        return add_outer(x, delta, 0, into);
    }
    into.par_chunks_mut((INPUTS * delta.width()).max(1))
        .enumerate()
        .for_each(|(chunk, into)| add_outer(x, delta, chunk * INPUTS, into));
}

/// Writes the sum of `delta`, `(n, outputs)`, over all points to `into`, `(outputs,)`.
fn sum_points(delta: &Panels, into: &mut [f32]) {
    into.fill(0.0);
    for panel in delta.panels() {
        for (into, lanes) in into.iter_mut().zip(panel) {
            *into += total(*lanes);
        }
    }
}

/// Writes `from`, `(rows, columns)`, to `into`, `(columns, rows)`.
fn transpose(from: &[f32], rows: usize, into: &mut [f32]) {
    let columns = from.len() / rows.max(1);
    for (column, into) in into.chunks_exact_mut(rows.max(1)).enumerate() {
        for (into, row) in into.iter_mut().zip(from.chunks_exact(columns.max(1))) {
            *into = row[column];
        }
    }
}
