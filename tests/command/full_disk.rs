//! Files that cannot be written to their end: all of a file or nothing of it, the file is named, and
//! nothing that was there before is lost.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::common::binary::{Said, ctui_in, said};

/// `ctui`, where no file may grow beyond `blocks` of 512 bytes.
fn ctui_on_full_disk(folder: &TempDir, blocks: usize, arguments: &[&str]) -> Said {
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_ctui")]);
    said(command.args(arguments).current_dir(folder.path()))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_run_that_found_no_room_goes_on_to_the_same_weights() {
    let folder = tempfile::tempdir().unwrap();
    let run = [
        "train",
        "--preset",
        "moon",
        "--arms",
        "BL",
        "--epochs",
        "120",
        "--set",
        "samples=300",
        "--out",
    ];
    let (code, _, remarks) = ctui_in(&folder, &[&run[..], &["whole"]].concat());
    assert_eq!(code, 0, "{remarks}");
    let (code, _, remarks) = ctui_on_full_disk(&folder, 16, &[&run[..], &["cut"]].concat());
    assert_eq!(code, 1, "{remarks}");
    for words in ["cannot write cut/", "`ctui train --resume cut` goes on"] {
        assert!(remarks.contains(words), "{words}: {remarks}");
    }
    let (code, _, remarks) = ctui_in(&folder, &["train", "--resume", "cut"]);
    assert_eq!(code, 0, "{remarks}");
    for name in ["model.safetensors", "metrics.jsonl", "recipe.json"] {
        let bytes = |run: &str| fs::read(folder.path().join(run).join(name)).unwrap();
        assert!(bytes("cut") == bytes("whole"), "{name}");
    }
}

#[test]
fn of_data_all_files_appear_or_none_and_older_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    let make = ["data", "make", "moon", "--out", "moon.csv"];
    let (code, _, remarks) = ctui_on_full_disk(&folder, 8, &make);
    assert_eq!(code, 1, "{remarks}");
    assert!(remarks.contains("cannot write moon.csv"), "{remarks}");
    assert_eq!(names(folder.path()), [""; 0]);
    fs::write(folder.path().join("moon.csv"), "mine").unwrap();
    let again = [&make[..], &["--force"]].concat();
    let (code, _, remarks) = ctui_on_full_disk(&folder, 8, &again);
    assert_eq!(code, 1, "{remarks}");
    assert_eq!(names(folder.path()), ["moon.csv"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("moon.csv")).unwrap(),
        "mine"
    );
}
