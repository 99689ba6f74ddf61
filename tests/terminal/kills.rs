//! A dashboard that is killed: its run goes on as if nothing had been.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use ctui::model::{Mlp, ModelFile};

use crate::{
    moments::{kills, random},
    stage::Stage,
};

const CTUI: &str = env!("CARGO_BIN_EXE_ctui");
const RUN: [&str; 6] = [
    "--epochs",
    "1500",
    "--set",
    "samples=1500",
    "--set",
    "counterfactuals=300",
];

/// What `ctui` prints, which has to succeed.
pub fn ctui(arguments: &[&str]) -> String {
    let done = Command::new(CTUI).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

/// The weights; what the files say of the recipe spells more out where a dashboard wrote it.
fn models(folder: &Path) -> [Mlp; 2] {
    ["BL", "CT"].map(|arm| {
        let path = folder.join(format!("model.{arm}.safetensors"));
        ModelFile::read(&path).unwrap().model
    })
}

fn unfinished(state: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(state.join("ctui/unfinished"));
    let paths = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.join("checkpoint").exists())
        .collect()
}

/// Goes to the end of a run with no dashboard.
fn finish(folder: &Path) -> [Mlp; 2] {
    ctui(&["train", "--resume", folder.to_str().unwrap()]);
    models(folder)
}

#[test]
fn a_killed_dashboard_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    ctui(
        &[
            &["train"][..],
            &RUN,
            &["--arms", "BL,CT", "--out", whole.to_str().unwrap()],
        ]
        .concat(),
    );
    let expected = models(&whole);
    let state = folder.path().join("state");
    let (mut done, mut runs) = (0, 0);
    while done < kills(2) {
        let mut arguments = RUN.to_vec();
        while done < kills(2) {
            let mut stage = Stage::keeping(&state, CTUI, &arguments);
            stage.wait_for("epoch");
            thread::sleep(Duration::from_millis(random(5000)));
            stage.child.0.kill().unwrap();
            stage.end();
            done += 1;
            if !unfinished(&state).is_empty() {
                arguments = vec!["--resume"];
                if random(3) == 0 {
                    break;
                }
            }
        }
        if let [left] = &unfinished(&state)[..] {
            assert!(finish(left) == expected, "after {done} kills");
            fs::remove_dir_all(left).unwrap();
            runs += 1;
        }
    }
    println!("{done} kills in {runs} runs");
}

#[test]
fn a_lesson_does_not_take_the_place_of_ones_own_run() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let slow = ["--preset", "moon", "--epochs", "100000"];
    let mut stage = Stage::keeping(&state, CTUI, &slow);
    while unfinished(&state).is_empty() {
        stage.wait_for("epoch");
        thread::sleep(Duration::from_millis(20));
    }
    stage.type_keys(":lesson plausible\r");
    stage.wait_for("Circles");
    thread::sleep(Duration::from_millis(2500));
    stage.child.0.kill().unwrap();
    stage.end();
    let stage = Stage::keeping(&state, CTUI, &slow);
    stage.wait_for("an interrupted run of Moons");
}

#[test]
fn an_interrupted_run_is_offered_once_and_gone_after_a_quiet_end() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let slow = ["--epochs", "100000", "--set", "samples=400"];
    let stage = Stage::keeping(&state, CTUI, &slow);
    while unfinished(&state).is_empty() {
        stage.wait_for("epoch");
        thread::sleep(Duration::from_millis(20));
    }
    drop(stage);
    let mut stage = Stage::keeping(&state, CTUI, &slow);
    stage.wait_for("ctui --resume");
    stage.type_keys("qq");
    assert_eq!(stage.end(), 0);
    assert_eq!(unfinished(&state).len(), 1);
    let mut stage = Stage::keeping(&state, CTUI, &["--resume"]);
    stage.wait_for("epoch");
    stage.type_keys("qq");
    assert_eq!(stage.end(), 0);
    assert!(unfinished(&state).is_empty());
}
