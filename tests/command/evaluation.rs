//! `ctui explain`, `ctui evaluate` and `ctui paper`, as a user calls them.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use crate::common::{
    binary::ctui,
    cases::{cases, fixture, model},
};
use ctui::model::ModelFile;
use serde_json::Value;
use tempfile::TempDir;

fn json(arguments: &[&str]) -> Value {
    let (code, text, errors) = ctui(&[arguments, &["--json"]].concat());
    assert_eq!(code, 0, "{errors}");
    serde_json::from_str(&text).unwrap()
}

/// The message of a command that must fail for its input.
fn refused(arguments: &[&str]) -> String {
    let (code, text, errors) = ctui(arguments);
    assert_eq!((code, text.as_str()), (2, ""), "{errors}");
    errors
}

fn path(name: &str) -> String {
    fixture(name).display().to_string()
}

fn close(value: &Value, expected: &Value) -> bool {
    let numbers = |value: &Value| match value {
        Value::Array(values) => values.iter().map(|v| v.as_f64().unwrap()).collect(),
        number => vec![number.as_f64().unwrap()],
    };
    let pairs: Vec<_> = numbers(value).into_iter().zip(numbers(expected)).collect();
    pairs.iter().all(|(a, b)| (a - b).abs() <= 1e-3)
}

