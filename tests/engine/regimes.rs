//! Agreement of the other regimes with an independent implementation, case by case.
#![allow(clippy::unwrap_used)]

use crate::common::cases::{cases, model, mutability};
use ctui::{
    data::Interval,
    model::{Autograd, Kernel, Mlp, Panels, Passes},
    random::{Purpose, stream},
    training::{
        Batch, LossTerms,
        regime::{Attack, Jem, Langevin, Pgd, Reach, Recourse, Regime},
    },
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    id: String,
    regime: String,
    model: String,
    x: Vec<Vec<f32>>,
    y: Vec<usize>,
    steps: usize,
    step_size: f32,
    loss: f32,
    gradient: BTreeMap<String, serde_json::Value>,
    epsilon: Option<f32>,
    weight: Option<f32>,
    adversarial: Option<Vec<Vec<f32>>>,
    start: Option<Vec<Vec<f32>>>,
    noise: Option<f32>,
    domain: Option<[f32; 2]>,
    lambda_div: Option<f32>,
    lambda_reg: Option<f32>,
    sample: Option<Vec<Vec<f32>>>,
    factual: Option<Vec<Vec<f32>>>,
    target: Option<Vec<usize>>,
    mutability: Option<Vec<String>>,
    reached: Option<Vec<Vec<f32>>>,
    lambda_adv: Option<f32>,
}

/// Where the added points of a case end, their classes, and the loss.
struct Added {
    ends: Panels,
    expected: Vec<Vec<f32>>,
    classes: Vec<usize>,
    regime: Box<dyn Regime>,
}

fn labels(classes: &[usize]) -> Vec<u32> {
    classes.iter().map(|&class| class as u32).collect()
}

fn panels(points: &[Vec<f32>]) -> Panels {
    Panels::from_rows(points[0].len(), &points.concat())
}

impl Case {
    fn added<P: Passes>(&self, model: &Mlp) -> Added {
        match self.regime.as_str() {
            "pgd" => self.attacked::<P>(model),
            "jem" => self.sampled::<P>(model),
            _ => self.reached::<P>(model),
        }
    }

    fn attacked<P: Passes>(&self, model: &Mlp) -> Added {
        let attack = Attack {
            epsilon: self.epsilon.unwrap(),
            steps: self.steps,
            step_size: self.step_size,
        };
        let origins = panels(&self.x);
        let mut ends = origins.clone();
        attack.run(&mut ends, &origins, &labels(&self.y), &mut P::new(model));
        Added {
            ends,
            expected: self.adversarial.clone().unwrap(),
            classes: self.y.clone(),
            regime: Box::new(Pgd::with_weight(self.weight.unwrap())),
        }
    }

    fn sampled<P: Passes>(&self, model: &Mlp) -> Added {
        let langevin = Langevin {
            steps: self.steps,
            step_size: self.step_size,
            noise: self.noise.unwrap(),
        };
        let [lower, upper] = self.domain.unwrap();
        let domain = vec![Interval { lower, upper }; model.inputs()];
        let mut ends = panels(self.start.as_ref().unwrap());
        let mut random = stream(1, Purpose::Langevin, 0);
        langevin.run(&mut ends, &domain, &mut P::new(model), &mut random);
        let (divergence, ridge) = (self.lambda_div.unwrap(), self.lambda_reg.unwrap());
        Added {
            classes: vec![0; ends.len()],
            ends,
            expected: self.sample.clone().unwrap(),
            regime: Box::new(Jem::with_weights(divergence, ridge)),
        }
    }

    fn reached<P: Passes>(&self, model: &Mlp) -> Added {
        let mutability: Vec<_> = (self.mutability.as_ref().unwrap().iter())
            .map(|name| mutability(name))
            .collect();
        let reach = Reach {
            steps: self.steps,
            step_size: self.step_size,
            epsilon: self.epsilon.unwrap(),
            mutability: &mutability,
        };
        let factuals = panels(self.factual.as_ref().unwrap());
        let targets = self.target.clone().unwrap();
        let mut ends = factuals.clone();
        reach.run(&mut ends, &factuals, &labels(&targets), &mut P::new(model));
        Added {
            ends,
            expected: self.reached.clone().unwrap(),
            classes: targets,
            regime: Box::new(Recourse::with_weights(1.0, self.lambda_adv.unwrap())),
        }
    }

    /// Loss and gradient at the expected ends.
    fn loss<P: Passes>(&self, model: &Mlp, added: &Added) -> (LossTerms, Vec<f32>) {
        let points = Panels::from_rows(
            model.inputs(),
            &[self.x.concat(), added.expected.concat()].concat(),
        );
        let classes = labels(&[self.y.clone(), added.classes.clone()].concat());
        let batch = Batch {
            points: &points,
            classes: &classes,
            samples: self.y.len(),
        };
        let (mut terms, mut gradient) = (LossTerms::default(), vec![0.0; model.parameters.len()]);
        P::new(model).weight_gradient(
            &points,
            |logits, cotangent| terms = added.regime.loss(batch, logits, cotangent),
            &mut gradient,
        );
        (terms, gradient)
    }

    /// The expected gradient, laid out as the model's parameters.
    fn expected_gradient(&self, model: &Mlp) -> Vec<f32> {
        let mut expected = vec![0.0; model.parameters.len()];
        for (number, layer) in model.architecture().layers().into_iter().enumerate() {
            let values = |part: &str| {
                let value = &self.gradient[&format!("{}.{part}", 2 * number)];
                let mut flat = Vec::new();
                flatten(value, &mut flat);
                flat
            };
            let weight = values("weight");
            let (inputs, outputs) = (layer.inputs, layer.outputs);
            let own = &mut expected[layer.weight.clone()];
            for output in 0..outputs {
                for input in 0..inputs {
                    own[output * inputs + input] = weight[output * inputs + input];
                }
            }
            expected[layer.bias.clone()].copy_from_slice(&values("bias"));
        }
        expected
    }
}

fn flatten(value: &serde_json::Value, flat: &mut Vec<f32>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| flatten(value, flat)),
        number => flat.push(number.as_f64().unwrap() as f32),
    }
}

fn regimes_agree<P: Passes>() {
    let cases = cases::<Vec<Case>>("regimes.json");
    assert_eq!(cases.len(), 12);
    for case in cases {
        let model = model(&case.model);
        let added = case.added::<P>(&model);
        for (point, expected) in added.expected.iter().enumerate() {
            for (found, expected) in added.ends.row(point).zip(expected) {
                assert!(
                    (found - expected).abs() < 1e-3,
                    "{}: {found} {expected}",
                    case.id
                );
            }
        }
        let (terms, gradient) = case.loss::<P>(&model, &added);
        let relative = (terms.total / case.loss - 1.0).abs();
        assert!(
            relative < 1e-4,
            "{}: {} {}",
            case.id,
            terms.total,
            case.loss
        );
        let expected = case.expected_gradient(&model);
        let largest = expected
            .iter()
            .fold(0.0_f32, |max, value| max.max(value.abs()));
        for (found, expected) in gradient.iter().zip(&expected) {
            assert!(
                (found - expected).abs() <= 1e-4 * largest,
                "{}: {found} {expected}",
                case.id
            );
        }
    }
}

#[test]
fn with_the_kernel() {
    regimes_agree::<Kernel>();
}

#[test]
fn with_dfdx() {
    regimes_agree::<Autograd>();
}
