//! A deep ensemble: five models of their own, shown, saved and measured as one.

#![allow(clippy::unwrap_used)]

use std::fs;

use ctui::{
    data::Source,
    model::{Mlp, ModelFile},
    recipe::{Controls, Recipe, arms},
    run::{Trained, train},
    training::HyperParameters,
};
use ndarray::Array2;
use tempfile::TempDir;

fn trained(list: &str, engine: &str) -> Trained {
    let mut parameters = HyperParameters {
        epochs: 3,
        samples: 400,
        counterfactuals: 100,
        ..HyperParameters::default()
    };
    parameters.engine = serde_json::from_value(engine.into()).unwrap();
    let base = Controls::new(parameters);
    let mut recipe = Recipe::pair(Source::named("moons").unwrap(), base.clone());
    recipe.arms = arms(list, &base).unwrap();
    train(&recipe, &mut []).unwrap()
}

fn model(trained: &Trained, name: &str) -> Mlp {
    let arm = trained.arms.iter().find(|arm| arm.name == name).unwrap();
    arm.model.clone()
}

#[test]
fn an_ensemble_has_five_members_and_the_first_is_the_baseline() {
    let trained = trained("BL,ENS", "kernel");
    let (baseline, ensemble) = (model(&trained, "BL"), model(&trained, "ENS"));
    assert_eq!((ensemble.members(), ensemble.classes()), (5, 2));
    let first = &ensemble.parameters[..2 * 32];
    assert_eq!(first, &baseline.parameters[..2 * 32]);
    assert_ne!(&ensemble.parameters[2 * 32..4 * 32], first);
}

#[test]
fn any_regime_can_have_members() {
    let base = Controls::new(HyperParameters {
        members: 3,
        ..HyperParameters::default()
    });
    let found = arms("CT,ENS,BL", &base).unwrap();
    let members = |arm: usize| found[arm].controls.parameters.members;
    assert_eq!([0, 1, 2].map(members), [3, 3, 3]);
    let names: Vec<_> = found.iter().map(|arm| arm.name.as_str()).collect();
    assert_eq!(names, ["CT", "ENS", "BL"]);
    let recipe = Recipe::pair(Source::named("moons").unwrap(), base);
    let text = serde_json::to_string(&recipe).unwrap();
    assert_eq!(serde_json::from_str::<Recipe>(&text).unwrap(), recipe);
}

#[test]
fn engines_and_threads_agree() {
    let kernel = model(&trained("ENS", "kernel"), "ENS");
    let alone = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    assert_eq!(
        kernel,
        alone.install(|| model(&trained("ENS", "kernel"), "ENS"))
    );
    let reference = model(&trained("ENS", "dfdx"), "ENS");
    let x = Array2::from_shape_fn((40, 2), |(i, j)| (i as f32 - 20.0) * 0.1 * (1.0 - j as f32));
    let difference = kernel.probabilities(x.view()) - reference.probabilities(x.view());
    assert!(difference.iter().all(|value| value.abs() < 1e-3));
}

#[test]
fn an_ensemble_survives_a_file_and_is_measured_from_it() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("run");
    let run = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("ctui").unwrap();
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(arguments)
            .assert()
            .success();
    };
    run(&[
        "train",
        "--data",
        "sample_data/moons.csv",
        "--arms",
        "ENS",
        "--epochs",
        "2",
        "--out",
        out.to_str().unwrap(),
    ]);
    let path = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let path = path
        .into_iter()
        .find(|path| path.extension().is_some_and(|e| e == "safetensors"));
    let path = path.unwrap();
    let read = ModelFile::read(&path).unwrap().model;
    assert_eq!((read.members(), read.classes()), (5, 2));
    let model = path.to_str().unwrap();
    run(&[
        "evaluate",
        "--model",
        model,
        "--data",
        "sample_data/moons.csv",
        "--rounds",
        "2",
    ]);
    run(&[
        "explain",
        "--model",
        model,
        "--data",
        "sample_data/moons.csv",
        "--rows",
        "1",
        "--target",
        "opposite",
    ]);
}