#[test]
fn explain_agrees_with_an_independent_implementation() {
    let (mut agreeing, mut total) = (0, 0);
    for case in cases::<Vec<Value>>("explain.json") {
        let text = |name: &str| case[name].as_str().unwrap().to_owned();
        let (model, data) = (path(&text("model")), path(&text("data")));
        let train = data.replace(".test.", ".train.");
        let rows: Vec<String> = case["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(Value::to_string)
            .collect();
        let mutability = case["mutability"].as_array().unwrap();
        let features = |wanted: &str| {
            let names = mutability.iter().enumerate();
            let names = names.filter(|(_, m)| *m == wanted);
            names
                .map(|(i, _)| format!("x{}", i + 1))
                .collect::<Vec<_>>()
                .join(",")
        };
        let mut options = vec![
            ("--model", model),
            ("--data", data),
            ("--train", train),
            ("--rows", rows.join(",")),
            ("--target", case["target"].to_string()),
            ("--generator", text("generator")),
            ("--steps", case["steps"].to_string()),
            ("--threshold", case["threshold"].to_string()),
            ("--step-size", case["step_size"].to_string()),
            ("--lambda-cost", case["lambda_cost"].to_string()),
            ("--lambda-energy", case["lambda_energy"].to_string()),
            ("--epsilon", case["epsilon"].to_string()),
        ];
        for (option, wanted) in [
            ("--immutable", "none"),
            ("--increase", "increase"),
            ("--decrease", "decrease"),
        ] {
            let names = features(wanted);
            if !names.is_empty() {
                options.push((option, names));
            }
        }
        if case["domain"].is_null() {
            options.push(("--domain", "none".into()));
        }
        let mut arguments = vec!["explain"];
        for (option, value) in &options {
            arguments.extend([*option, value.as_str()]);
        }
        let found = json(&arguments);
        let found = found["counterfactuals"].as_array().unwrap();
        let expected = case["expected"].as_array().unwrap();
        assert_eq!(found.len(), expected.len());
        total += found.len();
        agreeing += found
            .iter()
            .zip(expected)
            .filter(|(found, expected)| {
                let same = |name: &str| found[name] == expected[name];
                let near = |name: &str| close(&found[name], &expected[name]);
                same("mature") && same("steps") && near("probability") && near("x") && near("x_ae")
            })
            .count();
    }
    assert!(100 * agreeing >= 99 * total, "{agreeing} of {total}");
}

#[test]
fn explain_respects_bounds_and_names_what_changed() {
    let (model, data) = (path("moon_ct.safetensors"), path("moon_ct.test.csv"));
    let mut call = vec!["explain", "--model", &model, "--data", &data];
    call.extend([
        "--target",
        "1",
        "--immutable",
        "x1",
        "--domain",
        "x2=-0.1:0.2",
    ]);
    let found = json(&call);
    let all = found["counterfactuals"].as_array().unwrap();
    assert_eq!(all.len(), 300);
    assert!(all.iter().any(|one| one["steps"] != 0));
    for one in all {
        assert!(one["changed"].get("x1").is_none());
        let Some(ends) = one["changed"].get("x2") else {
            assert_eq!(one["cost"], 0.0);
            continue;
        };
        let (from, to) = (ends[0].as_f64().unwrap(), ends[1].as_f64().unwrap());
        assert!((-0.100_001..=0.200_001).contains(&to));
        assert!((one["cost"].as_f64().unwrap() - (to - from).abs()).abs() < 1e-5);
        assert_eq!(one["x"][1], ends[1]);
    }
}

#[test]
fn evaluate_reports_every_measure() {
    let (model, data) = (path("moon_ct.safetensors"), path("moon_ct.test.csv"));
    let mut call = vec!["evaluate", "--model", &model, "--data", &data];
    call.extend([
        "--rounds",
        "4",
        "--individuals",
        "20",
        "--lambda-energy",
        "0.5,5",
    ]);
    call.extend([
        "--attack-epsilon",
        "0,0.05,0.3",
        "--pgd-random-start",
        "false",
    ]);
    call.extend(["--ig-baseline", "zero", "--seed", "3"]);
    let found = json(&call);
    assert_eq!(found, json(&call));
    let expected = &cases::<Vec<Value>>("evaluate.json")[0];
    for name in ["accuracy", "f1", "validity", "strict_validity"] {
        assert!(
            (0.9..=1.0).contains(&found[name].as_f64().unwrap()),
            "{name}"
        );
    }
    for name in ["ip", "ip_star", "cost", "redundancy"] {
        assert!(found[name].as_f64().unwrap() >= 0.0, "{name}");
    }
    assert!(close(&found["accuracy"], &expected["accuracy"]));
    for (attack, name) in [("fgsm", "fgsm"), ("pgd", "pgd_no_random_start")] {
        for (ours, theirs) in [(0, 0), (1, 2), (2, 4)] {
            let accuracy = found[attack][ours]["accuracy"].as_f64().unwrap();
            let wanted = expected[name][theirs].as_f64().unwrap();
            assert!((accuracy - wanted).abs() <= 1.01 / 300.0);
        }
    }
    let theirs = &expected["integrated_gradients_zero_baseline_mean"];
    for class in ["0", "1"] {
        let ours = found["integrated_gradients"][class].as_array().unwrap();
        for (ours, theirs) in ours.iter().zip(theirs[class].as_array().unwrap()) {
            assert!((ours.as_f64().unwrap() - theirs.as_f64().unwrap()).abs() < 0.012);
        }
    }
    assert!(found["sensitivity"]["x1"].is_f64() && found["sensitivity"]["x2"].is_f64());
}

#[test]
fn a_small_table_has_the_fields_of_the_contract() {
    let mut call = vec!["paper", "--datasets", "ls,circ", "--rounds", "2"];
    call.extend(["--individuals", "20", "--seeds", "1,2", "--epochs", "2"]);
    let found = json(&call);
    assert!(found["seconds"].as_f64().unwrap() > 0.0);
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&rows[0]["dataset"], &rows[1]["dataset"]),
        (&"ls".into(), &"circ".into())
    );
    assert_eq!(rows[0]["ip"]["published"]["reduction"], 26.26);
    for measure in ["ip", "ip_star", "cost"] {
        let cell = &rows[0][measure];
        for name in ["ct", "bl", "reduction", "se", "rounds_sd", "seed_se"] {
            assert!(cell[name].is_f64(), "{measure} {name}: {cell}");
        }
        assert!(cell["significant"].is_boolean());
        assert_eq!(cell["interval"].as_array().map(Vec::len), Some(2));
    }
    for name in ["ct", "bl", "ct_protected", "bl_protected"] {
        assert!(rows[0]["validity"][name].is_f64(), "{name}");
    }
}

#[test]
fn categories_are_evaluated_decoded_or_relaxed() {
    let folder = TempDir::new().unwrap();
    let (out, data) = (folder.path().join("run"), "sample_data/loan-approval.csv");
    let out = out.to_str().unwrap();
    let model = format!("{out}/model.safetensors");
    json(&["train", "--data", data, "--epochs", "3", "--out", out]);
    let mut call = vec!["evaluate", "--model", &model, "--data", data];
    call.extend(["--rounds", "4", "--individuals", "50"]);
    let validity = |call: &[&str]| json(call)["validity"].as_f64().unwrap();
    let decoded = validity(&call);
    call.push("--relaxed-categories");
    assert!(validity(&call) > decoded, "decoding takes changes back");

    let mut call = vec![
        "paper",
        "--datasets",
        "ls",
        "--rounds",
        "1",
        "--epochs",
        "1",
    ];
    assert_eq!(json(&call)["protocol"]["relaxed_categories"], false);
    call.push("--relaxed-categories");
    assert_eq!(json(&call)["protocol"]["relaxed_categories"], true);
}

