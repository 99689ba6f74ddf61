//! The dashboard for those who listen, with lines in and lines out; and runs in plain lines.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use assert_cmd::Command;
use ctui::{
    data::{Family, Mutability, Source},
    recipe::{self, Change, Controls, Recipe},
    training::HyperParameters,
};
use tempfile::TempDir;

use crate::common::binary::{Said, said, unread};

const SHORT: [&str; 5] = ["--epochs", "40", "--set", "samples=200", "--set"];

/// A session whose lines are `lines`, in a folder of its own.
fn session(arguments: &[&str], lines: &str) -> Said {
    let folder = tempfile::tempdir().unwrap();
    session_in(&folder, arguments, lines)
}

fn session_in(folder: &TempDir, arguments: &[&str], lines: &str) -> Said {
    let mut command = Command::cargo_bin("ctui").unwrap();
    command
        .current_dir(folder)
        .env("XDG_STATE_HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .args(arguments)
        .write_stdin(lines);
    said(&mut command)
}

fn small<'a>(own: &[&'a str]) -> Vec<&'a str> {
    let short = [&SHORT[..], &["counterfactuals=50"]].concat();
    [&["--screen-reader"], own, &short[..]].concat()
}

/// Asserts that every line is a label and what it says, and steers nothing.
fn assert_plain(output: &str) {
    assert!(
        !output.replace('\n', "").contains(char::is_control),
        "{output:?}"
    );
    for line in output.lines() {
        let label = line.split_once(": ");
        let labelled = label.is_some_and(|(label, rest)| !label.is_empty() && !rest.is_empty());
        assert!(labelled || line.starts_with("without the"), "{line}");
    }
}

#[test]
fn a_whole_session_is_held_in_lines() {
    let lines = "pause\nstatus\nlock x1\nset λ_adv 0.5\nset lambda_div 99\nlokc x1\nrun-to 12\nwait\nscore\n\
        score ip\nlosses\ninspect 5\nfeatures\nlesson tour\ncard\nleave-lesson\nquit\nquit\n";
    let (code, output, remarks) = session(&small(&[]), lines);
    assert_eq!((code, remarks.as_str()), (0, ""), "{output}");
    assert_plain(&output);
    let mut rest = output.as_str();
    for expected in [
        "status: Moons, epoch ",
        "arm BL: Baseline, test accuracy ",
        "training: paused at epoch ",
        "done: x1 locked; from the next epoch\n",
        "done: λ_adv = 0.5; from the next epoch\n",
        "refused: `99` is no value for lambda_div: it takes a number from 0 to 10\n",
        "not understood: there is no command `lokc` (did you mean `lock`?); help lists what can be typed\n",
        ": λ_adv of CT changed from 0.25 to 0.5\n",
        ": feature x1 of CT changed from both ways to locked\n",
        "epoch 12 of 40: BL loss ",
        "training: paused at epoch 12; run goes on\n",
        "score at epoch ",
        "\naccuracy: BL ",
        "less is better",
        "losses of CT at epoch 12: total ",
        "sample: row 5 of the test set, whose rows are 0 to ",
        "advice of CT: ",
        "feature x1: locked",
        "lesson: What you see\n",
        "card 1 of 8: Two models are about to learn the same thing",
        "card 1 of 8: ",
        "done: lesson closed; :lesson tour opens it again\n",
        "again: ctui --preset moon",
    ] {
        let (_, after) = rest
            .split_once(expected)
            .unwrap_or_else(|| panic!("{expected} in {rest} of {output}"));
        rest = after;
    }
}

#[test]
fn the_end_of_the_lines_is_the_end() {
    for lines in ["", "help\n", "run-to 3\n", "step-epoch\nlosses"] {
        let (code, output, remarks) = session(&small(&[]), lines);
        assert_eq!((code, remarks.as_str()), (0, ""), "{lines}: {output}");
        assert_plain(&output);
        assert!(output.starts_with("status: Moons"), "{output}");
        let reached = output.contains("epoch 3 of 40: ");
        assert!(reached || !lines.starts_with("run-to"), "{output}");
    }
}

