//! Advice on the command line: whole numbers, few changes, several ways, and a letter.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, fs, path::Path, sync::OnceLock};

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{binary::ctui, loans};

const DATA: &str = "sample_data/loan-approval.csv";

/// A model of the loans, trained once.
fn model() -> &'static str {
    static MODEL: OnceLock<(TempDir, String)> = OnceLock::new();
    let (_, path) = MODEL.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("run").display().to_string();
        let call = ["train", "--data", DATA, "--epochs", "15", "--out", &out];
        assert_eq!(ctui(&call).0, 0);
        (folder, format!("{out}/model.safetensors"))
    });
    path
}

fn explain(options: &[&str]) -> (String, String) {
    let common = ["explain", "--model", model(), "--data", DATA];
    let (code, output, remarks) = ctui(&[&common[..], options].concat());
    assert_eq!(code, 0, "{options:?}: {remarks}");
    (output, remarks)
}

fn found(options: &[&str]) -> Vec<Value> {
    let (output, _) = explain(&[options, &["--json"]].concat());
    let document: Value = serde_json::from_str(&output).unwrap();
    document["counterfactuals"].as_array().unwrap().clone()
}

fn changed(one: &Value) -> BTreeSet<String> {
    one["changed"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

#[test]
fn advice_is_whole_bounded_and_reaches_its_target() {
    for generator in [
        "generic",
        "wachter",
        "eccco",
        "revise",
        "gravitational",
        "omniscient",
    ] {
        let all = found(&[
            "--target",
            "opposite",
            "--rows",
            "0-59",
            "--generator",
            generator,
        ]);
        assert_eq!(all.len(), 60);
        for one in &all {
            let probability = one["probability"].as_f64().unwrap();
            assert_eq!(one["mature"], probability >= 0.95, "{generator}");
            assert_ne!(one["predicted"], one["target"]);
            for (name, least, most) in loans::BOUNDS {
                let Some(ends) = one["changed"].get(name) else {
                    continue;
                };
                let to = ends[1].as_f64().unwrap();
                assert_eq!(to.fract(), 0.0, "{generator} {name} {to}");
                assert!((least..=most).contains(&to), "{generator} {name} {to}");
            }
            assert!(!changed(one).contains("late_payments"));
        }
    }
}

#[test]
fn explanations_are_few_and_differ() {
    let rows = found(&[
        "--target",
        "opposite",
        "--rows",
        "0-9",
        "--max-changed",
        "2",
    ]);
    let several = [
        "--target",
        "opposite",
        "--rows",
        "0-9",
        "--max-changed",
        "2",
        "--diverse",
        "5",
    ];
    let all = found(&several);
    let mut rows_with_several = 0;
    for row in 0..10 {
        let of_row = |list: &[Value]| -> Vec<Value> {
            list.iter()
                .filter(|one| one["row"] == row)
                .cloned()
                .collect()
        };
        let (one, several) = (of_row(&rows), of_row(&all));
        assert!(one.len() <= 1 && several.len() <= 5);
        let sets: BTreeSet<_> = several.iter().map(changed).collect();
        assert_eq!(sets.len(), several.len(), "row {row}");
        assert!(sets.iter().all(|set| (1..=2).contains(&set.len())));
        rows_with_several += usize::from(several.len() > 1);
        if let Some(cheapest) = one.first() {
            let costs = several.iter().map(|one| one["cost"].as_f64().unwrap());
            assert_eq!(
                cheapest["cost"].as_f64().unwrap(),
                costs.fold(f64::INFINITY, f64::min)
            );
        }
    }
    assert!(rows_with_several >= 3, "{rows_with_several}");
}

#[test]
fn how_many_exist_is_said() {
    let call = [
        "--target",
        "opposite",
        "--rows",
        "3",
        "--max-changed",
        "1",
        "--diverse",
        "40",
    ];
    let (_, remarks) = explain(&call);
    assert!(
        remarks.contains("row 3:") && remarks.contains("at most 1 column"),
        "{remarks}"
    );
}

#[test]
fn several_rows_take_a_line_each_and_csv_is_a_table() {
    let (text, _) = explain(&["--target", "approved", "--rows", "0-4"]);
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(
        text.lines()
            .all(|line| line.starts_with("row ") && line.contains(" to approved ("))
    );
    let (table, _) = explain(&["--target", "approved", "--rows", "0-4", "--csv"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let wanted = [
        "row",
        "predicted",
        "target",
        "mature",
        "probability",
        "cost",
        "age",
    ];
    assert_eq!(header.iter().take(7).collect::<Vec<_>>(), wanted);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 5);
    let job = header.iter().position(|name| name == "employment").unwrap();
    assert!(
        rows.iter()
            .all(|row| row[job].chars().all(|c| c.is_alphabetic() || c == '-'))
    );
}

#[test]
fn relations_between_columns_are_kept() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut table = "used,limit,label\n".to_owned();
    for i in 0..200 {
        let (used, limit) = (i * 37 % 900, 900 + i * 53 % 700);
        table += &format!("{used},{limit},{}\n", usize::from(used > 450));
    }
    fs::write(path("data.csv"), table).unwrap();
    fs::write(
        path("data.toml"),
        "standardise = true\nrelation = \"used <= limit\"\n",
    )
    .unwrap();
    let (data, out) = (path("data.csv"), path("run"));
    let (code, _, errors) = ctui(&["train", "--data", &data, "--epochs", "20", "--out", &out]);
    assert_eq!(code, 0, "{errors}");
    let model = format!("{out}/model.safetensors");
    fs::remove_file(path("data.toml")).unwrap();
    let call = [
        "explain", "--model", &model, "--data", &data, "--target", "1", "--json",
    ];
    for options in [&[][..], &["--max-changed", "2"]] {
        let (code, output, errors) = ctui(&[&call[..], options].concat());
        assert_eq!(code, 0, "{errors}");
        let document: Value = serde_json::from_str(&output).unwrap();
        for one in document["counterfactuals"].as_array().unwrap() {
            let [used, limit] = [0, 1].map(|i| one["x"][i].as_f64().unwrap());
            assert!(used <= limit, "{one}");
            assert!(one.get("broken_relations").is_none());
        }
    }
    fs::write(path("data.toml"), "relation = \"used <= limits\"\n").unwrap();
    assert!(
        ctui(&["train", "--data", &data, "--epochs", "1"])
            .2
            .contains("limits")
    );
}

/// What a reader sees of a page.
fn visible(page: &str) -> String {
    let mut text = String::new();
    let body = page.split("<body>").nth(1).unwrap();
    let mut inside = true;
    for c in body.chars() {
        match c {
            '<' => inside = false,
            '>' => {
                inside = true;
                text.push(' ');
            }
            c if inside => text.push(c),
            _ => {}
        }
    }
    text
}

fn letter(options: &[&str], path: &Path) -> String {
    explain(&[options, &["--report", path.to_str().unwrap()]].concat());
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_letter_tells_a_person_in_plain_words() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("letter.html");
    let refused = found(&["--target", "approved", "--rows", "0-99"]);
    let row = refused
        .iter()
        .find(|one| one["predicted"] != "approved")
        .unwrap();
    let row = row["row"].to_string();
    let options = [
        "--target",
        "approved",
        "--rows",
        &row,
        "--diverse",
        "2",
        "--beside",
        model(),
    ];
    let page = letter(&options, &path);
    let text = visible(&page);
    for needed in [
        "“declined”",
        "“approved”",
        "Instead",
        "Not allowed to change",
        "late_payments",
    ] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
    for needed in [
        "Only allowed to rise",
        "How common this is",
        "cannot promise",
        "€",
    ] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
    for symbol in [
        "→", "≤", "≥", "<", ">", "±", "σ", "ε", "λ", "τ", "η", "∞", "·", "=", "_ae", "%",
    ] {
        let entity = text.replace("&quot;", "");
        assert!(!entity.contains(symbol), "{symbol}: {text}");
    }
    for word in [
        "class 0",
        "class 1",
        "standardi",
        "model units",
        "mature",
        "logit",
        "L1",
    ] {
        assert!(!text.to_lowercase().contains(word), "{word}: {text}");
    }
    assert!(!page.contains("http") && !page.contains("<script") && page.contains("lang=\"en\""));
    assert!(page.contains("@page { size: A4") && page.matches("<th scope=").count() >= 4);
    assert!(text.split_whitespace().count() < 600, "one page");
    let several = [
        "explain",
        "--model",
        model(),
        "--data",
        DATA,
        "--target",
        "approved",
    ];
    std::fs::remove_file(&path).unwrap();
    let report = ["--rows", "0-1", "--report", path.to_str().unwrap()];
    let (code, _, message) = ctui(&[&several[..], &report].concat());
    assert!(code == 2 && message.contains("about one row"), "{message}");
}

#[test]
fn amounts_may_be_learned_by_their_ratios() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut table = "income,label\n".to_owned();
    for i in 0..200_u32 {
        let income = 10_f64.powf(3.0 + f64::from(i) / 80.0).round();
        table += &format!("{income},{}\n", u32::from(i > 100));
    }
    fs::write(path("data.csv"), table).unwrap();
    fs::write(
        path("data.toml"),
        "standardise = true\n[features.income]\nlog = true\nunit = \"€\"\n",
    )
    .unwrap();
    let (data, out) = (path("data.csv"), path("run"));
    let (code, _, errors) = ctui(&["train", "--data", &data, "--epochs", "20", "--out", &out]);
    assert_eq!(code, 0, "{errors}");
    let model = format!("{out}/model.safetensors");
    let call = [
        "explain", "--model", &model, "--data", &data, "--target", "1", "--json",
    ];
    let (_, output, _) = ctui(&[&call[..], &["--rows", "20", "--threshold", "0.6"]].concat());
    let document: Value = serde_json::from_str(&output).unwrap();
    let one = &document["counterfactuals"][0];
    assert_eq!(one["changed"]["income"][0], 1778);
    let to = one["changed"]["income"][1].as_f64().unwrap();
    assert!(
        (10_000.0..60_000.0).contains(&to) && to.fract() == 0.0,
        "{to}"
    );
}
