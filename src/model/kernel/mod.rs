//! Passes by hand-written loops over panels.
//!
//! Every loop's innermost part is a loop over the [`LANES`](super::LANES) points of a panel, which
//! the compiler turns into vector instructions. Panels are independent of each other, and sums
//! over points are made in a fixed order, so that results do not depend on the number of threads.
//! No call allocates once the buffers have grown to the size of the batch.

mod batch;
mod curve;
mod finish;
mod matrix;
mod multiply;
mod outer;

use super::{
    Activation, Mlp, Passes, architecture::Layer as Shape, mixture::Mixture, panels::Panels,
};
use curve::{activate, weaken};
use finish::{Linear, Relu, WhereActive};
use matrix::Matrix;
use multiply::multiply;
use outer::{OuterBuffer, outer, sum_points};

/// A model's weights, packed, and the buffers of its passes.
pub struct Kernel {
    layers: Vec<Layer>,
    activation: Activation,
    mixture: Option<Mixture>,
    buffer: OuterBuffer,
}

/// One layer, and what the last pass computed for it.
struct Layer {
    shape: Shape,
    forward: Matrix,
    backward: Matrix,
    /// Its sums, `(n, outputs)`, if the activation's derivative is computed from them.
    sums: Panels,
    /// Its outputs, `(n, outputs)`; after the activation unless it is the last.
    outputs: Panels,
    /// Gradient with respect to its sums, `(n, outputs)`.
    delta: Panels,
}

impl Kernel {
    /// Runs `x` through all layers.
    fn forward(&mut self, x: &Panels) {
        let last = self.layers.len().saturating_sub(1);
        let mut x = x;
        for (position, layer) in self.layers.iter_mut().enumerate() {
            layer.outputs.resize(x.len());
            match self.activation {
                Activation::Relu if position < last => {
                    multiply(&layer.forward, x, &mut layer.outputs, &Relu);
                }
                Activation::Relu | Activation::Identity => {
                    multiply(&layer.forward, x, &mut layer.outputs, &Linear);
                }
                _ if position == last => {
                    multiply(&layer.forward, x, &mut layer.outputs, &Linear);
                }
                curve => {
                    layer.sums.resize(x.len());
                    multiply(&layer.forward, x, &mut layer.sums, &Linear);
                    activate(curve, &layer.sums, &mut layer.outputs);
                }
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
        match &mut self.mixture {
            None => cotangent(&last.outputs, &mut last.delta),
            Some(mixture) => mixture.pull_back(&last.outputs, cotangent, &mut last.delta),
        }
        last.delta.clear_padding();
        for position in (1..self.layers.len()).rev() {
            let (before, after) = self.layers.split_at_mut(position);
            let (into, from) = (&mut before[position - 1], &after[0]);
            into.delta.resize(from.delta.len());
            match self.activation {
                Activation::Relu => {
                    let gate = WhereActive(into.outputs.lanes());
                    multiply(&from.backward, &from.delta, &mut into.delta, &gate);
                }
                Activation::Identity => {
                    multiply(&from.backward, &from.delta, &mut into.delta, &Linear);
                }
                curve => {
                    multiply(&from.backward, &from.delta, &mut into.delta, &Linear);
                    weaken(curve, &into.sums, &into.outputs, &mut into.delta);
                }
            }
        }
    }
}

impl Passes for Kernel {
    fn new(model: &Mlp) -> Self {
        let layer = |shape: Shape| Layer {
            forward: Matrix::new(shape.inputs, shape.outputs),
            backward: Matrix::new(shape.outputs, shape.inputs),
            sums: Panels::new(shape.outputs),
            outputs: Panels::new(shape.outputs),
            delta: Panels::new(shape.outputs),
            shape,
        };
        let layers = model.architecture().layers();
        let mut kernel = Self {
            layers: layers.into_iter().map(layer).collect(),
            activation: model.activation(),
            mixture: Mixture::new(model.members(), model.architecture().outputs),
            buffer: OuterBuffer::default(),
        };
        kernel.load(model);
        kernel
    }

    fn load(&mut self, model: &Mlp) {
        self.activation = model.activation();
        for layer in &mut self.layers {
            let weight = &model.parameters[layer.shape.weight.clone()];
            let bias = &model.parameters[layer.shape.bias.clone()];
            layer.forward.load(weight, bias);
            layer.backward.load_transposed(weight, layer.shape.inputs);
        }
    }

    fn logits(&mut self, x: &Panels, logits: &mut Panels) {
        self.forward(x);
        if let Some(last) = self.layers.last() {
            logits.clone_from(match &mut self.mixture {
                None => &last.outputs,
                Some(mixture) => mixture.forward(&last.outputs),
            });
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
            multiply(&first.backward, &first.delta, gradient, &Linear);
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
            outer(x, &layer.delta, &mut self.buffer, weight);
            sum_points(&layer.delta, &mut self.buffer, bias);
            (x, rest) = (&layer.outputs, after);
        }
    }
}