#[test]
fn every_table_comes_in_every_format() {
    for table in ["validity", "sensitivity", "robustness", "ablation", "grid"] {
        let mut call = vec![
            "paper",
            "--table",
            table,
            "--datasets",
            "moon",
            "--rounds",
            "1",
        ];
        call.extend(["--individuals", "10", "--epochs", "1"]);
        assert!(!json(&call)["rows"].as_array().unwrap().is_empty());
        if table != "validity" {
            continue;
        }
        let (_, csv, _) = ctui(&[&call[..], &["--csv"]].concat());
        let (_, markdown, _) = ctui(&[&call[..], &["--markdown"]].concat());
        let (_, text, _) = ctui(&call);
        assert!(csv.starts_with("data,CT,BL,") && csv.contains("\nmoon,"));
        assert!(markdown.starts_with("| data ") && markdown.contains("| moon "));
        assert!(text.contains("moon") && text.contains("paper CT"));
    }
}

#[test]
fn what_was_decided_about_a_data_set_is_said_once_for_all_models_of_a_table() {
    let folder = TempDir::new().unwrap();
    let mut text = String::from(
        "longitude,latitude,housing_median_age,total_rooms,total_bedrooms,population,households,median_income,median_house_value,ocean_proximity\n",
    );
    for i in 0..200 {
        let (place, income) = (i % 7, i % 13);
        text += &format!("-120,{place},{i},30,{i},15,6,{income},{i}000,INLAND\n");
    }
    fs::write(folder.path().join("california_housing.csv"), text).unwrap();
    let call = "paper --table validity --datasets california --rounds 1 --individuals 10 --epochs 1 --seeds 1,2";
    let mut call: Vec<_> = call.split(' ').collect();
    call.extend(["--data-dir", folder.path().to_str().unwrap()]);
    let (code, _, remarks) = ctui(&call);
    assert_eq!(code, 0, "{remarks}");
    let said = remarks.matches("California housing: averages per household were made");
    assert_eq!(said.count(), 1, "{remarks}");
}

#[test]
fn figures_are_drawn_where_there_are_some() {
    let folder = TempDir::new().unwrap();
    let figure = folder.path().join("figure.svg");
    let svg = figure.to_str().unwrap();
    let mut call = vec![
        "paper",
        "--datasets",
        "ls,moon",
        "--rounds",
        "1",
        "--epochs",
        "1",
    ];
    call.extend(["--svg", svg, "--table"]);
    json(&[&call[..], &["robustness"]].concat());
    let drawn = fs::read_to_string(&figure).unwrap();
    assert!(drawn.starts_with("<svg ") && drawn.ends_with("</svg>\n"));
    for text in [
        "ls under FGSM",
        "moon under PGD",
        ">CT<",
        ">BL<",
        ">AR<",
        ">CD<",
    ] {
        assert!(drawn.contains(text), "{text}");
    }
    let none = refused(&[&call[..], &["main"]].concat());
    assert!(none.contains("no figure of table main"), "{none}");
    fs::remove_file(&figure).unwrap();
    let (code, _, errors) = ctui(&[&call[..], &["sensitivity", "--individuals", "5"]].concat());
    assert_eq!(code, 2);
    assert!(errors.contains("nothing to draw"), "{errors}");
}

