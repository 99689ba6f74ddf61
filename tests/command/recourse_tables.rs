//! What is printed can be done, and reaches its target: whole numbers within bounds, read back by the
//! model from the table that was printed.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use ctui::{
    counterfactual::GeneratorKind,
    random::{Purpose, stream},
};
use rand::RngExt;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::{
    binary::{ctui, done},
    loans,
};

/// Rows in the shape of the original file of Adult: no header, blanks after commas, gaps as `?`.
fn adult(rows: usize) -> String {
    let mut random = stream(3, Purpose::Data, 0);
    let mut text = String::new();
    let works = ["Private", "State-gov", "Self-emp-inc", "?"];
    let jobs = ["Sales", "Craft-repair", "Exec-managerial", "?"];
    let schools = [("HS-grad", 9), ("Bachelors", 13), ("Masters", 14)];
    for _ in 0..rows {
        let age = random.random_range(17..=90);
        let (school, years) = schools[random.random_range(0..3)];
        let (work, job) = (random.random_range(0..4), random.random_range(0..4));
        let married = random.random_range(0..2) == 1;
        let gain = if random.random_range(0..10) == 0 {
            random.random_range(1..99_999)
        } else {
            0
        };
        let loss = if random.random_range(0..10) == 0 {
            random.random_range(1..4000)
        } else {
            0
        };
        let hours = random.random_range(1..=99);
        let worth = f64::from(years)
            + f64::from(hours) / 20.0
            + 3.0 * f64::from(u8::from(married))
            + f64::from(gain) / 9000.0;
        text += &format!(
            "{age}, {}, {}, {school}, {years}, {}, {}, {}, White, {}, {gain}, {loss}, {hours}, {}, {}\n",
            works[work],
            random.random_range(13_000..900_000),
            ["Never-married", "Married-civ-spouse"][usize::from(married)],
            jobs[job],
            ["Not-in-family", "Husband"][usize::from(married)],
            ["Male", "Female"][random.random_range(0..2)],
            ["United-States", "Mexico", "?"][random.random_range(0..3)],
            if worth > 17.0 { ">50K" } else { "<=50K" },
        );
    }
    text
}

/// What a number may be: its column, its least and its largest value.
type Bounds<'a> = (&'a str, f64, f64);

/// Explains `rows` rows by every generator, checks each number, and lets the model read each printed
/// row back.
fn check(train: &[&str], data: &str, bounds: &[Bounds<'_>], options: &[&str]) {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let out = path("run");
    done(
        &[
            &["train"],
            train,
            &["--epochs", "30", "--objective", "vanilla", "--out", &out],
        ]
        .concat(),
    );
    let model = format!("{out}/model.safetensors");
    let mut reached = 0;
    for generator in GeneratorKind::NAMES {
        for extra in [&[][..], &["--relaxed-categories"]] {
            let call = [
                "explain",
                "--model",
                &model,
                "--data",
                data,
                "--generator",
                generator,
            ];
            let call = [
                &call[..],
                &["--target", "opposite", "--rows", "0-39"],
                extra,
                options,
            ]
            .concat();
            let document: Value =
                serde_json::from_str(&done(&[&call[..], &["--json"]].concat())).unwrap();
            let all = document["counterfactuals"].as_array().unwrap();
            assert_eq!(all.len(), 40);
            for one in all {
                assert_ne!(one["predicted"], one["target"]);
                let changed = one["changed"].as_object().unwrap();
                let becomes = |name: &String| !changed[name][1].is_null();
                assert!(
                    changed.keys().all(becomes),
                    "{generator}: no value in {one}"
                );
                for &(name, least, most) in bounds {
                    let Some(ends) = one["changed"].get(name) else {
                        continue;
                    };
                    let to = ends[1].as_f64().unwrap();
                    assert_eq!(to.fract(), 0.0, "{generator} {name} {to}");
                    assert!((least..=most).contains(&to), "{generator} {name} {to}");
                }
            }
            let table = done(&[&call[..], &["--csv"]].concat());
            reached += read_back(&model, &table, all, Path::new(data));
        }
    }
    assert!(reached >= 100, "{reached} reached their target");
}

/// The model has to say of a printed row what was said of it; how many reach their target.
fn read_back(model: &str, table: &str, all: &[Value], like: &Path) -> usize {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(like.file_name().unwrap());
    let path = path.display().to_string();
    let without: Vec<String> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_bytes())
        .records()
        .map(|record| {
            let record = record.unwrap();
            let told = record.iter().skip(6).chain(record.get(2));
            told.collect::<Vec<_>>().join(",")
        })
        .collect();
    fs::write(&path, without.join("\n") + "\n").unwrap();
    let call = [
        "explain", "--model", model, "--data", &path, "--target", "opposite", "--steps", "1",
    ];
    let document: Value = serde_json::from_str(&done(&[&call[..], &["--json"]].concat())).unwrap();
    let again = document["counterfactuals"].as_array().unwrap();
    assert_eq!(again.len(), all.len());
    for (one, again) in all.iter().zip(again) {
        if one["mature"] == true {
            assert_eq!(again["predicted"], one["target"], "{one} {again}");
            let [said, is] = [&one["probability"], &again["predicted_probability"]]
                .map(|probability| probability.as_f64().unwrap());
            assert!(
                (said - is).abs() < 1e-4 && is >= 0.6 - 1e-4,
                "{one} {again}"
            );
        }
    }
    all.iter().filter(|one| one["mature"] == true).count()
}

