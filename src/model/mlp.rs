//! The classifier's weights.

use ndarray::{Array2, ArrayView1, ArrayView2};
use rand::Rng;
use rand::RngExt;
use rayon::prelude::*;

use super::{Activation, Architecture, Kernel, Panels, Passes, softmax};

/// Points that one thread takes through the layers together.
const AT_ONCE: usize = 512;

/// A multilayer perceptron: linear layers with an activation between each two, ReLU unless it is
/// said otherwise; or an ensemble of such, side by side, whose probabilities are averaged.
#[derive(Clone, Debug, PartialEq)]
pub struct Mlp {
    architecture: Architecture,
    activation: Activation,
    members: usize,
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
            activation: Activation::default(),
            members: 1,
            parameters,
        }
    }

    /// A model with given parameters; `None` if their number does not fit the architecture.
    pub fn from_parameters(architecture: Architecture, parameters: Vec<f32>) -> Option<Self> {
        (architecture.count() == Some(parameters.len())).then_some(Self {
            architecture,
            activation: Activation::default(),
            members: 1,
            parameters,
        })
    }

    /// The same outputs as those of `members` members side by side; `None` if they do not share
    /// out evenly, two or more to each.
    pub fn with_members(self, members: usize) -> Option<Self> {
        let outputs = self.architecture.outputs;
        let even = members > 0 && outputs.is_multiple_of(members) && outputs > members;
        even.then_some(Self { members, ..self })
    }

    /// The same weights with another function between the layers.
    pub fn with_activation(self, activation: Activation) -> Self {
        Self { activation, ..self }
    }

    /// For a model with one output: the same with two, of which the first is 0, so that their
    /// softmax is the sigmoid of that output. `None` if it has more outputs.
    pub fn with_logit_of_no(&self) -> Option<Self> {
        let last = self.architecture.layers().pop()?;
        if last.outputs != 1 {
            return None;
        }
        let (weight, bias) = (
            &self.parameters[last.weight.clone()],
            &self.parameters[last.bias],
        );
        let nothing = vec![0.0; last.inputs];
        let before = &self.parameters[..last.weight.start];
        let parameters = [before, &nothing, weight, &[0.0], bias].concat();
        let architecture = Architecture {
            outputs: 2,
            ..self.architecture.clone()
        };
        Some(Self {
            architecture,
            activation: self.activation,
            members: 1,
            parameters,
        })
    }

    /// The function between the layers.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// Number of members of the ensemble; 1 for a model that is none.
    pub fn members(&self) -> usize {
        self.members
    }

    /// Widths of the layers, those of all members together.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Number of features `d`.
    pub fn inputs(&self) -> usize {
        self.architecture.inputs
    }

    /// Number of classes `k`.
    pub fn classes(&self) -> usize {
        self.architecture.outputs / self.members
    }

    /// The model on a plane of its feature space: for a place `(u, v)` it gives what this one gives
    /// for the point `origin + u · basis[0] + v · basis[1]`, up to rounding. `origin` is `(d,)`,
    /// `basis` `(2, d)`, or as many rows as there shall be inputs.
    pub fn on_plane(&self, origin: ArrayView1<'_, f32>, basis: ArrayView2<'_, f32>) -> Self {
        let architecture = Architecture {
            inputs: basis.nrows(),
            ..self.architecture.clone()
        };
        let layers = self.architecture.layers();
        let mut parameters = Vec::with_capacity(architecture.parameters());
        if let Some(first) = layers.first() {
            let rows = self.parameters[first.weight.clone()].chunks_exact(first.inputs.max(1));
            let directions = basis.rows().into_iter();
            parameters.extend(rows.clone().flat_map(|row| {
                directions
                    .clone()
                    .map(|direction| dot(row, direction) as f32)
            }));
            let biases = &self.parameters[first.bias.clone()];
            let offsets = rows.map(|row| dot(row, origin));
            parameters.extend(
                biases
                    .iter()
                    .zip(offsets)
                    .map(|(&b, o)| (f64::from(b) + o) as f32),
            );
            parameters.extend(&self.parameters[first.bias.end..]);
        }
        Self {
            architecture,
            activation: self.activation,
            members: self.members,
            parameters,
        }
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

/// `Σ row · direction`, both `(d,)`.
fn dot(row: &[f32], direction: ArrayView1<'_, f32>) -> f64 {
    let products = row.iter().zip(direction);
    products.map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};
    use ndarray::array;

    #[test]
    fn a_plane_has_the_logits_of_its_points() {
        let mut random = stream(4, Purpose::Initialisation, 0);
        let architecture = Architecture {
            inputs: 3,
            hidden: vec![8, 5],
            outputs: 4,
        };
        let model = Mlp::glorot(architecture, &mut random);
        let (origin, basis) = (
            array![0.5, -1.0, 2.0],
            array![[0.6, 0.8, 0.0], [0.0, 0.0, -1.0]],
        );
        let places = array![[0.0_f32, 0.0], [1.0, -2.0], [-0.5, 3.0]];
        let points = &places.dot(&basis) + &origin;
        let flat = model.on_plane(origin.view(), basis.view());
        let difference = flat.logits(places.view()) - model.logits(points.view());
        assert!(difference.iter().all(|value| value.abs() < 1e-5));
    }

    #[test]
    fn the_plane_of_two_features_is_the_model_itself() {
        let mut random = stream(5, Purpose::Initialisation, 0);
        let architecture = Architecture {
            inputs: 2,
            hidden: vec![],
            outputs: 2,
        };
        let model = Mlp::glorot(architecture, &mut random);
        let identity = Array2::eye(2);
        assert_eq!(
            model.on_plane(array![0.0, 0.0].view(), identity.view()),
            model
        );
    }
}
