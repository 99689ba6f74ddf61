//! The command that repeats a run, through a shell.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::{fs, process::Command};

use ctui::{
    dashboard::{config::Defaults, reproduce::command},
    data::{Mutability, Source},
    recipe::{Controls, Recipe},
    training::HyperParameters,
};
use tempfile::TempDir;

/// Column names that a shell would take for something else.
const NAMES: [&str; 8] = [
    "$(touch pwned)",
    "`touch pwned`",
    "it's \"quoted\"",
    "two\nlines",
    "a; touch pwned #",
    "-dash",
    "income, yearly",
    "\\u{1b}[31m ${HOME} !! {a,b} *",
];

fn write_table(folder: &TempDir, name: &str) {
    let mut writer = csv::Writer::from_path(folder.path().join(name)).unwrap();
    writer
        .write_record(NAMES.iter().chain(&["la bel"]))
        .unwrap();
    for row in 0..60_usize {
        let cells = (0..NAMES.len()).map(|column| format!("{}", (row * (column + 3)) % 17));
        let label = (row * 3 % 17 > 8).to_string();
        writer.write_record(cells.chain([label])).unwrap();
    }
    writer.flush().unwrap();
}

#[test]
fn the_command_gives_the_run_whatever_the_names() {
    let folder = TempDir::new().unwrap();
    let name = "it's $(touch pwned).csv";
    write_table(&folder, name);
    let parameters = HyperParameters {
        epochs: 1,
        seed: 7,
        ..HyperParameters::default()
    };
    let source = |path: std::path::PathBuf| Source::Csv {
        path,
        label: Some("la bel".into()),
        format: Default::default(),
    };
    let mut controls = Controls::new(parameters);
    controls.mutability = [Mutability::None, Mutability::Increase, Mutability::Decrease]
        .into_iter()
        .cycle()
        .take(NAMES.len())
        .collect();
    let mut recipe = Recipe::single(source(folder.path().join(name)), controls);
    let features = recipe.source.load(&recipe.draw()).unwrap().features;
    recipe.source = source(name.into());
    let line = command(&recipe, &features, &Defaults::default());
    let binary = assert_cmd::cargo::cargo_bin("ctui");
    let script = format!("ctui() {{ \"$CTUI\" train --out run \"$@\"; }}\n{line}");
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .env("CTUI", binary)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}\n{errors}");
    assert!(!folder.path().join("pwned").exists(), "{line}");
    let text = fs::read_to_string(folder.path().join("run/recipe.json")).unwrap();
    let repeated: Recipe = Recipe::from_json(&text).unwrap();
    assert_eq!(repeated, recipe, "{line}");
}
