//! Passes by dfdx's automatic differentiation.

use dfdx::prelude::*;

use super::{
    Activation, Mlp, Panels, Passes,
    activation::{ERF_SCALE, ERF_SERIES},
    mixture::Mixture,
};

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
    layers: Vec<Linear>,
    activation: Activation,
    mixture: Option<Mixture>,
}

impl Autograd {
    fn matrix(&self, x: &Panels) -> Matrix {
        self.device
            .tensor_from_vec(x.to_rows(), (x.len(), x.width()))
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
                x = activate(self.activation, x);
            }
        }
        x
    }

    /// Gradients of the sum of `logits` times the cotangent that the caller gives for them.
    fn pull_back(
        &mut self,
        logits: Matrix<OwnedTape<f32, Cpu>>,
        mut cotangent: impl FnMut(&Panels, &mut Panels),
    ) -> Gradients<f32, Cpu> {
        let shape = *logits.shape();
        let values = Panels::from_rows(shape.1, &logits.as_vec());
        let mut weights = Panels::new(shape.1);
        weights.resize(shape.0);
        match &mut self.mixture {
            None => cotangent(&values, &mut weights),
            Some(mixture) => mixture.pull_back(&values, cotangent, &mut weights),
        }
        let weights = self.device.tensor_from_vec(weights.to_rows(), shape);
        (logits * weights).sum::<(), _>().backward()
    }
}

impl Passes for Autograd {
    fn new(model: &Mlp) -> Self {
        let device = Cpu::default();
        device.enable_cache();
        let mut autograd = Self {
            device,
            layers: Vec::new(),
            activation: model.activation(),
            mixture: Mixture::new(model.members(), model.architecture().outputs),
        };
        autograd.load(model);
        autograd
    }

    fn load(&mut self, model: &Mlp) {
        let parameters = &model.parameters;
        self.activation = model.activation();
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

    fn logits(&mut self, x: &Panels, logits: &mut Panels) {
        logits.resize(x.len());
        if x.is_empty() {
            return;
        }
        let x = self.matrix(x);
        let outputs = self.forward::<NoneTape, NoneTape>(x).as_vec();
        match &mut self.mixture {
            None => logits.take_rows(&outputs),
            Some(mixture) => {
                let outputs = Panels::from_rows(mixture.width(), &outputs);
                logits.clone_from(mixture.forward(&outputs));
            }
        }
    }

    fn input_gradient(
        &mut self,
        x: &Panels,
        cotangent: impl FnMut(&Panels, &mut Panels),
        gradient: &mut Panels,
    ) {
        gradient.resize(x.len());
        if x.is_empty() {
            return;
        }
        let x = self.matrix(x);
        let logits = self.forward::<OwnedTape<f32, Cpu>, NoneTape>(x.leaky_trace());
        let gradients = self.pull_back(logits, cotangent);
        gradient.take_rows(&gradients.get(&x).as_vec());
    }

    fn weight_gradient(
        &mut self,
        x: &Panels,
        cotangent: impl FnMut(&Panels, &mut Panels),
        gradient: &mut [f32],
    ) {
        gradient.fill(0.0);
        if x.is_empty() {
            return;
        }
        let x = self.matrix(x).leaky_traced();
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

/// What hidden units give for their sums `x`.
fn activate<T: Tape<f32, Cpu> + Merge<NoneTape> + Merge<T>>(
    activation: Activation,
    x: Matrix<T>,
) -> Matrix<T> {
    match activation {
        Activation::Relu => x.relu(),
        Activation::Tanh => x.tanh(),
        Activation::Sigmoid => x.sigmoid(),
        Activation::Gelu => gelu(x),
        Activation::Identity => x,
    }
}

/// `x · Φ(x) = max(x, 0) − |x| · Φ(−|x|)`, by the series that the kernel uses: the derivative of dfdx's
/// own is off by `√2`.
fn gelu<T: Tape<f32, Cpu> + Merge<NoneTape> + Merge<T>>(x: Matrix<T>) -> Matrix<T> {
    let scaled = x.with_empty_tape().abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = (scaled.with_empty_tape() * ERF_SCALE + 1.0).recip();
    let [a, b, c, d, e] = ERF_SERIES;
    let mut series = t.with_empty_tape() * a;
    for coefficient in [b, c, d] {
        series = (series + coefficient) * t.with_empty_tape();
    }
    let series = (series + e) * t;
    let tail = series * scaled.with_empty_tape().square().negate().exp() * 0.5;
    x.relu() - tail * scaled * std::f32::consts::SQRT_2
}

/// A row-major matrix of `columns` columns, transposed.
fn transposed(values: &[f32], columns: usize) -> Vec<f32> {
    (0..columns)
        .flat_map(|column| values.iter().skip(column).step_by(columns).copied())
        .collect()
}
