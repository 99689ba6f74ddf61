//! What a model learned comes from the model, never from the rows that are asked about.

#![allow(clippy::unwrap_used)]

use std::{fs, path::PathBuf};

use assert_cmd::Command;
use ctui::model::{Architecture, Mlp, ModelFile};
use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "age,income,job,label\n";

/// Rows of a table in which income and job decide.
fn table(rows: usize) -> String {
    let jobs = ["clerk", "farmer", "nurse"];
    let row = |i: usize| {
        let (age, income, job) = (20 + i * 7 % 50, 20_000 + i * 977 % 30_000, i % 3);
        let label = usize::from(income + 5_000 * job > 38_000);
        format!("{age},{income},{},{label}\n", jobs[job])
    };
    HEADER.to_owned() + &(0..rows).map(row).collect::<String>()
}

/// A folder with a table, its schema, and a model that was trained on it.
struct Stage {
    folder: TempDir,
}

impl Stage {
    fn new(schema: &str) -> Self {
        let stage = Self {
            folder: TempDir::new().unwrap(),
        };
        stage.file("train.csv", &table(240));
        stage.file("train.toml", schema);
        let mut call = vec![
            "train",
            "--data",
            "train.csv",
            "--epochs",
            "12",
            "--out",
            "run",
        ];
        call.push("--json");
        stage.ok(&call);
        stage
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Exit code, standard output and standard error.
    fn ctui(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("ctui").unwrap();
        let output = command
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        (code, text(output.stdout), text(output.stderr))
    }

    /// Standard output, and what was remarked, of a command that must succeed.
    fn ok(&self, arguments: &[&str]) -> (String, String) {
        let (code, output, remarks) = self.ctui(arguments);
        assert_eq!(code, 0, "{arguments:?}: {remarks}");
        (output, remarks)
    }

    fn explain(&self, options: &[&str]) -> (Vec<Value>, String) {
        let common = ["explain", "--model", "run/model.safetensors", "--json"];
        let (output, remarks) = self.ok(&[&common[..], options].concat());
        let document: Value = serde_json::from_str(&output).unwrap();
        let found = document["counterfactuals"].as_array().unwrap().clone();
        (found, remarks)
    }

    fn refused(&self, options: &[&str]) -> String {
        let common = ["explain", "--model", "run/model.safetensors"];
        let (code, output, message) = self.ctui(&[&common[..], options].concat());
        assert_eq!((code, output.as_str()), (2, ""), "{message}");
        message
    }

    /// Takes away from the model's file what files of before did not have.
    fn make_old(&self) {
        let path = self.folder.path().join("run/model.safetensors");
        let mut file = ModelFile::read(&path).unwrap();
        file.metadata.remove("observed").unwrap();
        let mut features: Value = serde_json::from_str(&file.metadata["features"]).unwrap();
        for feature in features.as_array_mut().unwrap() {
            let feature = feature.as_object_mut().unwrap();
            for name in ["step", "typical", "imputed"] {
                feature.shift_remove(name);
            }
        }
        file.metadata
            .insert("features".into(), features.to_string());
        file.write(&path).unwrap();
    }
}

const IMPUTE: &str = "missing = \"impute\"\n";

#[test]
fn a_row_has_the_same_explanation_alone_and_among_others() {
    let stage = Stage::new("");
    let lines: Vec<String> = table(60).lines().map(String::from).collect();
    stage.file("all.csv", &lines.join("\n"));
    stage.file("one.csv", &format!("{HEADER}{}\n", lines[8]));
    let (all, remarks) = stage.explain(&["--data", "all.csv", "--target", "1"]);
    assert_eq!(remarks, "");
    let (one, _) = stage.explain(&["--data", "one.csv", "--target", "1"]);
    for name in ["x", "x_ae", "changed", "probability", "steps"] {
        assert_eq!(one[0][name], all[7][name], "{name}");
    }
    let (some, _) = stage.explain(&["--data", "all.csv", "--target", "1", "--rows", "9,7-8"]);
    let rows: Vec<_> = some
        .iter()
        .map(|one| one["row"].as_u64().unwrap())
        .collect();
    assert_eq!(rows, [9, 7, 8]);
    assert_eq!(some[1]["x"], one[0]["x"]);
}

#[test]
fn what_did_not_change_is_as_in_the_file() {
    let stage = Stage::new("");
    stage.file("query.csv", "age,income,job\n41,20731.25,clerk\n");
    let call = ["--data", "query.csv", "--target", "1", "--immutable", "age"];
    let (found, _) = stage.explain(&call);
    assert_eq!(found[0]["x"][0], 41);
    assert_eq!(found[0]["changed"]["income"][0], 20731.25);
    let to = found[0]["changed"]["income"][1].as_f64().unwrap();
    assert_eq!(to.fract(), 0.0, "rounded to what matters: {to}");
    let (still, _) = stage.explain(&[&call[..], &["--immutable", "income,job"]].concat());
    assert_eq!(still[0]["x"][1], 20731.25);
    assert_eq!(still[0]["changed"], serde_json::json!({}));
}

#[test]
fn missing_values_are_filled_with_the_training_median() {
    let stage = Stage::new(IMPUTE);
    stage.file(
        "query.csv",
        "age,income,job\n30,,clerk\n40,90000,nurse\n41,91000,nurse\n",
    );
    let locked = ["--immutable", "income", "--target", "1"];
    let call = [&["--data", "query.csv", "--rows", "0"], &locked[..]].concat();
    let (found, remarks) = stage.explain(&call);
    let income = found[0]["x"][1].as_f64().unwrap();
    assert!((30_000.0..40_000.0).contains(&income), "{income}");
    assert!(remarks.contains("1 of `income` with"), "{remarks}");
    stage.file("single.csv", "age,income,job\n30,,\n");
    let (single, _) = stage.explain(&[&["--data", "single.csv"], &locked[..]].concat());
    assert_eq!(single[0]["x"][1].as_f64().unwrap(), income);

    let strict = Stage::new("");
    strict.file("query.csv", "age,income,job\n30,,clerk\n40,90000,nurse\n");
    let message = strict.refused(&["--data", "query.csv", "--target", "1", "--rows", "0"]);
    assert!(message.contains("a value is missing"), "{message}");
    strict.file("query.toml", IMPUTE);
    let (asked, _) = strict.explain(&call);
    assert_eq!(asked[0]["x"][1].as_f64().unwrap(), income);
}

#[test]
fn other_columns_and_other_rows_are_not_looked_at() {
    let stage = Stage::new("");
    let mut query = "client,age,remark,income,job,label\n".to_owned();
    for i in 0..300 {
        query += &format!("Client {i},{},,25000,clerk,perhaps\n", 20 + i % 40);
    }
    query = query.replace("Client 7,27", "Client 7,old");
    stage.file("query.csv", &query);
    let (found, _) = stage.explain(&["--data", "query.csv", "--target", "1", "--rows", "3,5"]);
    assert_eq!(found.len(), 2);
    let message = stage.refused(&["--data", "query.csv", "--target", "1", "--rows", "7"]);
    assert!(
        message.contains("`old` is not a number") && message.contains("row 7 "),
        "{message}"
    );
    let message = stage.refused(&["--data", "query.csv", "--target", "1", "--rows", "300"]);
    assert!(message.contains("end at 299"), "{message}");
}

#[test]
fn unknown_categories_are_told() {
    let stage = Stage::new("");
    stage.file(
        "query.csv",
        "age,income,job\n41,25000,pilot\n30,26000,clerk\n",
    );
    let (found, remarks) = stage.explain(&["--data", "query.csv", "--target", "1"]);
    assert_eq!(found.len(), 2);
    assert!(remarks.contains("`pilot` in 1 rows"), "{remarks}");
    let message = stage.refused(&["--data", "query.csv", "--target", "1", "--rows", "0"]);
    assert!(
        message.contains("`pilot`") && message.contains("`clerk`, `farmer`, `nurse`"),
        "{message}"
    );
}

#[test]
fn older_files_find_their_training_data_or_say_what_is_assumed() {
    let stage = Stage::new(IMPUTE);
    let query = "age,income,job\n41,25000,clerk\n50,,nurse\n";
    stage.file("query.csv", query);
    let call = ["--data", "query.csv", "--target", "1"];
    let (new, _) = stage.explain(&call);
    stage.make_old();
    let (old, remarks) = stage.explain(&call);
    assert_eq!(old, new);
    assert!(
        remarks.contains("older version") && remarks.contains("train.csv"),
        "{remarks}"
    );
    fs::rename(
        stage.folder.path().join("train.csv"),
        stage.folder.path().join("other.csv"),
    )
    .unwrap();
    let (lost, remarks) = stage.explain(&[&call[..], &["--rows", "0"]].concat());
    assert!(remarks.contains("two standard deviations"), "{remarks}");
    assert!(lost[0]["changed"].get("income").is_some(), "{lost:?}");
    let (told, remarks) =
        stage.explain(&[&call[..], &["--train", "other.csv", "--rows", "0"]].concat());
    assert_eq!(remarks, "");
    assert!(told[0]["changed"].get("income").is_some(), "{told:?}");
}

#[test]
fn names_with_commas_are_locked_and_contradictions_refused() {
    let stage = Stage {
        folder: TempDir::new().unwrap(),
    };
    stage.file(
        "train.csv",
        &table(120).replace("income", "\"income, yearly\""),
    );
    stage.ok(&[
        "train",
        "--data",
        "train.csv",
        "--epochs",
        "2",
        "--out",
        "run",
    ]);
    let call = ["--data", "train.csv", "--rows", "0-9", "--target", "1"];
    for locks in [
        vec!["--immutable", "income, yearly"],
        vec!["--immutable", "age,\"income, yearly\""],
        vec!["--immutable", "age", "--immutable", "income, yearly"],
    ] {
        let (found, _) = stage.explain(&[&call[..], &locks].concat());
        let moved = found
            .iter()
            .any(|one| one["changed"].get("income, yearly").is_some());
        assert!(!moved, "{locks:?}");
    }
    let message =
        stage.refused(&[&call[..], &["--immutable", "age", "--increase", "age"]].concat());
    assert!(message.contains("contradict"), "{message}");
    let mut train = vec!["train", "--data", "train.csv", "--epochs", "1"];
    train.extend(["--decrease", "age", "--increase", "age"]);
    assert_eq!(stage.ctui(&train).0, 2);
}

#[test]
fn classes_are_numbers_with_signs_too() {
    let stage = Stage {
        folder: TempDir::new().unwrap(),
    };
    let signed = table(120).replace(",0\n", ",-1\n").replace(",1\n", ",+1\n");
    stage.file("train.csv", &signed);
    stage.ok(&[
        "train",
        "--data",
        "train.csv",
        "--epochs",
        "2",
        "--out",
        "run",
    ]);
    for (target, name) in [("-1", "-1"), ("+1", "1"), ("1.0", "1")] {
        let (found, _) = stage.explain(&["--data", "train.csv", "--rows", "0", "--target", target]);
        let told = found[0]["target"].as_str().unwrap().trim_start_matches('+');
        assert_eq!(told, name);
    }
}

#[test]
fn what_can_be_measured_is_measured() {
    let stage = Stage::new("");
    let rich: String = table(90)
        .lines()
        .filter(|line| !line.ends_with(",0"))
        .map(|line| format!("{line}\n"))
        .collect();
    stage.file("rich.csv", &rich);
    let mut call = vec![
        "evaluate",
        "--model",
        "run/model.safetensors",
        "--data",
        "rich.csv",
    ];
    call.extend(["--rounds", "2", "--individuals", "5"]);
    let (text, _) = stage.ok(&call);
    assert!(text.contains("left out, such as from `1` to `0`"), "{text}");
    call.push("--json");
    let found: Value = serde_json::from_str(&stage.ok(&call).0).unwrap();
    assert!(found["accuracy"].is_f64() && found["f1"].is_f64());
    assert_eq!(found["pgd"].as_array().unwrap().len(), 11);
    assert!(found["validity"].is_f64() && found["no_counterfactuals"].is_null());
    assert_eq!(found["left_out"], serde_json::json!([["1", "0"]]));
}

/// A model of another program: two features, one hidden unit, weights as given.
fn foreign(stage: &Stage, parameters: Vec<f32>) {
    let architecture = Architecture {
        inputs: 2,
        hidden: vec![1],
        outputs: 2,
    };
    let file = ModelFile {
        model: Mlp::from_parameters(architecture, parameters).unwrap(),
        metadata: [].into(),
    };
    let path = stage.folder.path().join("foreign.safetensors");
    file.write(&path).unwrap();
}

#[test]
fn overflow_is_an_error() {
    let stage = Stage {
        folder: TempDir::new().unwrap(),
    };
    foreign(&stage, vec![3e38; 7]);
    stage.file("query.csv", "a,b,label\n1,2,0\n3,4,1\n");
    for command in [vec!["explain", "--target", "1"], vec!["evaluate"]] {
        let options = ["--model", "foreign.safetensors", "--data", "query.csv"];
        let (code, output, message) = stage.ctui(&[&command[..], &options].concat());
        assert_eq!((code, output.as_str()), (2, ""), "{message}");
        assert!(message.contains("no finite number for row 0"), "{message}");
    }
}

#[test]
fn scaling_of_foreign_models_is_told() {
    let stage = Stage {
        folder: TempDir::new().unwrap(),
    };
    foreign(&stage, vec![1.0, 0.0, 0.0, -1.0, 1.0, 0.0, 0.0]);
    stage.file("query.csv", "a,b\n1000,7\n1300,8\n900,9\n");
    stage.file("scale.csv", "feature,mean,std\na,1000,100\nb,0,1\n");
    let explain = |options: &[&str]| {
        let call = [
            "explain",
            "--model",
            "foreign.safetensors",
            "--data",
            "query.csv",
        ];
        let more = ["--target", "1", "--rows", "1", "--json"];
        let (output, remarks) = stage.ok(&[&call[..], &more, options].concat());
        let found: Value = serde_json::from_str(&output).unwrap();
        (found["counterfactuals"][0].clone(), remarks)
    };
    let (scaled, remarks) = explain(&["--scale", "scale.csv"]);
    assert!(
        remarks.contains("inferred from the 3 rows of query.csv"),
        "{remarks}"
    );
    let probability = scaled["probability"].as_f64().unwrap();
    let expected = 1.0 / (1.0 + (-2.0 * 3.0_f64).exp());
    assert!((probability - expected).abs() < 1e-6, "{probability}");
    assert_eq!(scaled["x"], serde_json::json!([1300, 8]));
    let (plain, _) = explain(&[]);
    assert_eq!(plain["probability"], 1.0);
}
