//! The classifier's weights.

use ndarray::{Array2, ArrayView2};
use rand::Rng;
use rand::RngExt;
use rayon::prelude::*;

use super::{Architecture, Kernel, Panels, Passes, softmax};

/// Points that one thread takes through the layers together.
const AT_ONCE: usize = 512;

/// A multilayer perceptron: linear layers with ReLU between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Mlp {
    architecture: Architecture,
    /// All weights and biases, laid out as [`Architecture::layers`] says.
    pub parameters: Vec<f32>,
}

impl Mlp {
    /// Weights drawn Glorot-uniform, from `±√(6 / (inputs + outputs))`; biases 0.
    pub fn glorot(architecture: Architecture, random: &mut impl Rng) -> Self {
        let mut parameters = vec![0.0; architecture.parameters()];
        for layer in architecture.layers() {
            let bound = (6.0 / (layer.inputs + layer.outputs) as f32).sqrt();
            for weight in &mut parameters[layer.weight] {
                *weight = random.random_range(-bound..=bound);
            }
        }
        Self {
            architecture,
            parameters,
        }
    }

    /// A model with given parameters; `None` if their number does not fit the architecture.
    pub fn from_parameters(architecture: Architecture, parameters: Vec<f32>) -> Option<Self> {
        (parameters.len() == architecture.parameters()).then_some(Self {
            architecture,
            parameters,
        })
    }

    /// Widths of the layers.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Number of features `d`.
    pub fn inputs(&self) -> usize {
        self.architecture.inputs
    }

    /// Number of classes `k`.
    pub fn classes(&self) -> usize {
        self.architecture.outputs
    }

    /// Logits `(n, k)` of points `(n, d)`.
    pub fn logits(&self, x: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut logits = Array2::zeros((x.nrows(), self.classes()));
        let x = x.as_standard_layout();
        if let (Some(x), Some(logits)) = (x.as_slice(), logits.as_slice_mut()) {
            self.fill_logits(x, logits);
        }
        logits
    }

    /// Writes the logits `(n, k)` of points `(n, d)`, some points at a time.
    fn fill_logits(&self, x: &[f32], logits: &mut [f32]) {
        let (d, k) = (self.inputs().max(1), self.classes().max(1));
        let buffers = || (Kernel::new(self), Panels::new(d), Panels::new(k));
        x.par_chunks(AT_ONCE * d)
            .zip(logits.par_chunks_mut(AT_ONCE * k))
            .for_each_init(buffers, |(kernel, points, results), (x, logits)| {
                points.take_rows(x);
                kernel.logits(points, results);
                results.give_rows(logits);
            });
    }

    /// Class probabilities `(n, k)` of points `(n, d)`.
    pub fn probabilities(&self, x: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut probabilities = self.logits(x);
        for mut row in probabilities.rows_mut() {
            if let Some(row) = row.as_slice_mut() {
                softmax(row);
            }
        }
        probabilities
    }

    /// The class with the largest logit, `(n,)`, of points `(n, d)`; the first of equals.
    pub fn predict(&self, x: ArrayView2<'_, f32>) -> Vec<usize> {
        most_likely(self.logits(x).view())
    }

    /// Gradient `(n, d)` with respect to points `(n, d)` of a function of their logits.
    ///
    /// `cotangent` gets the logits `(n, k)` and returns the function's gradient with respect to
    /// them, `(n, k)`, row-major in its second argument.
    pub fn input_gradient(
        &self,
        x: ArrayView2<'_, f32>,
        mut cotangent: impl FnMut(&[f32], &mut [f32]),
    ) -> Array2<f32> {
        let mut gradient = Array2::zeros(x.raw_dim());
        let x = x.as_standard_layout();
        if let (Some(x), Some(gradient)) = (x.as_slice(), gradient.as_slice_mut()) {
            let mut into = Panels::new(self.inputs());
            let pull = |logits: &Panels, pulled: &mut Panels| {
                let mut rows = vec![0.0; logits.len() * logits.width()];
                cotangent(&logits.to_rows(), &mut rows);
                pulled.take_rows(&rows);
            };
            Kernel::new(self).input_gradient(&Panels::from_rows(self.inputs(), x), pull, &mut into);
            into.give_rows(gradient);
        }
        gradient
    }
}

/// The class with the largest logit, `(n,)`, of points with `logits` `(n, k)`; the first of equals.
pub fn most_likely(logits: ArrayView2<'_, f32>) -> Vec<usize> {
    let rows = logits.rows().into_iter();
    rows.map(|row| argmax(row.iter())).collect()
}

/// Position of the largest value; the first of equals.
fn argmax<'a>(values: impl Iterator<Item = &'a f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (position, &value) in values.enumerate() {
        if value > best.1 {
            best = (position, value);
        }
    }
    best.0
}
