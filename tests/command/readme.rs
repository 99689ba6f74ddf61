//! The command lines of the README, carried out as they stand.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use assert_cmd::Command;
use tempfile::TempDir;

/// Lines of the README that call `ctui`, without comments.
fn commands(readme: &str) -> Vec<Vec<String>> {
    let section = readme.split("## Without a dashboard").nth(1).unwrap();
    section
        .lines()
        .filter_map(|line| line.strip_prefix("    ctui "))
        .map(|line| line.split('#').next().unwrap())
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .collect()
}

/// The grid that the README shows.
fn grid(readme: &str) -> String {
    let lines = readme.lines().skip_while(|line| *line != "    [base]");
    let block = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    block.map(|line| format!("{}\n", line.trim())).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

#[test]
fn every_command_of_the_readme_works_one_after_the_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let commands = commands(&readme);
    assert!(commands.len() >= 12, "{commands:?}");
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("grid.toml"), grid(&readme)).unwrap();
    copy_folder(
        &root.join("sample_data"),
        &folder.path().join("sample_data"),
    );
    for arguments in commands {
        let mut command = Command::cargo_bin("ctui").unwrap();
        let output = command
            .args(&arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
    }
    for made in [
        "runs/moon/model.safetensors",
        "runs/loan/recipe.json",
        "moons.csv",
        "map.svg",
        "sweeps/penalties/results.csv",
        "sweeps/mine/submit.sh",
    ] {
        assert!(folder.path().join(made).is_file(), "{made}");
    }
}
