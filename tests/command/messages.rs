//! The command line as a user meets it: results, and messages that help.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use assert_cmd::Command;
use ctui::{
    data::{Feature, Mutability},
    recipe::Recipe,
};

use crate::common::binary::unread;

fn ctui(arguments: &[&str]) -> std::process::Output {
    Command::cargo_bin("ctui")
        .unwrap()
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs with bad input; the message on standard error.
fn refused(arguments: &[&str]) -> String {
    let output = ctui(arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(output.stdout.is_empty());
    assert!(!message.contains("panicked"), "{message}");
    message
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn train_prints_one_json_document() {
    let output = ctui(&[
        "train", "--preset", "moon", "--epochs", "2", "--seed", "3", "--json",
    ]);
    assert!(output.status.success());
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&result["preset"], &result["seed"]),
        (&"moon".into(), &3.into())
    );
    assert_eq!(result["history"].as_array().unwrap().len(), 2);
    for name in ["total", "class", "div", "adv", "reg"] {
        assert!(result["history"][1]["loss"][name].is_f64(), "{name}");
    }
    let first = &result["history"][0];
    let searched = first["mature"].as_u64().unwrap() + first["exhausted"].as_u64().unwrap();
    assert_eq!(searched, 1000);
    assert!(result["model"].is_null());
}

#[test]
fn train_keeps_recipe_metrics_and_model() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let out = out.to_str().unwrap();
    let arguments = [
        "train",
        "--epochs",
        "2",
        "--set",
        "samples=200",
        "--out",
        out,
        "--json",
    ];
    let result: serde_json::Value = serde_json::from_slice(&ctui(&arguments).stdout).unwrap();
    let model = ctui::model::ModelFile::read(Path::new(result["model"].as_str().unwrap())).unwrap();
    assert!(model.metadata["features"].contains("x1"));
    let metrics = fs::read_to_string(Path::new(out).join("metrics.jsonl")).unwrap();
    assert_eq!(metrics.lines().count(), 2);
    let recipe = fs::read_to_string(Path::new(out).join("recipe.json")).unwrap();
    let recipe: ctui::recipe::Recipe = serde_json::from_str(&recipe).unwrap();
    assert_eq!(recipe.parameters().samples, 200);
}

#[test]
fn unknown_names_get_the_nearest_one() {
    assert!(refused(&["train", "--preset", "mon"]).contains("did you mean `moon`?"));
    assert!(refused(&["train", "--set", "lamda_div=1"]).contains("did you mean `lambda_div`?"));
    assert!(refused(&["train", "--immutable", "x3"]).contains("no feature `x3`"));
}

#[test]
fn a_text_column_is_locked_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let out = out.to_str().unwrap();
    let data = "sample_data/loan-approval.csv";
    let train = ["train", "--data", data, "--epochs", "0", "--out", out];
    let locked = ctui(&[&train[..], &["--immutable", "housing"]].concat());
    assert!(locked.status.success());
    let recipe = fs::read_to_string(Path::new(out).join("recipe.json")).unwrap();
    let recipe: Recipe = serde_json::from_str(&recipe).unwrap();
    let features = recipe.source.load(&recipe.draw()).unwrap().features;
    let housing = |feature: &Feature| feature.name.starts_with("housing=");
    for (feature, mutability) in features.iter().zip(&recipe.reference().controls.mutability) {
        let own = match housing(feature) {
            true => Mutability::None,
            false => feature.mutability,
        };
        assert_eq!(*mutability, own, "{}", feature.name);
    }
    assert_eq!(
        features.iter().filter(|feature| housing(feature)).count(),
        3
    );

    let model = format!("{out}/model.safetensors");
    let explain = ["explain", "--model", &model, "--data", data];
    let commands = [
        train[..3].to_vec(),
        [&explain[..], &["--target", "approved"]].concat(),
        ["evaluate", "--model", &model, "--data", data].to_vec(),
    ];
    for command in commands {
        let message = refused(&[&command[..], &["--increase", "housing"]].concat());
        assert!(
            message.contains("`housing` is text") && message.contains("`housing=family`"),
            "{message}"
        );
    }
}

