//! Runs that are killed, stopped or got in the way of: none is lost, and none is another in the end.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::common::kills::{kills, random};

/// A run of a second or two, with changes of every kind of arm, one of which carries samples along.
const RUN: [&str; 10] = [
    "--preset",
    "moon",
    "--arms",
    "BL,CT,JEM",
    "--epochs",
    "900",
    "--set",
    "samples=1500",
    "--set",
    "counterfactuals=300",
];

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn ctui(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ctui"));
        command.args(arguments).current_dir(self.0.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("XDG_STATE_HOME", self.0.path());
        command
    }

    fn begin(&self, out: &str) -> Child {
        let arguments = [&["train"][..], &RUN, &["--out", out]].concat();
        self.ctui(&arguments).spawn().unwrap()
    }

    fn train(&self, out: &str) -> Output {
        self.begin(out).wait_with_output().unwrap()
    }

    fn resume(&self, out: &str) -> Child {
        self.ctui(&["train", "--resume", out]).spawn().unwrap()
    }

    /// The files of a run that are the same however often it was stopped.
    fn results(&self, out: &str) -> Vec<(String, Vec<u8>)> {
        let names = ["BL", "CT", "JEM"].map(|arm| format!("model.{arm}.safetensors"));
        let names = names
            .into_iter()
            .chain(["metrics.jsonl".into(), "recipe.json".into()]);
        names
            .map(|name| {
                let bytes = fs::read(self.path(out).join(&name)).unwrap();
                (name, bytes)
            })
            .collect()
    }

    /// Names of what is in a folder and is no file of a run.
    fn strangers(&self, out: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(out)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let known = ["metrics.jsonl", "recipe.json", "checkpoint", "log.txt"];
        names
            .filter(|name| !known.contains(&name.as_str()) && !name.starts_with("model."))
            .collect()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn kills_at_any_moment_change_nothing() {
    let place = Place::new();
    let start = Instant::now();
    assert!(place.train("whole").status.success());
    let whole = u64::try_from(start.elapsed().as_millis()).unwrap();
    let expected = place.results("whole");
    let (mut runs, mut done) = (0, 0);
    while done < kills(4) {
        runs += 1;
        let out = format!("run{runs}");
        let mut child = place.begin(&out);
        loop {
            thread::sleep(Duration::from_millis(random(whole)));
            child.kill().unwrap();
            let ended = child.wait().unwrap();
            if !ended.success() {
                done += 1;
            }
            if ended.success() || done >= kills(4) {
                break;
            }
            child = match place.path(&out).join("recipe.json").exists() {
                true => place.resume(&out),
                false => place.begin(&out),
            };
        }
        let last = match place.path(&out).join("recipe.json").exists() {
            true => place.resume(&out),
            false => place.begin(&out),
        };
        let last = last.wait_with_output().unwrap();
        assert!(last.status.success(), "{}", said(&last));
        assert!(place.results(&out) == expected, "run {runs} is another");
        assert_eq!(place.strangers(&out), [""; 0]);
    }
    println!("{done} kills in {runs} runs");
}

#[test]
fn a_signal_ends_a_run_where_it_goes_on() {
    let place = Place::new();
    assert!(place.train("whole").status.success());
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let out = format!("out{code}");
        let child = place.begin(&out);
        let metrics = place.path(&out).join("metrics.jsonl");
        let started = |path: &Path| fs::metadata(path).is_ok_and(|known| known.len() > 0);
        while !started(&metrics) {
            thread::sleep(Duration::from_millis(2));
        }
        kill_process(Pid::from_child(&child), signal).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(code), "{}", said(&ended));
        assert!(said(&ended).contains(&format!("ctui train --resume {out}")));
        assert!(place.path(&out).join("checkpoint").exists());
        let again = place.resume(&out).wait_with_output().unwrap();
        assert!(again.status.success(), "{}", said(&again));
        assert!(place.results(&out) == place.results("whole"));
    }
}

