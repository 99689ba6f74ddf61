//! Images on the command line: train on IDX files, explain and evaluate them.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use crate::common::{binary::ctui, cases::fixture};
use serde_json::Value;
use tempfile::TempDir;

const GLYPHS: &str = "sample_data/glyphs-images-idx3-ubyte";

fn json(arguments: &[&str]) -> Value {
    let (code, text, errors) = ctui(&[arguments, &["--json"]].concat());
    assert_eq!(code, 0, "{errors}");
    serde_json::from_str(&text).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let (code, text, errors) = ctui(arguments);
    assert_eq!((code, text.as_str()), (2, ""), "{errors}");
    errors
}

/// A model of the glyphs, hardly trained.
fn model(folder: &Path) -> String {
    let out = folder.join("run");
    let out = out.to_str().unwrap();
    json(&["train", "--data", GLYPHS, "--epochs", "2", "--out", out]);
    format!("{out}/model.safetensors")
}

/// A copy of the glyphs, without their labels.
fn unlabelled(folder: &Path) -> String {
    let copy = folder.join("some-images-idx3-ubyte");
    fs::copy(GLYPHS, &copy).unwrap();
    copy.to_str().unwrap().to_owned()
}

/// Two black images of 4 by 5 pixels.
fn small(folder: &Path) -> String {
    let path = folder.join("small-images-idx3-ubyte");
    let sizes = [0x803_u32, 2, 4, 5].map(u32::to_be_bytes).concat();
    fs::write(&path, [sizes, vec![0; 40]].concat()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn images_are_explained_in_their_own_units() {
    let folder = TempDir::new().unwrap();
    let (model, images) = (model(folder.path()), unlabelled(folder.path()));
    let mut call = vec!["explain", "--model", &model, "--data", &images];
    call.extend(["--target", "3", "--rows", "0,7"]);
    let found = json(&call);
    let found = found["counterfactuals"].as_array().unwrap();
    assert_eq!((found.len(), &found[1]["row"]), (2, &7.into()));
    for explanation in found {
        let x = explanation["x"].as_array().unwrap();
        assert_eq!(x.len(), 64);
        let bright = |value: &Value| (0.0..=255.0).contains(&value.as_f64().unwrap());
        assert!(x.iter().all(bright), "{x:?}");
        let changed = explanation["changed"].as_object().unwrap();
        assert!(changed.keys().all(|name| name.starts_with('r')));
    }
    let (_, text, _) = ctui(&call);
    assert!(
        text.contains("row 7: ") && text.contains(" to 3 ("),
        "{text}"
    );
    assert!(text.contains("of 64 pixels changed"), "{text}");
}

#[test]
fn images_are_evaluated_with_the_labels_beside_them() {
    let folder = TempDir::new().unwrap();
    let (model, images) = (model(folder.path()), unlabelled(folder.path()));
    let mut call = vec!["evaluate", "--model", &model, "--rounds", "2"];
    call.extend(["--individuals", "10", "--train", GLYPHS, "--data"]);
    let found = json(&[&call[..], &[GLYPHS]].concat());
    assert!(found["accuracy"].as_f64().unwrap() > 0.2);
    assert!(found["sensitivity"]["r7c7"].is_f64());
    let message = refused(&[&call[..], &[&images]].concat());
    assert!(
        message.contains("no labels") && message.contains("some-labels-idx1-ubyte"),
        "{message}"
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let folder = TempDir::new().unwrap();
    let (model, small) = (model(folder.path()), small(folder.path()));
    let table = fixture("moon_ct.safetensors").display().to_string();
    let with_recipe = folder.path().join("moons");
    let moons = with_recipe.to_str().unwrap();
    json(&["train", "--epochs", "0", "--out", moons]);
    let moons = format!("{moons}/model.safetensors");
    let absent = folder.path().join("no-images-idx3-ubyte");
    let (absent, parent) = (absent.to_str().unwrap(), folder.path().to_str().unwrap());
    let csv = fixture("moon_ct.test.csv").display().to_string();
    let cases = [
        (
            &model,
            small.as_str(),
            "4 by 5 pixels do not suit a model of 8 by 8",
        ),
        (&moons, GLYPHS, "the model takes 2 columns of a table"),
        (&table, small.as_str(), "takes 2 features, but"),
        (&table, GLYPHS, "has images of 8 by 8 pixels"),
        (&model, csv.as_str(), "no column `r0c0`"),
        (&model, absent, "no-images-idx3-ubyte"),
        (&model, parent, "is a folder"),
        (&table, "moons", "ctui data make moon"),
        (&table, "mons", "did you mean"),
    ];
    for (model, data, expected) in cases {
        for command in [&["explain", "--target", "1"][..], &["evaluate"]] {
            let call = ["--model", model, "--data", data];
            let message = refused(&[command, &call].concat());
            assert!(message.contains(expected), "{data}: {message}");
        }
    }
    let message = refused(&["train", "--data", parent]);
    assert!(message.contains("is a folder"), "{message}");
}

#[test]
fn a_folder_will_do_for_a_published_data_set() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let labels = GLYPHS.replace("images", "labels").replace("idx3", "idx1");
    fs::copy(GLYPHS, path("mnist-images-idx3-ubyte")).unwrap();
    fs::copy(labels, path("mnist-labels-idx1-ubyte")).unwrap();
    let (data, out) = (folder.path().to_str().unwrap(), path("run"));
    let out = out.to_str().unwrap();
    let train = ["train", "--preset", "mnist", "--data", data];
    json(&[&train[..], &["--epochs", "0", "--out", out]].concat());
    let model = format!("{out}/model.safetensors");
    let mut call = vec!["explain", "--model", &model, "--data", data];
    call.extend(["--target", "1", "--rows", "3"]);
    assert_eq!(json(&call)["counterfactuals"][0]["row"], 3);
}
