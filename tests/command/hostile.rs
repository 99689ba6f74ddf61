//! Files that never end, are too large, say what they must not, or hold numbers that no model can take; outputs
//! that nobody reads; and a second signal.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::{
    fs::{self, File},
    os::unix::fs::symlink,
    process::{self, Stdio},
    thread,
    time::Duration,
};

use assert_cmd::Command;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::common::binary::{Said, ctui_in, said};

/// What is small enough for a run of a moment.
const SMALL: [&str; 6] = ["--preset", "ls", "--epochs", "2", "--set", "samples=200"];

/// `ctui` with at most `mebibytes` of memory.
fn ctui_in_memory(folder: &TempDir, mebibytes: usize, arguments: &[&str]) -> Said {
    let limited = format!("ulimit -v {}; exec \"$0\" \"$@\"", mebibytes << 10);
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_ctui")]);
    said(command.args(arguments).current_dir(folder.path()))
}

fn table(folder: &TempDir) {
    let rows: String = (0..40)
        .map(|row| format!("{row}.5,{},{}\n", row % 7, row % 2))
        .collect();
    fs::write(folder.path().join("data.csv"), format!("a,b,label\n{rows}")).unwrap();
}

#[test]
fn what_never_ends_is_refused_whatever_it_is_to_be() {
    let folder = TempDir::new().unwrap();
    table(&folder);
    for name in [
        "zero.csv",
        "data.toml",
        "zero.json",
        "zero.toml",
        "zero.safetensors",
        "zero-idx3-ubyte",
    ] {
        symlink("/dev/zero", folder.path().join(name)).unwrap();
    }
    fs::create_dir(folder.path().join("run")).unwrap();
    symlink("/dev/zero", folder.path().join("run/checkpoint")).unwrap();
    let model = ["--model", "zero.safetensors", "--data", "zero.csv"];
    for call in [
        &["data", "describe", "zero.csv"][..],
        &["data", "describe", "data.csv"],
        &["data", "describe", "zero-idx3-ubyte"],
        &["train", "--data", "zero.csv"],
        &["train", "--recipe", "zero.json"],
        &["train", "--resume", "run"],
        &["--plain", "--config", "zero.toml"],
        &[&["evaluate"], &model[..]].concat(),
        &[&["explain", "--target", "1"], &model[..]].concat(),
        &["sweep", "zero.toml", "--out", "out"],
        &["lesson", "check", "zero.toml"],
        &["replay", "zero.json"],
        &["compare", "run"],
    ] {
        let (code, output, remarks) = ctui_in_memory(&folder, 600, call);
        assert!(
            [1, 2].contains(&code) && output.is_empty(),
            "{call:?}: {remarks}"
        );
        let told = remarks.contains("a pipe or a device") || remarks.contains("a symbolic link");
        assert!(told, "{call:?}: {remarks}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_takes_memory() {
    let folder = TempDir::new().unwrap();
    table(&folder);
    let sparse = |name: &str, mebibytes: u64| {
        File::create(folder.path().join(name))
            .unwrap()
            .set_len(mebibytes << 20)
            .unwrap();
    };
    sparse("data.toml", 3 << 10);
    sparse("large.json", 3 << 10);
    sparse("large.toml", 3 << 10);
    sparse("other.csv", 3 << 10);
    sparse("large.safetensors", 3 << 10);
    for (call, limit) in [
        (&["data", "describe", "data.csv"][..], "4 MiB"),
        (&["train", "--recipe", "large.json"], "64 MiB"),
        (&["--plain", "--config", "large.toml"], "1 MiB"),
        (&["sweep", "large.toml", "--out", "out"], "1 MiB"),
        (&["lesson", "check", "large.toml"], "1 MiB"),
    ] {
        let (code, _, remarks) = ctui_in_memory(&folder, 600, call);
        assert!([1, 2].contains(&code), "{call:?}: {remarks}");
        assert!(
            remarks.contains(&format!("larger than the {limit}")),
            "{call:?}: {remarks}"
        );
        assert!(remarks.len() < 1000, "{call:?}");
    }
    let (code, _, remarks) = ctui_in_memory(&folder, 2500, &["data", "describe", "other.csv"]);
    assert_eq!(code, 2, "{remarks}");
    assert!(remarks.contains("larger than the 512 MiB"), "{remarks}");
}

#[test]
fn numbers_that_no_model_can_hold_train_none() {
    let folder = TempDir::new().unwrap();
    let rows = |scale: &str| -> String {
        let row = |row: usize| format!("{}{scale},{}{scale},{}\n", row % 3, (row * 7) % 4, row % 2);
        "a,b,label\n".to_owned() + &(0..40).map(row).collect::<String>()
    };
    for (scale, standardise) in [("e38", true), ("e38", false), ("e39", true), ("e400", true)] {
        fs::write(folder.path().join("huge.csv"), rows(scale)).unwrap();
        fs::write(
            folder.path().join("huge.toml"),
            format!("standardise = {standardise}"),
        )
        .unwrap();
        let call = [
            "train", "--data", "huge.csv", "--epochs", "3", "--out", "run", "--json",
        ];
        let (code, output, remarks) = ctui_in(&folder, &call);
        match code {
            0 => {
                let document: serde_json::Value = serde_json::from_str(&output).unwrap();
                for number in [
                    &document["accuracy"],
                    &document["test_accuracy"],
                    &document["loss"]["total"],
                ] {
                    assert!(number.is_number(), "{scale}: {output}");
                }
            }
            _ => assert!(
                [1, 2].contains(&code) && !remarks.is_empty(),
                "{scale}: {remarks}"
            ),
        }
        let _ = fs::remove_dir_all(folder.path().join("run"));
    }
}

#[test]
fn recipes_of_other_versions_and_with_other_fields_are_refused() {
    let folder = TempDir::new().unwrap();
    let recipe = |version: &str, more: &str| {
        format!(
            r#"{{"version": {version}, "source": {{"from": "synthetic", "family": "moon"}}, "samples": 200, "noise": 0.1, "seed": 1, {more}
            "arms": [{{"name": "BL", "controls": {{"parameters": {{"objective": "vanilla"}}}}}}]}}"#
        )
    };
    for (text, words) in [
        (recipe("3", ""), "version 3"),
        (recipe("\"2\\u001b[31m\"", ""), "version"),
        (recipe("2", "\"sampels\": 3,"), "sampels"),
        (
            recipe("2", "").replace("\"samples\": 200", "\"samples\": 99999999999"),
            "samples",
        ),
        (
            recipe("2", "").replace("\"objective\": \"vanilla\"", "\"epochs\": 99999999999"),
            "epochs",
        ),
    ] {
        fs::write(folder.path().join("r.json"), text).unwrap();
        let (code, _, remarks) = ctui_in(&folder, &["train", "--recipe", "r.json"]);
        assert_eq!(code, 2, "{words}: {remarks}");
        assert!(
            remarks.contains(words) && !remarks.contains('\u{1b}'),
            "{words}: {remarks}"
        );
    }
}

