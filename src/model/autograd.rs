//! Passes by dfdx's automatic differentiation.

use dfdx::prelude::*;

use super::{Mlp, Passes};

type Matrix<T = NoneTape> = Tensor<(usize, usize), f32, Cpu, T>;
type Vector<T = NoneTape> = Tensor<(usize,), f32, Cpu, T>;

/// One layer's weights as tensors; the weight is stored `(inputs, outputs)`.
struct Linear {
    weight: Matrix,
    bias: Vector,
}

/// A model's weights on a dfdx device.
///
/// The tape is fresh for every pass, and the only thing differentiated is the sum of logits times
/// cotangent: the cheapest backward pass that dfdx offers.
pub struct Autograd {
    device: Cpu,
    inputs: usize,
    layers: Vec<Linear>,
}

impl Autograd {
    fn matrix(&self, values: &[f32], columns: usize) -> Matrix {
        let rows = values.len() / columns;
        self.device
            .tensor_from_vec(values.to_vec(), (rows, columns))
    }

    /// Logits of `x`, on `x`'s tape; weights are on a tape of kind `W`.
    fn forward<T, W>(&self, x: Matrix<T>) -> Matrix<T>
    where
        T: Tape<f32, Cpu> + Merge<W>,
        W: Tape<f32, Cpu>,
    {
        let last = self.layers.len() - 1;
        let mut x = x;
        for (position, layer) in self.layers.iter().enumerate() {
            x = x.matmul(layer.weight.retaped::<W>());
            let shape = *x.shape();
            x = x + layer
                .bias
                .retaped::<W>()
                .broadcast_like::<_, Axis<0>>(&shape);
            if position < last {
                x = x.relu();
            }
        }
        x
    }

    /// Gradients of the sum of `logits` times the cotangent that the caller gives for them.
    fn pull_back(
        &self,
        logits: Matrix<OwnedTape<f32, Cpu>>,
        mut cotangent: impl FnMut(&[f32], &mut [f32]),
    ) -> Gradients<f32, Cpu> {
        let shape = *logits.shape();
        let values = logits.as_vec();
        let mut weights = vec![0.0; values.len()];
        cotangent(&values, &mut weights);
        let weights = self.device.tensor_from_vec(weights, shape);
        (logits * weights).sum::<(), _>().backward()
    }
}

impl Passes for Autograd {
    fn new(model: &Mlp) -> Self {
        let device = Cpu::default();
        device.enable_cache();
        let mut autograd = Self {
            device,
            inputs: model.inputs(),
            layers: Vec::new(),
        };
        autograd.load(model);
        autograd
    }

    fn load(&mut self, model: &Mlp) {
        let parameters = &model.parameters;
        self.layers = model
            .architecture()
            .layers()
            .into_iter()
            .map(|layer| {
                let weight = transposed(&parameters[layer.weight], layer.inputs);
                let bias = parameters[layer.bias].to_vec();
                Linear {
                    weight: self
                        .device
                        .tensor_from_vec(weight, (layer.inputs, layer.outputs)),
                    bias: self.device.tensor_from_vec(bias, (layer.outputs,)),
                }
            })
            .collect();
    }

    fn logits(&mut self, x: &[f32], logits: &mut [f32]) {
        if x.is_empty() {
            return;
        }
        let x = self.matrix(x, self.inputs);
        self.forward::<NoneTape, NoneTape>(x).copy_into(logits);
    }

    fn input_gradient(
        &mut self,
        x: &[f32],
        cotangent: impl FnMut(&[f32], &mut [f32]),
        gradient: &mut [f32],
    ) {
        if x.is_empty() {
            return;
        }
        let x = self.matrix(x, self.inputs);
        let logits = self.forward::<OwnedTape<f32, Cpu>, NoneTape>(x.leaky_trace());
        self.pull_back(logits, cotangent)
            .get(&x)
            .copy_into(gradient);
    }

    fn weight_gradient(
        &mut self,
        x: &[f32],
        cotangent: impl FnMut(&[f32], &mut [f32]),
        gradient: &mut [f32],
    ) {
        gradient.fill(0.0);
        if x.is_empty() {
            return;
        }
        let x = self.matrix(x, self.inputs).leaky_traced();
        let logits = self.forward::<_, OwnedTape<f32, Cpu>>(x);
        let gradients = self.pull_back(logits, cotangent);
        let mut rest = gradient;
        for layer in &self.layers {
            let weight = gradients.get(&layer.weight).as_vec();
            let bias = gradients.get(&layer.bias).as_vec();
            let (this, after) = rest.split_at_mut(weight.len() + bias.len());
            let (into_weight, into_bias) = this.split_at_mut(weight.len());
            into_weight.copy_from_slice(&transposed(&weight, bias.len()));
            into_bias.copy_from_slice(&bias);
            rest = after;
        }
    }
}

/// A row-major matrix of `columns` columns, transposed.
fn transposed(values: &[f32], columns: usize) -> Vec<f32> {
    (0..columns)
        .flat_map(|column| values.iter().skip(column).step_by(columns).copied())
        .collect()
}
