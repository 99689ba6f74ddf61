//! The dashboard's scoreboard says what `ctui evaluate` says of the saved models.

#![allow(clippy::unwrap_used)]

use std::{fmt::Write, fs, path::Path};

use assert_cmd::Command;
use ctui::{
    data::{Dataset, Samples},
    recipe::{Controls, Recipe},
    run::model_file,
    session::{Lockstep, Measure, Scoreboard},
    training::Preset,
};
use serde_json::Value;

/// Epochs that are trained: enough for models that differ.
const EPOCHS: usize = 8;

/// The scoreboard's rows in what `ctui evaluate` prints.
const ROWS: [(Measure, &str); 7] = [
    (Measure::Accuracy, "accuracy"),
    (Measure::F1, "f1"),
    (Measure::Validity, "validity"),
    (Measure::Ip, "ip"),
    (Measure::IpStar, "ip_star"),
    (Measure::Cost, "cost"),
    (Measure::Redundancy, "redundancy"),
];

fn csv(dataset: &Dataset, samples: &Samples) -> String {
    let names = dataset.features.iter().map(|feature| feature.name.as_str());
    let mut text = names.chain(["label"]).collect::<Vec<_>>().join(",");
    for (row, class) in samples.x.rows().into_iter().zip(&samples.y) {
        text.push('\n');
        for value in row {
            write!(text, "{value},").unwrap();
        }
        text += &dataset.classes[*class];
    }
    text
}

/// What `ctui evaluate` prints of the model of an arm.
fn evaluate(run: &Lockstep, arm: usize, folder: &Path, seed: u64) -> Value {
    let dataset = run.dataset();
    let file = |name: &str| folder.join(name).display().to_string();
    let model = model_file(run.models()[arm], dataset, &run.recipe().only(arm)).unwrap();
    model
        .write(folder.join("model.safetensors").as_path())
        .unwrap();
    fs::write(folder.join("test.csv"), csv(dataset, &dataset.test)).unwrap();
    fs::write(folder.join("train.csv"), csv(dataset, &dataset.train)).unwrap();
    let mut command = Command::cargo_bin("ctui").unwrap();
    let output = command
        .args(["evaluate", "--model", &file("model.safetensors")])
        .args(["--data", &file("test.csv"), "--train", &file("train.csv")])
        .args(["--rounds", "20", "--individuals", "100", "--json"])
        .args(["--attack-epsilon", "0", "--seed", &seed.to_string()])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_row_agrees_with_evaluate_within_its_stated_error() {
    let (mut near, mut all) = (0, 0);
    for id in ["ls", "circ", "moon", "ol"] {
        let preset = Preset::find(id).unwrap();
        let source = preset.source(None).unwrap();
        let recipe = Recipe::pair(source, Controls::new(preset.parameters()));
        let mut run = Lockstep::new(recipe).unwrap();
        for _ in 0..EPOCHS {
            run.train_epoch().unwrap();
        }
        let board = Scoreboard::measure(&run, Some(preset));
        let folder = tempfile::tempdir().unwrap();
        let seed = run.recipe().seed();
        for arm in 0..2 {
            let same = evaluate(&run, arm, folder.path(), seed);
            let other = evaluate(&run, arm, folder.path(), seed + 1);
            for (measure, name) in ROWS {
                let mut scores = board.scores.iter();
                let score = scores.find(|score| score.measure == measure).unwrap();
                let found = score.values[arm];
                let stated = 2.0 * found.error + 1e-4;
                let expected = same[name].as_f64().unwrap();
                let off = (found.value - expected).abs();
                assert!(
                    off <= stated,
                    "{id}, arm {arm}, {name}: {found:?} {expected}"
                );
                let expected = other[name].as_f64().unwrap();
                let off = (found.value - expected).abs();
                assert!(
                    off <= 3.0 * stated,
                    "{id}, arm {arm}, {name}: {found:?} {expected}"
                );
                near += usize::from(off <= 2f64.sqrt() * stated);
                all += 1;
            }
        }
    }
    assert!(10 * near >= 9 * all, "{near} of {all} rows");
}
