//! A disk without room, and files that are none.

use std::fs;

use crate::stage::Stage;

/// A dashboard in `folder`, after a line of the shell.
fn stage_in(folder: &std::path::Path, before: &str) -> Stage {
    let line = format!(
        "cd {} && {before} && exec {} --set samples=400 --set counterfactuals=50",
        folder.display(),
        env!("CARGO_BIN_EXE_ctui")
    );
    Stage::keeping(&folder.join("state"), "sh", &["-c", &line])
}

/// No file may grow beyond two KiB.
#[test]
fn what_finds_no_room_leaves_nothing_and_older_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.svg"), "mine").unwrap();
    let mut stage = stage_in(folder.path(), "ulimit -f 4");
    stage.wait_for("Counterfactual training");
    stage.type_keys(" ");
    for (command, name) in [
        (":export picture.svg\r", "picture.svg"),
        (":save run\r", "run"),
        (":export old.svg\r:export old.svg\r", "old.svg"),
    ] {
        stage.type_keys(command);
        stage.wait_for(&format!("cannot write {name}"));
    }
    stage.type_keys("qq");
    assert_eq!(stage.end(), 0);
    stage.assert_restored();
    assert!(!folder.path().join("picture.svg").exists());
    let left = fs::read_dir(folder.path().join("run")).map_or(0, Iterator::count);
    assert_eq!(left, 0);
    assert_eq!(
        fs::read_to_string(folder.path().join("old.svg")).unwrap(),
        "mine"
    );
}

#[test]
fn a_pipe_freezes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage_in(folder.path(), "mkfifo pipe.csv");
    stage.wait_for("Counterfactual training");
    stage.type_keys("d");
    stage.wait_for("two interleaving half circles");
    assert!(!stage.text().contains("pipe.csv"), "{}", stage.text());
    stage.type_keys("\x1b");
    stage.wait("no list", |screen| {
        !screen.contents().contains("interleaving half circles")
    });
    stage.type_keys(":data pipe.csv\r");
    stage.wait_for("a pipe or a device");
    stage.type_keys("qq");
    assert_eq!(stage.end(), 0);
}
