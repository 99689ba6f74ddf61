//! The kernel computes what dfdx's automatic differentiation computes, whatever the shapes, and
//! the same bits on any number of threads.

#![allow(clippy::unwrap_used)]

use ctui::{
    model::{Activation, Architecture, Autograd, Kernel, Lanes, Mlp, Panels, Passes},
    random::{Purpose, stream},
};
use proptest::prelude::*;
use rand::RngExt;

/// A model with random weights and biases, and points for it.
#[derive(Clone, Debug)]
struct Case {
    inputs: usize,
    hidden: Vec<usize>,
    outputs: usize,
    points: usize,
    activation: Activation,
    seed: u64,
}

impl Case {
    fn any() -> impl Strategy<Value = Self> {
        let hidden = prop::collection::vec(1_usize..40, 0..4);
        let activation = prop::sample::select(&Activation::ALL[..]);
        let shape = (1_usize..70, hidden, 2_usize..12, 0_usize..400);
        (shape, activation, any::<u64>()).prop_map(
            |((inputs, hidden, outputs, points), activation, seed)| Self {
                inputs,
                hidden,
                outputs,
                points,
                activation,
                seed,
            },
        )
    }

    fn model(&self) -> Mlp {
        let architecture = Architecture {
            inputs: self.inputs,
            hidden: self.hidden.clone(),
            outputs: self.outputs,
        };
        let mut random = stream(self.seed, Purpose::Initialisation, 0);
        let mut model = Mlp::glorot(architecture, &mut random);
        for parameter in &mut model.parameters {
            *parameter += random.random_range(-0.1_f32..0.1);
        }
        model.with_activation(self.activation)
    }

    /// Random points, those aside that lie on the kink of some unit: there rounding alone decides
    /// which of two gradients is right.
    fn points(&self) -> Panels {
        let mut random = stream(self.seed, Purpose::Data, 0);
        let model = self.model();
        let points = (0..self.points).map(|_| {
            let coordinates = (0..self.inputs).map(|_| random.random_range(-2.0..2.0));
            coordinates.collect::<Vec<f32>>()
        });
        let values: Vec<f32> = points
            .filter(|point| {
                self.activation != Activation::Relu || least_activation(&model, point) > 1e-5
            })
            .flatten()
            .collect();
        Panels::from_rows(self.inputs, &values)
    }
}

/// How close any hidden unit is to its kink at `point`, computed with twice the digits.
fn least_activation(model: &Mlp, point: &[f32]) -> f64 {
    let layers = model.architecture().layers();
    let mut values: Vec<f64> = point.iter().copied().map(f64::from).collect();
    let mut min = f64::INFINITY;
    for layer in &layers[..layers.len() - 1] {
        let rows = model.parameters[layer.weight.clone()].chunks(layer.inputs);
        let units = rows.zip(&model.parameters[layer.bias.clone()]);
        values = units
            .map(|(row, &bias)| {
                let products = row.iter().zip(&values).map(|(&w, x)| f64::from(w) * x);
                f64::from(bias) + products.sum::<f64>()
            })
            .collect();
        min = values.iter().fold(min, |min, value| min.min(value.abs()));
        values.iter_mut().for_each(|value| *value = value.max(0.0));
    }
    min
}

/// What a pass of any kind gives: logits, input gradients, weight gradients.
#[derive(PartialEq, Debug)]
struct Results {
    logits: Vec<f32>,
    inputs: Vec<f32>,
    weights: Vec<f32>,
}

/// The gradient of `Σ logit² · sin(place)`.
fn cotangent(logits: &Panels, into: &mut Panels) {
    let rows = logits.to_rows().into_iter().enumerate();
    let slopes: Vec<f32> = rows
        .map(|(place, logit)| 2.0 * logit * (place as f32).sin())
        .collect();
    into.take_rows(&slopes);
}

fn results<P: Passes>(case: &Case) -> Results {
    let (model, points) = (case.model(), case.points());
    let mut passes = P::new(&model);
    let mut logits = Panels::new(case.outputs);
    let mut inputs = Panels::new(case.inputs);
    let mut weights = vec![f32::NAN; model.parameters.len()];
    passes.logits(&points, &mut logits);
    passes.input_gradient(&points, cotangent, &mut inputs);
    passes.weight_gradient(&points, cotangent, &mut weights);
    Results {
        logits: logits.to_rows(),
        inputs: inputs.to_rows(),
        weights,
    }
}

/// Whether all values agree within `tolerance` of the largest.
fn close(ours: &[f32], theirs: &[f32], tolerance: f32) -> bool {
    let scale = theirs.iter().fold(1e-6_f32, |max, x| max.max(x.abs()));
    ours.len() == theirs.len()
        && ours
            .iter()
            .zip(theirs)
            .all(|(ours, theirs)| (ours - theirs).abs() <= tolerance * scale)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_kernel_agrees_with_automatic_differentiation(case in Case::any()) {
        let (ours, theirs) = (results::<Kernel>(&case), results::<Autograd>(&case));
        prop_assert!(close(&ours.logits, &theirs.logits, 1e-5), "logits");
        prop_assert!(close(&ours.inputs, &theirs.inputs, 1e-4), "input gradients");
        prop_assert!(close(&ours.weights, &theirs.weights, 1e-4), "weight gradients");
    }
}

#[test]
fn a_point_on_a_kink_does_not_spoil_the_comparison() {
    let case = Case {
        inputs: 48,
        hidden: vec![37, 16],
        outputs: 9,
        points: 51,
        activation: Activation::Relu,
        seed: 12_184_066_464_250_418_760,
    };
    let (ours, theirs) = (results::<Kernel>(&case), results::<Autograd>(&case));
    assert_eq!(
        ours.inputs.len(),
        50 * case.inputs,
        "one point lies on a kink"
    );
    assert!(close(&ours.inputs, &theirs.inputs, 1e-4));
}

#[test]
fn threads_change_no_bit() {
    let case = Case {
        inputs: 150,
        hidden: vec![33, 17],
        outputs: 10,
        points: 1003,
        activation: Activation::Gelu,
        seed: 7,
    };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| results::<Kernel>(&case))
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(3));
}

#[test]
fn buffers_remember_nothing_of_larger_batches() {
    let large = Case {
        inputs: 5,
        hidden: vec![9],
        outputs: 3,
        points: 90,
        activation: Activation::Sigmoid,
        seed: 3,
    };
    let small = Case {
        points: 21,
        ..large.clone()
    };
    let model = large.model();
    let mut used = Kernel::new(&model);
    let mut gradient = vec![0.0; model.parameters.len()];
    used.weight_gradient(&large.points(), cotangent, &mut gradient);
    let careless = |logits: &Panels, into: &mut Panels| {
        cotangent(logits, into);
        let last = into.lanes_mut().len() - 3;
        into.lanes_mut()[last..]
            .iter_mut()
            .for_each(|lanes: &mut Lanes| lanes[5..].fill(1e9));
    };
    used.weight_gradient(&small.points(), careless, &mut gradient);
    assert_eq!(gradient, results::<Kernel>(&small).weights);
}

#[test]
fn changed_weights_are_taken_over() {
    let case = Case {
        inputs: 7,
        hidden: vec![6],
        outputs: 3,
        points: 20,
        activation: Activation::Relu,
        seed: 11,
    };
    let mut kernel = Kernel::new(
        &Case {
            seed: 12,
            ..case.clone()
        }
        .model(),
    );
    kernel.load(&case.model());
    let mut logits = Panels::new(3);
    kernel.logits(&case.points(), &mut logits);
    assert_eq!(logits.to_rows(), results::<Kernel>(&case).logits);
}
