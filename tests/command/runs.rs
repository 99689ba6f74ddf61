//! Runs in folders: listed and compared.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path, process::Output};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn ctui(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("ctui").unwrap();
    command.current_dir(folder).args(arguments);
    command.env("XDG_STATE_HOME", folder.join("state"));
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&said(&ctui(folder, arguments))).unwrap()
}

/// Folders `old/a` (two arms of moons), `old/b` (one of circles), and `torn`, whose checkpoint is not
/// whole.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let few = ["--set", "samples=200", "--set", "counterfactuals=40"];
    for (out, rest) in [
        (
            "old/a",
            ["--preset", "moon", "--arms", "BL,CT", "--epochs", "20"],
        ),
        (
            "old/b",
            ["--preset", "circ", "--seed", "7", "--epochs", "10"],
        ),
        ("torn", ["--preset", "moon", "--seed", "1", "--epochs", "3"]),
    ] {
        let arguments = [&["train", "--out", out][..], &rest, &few].concat();
        said(&ctui(place.path(), &arguments));
    }
    let checkpoint = place.path().join("torn/checkpoint");
    let bytes = fs::read(&checkpoint).unwrap();
    fs::write(&checkpoint, &bytes[..bytes.len() / 2]).unwrap();
    place
}

#[test]
fn runs_are_found_below_a_folder_and_damaged_ones_are_named() {
    let place = place();
    fs::create_dir(place.path().join("old/empty")).unwrap();
    let text = said(&ctui(place.path(), &["runs"]));
    let lines: Vec<&str> = text.lines().collect();
    let line = |part: &str| *lines.iter().find(|line| line.contains(part)).unwrap();
    for (run, parts) in [
        ("old/a", ["Moons", "finished", "20/20", "BL"]),
        ("old/b", ["Circles", "finished", "10/10", "CT"]),
    ] {
        for part in parts {
            assert!(line(run).contains(part), "{part}: {text}");
        }
    }
    let damaged = line("damaged: ");
    assert!(damaged.contains("torn/checkpoint"), "{text}");
    assert!(!text.contains("empty"), "{text}");

    let found = json(place.path(), &["runs", "old", "torn", "--json"]);
    let runs = found["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 3);
    let trained = json(
        place.path(),
        &[
            "train",
            "--preset",
            "circ",
            "--seed",
            "7",
            "--epochs",
            "10",
            "--set",
            "samples=200",
            "--set",
            "counterfactuals=40",
            "--json",
        ],
    );
    assert_eq!(runs[1]["arms"][0]["accuracy"], trained["test_accuracy"]);
    assert_eq!(runs[1]["arms"][0]["loss"], trained["loss"]["total"]);
    assert_eq!(runs[2]["state"], "damaged");
    assert!(runs[2]["problem"].as_str().unwrap().contains("checkpoint"));
}

#[test]
fn metrics_that_are_cut_or_gone_are_damage() {
    let place = place();
    let metrics = place.path().join("old/b/metrics.jsonl");
    let text = fs::read_to_string(&metrics).unwrap();
    let half: String = text
        .lines()
        .take(5)
        .map(|line| format!("{line}\n"))
        .collect();
    for (content, part) in [(half, "cut after epoch 5"), (String::new(), "epoch 0")] {
        fs::write(&metrics, content).unwrap();
        let text = said(&ctui(place.path(), &["runs", "old"]));
        assert!(text.contains("damaged: ") && text.contains(part), "{text}");
    }
    let refused = ctui(place.path(), &["compare", "old/a", "old/b"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("metrics.jsonl"));
}

#[test]
fn folders_without_runs_and_no_folders_are_told() {
    let place = tempfile::tempdir().unwrap();
    assert!(said(&ctui(place.path(), &["runs"])).contains("no runs here"));
    for arguments in [["runs", "nowhere"], ["compare", "nowhere"]] {
        let refused = ctui(place.path(), &arguments);
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("nowhere"));
    }
}

#[test]
fn runs_are_compared_with_the_scores_of_the_scoreboard() {
    let place = place();
    let text = said(&ctui(place.path(), &["compare", "old/a", "old/b"]));
    for part in [
        "1. old/a: Moons, seed 1, epoch 20 of 20",
        "2. old/b: Circles, seed 7, epoch 10 of 10",
        "different data",
        "1 BL",
        "2 CT",
        "IP*",
        "mature share",
        "Total loss over epochs 1 to 20",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let found = json(place.path(), &["compare", "old/a", "--json"]);
    let arms = found["runs"][0]["arms"].as_array().unwrap();
    let history = arms[1]["history"].as_array().unwrap();
    assert_eq!(history.len(), 20);
    assert!(arms[1]["scores"]["ip_star"]["error"].as_f64().unwrap() > 0.0);

    let accuracy = arms[1]["scores"]["accuracy"]["value"].as_f64().unwrap();
    let listed = json(place.path(), &["runs", "old", "--json"]);
    let same = listed["runs"][0]["arms"][1]["accuracy"].as_f64().unwrap();
    assert!((accuracy - same).abs() < 1e-6);
}

#[test]
fn data_that_have_changed_are_told() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("m.csv");
    let make = |seed| {
        let arguments = ["data", "make", "moon", "--samples", "200", "--seed", seed];
        fs::write(&data, said(&ctui(place.path(), &arguments))).unwrap();
    };
    make("1");
    let arguments = ["train", "--data", "m.csv", "--epochs", "3", "--out", "run"];
    said(&ctui(place.path(), &arguments));
    make("2");
    let text = said(&ctui(place.path(), &["runs", "run"]));
    assert!(
        text.contains("without scores: ") && text.contains("changed"),
        "{text}"
    );
    let refused = ctui(place.path(), &["compare", "run"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
}