#[test]
fn values_out_of_range_show_the_range() {
    let message = refused(&["train", "--set", "decision_threshold=1.5"]);
    assert!(message.contains("from 0.01 to 0.99"), "{message}");
    assert!(refused(&["train", "--epochs", "-5"]).contains("from 0 to"));
    assert!(refused(&["train", "--epochs", "many"]).contains("whole number"));
    assert!(
        refused(&["train", "--objective", "fast"]).contains("full, energy, adversarial, vanilla")
    );
    assert!(refused(&["train", "--threads", "0"]).contains("1 to 1024"));
    assert!(refused(&["train", "--set", "tau"]).contains("name=value"));
}

#[test]
fn bad_files_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.csv");
    assert!(refused(&["train", "--data", missing.to_str().unwrap()]).contains("missing.csv"));

    let rows = |last: &str| format!("a,b,label\n{}{last}\n", "1,2,0\n3,4,1\n".repeat(20));
    let cases = [
        ("word.csv", rows("1,x,0"), vec!["b", "42"]),
        ("inf.csv", rows("inf,1,0"), vec!["a", "42"]),
        ("ragged.csv", rows("1,0"), vec!["42"]),
        (
            "one.csv",
            format!("a,b,label\n{}", "1,2,0\n".repeat(40)),
            vec!["class"],
        ),
        ("empty.csv", String::new(), vec!["empty"]),
        ("nolabel.csv", "a,b\n1,2\n3,4\n".to_owned(), vec!["label"]),
    ];
    for (name, text, hints) in cases {
        let path = write(folder.path(), name, &text);
        let message = refused(&["train", "--data", &path]);
        for hint in hints.into_iter().chain([name]) {
            assert!(message.contains(hint), "{name}: {message}");
        }
    }
}

#[test]
fn a_replay_takes_a_runs_folder() {
    let folder = tempfile::tempdir().unwrap();
    let said = |path: &Path| refused(&["replay", path.to_str().unwrap()]);
    let empty = said(folder.path());
    assert!(
        empty.contains("holds no run: there is no recipe.json in it"),
        "{empty}"
    );
    write(folder.path(), "recipe.json", "{");
    let damaged = said(folder.path());
    assert!(damaged.contains("recipe.json: "), "{damaged}");
    let missing = said(&folder.path().join("missing"));
    assert!(missing.contains("missing: "), "{missing}");
    let recipe = Recipe::pair(
        ctui::data::Source::named("moons").unwrap(),
        ctui::recipe::Controls::new(Default::default()),
    );
    ctui::recipe::write(&folder.path().join("recipe.json"), &recipe, "").unwrap();
    let unwatched = said(folder.path());
    assert!(unwatched.contains("watched in a terminal"), "{unwatched}");
}

/// One file per mistake that a configuration can have; what the message says beside file and line.
const MISTAKES: [(&str, usize, &str); 9] = [
    (
        "unknown-entry.toml",
        3,
        "there is no entry `them` (did you mean `theme`?)",
    ),
    ("duplicate-entry.toml", 3, "`theme` is there twice"),
    (
        "unknown-theme.toml",
        1,
        "`theme` takes one of auto, dark, light",
    ),
    ("wrong-kind.toml", 2, "`mouse` takes true or false"),
    ("unknown-parameter.toml", 3, "did you mean `lambda_div`?"),
    ("value-out-of-range.toml", 2, "from 0 to 10"),
    (
        "unknown-action.toml",
        2,
        "there is no `toggle-runn` (did you mean `toggle-run`?)",
    ),
    ("unknown-key.toml", 2, "`hyper-x` is no key"),
    ("key-bound-twice.toml", 4, "key `q` is bound twice"),
];

