//! Agreement with an independent implementation, case by case.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::common::cases::{cases, fixture, interval, labelled, model, mutability, rows, table};
use ctui::{
    counterfactual::{Categories, Constraints, Generator, Search, SearchParameters},
    data::Interval,
    evaluation::{
        accuracy::accuracy,
        attribution::{Baseline, class_attributions},
        plausibility::{Targets, mmd2},
        robustness::{Attack, accuracy_curve},
    },
    model::{Autograd, Engine, Kernel, Panels, Passes},
    training::{Batch, TermWeights, objective},
};
use ndarray::Axis;
use serde::Deserialize;

#[derive(Deserialize)]
struct SearchCase {
    id: String,
    model: String,
    data: String,
    rows: Vec<usize>,
    target: usize,
    generator: String,
    steps: usize,
    threshold: f32,
    step_size: f32,
    lambda_cost: f32,
    lambda_energy: f32,
    epsilon: f32,
    mutability: Vec<String>,
    domain: Option<Vec<Vec<f32>>>,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    mature: bool,
    steps: usize,
    probability: f32,
    x: Vec<f32>,
    x_ae: Vec<f32>,
}

impl SearchCase {
    fn generator(&self) -> Generator {
        [Generator::Generic, Generator::Eccco]
            .into_iter()
            .find(|generator| generator.kind().name() == self.generator)
            .unwrap()
    }

    fn parameters(&self, engine: Engine) -> SearchParameters {
        SearchParameters {
            max_steps: self.steps,
            decision_threshold: self.threshold,
            step_size: self.step_size,
            lambda_cost: self.lambda_cost,
            lambda_egy: self.lambda_energy,
            epsilon: self.epsilon,
            categories: Categories::Relaxed,
            engine,
        }
    }

    fn constraints(&self) -> Constraints {
        Constraints {
            mutability: self
                .mutability
                .iter()
                .map(|name| mutability(name))
                .collect(),
            domain: match &self.domain {
                Some(domain) => domain.iter().map(|ends| interval(ends)).collect(),
                None => vec![Interval::UNBOUNDED; self.mutability.len()],
            },
            groups: Vec::new(),
        }
    }
}

fn close(a: &[f32], b: &[f32]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-3)
}

#[test]
fn searches_agree_on_all_points() {
    Engine::ALL.into_iter().for_each(searches_agree);
}

fn searches_agree(engine: Engine) {
    let cases: Vec<SearchCase> = cases("explain.json");
    assert_eq!(cases.len(), 16);
    for case in cases {
        let data = labelled(&case.data);
        let factuals = data.x.select(Axis(0), &case.rows);
        let parameters = case.parameters(engine);
        let found = Search {
            model: &model(&case.model),
            generator: &case.generator(),
            constraints: &case.constraints(),
            parameters: &parameters,
        }
        .run(factuals.view(), &vec![case.target; case.rows.len()]);
        for (row, expected) in case.expected.iter().enumerate() {
            let outcome = &found.outcomes[row];
            let agrees = outcome.mature == expected.mature
                && outcome.steps == expected.steps
                && close(&[outcome.probability], &[expected.probability])
                && close(found.points.row(row).as_slice().unwrap(), &expected.x)
                && close(found.nascent.row(row).as_slice().unwrap(), &expected.x_ae);
            assert!(agrees, "{} {engine:?}, point {row}: {outcome:?}", case.id);
        }
    }
}

#[derive(Deserialize)]
struct ObjectiveCase {
    id: String,
    model: String,
    x: Vec<Vec<f32>>,
    y: Vec<usize>,
    counterfactual: Vec<Vec<f32>>,
    neighbour: Vec<Vec<f32>>,
    target: Vec<usize>,
    adversarial: Vec<Vec<f32>>,
    adversarial_label: Vec<usize>,
    lambda_div: f32,
    lambda_adv: f32,
    lambda_reg: f32,
    loss: f32,
    gradient: serde_json::Map<String, serde_json::Value>,
}

/// All numbers in nested arrays, in order.
fn flatten(value: &serde_json::Value) -> Vec<f32> {
    match value {
        serde_json::Value::Array(values) => values.iter().flat_map(flatten).collect(),
        number => vec![number.as_f64().unwrap() as f32],
    }
}

#[test]
fn the_objective_and_its_gradient_agree() {
    the_objective_agrees::<Kernel>();
    the_objective_agrees::<Autograd>();
}