#[test]
fn training_ends_well_where_nobody_reads_its_progress() {
    let folder = TempDir::new().unwrap();
    let train = |out: &str, stderr: Stdio| {
        let mut command = process::Command::new(env!("CARGO_BIN_EXE_ctui"));
        command
            .arg("train")
            .args(SMALL)
            .args(["--out", out])
            .current_dir(folder.path());
        command
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .unwrap()
    };
    let mut left = train("left", Stdio::piped());
    drop(left.stderr.take());
    assert!(left.wait().unwrap().success());
    if let Ok(full) = File::options().write(true).open("/dev/full") {
        assert!(train("full", full.into()).wait().unwrap().success());
        assert!(folder.path().join("full/model.safetensors").exists());
    }
    assert!(folder.path().join("left/model.safetensors").exists());
}

/// Both signals wait while the process is stopped, and come together.
#[test]
fn the_second_signal_ends_a_run_at_once() {
    let folder = TempDir::new().unwrap();
    let mut command = process::Command::new(env!("CARGO_BIN_EXE_ctui"));
    command.args([
        "train", "--preset", "moon", "--epochs", "100000", "--out", "run",
    ]);
    command.current_dir(folder.path()).stderr(Stdio::piped());
    let run = command.spawn().unwrap();
    let metrics = folder.path().join("run/metrics.jsonl");
    while fs::metadata(&metrics).map_or(0, |known| known.len()) == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    for signal in [Signal::STOP, Signal::TERM, Signal::INT, Signal::CONT] {
        kill_process(Pid::from_child(&run), signal).unwrap();
    }
    let ended = run.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(
        [Some(130), Some(143)].contains(&ended.status.code()),
        "{said}"
    );
    assert!(!said.contains("--resume"), "it took its time: {said}");
}

#[test]
fn a_schema_never_takes_the_place_of_its_data() {
    let folder = TempDir::new().unwrap();
    let (code, _, remarks) = ctui_in(&folder, &["data", "make", "loan", "--out", "l2.toml"]);
    assert_eq!(code, 2, "{remarks}");
    assert!(remarks.contains("the same name"), "{remarks}");
    assert!(!folder.path().join("l2.toml").exists());
}

#[test]
fn answers_and_errors_never_steer_the_terminal() {
    let folder = TempDir::new().unwrap();
    let rows: String = (0..40)
        .map(|row| {
            format!(
                "{}.5,k\u{1b}]52;c;eA==\u{7}{},{}\n",
                (row * 7) % 13,
                row % 3,
                ["no\u{202e}", "yes\u{1b}[5m"][row % 2]
            )
        })
        .collect();
    let header = "\u{9b}31ma\u{1b}]0;title\u{7},b,label\n";
    fs::write(folder.path().join("t.csv"), header.to_owned() + &rows).unwrap();
    fs::write(
        folder.path().join("c\u{1b}[31m.toml"),
        "th\u{1b}[31meme = 1",
    )
    .unwrap();
    fs::write(
        folder.path().join("r.json"),
        "{\"version\": \"\u{1b}[31m\"}",
    )
    .unwrap();
    let model = ["--model", "run/model.safetensors", "--data", "t.csv"];
    let hidden = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    for (call, expected) in [
        (
            &["train", "--data", "t.csv", "--epochs", "2", "--out", "run"][..],
            0,
        ),
        (
            &[
                &["explain", "--target", "yes\u{1b}[5m", "--rows", "0,1"],
                &model[..],
            ]
            .concat(),
            0,
        ),
        (
            &[&["explain", "--target", "\u{1b}[5m"], &model[..]].concat(),
            2,
        ),
        (
            &[
                &["evaluate", "--rounds", "1", "--individuals", "4"],
                &model[..],
            ]
            .concat(),
            0,
        ),
        (&["compare", "run", "run"], 0),
        (&["runs", "."], 0),
        (&["--plain", "--data", "t.csv", "--epochs", "2"], 0),
        (&["--plain", "--config", "c\u{1b}[31m.toml"], 2),
        (&["train", "--recipe", "r.json"], 2),
        (&["train", "--preset", "\u{1b}[31m"], 2),
        (&["\u{1b}[31m"], 2),
    ] {
        let (code, output, remarks) = ctui_in(&folder, call);
        assert_eq!(code, expected, "{call:?}: {remarks}");
        assert!(!output.contains(hidden), "{call:?}: {output:?}");
        assert!(!remarks.contains(hidden), "{call:?}: {remarks:?}");
    }
}