#[test]
fn a_lesson_is_played_by_its_lines_alone() {
    let lines = "\n\nwait\n\n\n\n\nsample\n\n\n\nquit\n";
    let (code, output, _) = session(&["lesson", "tour", "--screen-reader"], lines);
    assert_eq!(code, 0, "{output}");
    assert_plain(&output);
    for expected in [
        "card 2 of 8: They are learning.",
        "card: waiting for epoch >= 100; epoch is ",
        "refused: waiting for epoch >= 100",
        "card 5 of 8: Now compare where the stars lie.",
        "to hear what the card shows: boundary, score",
        "card 6 of 8: ",
        "sample: row 0 of the test set",
        "card 8 of 8: ",
        "done: the end of “What you see”; the run is yours now",
    ] {
        assert!(output.contains(expected), "{expected} in {output}");
    }
}

#[test]
fn the_configuration_chooses_lines_as_well() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("ctui")).unwrap();
    fs::write(
        folder.path().join("ctui/config.toml"),
        "screen-reader = true\n",
    )
    .unwrap();
    let (code, output, remarks) = session_in(&folder, &small(&[])[1..], "status\nleave\n");
    assert_eq!((code, remarks.as_str()), (0, ""));
    assert!(output.starts_with("status: "), "{output}");
    let (_, printed, _) = session_in(&folder, &["--print-config"], "");
    assert!(printed.contains("\nscreen-reader = true\n"), "{printed}");
    fs::write(
        folder.path().join("ctui/config.toml"),
        "screen-reader = 1\n",
    )
    .unwrap();
    let (code, _, remarks) = session_in(&folder, &[], "");
    assert_eq!(code, 2);
    assert!(
        remarks.contains("config.toml:1: `screen-reader` takes true or false"),
        "{remarks}"
    );
}

#[test]
fn a_listener_who_has_heard_enough_is_no_failure() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ctui"));
    unread(
        command
            .args(small(&[]))
            .env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .stdin(std::process::Stdio::piped()),
    );
}

/// A recipe of two arms with a change and a lock at epoch 3.
fn changed(folder: &Path) -> String {
    let parameters = HyperParameters {
        samples: 200,
        counterfactuals: 10,
        max_steps: 5,
        epochs: 5,
        ..HyperParameters::default()
    };
    let source = Source::Synthetic {
        family: Family::Moon,
        classes: None,
    };
    let mut recipe = Recipe::pair(source, Controls::new(parameters));
    let mut controls = recipe.arms[1].controls.clone();
    controls.parameters.lambda_adv = 0.5;
    controls.mutability = vec![Mutability::None, Mutability::Both];
    recipe.arms[1].changes = vec![Change { epoch: 3, controls }];
    let path = folder.join("recipe.json");
    recipe::write(&path, &recipe, "").unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn plain_lines_tell_every_epoch_and_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = changed(folder.path());
    for command in [vec!["--plain"], vec!["train", "--plain"]] {
        let arguments = [&command[..], &["--recipe", &recipe]].concat();
        let (code, output, remarks) = session_in(&folder, &arguments, "");
        assert_eq!((code, remarks.as_str()), (0, ""), "{output}");
        let lines: Vec<&str> = output
            .lines()
            .filter(|line| line.starts_with("epoch "))
            .collect();
        assert_eq!(lines.len(), 7, "{output}");
        assert!(lines[0].starts_with("epoch 1 of 5: BL loss ") && lines[0].contains("; CT loss "));
        assert_eq!(lines[2], "epoch 3: λ_adv of CT changed from 0.25 to 0.5");
        assert_eq!(
            lines[3],
            "epoch 3: feature x1 of CT changed from both ways to locked"
        );
        assert!(lines[4].starts_with("epoch 3 of 5: ") && lines[6].starts_with("epoch 5 of 5: "));
        assert!(
            !output.replace('\n', "").contains(char::is_control),
            "{output:?}"
        );
    }
    let (code, _, remarks) = session_in(&folder, &["train", "--plain", "--json"], "");
    assert!(code == 2 && remarks.contains("--json"), "{remarks}");
}
