//! `ctui data`, as a user calls it.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use tempfile::TempDir;

fn ctui(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("ctui").unwrap();
    let output = command
        .current_dir(folder.path())
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn data_is_made_to_standard_output_or_a_file() {
    let folder = TempDir::new().unwrap();
    let make = [
        "data",
        "make",
        "moons",
        "--samples",
        "50",
        "--noise",
        "0.2",
        "--seed",
        "4",
    ];
    let (code, text, _) = ctui(&folder, &make);
    assert_eq!((code, text.lines().count()), (0, 51));
    assert!(text.starts_with("x1,x2,label\n"));
    let (code, nothing, _) = ctui(&folder, &[&make[..], &["--out", "moons.csv"]].concat());
    assert_eq!((code, nothing.as_str()), (0, ""));
    let file = std::fs::read_to_string(folder.path().join("moons.csv")).unwrap();
    assert_eq!(file, text);
}

#[test]
fn a_file_is_described_and_its_schema_written_once() {
    let folder = TempDir::new().unwrap();
    let text = "age,job,label\n".to_string() + &"30,cook,no\n40,nurse,yes\n".repeat(10);
    std::fs::write(folder.path().join("people.csv"), text).unwrap();
    let (code, text, _) = ctui(
        &folder,
        &["data", "describe", "people.csv", "--write-schema"],
    );
    assert_eq!(code, 0);
    for part in [
        "20 rows",
        "no (10), yes (10)",
        "age",
        "30 to 40",
        "cook (10), nurse (10)",
    ] {
        assert!(text.contains(part), "{part:?} is missing in {text}");
    }
    let schema = std::fs::read_to_string(folder.path().join("people.toml")).unwrap();
    for part in [
        "label = \"label\"",
        "positive = \"yes\"",
        "[features.age]",
        "# domain = [30, 40]",
    ] {
        assert!(schema.contains(part), "{part:?} is missing in {schema}");
    }
    assert!(schema.find("features.age") < schema.find("features.job"));
    let (code, _, message) = ctui(
        &folder,
        &["data", "describe", "people.csv", "--write-schema"],
    );
    assert_eq!(code, 2);
    assert!(message.contains("people.toml exists already"), "{message}");
}

#[test]
fn made_data_comes_with_what_it_means() {
    let folder = TempDir::new().unwrap();
    assert_eq!(
        ctui(&folder, &["data", "make", "energy", "--out", "homes.csv"]).0,
        0
    );
    let (_, text, _) = ctui(&folder, &["data", "describe", "homes.csv"]);
    assert!(
        text.contains("W/m²K") && text.contains("increase"),
        "{text}"
    );
    let images = "glyphs-images-idx3-ubyte";
    assert_eq!(
        ctui(&folder, &["data", "make", "glyphs", "--out", images]).0,
        0
    );
    let (_, text, _) = ctui(&folder, &["data", "describe", images]);
    assert!(text.contains("4500 images of 8 × 8 pixels"), "{text}");
}

#[test]
fn mistakes_end_with_code_2_and_a_hint() {
    let folder = TempDir::new().unwrap();
    let cases: [(&[&str], &str); 5] = [
        (&["data", "make", "mooons"], "did you mean `moons`"),
        (
            &["data", "make", "moon", "--noise", "-1"],
            "between 0 and 1",
        ),
        (
            &["data", "make", "moon", "--samples", "1000000000"],
            "between 10 and 1000000",
        ),
        (
            &["data", "make", "blobs", "--classes", "99"],
            "between 2 and 10",
        ),
        (&["data", "describe", "nowhere.csv"], "nowhere.csv"),
    ];
    for (arguments, part) in cases {
        let (code, output, message) = ctui(&folder, arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{message}");
        assert!(message.contains(part), "{part:?} is missing in {message}");
    }
    let nowhere = ["data", "make", "moon", "--out", "no/such/folder.csv"];
    assert_eq!(ctui(&folder, &nowhere).0, 1);
}