/// A file with `bytes`, and its name.
fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> String {
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn models_that_do_not_fit_are_refused() {
    let folder = TempDir::new().unwrap();
    let good = fs::read(fixture("moon_ct.safetensors")).unwrap();
    let header = |text: &str| [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat();
    let mut oversized = good.clone();
    oversized[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    let mut infinite = good.clone();
    let end = infinite.len();
    infinite[end - 4..].copy_from_slice(&f32::INFINITY.to_le_bytes());
    let only_bias = r#"{"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
    let no_layers = r#"{"conv":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
    let bad = [
        ("truncated", good[..good.len() / 2].to_vec(), "damaged"),
        ("short", good[..4].to_vec(), "damaged"),
        ("oversized", oversized, "damaged"),
        ("infinite", infinite, "not finite"),
        (
            "missing",
            [header(only_bias), vec![0; 4]].concat(),
            "0.weight",
        ),
        ("other", [header(no_layers), vec![0; 4]].concat(), "conv"),
    ];
    let data = path("moon_ct.test.csv");
    for (name, bytes, expected) in bad {
        let model = file(&folder, name, &bytes);
        for command in ["evaluate", "explain"] {
            let mut call = vec![command, "--model", &model, "--data", &data];
            if command == "explain" {
                call.extend(["--target", "1"]);
            }
            let message = refused(&call);
            assert!(
                message.contains(name) && message.contains(expected),
                "{message}"
            );
        }
    }
    let (wide, absent) = (path("multi.safetensors"), path("absent.safetensors"));
    let message = refused(&["evaluate", "--model", &wide, "--data", &data]);
    assert!(
        message.contains("takes 5 features") && message.contains("has 2"),
        "{message}"
    );
    let message = refused(&["evaluate", "--model", &absent, "--data", &data]);
    assert!(message.contains("absent.safetensors"), "{message}");
}

#[test]
fn metadata_that_does_not_fit_is_refused() {
    let folder = TempDir::new().unwrap();
    let model_file = |features: &str| ModelFile {
        model: model("moon_ct.safetensors"),
        metadata: BTreeMap::from([
            ("features".to_owned(), features.to_owned()),
            ("classes".to_owned(), r#"["0","1"]"#.to_owned()),
        ]),
    };
    let data = path("moon_ct.test.csv");
    for (features, expected) in [("[]", "0 features"), ("{", "`features` cannot be read")] {
        let path = folder.path().join("model.safetensors");
        model_file(features).write(&path).unwrap();
        let path = path.display().to_string();
        let message = refused(&["evaluate", "--model", &path, "--data", &data]);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn data_with_nothing_to_explain_are_told() {
    let folder = TempDir::new().unwrap();
    let model = path("moon_ct.safetensors");
    let text = fs::read_to_string(fixture("moon_ct.test.csv")).unwrap();
    let with = |keep: fn(&str) -> bool| {
        let lines = text
            .lines()
            .take(1)
            .chain(text.lines().skip(1).filter(|line| keep(line)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let zeros = file(
        &folder,
        "zeros.csv",
        with(|line| line.ends_with(",0")).as_bytes(),
    );
    let told = |data: &str| {
        let found = json(&["evaluate", "--model", &model, "--data", data]);
        assert!(found["accuracy"].is_f64() && found["validity"].is_null());
        found["no_counterfactuals"].as_str().unwrap().to_owned()
    };
    let upper = with(|line| line.ends_with(",0") && line.contains(",1."));
    let upper = file(&folder, "upper.csv", upper.as_bytes());
    assert!(told(&upper).contains("no samples of class `1`"));
    let found = json(&["evaluate", "--model", &model, "--data", &zeros]);
    assert!(found["validity"].is_f64() && found["ip"].is_f64());
    assert_eq!(found["left_out"], serde_json::json!([["0", "1"]]));

    let far = "x1,x2,label\n-0.5,1.2,0\n-0.4,1.3,0\n-0.3,1.2,1\n";
    let far = file(&folder, "far.csv", far.as_bytes());
    let found = json(&["evaluate", "--model", &model, "--data", &far]);
    assert!(found["validity"].is_f64());
    assert_eq!(found["left_out"], serde_json::json!([["1", "0"]]));

    let unlabelled = file(&folder, "unlabelled.csv", b"x1,x2\n0.5,0.5\n");
    let message = refused(&["evaluate", "--model", &model, "--data", &unlabelled]);
    assert!(message.contains("label"), "{message}");
    let mut call = vec!["explain", "--model", &model, "--data", &unlabelled];
    call.extend(["--target", "1"]);
    assert_eq!(ctui(&call).0, 0);
}

#[test]
fn wrong_arguments_are_refused() {
    let (model, data) = (path("moon_ct.safetensors"), path("moon_ct.test.csv"));
    let explain = ["explain", "--model", &model, "--data", &data];
    for (options, expected) in [
        (vec!["--target", "2"], "the model knows 0, 1"),
        (vec!["--target", "1", "--rows", "300"], "end at 299"),
        (
            vec!["--target", "1", "--immutable", "x3"],
            "no feature `x3`",
        ),
        (vec!["--target", "1", "--domain", "x1=2:1"], "lo ≤ hi"),
        (
            vec!["--target", "1", "--threshold", "1.5"],
            "decision_threshold",
        ),
        (vec!["--target", "1", "--generator", "magic"], "generator"),
    ] {
        let message = refused(&[&explain[..], &options].concat());
        assert!(message.contains(expected), "{message}");
    }
    for (options, expected) in [
        (vec!["--datasets", "mars"], "no preset `mars`"),
        (vec!["--seeds", "3..1"], "--seeds"),
        (vec!["--search-step", "0"], "--search-step"),
        (vec!["--lambda-energy=-1"], "--lambda-energy"),
        (vec!["--datasets", "adult"], "dult"),
        (vec!["--table", "none"], "main"),
    ] {
        let message = refused(&[&["paper"], &options[..]].concat());
        assert!(message.contains(expected), "{message}");
    }
}