fn the_objective_agrees<P: Passes>() {
    for case in cases::<Vec<ObjectiveCase>>("objective.json") {
        let model = model(&case.model);
        let parts = [
            &case.x,
            &case.neighbour,
            &case.counterfactual,
            &case.adversarial,
        ];
        let points: Vec<f32> = parts
            .iter()
            .flat_map(|part| rows(part).into_iter())
            .collect();
        let points = Panels::from_rows(model.inputs(), &points);
        let classes: Vec<u32> = [&case.y, &case.target, &case.target, &case.adversarial_label]
            .into_iter()
            .flatten()
            .map(|&class| class as u32)
            .collect();
        let weights = TermWeights {
            classification: 1.0,
            divergence: case.lambda_div,
            adversarial: case.lambda_adv,
            ridge: case.lambda_reg,
        };
        let batch = Batch {
            points: &points,
            classes: &classes,
            samples: case.y.len(),
        };
        let mut gradient = vec![0.0; model.parameters.len()];
        let terms = objective(&mut P::new(&model), batch, weights, &mut gradient);
        assert!(
            (terms.total - case.loss).abs() <= 1e-4 * case.loss.abs(),
            "{}",
            case.id
        );

        let names: Vec<String> = (0..model.architecture().layers().len())
            .flat_map(|layer| {
                [
                    format!("{}.weight", 2 * layer),
                    format!("{}.bias", 2 * layer),
                ]
            })
            .collect();
        let expected: Vec<f32> = names
            .iter()
            .flat_map(|name| flatten(&case.gradient[name]))
            .collect();
        let max = expected
            .iter()
            .fold(0.0_f32, |max, value| max.max(value.abs()));
        for (position, (found, expected)) in gradient.iter().zip(&expected).enumerate() {
            let tolerance = 1e-4 * expected.abs().max(1e-2 * max);
            assert!(
                (found - expected).abs() <= tolerance,
                "{} {position}: {found} {expected}",
                case.id
            );
        }
    }
}

#[test]
fn foreign_models_keep_their_bytes_through_reading_and_writing() {
    use ctui::model::ModelFile;
    let folder = tempfile::tempdir().unwrap();
    for name in ["moon_ct.safetensors", "multi.safetensors"] {
        let theirs = ModelFile::read(&fixture(name)).unwrap();
        let path = folder.path().join(name);
        theirs.write(&path).unwrap();
        assert_eq!(ModelFile::read(&path).unwrap(), theirs);
    }
}

#[derive(Deserialize)]
struct EvaluationCase {
    id: String,
    model: String,
    data: String,
    epsilon: Vec<f32>,
    fgsm: Vec<f32>,
    pgd_no_random_start: Vec<f32>,
    accuracy: f32,
    integrated_gradients_zero_baseline_mean: BTreeMap<usize, Vec<f32>>,
}

#[test]
fn accuracy_attacks_and_attributions_agree() {
    for case in cases::<Vec<EvaluationCase>>("evaluate.json") {
        let (model, samples) = (model(&case.model), labelled(&case.data));
        let one_sample = 1.01 / samples.len() as f32;
        let pgd = Attack::Pgd { random_start: None };
        let found = [
            vec![accuracy(&model, &samples)],
            accuracy_curve(&model, &samples, Attack::Fgsm, &case.epsilon),
            accuracy_curve(&model, &samples, pgd, &case.epsilon),
        ];
        let expected = [vec![case.accuracy], case.fgsm, case.pgd_no_random_start];
        for (found, expected) in found.concat().iter().zip(expected.concat()) {
            assert!(
                (found - expected).abs() <= one_sample,
                "{}: {found} {expected}",
                case.id
            );
        }

        let found = class_attributions(&model, samples.x.view(), Baseline::Zero);
        let expected = case.integrated_gradients_zero_baseline_mean;
        assert_eq!(found.nrows(), expected.len());
        let max = found.iter().fold(0.0_f32, |max, g| max.max(g.abs()));
        for (class, expected) in expected {
            for (found, expected) in found.row(class).iter().zip(&expected) {
                assert!(
                    (found - expected).abs() <= 0.01 * max,
                    "{} class {class}: {found} {expected}",
                    case.id
                );
            }
        }
    }
}

#[derive(Deserialize)]
struct PlausibilityCase {
    id: String,
    counterfactuals: String,
    target: String,
    ip: f64,
    mmd2_l5: f64,
    mmd2_l05: f64,
}

#[test]
fn plausibility_agrees() {
    for case in cases::<Vec<PlausibilityCase>>("plausibility.json") {
        let (points, target) = (table(&case.counterfactuals), table(&case.target));
        let ip = Targets::new(target.view()).mean_implausibility(points.view());
        let mmd2 = |length_scale| mmd2(points.view(), target.view(), length_scale);
        for (found, expected) in [
            (ip, case.ip),
            (mmd2(5.0), case.mmd2_l5),
            (mmd2(0.5), case.mmd2_l05),
        ] {
            assert!(
                (found - expected).abs() <= 1e-4,
                "{}: {found} {expected}",
                case.id
            );
        }
    }
}