#[test]
fn the_loans_can_be_followed() {
    let data = "sample_data/loan-approval.csv";
    check(
        &["--data", data],
        data,
        &loans::BOUNDS,
        &["--threshold", "0.6"],
    );
}

#[test]
fn adult_in_its_original_shape_can_be_followed() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("adult.data").display().to_string();
    fs::write(&data, adult(1500)).unwrap();
    let bounds = [
        ("age", 17.0, 90.0),
        ("fnlwgt", 0.0, 900_000.0),
        ("education-num", 1.0, 16.0),
        ("capital-gain", 0.0, 99_999.0),
        ("capital-loss", 0.0, 4000.0),
        ("hours-per-week", 1.0, 99.0),
    ];
    let train = ["--preset", "adult", "--data", &data];
    check(&train, &data, &bounds, &["--threshold", "0.6"]);
    check(
        &[&train[..], &["--as-published"]].concat(),
        &data,
        &bounds,
        &["--threshold", "0.6"],
    );
}

#[test]
fn a_letter_is_one_page_or_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut random = stream(5, Purpose::Data, 0);
    let names: Vec<String> = (0..45).map(|column| format!("answer_{column}")).collect();
    let mut table = names.join(",") + ",label\n";
    for _ in 0..200 {
        let values: Vec<i32> = (0..45).map(|_| random.random_range(-50..=50)).collect();
        let text: Vec<String> = values.iter().map(i32::to_string).collect();
        table += &format!(
            "{},{}\n",
            text.join(","),
            u8::from(values.iter().sum::<i32>() > 0)
        );
    }
    fs::write(path("data.csv"), table).unwrap();
    let (data, out, letter) = (path("data.csv"), path("run"), path("letter.html"));
    done(&["train", "--data", &data, "--epochs", "20", "--out", &out]);
    let model = format!("{out}/model.safetensors");
    let call = [
        "explain",
        "--model",
        &model,
        "--data",
        &data,
        "--target",
        "opposite",
        "--rows",
        "1",
        "--threshold",
        "0.6",
        "--report",
        &letter,
    ];
    let (code, _, message) = ctui(&call);
    assert_eq!(code, 2);
    assert!(
        message.contains("columns would have to change") && message.contains("--max-changed"),
        "{message}"
    );
    assert!(!Path::new(&letter).exists());
    done(&[&call[..], &["--max-changed", "3", "--diverse", "40"]].concat());
    assert!(fs::read_to_string(&letter).unwrap().contains("<table>"));
}