#[test]
fn the_second_process_is_told() {
    let place = Place::new();
    let mut first = place.begin("out");
    let lock = place.path("out").join("lock");
    let is_ours = |text: String| text.trim() == first.id().to_string();
    let metrics = place.path("out/metrics.jsonl");
    while !metrics.exists() || !fs::read_to_string(&lock).is_ok_and(is_ours) {
        thread::sleep(Duration::from_millis(2));
    }
    for arguments in [
        &["train", "--resume", "out"][..],
        &["train", "--epochs", "1", "--out", "out"],
    ] {
        let second = place.ctui(arguments).output().unwrap();
        assert_eq!(second.status.code(), Some(1), "{}", said(&second));
        assert!(
            said(&second).contains(&first.id().to_string()),
            "{}",
            said(&second)
        );
    }
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(lock.exists());
    let third = place.resume("out").wait_with_output().unwrap();
    assert!(third.status.success(), "{}", said(&third));
    assert!(!lock.exists());
}

#[test]
fn a_run_that_is_there_is_not_overwritten() {
    let place = Place::new();
    let train = |more: &[&str]| {
        let small = ["train", "--preset", "ls", "--epochs", "2", "--out", "out"];
        place.ctui(&[&small[..], more].concat()).output().unwrap()
    };
    assert!(train(&[]).status.success());
    let model = fs::read(place.path("out/model.safetensors")).unwrap();
    let second = train(&["--seed", "2"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(said(&second).contains("--force"), "{}", said(&second));
    assert_eq!(
        fs::read(place.path("out/model.safetensors")).unwrap(),
        model
    );
    assert!(train(&["--seed", "2", "--force"]).status.success());
    assert_ne!(
        fs::read(place.path("out/model.safetensors")).unwrap(),
        model
    );
    let nothing = place.ctui(&["train", "--resume", "no"]).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
    let both = place
        .ctui(&["train", "--resume", "out", "--seed", "3"])
        .output()
        .unwrap();
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn links_in_the_place_of_files_are_not_followed() {
    let place = Place::new();
    for name in [
        "metrics.jsonl",
        "checkpoint",
        "log.txt",
        "lock",
        "recipe.json",
        "model.safetensors",
    ] {
        let (folder, victim) = (place.path("linked"), place.path("victim"));
        fs::create_dir(&folder).unwrap();
        fs::write(&victim, "precious").unwrap();
        symlink(&victim, folder.join(name)).unwrap();
        for more in [&[][..], &["--force"]] {
            let small = [
                "train", "--preset", "ls", "--epochs", "2", "--out", "linked",
            ];
            place.ctui(&[&small[..], more].concat()).output().unwrap();
            assert_eq!(fs::read_to_string(&victim).unwrap(), "precious", "{name}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir(place.path("outside")).unwrap();
    fs::create_dir(place.path("run")).unwrap();
    symlink(place.path("outside"), place.path("run/autoencoder")).unwrap();
    let revise = [
        "train",
        "--preset",
        "ls",
        "--epochs",
        "2",
        "--set",
        "generator=revise",
    ];
    let refused = place
        .ctui(&[&revise[..], &["--out", "run"]].concat())
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert_eq!(fs::read_dir(place.path("outside")).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let place = Place::new();
    let folder = place.path("closed");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let is_powerless = fs::write(folder.join("probe"), "").is_err();
    if is_powerless {
        let refused = place
            .ctui(&["train", "--epochs", "1", "--out", "closed/run"])
            .output()
            .unwrap();
        assert!(!refused.status.success());
        assert!(said(&refused).contains("closed/run"), "{}", said(&refused));
    }
    fs::write(place.path("file"), "").unwrap();
    let refused = place
        .ctui(&["train", "--epochs", "1", "--out", "file/run"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("file/run"), "{}", said(&refused));
}

#[test]
fn other_data_or_a_damaged_checkpoint_are_refused() {
    let place = Place::new();
    let make = |seed: &str| {
        let data = ["data", "make", "moon", "--samples", "200", "--seed", seed];
        let made = place.ctui(&data).output().unwrap().stdout;
        fs::write(place.path("d.csv"), made).unwrap();
    };
    make("1");
    let small = ["train", "--data", "d.csv", "--epochs", "3", "--out", "out"];
    assert!(place.ctui(&small).output().unwrap().status.success());
    make("2");
    let refused = place.resume("out").wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("data have changed"),
        "{}",
        said(&refused)
    );
    make("1");
    assert!(
        place
            .resume("out")
            .wait_with_output()
            .unwrap()
            .status
            .success()
    );
    let checkpoint = place.path("out/checkpoint");
    let bytes = fs::read(&checkpoint).unwrap();
    fs::write(&checkpoint, &bytes[..bytes.len() / 2]).unwrap();
    let refused = place.resume("out").wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("out/checkpoint"),
        "{}",
        said(&refused)
    );
}
