//! What is planted is found, and what is not there is not.

#![allow(clippy::unwrap_used)]

use std::fs;

use ctui::random::{Purpose, stream};
use rand::RngExt;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::binary::{ctui, done};

/// 800 people of two sexes. If it is planted, the column `height` tells the sex, and women have a lower
/// `grade`, on which the decision depends; otherwise nothing has to do with the sex.
fn people(seed: u64, planted: bool) -> String {
    let mut random = stream(seed, Purpose::Data, 0);
    let mut table = "sex,height,grade,luck,label\n".to_owned();
    for _ in 0..800 {
        let mut normal = || (0..12).map(|_| random.random_range(-0.5..0.5)).sum::<f64>();
        let [height, grade, luck, noise, coin] = [(); 5].map(|()| normal());
        let woman = coin > 0.0;
        let shift = f64::from(u8::from(woman && planted));
        let (height, grade) = (0.5 * height - 2.0 * shift, grade - 1.2 * shift);
        let accepted = grade + 0.5 * luck + 0.3 * noise > 0.0;
        table += &format!(
            "{},{height:.3},{grade:.3},{luck:.3},{}\n",
            if woman { "f" } else { "m" },
            u8::from(accepted)
        );
    }
    table
}

/// The audit of a conventional model of these people, beside itself trained on.
fn audit(seed: u64, planted: bool) -> Value {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("people.csv"), people(seed, planted)).unwrap();
    let schema = "standardise = true\n[features.sex]\nkind = \"category\"\nmutability = \"none\"\n";
    fs::write(path("people.toml"), schema).unwrap();
    let (data, out, seed) = (path("people.csv"), path("run"), seed.to_string());
    done(&[
        "train",
        "--data",
        &data,
        "--objective",
        "vanilla",
        "--epochs",
        "20",
        "--seed",
        &seed,
        "--out",
        &out,
    ]);
    let model = format!("{out}/model.safetensors");
    let text = done(&[
        "audit",
        "--model",
        &model,
        "--data",
        &data,
        "--individuals",
        "300",
        "--threshold",
        "0.9",
        "--json",
    ]);
    serde_json::from_str(&text).unwrap()
}

/// The flagged members of a list.
fn flagged(list: &Value) -> Vec<&Value> {
    list.as_array()
        .unwrap()
        .iter()
        .filter(|one| one["flagged"] == true)
        .collect()
}

#[test]
fn a_planted_proxy_and_burden_are_found() {
    for seed in 0..20 {
        let document = audit(seed, true);
        let found = &document["groupings"][0];
        assert_eq!(found["column"], "sex");
        let proxies = flagged(&found["proxies"]["columns"]);
        assert_eq!(proxies[0]["column"], "height", "{seed}");
        assert!(proxies.iter().all(|one| one["column"] != "luck"), "{seed}");
        assert!(found["proxies"]["together"]["accuracy"].as_f64().unwrap() > 0.9);
        let gaps = flagged(&found["models"][0]["gaps"]);
        let women = if found["reference"] == "m" { 1.0 } else { -1.0 };
        let cost = gaps.iter().find(|gap| gap["measure"] == "cost_to_class");
        assert!(
            women * cost.unwrap()["difference"].as_f64().unwrap() > 0.3,
            "{seed}: {gaps:?}"
        );
    }
}

#[test]
fn nothing_is_found_where_nothing_is() {
    let mut alarms = 0;
    for seed in 1000..1020 {
        let document = audit(seed, false);
        let found = &document["groupings"][0];
        let gaps = flagged(&found["models"][0]["gaps"]).len();
        let proxies = flagged(&found["proxies"]["columns"]).len();
        let together = usize::from(found["proxies"]["together"]["flagged"] == true);
        alarms += usize::from(gaps + proxies + together > 0);
    }
    assert!(alarms <= 1, "{alarms} false alarms in 20");
}

#[test]
fn two_models_stand_side_by_side_and_numbers_are_grouped() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("run").display().to_string();
    let data = "sample_data/loan-approval.csv";
    done(&[
        "train", "--data", data, "--arms", "BL,CT", "--epochs", "8", "--out", &out,
    ]);
    let [model, baseline] = ["CT", "BL"].map(|arm| format!("{out}/model.{arm}.safetensors"));
    let call = [
        "audit",
        "--model",
        &model,
        "--baseline",
        &baseline,
        "--data",
        data,
        "--individuals",
        "50",
        "--threshold",
        "0.7",
    ];
    let text = done(&[&call[..], &["--group", "age,housing"]].concat());
    assert!(
        text.contains("by age\n") && text.contains("by housing\n"),
        "{text}"
    );
    assert!(
        text.contains("model.BL") && text.contains("share of the attribution"),
        "{text}"
    );
    let document: Value =
        serde_json::from_str(&done(&[&call[..], &["--group", "age", "--json"]].concat())).unwrap();
    let found = &document["groupings"][0];
    assert_eq!(found["models"].as_array().unwrap().len(), 2);
    let groups = found["models"][0]["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 3);
    for group in groups {
        let carried: f64 = group["carried"]
            .as_object()
            .unwrap()
            .values()
            .filter_map(Value::as_f64)
            .sum();
        assert!(
            group["served"] == 0 || (carried - 1.0).abs() < 1e-6,
            "{group}"
        );
        assert!(group["refused"].as_u64() <= group["rows"].as_u64());
    }
    assert_eq!(found["attribution"][0]["column"], "age");
    let (code, _, errors) = ctui(&[&call[..], &["--group", "hosing"]].concat());
    assert!(code == 2 && errors.contains("`housing`"), "{errors}");
}
