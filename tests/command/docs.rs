//! The tests that the documents name.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// All Rust files below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(&path, found),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
}

/// Tests as documents name them: the file, or the folder that it stands for, and the function.
fn tests(home: &Path) -> BTreeSet<String> {
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        sources(&home.join(folder), &mut files);
    }
    let mut tests = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let place = match file.file_stem().unwrap().to_str().unwrap() {
            "mod" | "tests" => file.parent().unwrap(),
            _ => &file,
        };
        let place = place.file_stem().unwrap().to_str().unwrap();
        for part in text.split("#[test]").skip(1) {
            let name = part
                .split_once("fn ")
                .and_then(|(_, rest)| rest.split_once('('));
            tests.insert(format!("{place}::{}", name.unwrap().0));
        }
    }
    tests
}

#[test]
fn tests_that_documents_name_are_there() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = tests(home);
    let mut named = 0;
    for document in ["docs/RELIABILITY.md", "docs/CASES.md"] {
        let text = fs::read_to_string(home.join(document)).unwrap();
        for row in text.lines().filter(|line| line.starts_with('|')) {
            let last = row.trim_end_matches('|').rsplit('|').next().unwrap();
            for name in last
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|name| name.contains("::"))
            {
                assert!(tests.contains(name), "{document}: there is no test {name}");
                named += 1;
            }
        }
    }
    assert!(named > 40, "{named}");
}