#[test]
fn mistakes_in_a_configuration_are_placed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/config");
    for (name, line, problem) in MISTAKES {
        let path = folder.join(name);
        let path = path.to_str().unwrap();
        let message = refused(&["--config", path, "--print-config"]);
        assert!(message.contains(&format!("{path}:{line}: ")), "{message}");
        assert!(message.contains(problem), "{message}");
    }
    let files = fs::read_dir(folder).unwrap().count();
    assert_eq!(files, MISTAKES.len(), "every file is tried");
}

#[test]
fn the_printed_configuration_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let given = write(
        folder.path(),
        "given.toml",
        "theme = 'light'\n[defaults]\nlambda_div = 0.8\n",
    );
    let printed = ctui(&["--config", &given, "--marker", "dot", "--print-config"]).stdout;
    let printed = String::from_utf8(printed).unwrap();
    assert!(printed.contains("theme = \"light\"") && printed.contains("marker = \"dot\""));
    let again = write(folder.path(), "again.toml", &printed);
    let second = ctui(&["--config", &again, "--print-config"]).stdout;
    assert_eq!(String::from_utf8(second).unwrap(), printed);
    assert!(refused(&["--config", "nowhere.toml"]).contains("nowhere.toml"));
}

#[test]
fn defaults_hold_unless_a_preset_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let config = write(
        folder.path(),
        "c.toml",
        "[defaults]\nepochs = 2\nsamples = 200\n",
    );
    let lines = |arguments: &[&str]| {
        let all = [&["--plain", "--config", &config], arguments].concat();
        String::from_utf8(ctui(&all).stdout)
            .unwrap()
            .lines()
            .count()
    };
    assert_eq!(lines(&[]), 1 + 2);
    assert_eq!(lines(&["--epochs", "3"]), 1 + 3);
    assert_eq!(
        lines(&["--preset", "moon", "--epochs", "1", "--set", "samples=300"]),
        1 + 1
    );
}

#[test]
fn completions_and_manual_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = String::from_utf8(ctui(&["completions", shell]).stdout).unwrap();
        assert!(
            text.contains("paper") && text.contains("keep-picture"),
            "{shell}"
        );
    }
    assert!(refused(&["completions", "bsh"]).contains("bash"));
    let manual = String::from_utf8(ctui(&["man"]).stdout).unwrap();
    for word in [".TH ctui", "CTUI-EVALUATE", "\\-\\-print\\-config"] {
        assert!(manual.contains(word), "{word}: {manual}");
    }
}

#[test]
fn a_recipe_is_trained_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let out = out.to_str().unwrap();
    let first = ctui(&[
        "train",
        "--preset",
        "ol",
        "--epochs",
        "2",
        "--set",
        "samples=200",
        "--out",
        out,
        "--json",
    ]);
    let recipe = format!("{out}/recipe.json");
    let second = ctui(&["train", "--recipe", &recipe, "--json"]);
    let loss = |output: &std::process::Output| {
        let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        result["loss"].clone()
    };
    assert_eq!(loss(&first), loss(&second));
    let broken = write(folder.path(), "broken.json", "{\"source\": 3}");
    assert!(refused(&["train", "--recipe", &broken]).contains("broken.json: this is no recipe"));
    let text = fs::read_to_string(&recipe).unwrap();
    let absurd = text.replace("\"lambda_div\": 0.5", "\"lambda_div\": 50.0");
    let absurd = write(folder.path(), "absurd.json", &absurd);
    assert!(refused(&["train", "--recipe", &absurd]).contains("from 0 to 10"));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let commands = [
        vec!["--plain", "--epochs", "20", "--set", "samples=200"],
        vec!["data", "make", "moons"],
        vec!["train", "--epochs", "1", "--set", "samples=200", "--json"],
    ];
    for arguments in commands {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ctui"));
        let message = unread(command.args(&arguments));
        assert!(!message.contains("cannot write"), "{message}");
    }
}
