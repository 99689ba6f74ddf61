//! Files are not replaced by surprise, options may come first, and old locales get ASCII.

#![allow(clippy::unwrap_used)]

use std::{fs, process::Output};

use assert_cmd::Command;
use tempfile::TempDir;

fn ctui(folder: &TempDir, locale: &str, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("ctui").unwrap();
    command.current_dir(folder).args(arguments);
    command.env("LC_ALL", locale).env("HOME", folder.path());
    command.output().unwrap()
}

#[test]
fn nothing_is_replaced_without_force() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data.csv");
    let make = [
        "data",
        "make",
        "loan",
        "--samples",
        "50",
        "--out",
        "data.csv",
    ];
    fs::write(folder.path().join("data.toml"), "mine").unwrap();
    let refused = ctui(&folder, "C.UTF-8", &make);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(
        said.contains("data.toml") && said.contains("--force"),
        "{said}"
    );
    assert!(!data.exists(), "half of it was written");
    let forced = ctui(&folder, "C.UTF-8", &[&make[..], &["--force"]].concat());
    assert_eq!(forced.status.code(), Some(0));
    assert_ne!(fs::read(folder.path().join("data.toml")).unwrap(), b"mine");
    let again = ctui(&folder, "C.UTF-8", &make);
    assert_eq!(again.status.code(), Some(2));
    let schema = ["data", "describe", "data.csv", "--write-schema"];
    assert_eq!(ctui(&folder, "C.UTF-8", &schema).status.code(), Some(2));
    let lesson = ["lesson", "new", "data.csv"];
    assert_eq!(ctui(&folder, "C.UTF-8", &lesson).status.code(), Some(2));
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_whose_writer_is_killed_is_whole_or_not_there() {
    let folder = TempDir::new().unwrap();
    let make = ["data", "make", "moon", "--samples", "1000000"];
    for wait in [50, 150, 400] {
        let mut writer = std::process::Command::new(assert_cmd::cargo::cargo_bin("ctui"))
            .current_dir(folder.path())
            .args(make)
            .args(["--out", "moon.csv", "--force"])
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let mut left = fs::read_dir(folder.path()).unwrap();
        assert!(left.all(|entry| entry.unwrap().file_name() == "moon.csv"));
        if let Ok(table) = fs::read_to_string(folder.path().join("moon.csv")) {
            assert_eq!(table.lines().count(), 1_000_001);
        }
    }
}

#[test]
fn options_may_stand_before_a_subcommand() {
    let folder = TempDir::new().unwrap();
    let train = [
        "--threads",
        "1",
        "--seed",
        "3",
        "--no-color",
        "train",
        "--epochs",
        "1",
        "--json",
    ];
    let trained = ctui(&folder, "C.UTF-8", &train);
    assert_eq!(trained.status.code(), Some(0));
    let document: serde_json::Value = serde_json::from_slice(&trained.stdout).unwrap();
    assert_eq!(document["seed"], 3);
}

#[test]
fn without_utf8_lines_and_documents_are_ascii() {
    let folder = TempDir::new().unwrap();
    let rows = "1.5;kö;0\n2.5;漢;1\n3.5;kö;0\n4.5;漢;1\n".repeat(8);
    fs::write(
        folder.path().join("a.csv"),
        format!("größe;art;label\n{rows}"),
    )
    .unwrap();
    let train = ["train", "--data", "a.csv", "--epochs", "3", "--out", "run"];
    assert_eq!(ctui(&folder, "C.UTF-8", &train).status.code(), Some(0));
    let model = ["--model", "run/model.safetensors", "--data", "a.csv"];
    let explain = [&["explain", "--target", "1"], &model[..]].concat();
    let calls: Vec<Vec<&str>> = vec![
        vec!["--help"],
        vec!["explain", "--help"],
        vec!["paper", "--help"],
        vec!["--nonsense"],
        vec!["data", "describe", "a.csv"],
        vec!["data", "describe", "größe.csv"],
        explain.clone(),
        [&explain[..], &["--json"]].concat(),
        [
            &["evaluate", "--rounds", "1", "--individuals", "4"],
            &model[..],
        ]
        .concat(),
        vec!["lesson"],
        vec!["--plain", "--epochs", "2"],
    ];
    for locale in ["C", "POSIX", "de_DE.ISO-8859-1"] {
        for call in &calls {
            let Output { stdout, stderr, .. } = ctui(&folder, locale, call);
            for text in [stdout, stderr] {
                let shown = String::from_utf8_lossy(&text);
                assert!(text.is_ascii(), "{locale}, {call:?}: {shown}");
            }
        }
    }
    let json = [&explain[..], &["--json", "--rows", "0"]].concat();
    let [ascii, unicode] = ["C", "C.UTF-8"].map(|locale| {
        let text = ctui(&folder, locale, &json).stdout;
        serde_json::from_slice::<serde_json::Value>(&text).unwrap()
    });
    assert_eq!(ascii, unicode);
    assert!(unicode.to_string().contains("größe"), "{unicode}");
}
