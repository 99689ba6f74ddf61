//! Recipes that were made elsewhere: their data are found beside them, and are the same or refused.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use ctui::model::{Mlp, ModelFile};
use tempfile::TempDir;

use crate::common::binary::ctui_in;

const SHORT: [&str; 6] = [
    "--epochs",
    "2",
    "--set",
    "counterfactuals=20",
    "--arms",
    "CT",
];

/// A run of `tables/loan.csv` in `run`, and a place to give its recipe to.
fn given() -> (TempDir, TempDir) {
    let [teacher, student] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    fs::create_dir(teacher.path().join("tables")).unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data/loan-approval");
    for kind in ["csv", "toml"] {
        let name = format!("tables/loan.{kind}");
        fs::copy(format!("{sample}.{kind}"), teacher.path().join(name)).unwrap();
    }
    let train = ["train", "--data", "tables/loan.csv", "--out", "run"];
    let (code, _, remarks) = ctui_in(&teacher, &[&train[..], &SHORT].concat());
    assert_eq!(code, 0, "{remarks}");
    fs::copy(
        teacher.path().join("run/recipe.json"),
        student.path().join("recipe.json"),
    )
    .unwrap();
    (teacher, student)
}

fn give(teacher: &TempDir, student: &TempDir, into: &str) {
    for kind in ["csv", "toml"] {
        let name = format!("loan.{kind}");
        let place = student.path().join(into).join(&name);
        fs::copy(teacher.path().join("tables").join(&name), place).unwrap();
    }
}

fn train(folder: &Path, recipe: &str) -> (i32, String) {
    let (code, _, remarks) = ctui_in(folder, &["train", "--recipe", recipe, "--out", "again"]);
    (code, remarks)
}

fn model(folder: &TempDir, run: &str) -> Mlp {
    let path = folder.path().join(run).join("model.safetensors");
    ModelFile::read(&path).unwrap().model
}

#[test]
fn data_beside_the_recipe_give_the_same_weights_from_any_folder() {
    let (teacher, student) = given();
    give(&teacher, &student, "");
    let elsewhere = tempfile::tempdir().unwrap();
    let recipe = student.path().join("recipe.json");
    let (code, remarks) = train(elsewhere.path(), recipe.to_str().unwrap());
    assert_eq!(code, 0, "{remarks}");
    assert!(model(&elsewhere, "again") == model(&teacher, "run"));
}

#[test]
fn data_that_are_missing_or_changed_are_named() {
    let (teacher, student) = given();
    let (code, remarks) = train(student.path(), "recipe.json");
    assert_eq!(code, 2, "{remarks}");
    assert!(remarks.contains("needs tables/loan.csv"), "{remarks}");
    assert!(remarks.contains("beside the recipe"), "{remarks}");
    give(&teacher, &student, "");
    let data = student.path().join("loan.csv");
    let text = fs::read_to_string(&data).unwrap();
    let shorter = text
        .rsplit_once('\n')
        .unwrap()
        .0
        .rsplit_once('\n')
        .unwrap()
        .0;
    fs::write(&data, shorter).unwrap();
    let (code, remarks) = train(student.path(), "recipe.json");
    assert_eq!(code, 2, "{remarks}");
    assert!(
        remarks.contains("the data have changed: loan.csv"),
        "{remarks}"
    );
    assert!(!student.path().join("again").exists());
}

#[test]
fn a_folder_that_was_moved_goes_on_with_the_data_that_moved_along() {
    let (teacher, student) = given();
    fs::rename(teacher.path().join("run"), student.path().join("run")).unwrap();
    give(&teacher, &student, "run");
    fs::remove_dir_all(teacher.path()).unwrap();
    let resume = ["train", "--resume", "run"];
    let (code, _, remarks) = ctui_in(&student, &resume);
    assert_eq!(code, 0, "{remarks}");
    fs::write(student.path().join("run/loan.csv"), "other,label\n1,2\n").unwrap();
    let (code, _, remarks) = ctui_in(&student, &resume);
    assert_eq!(code, 2, "{remarks}");
    assert!(remarks.contains("the data have changed"), "{remarks}");
}
