//! `ctui data`, as a user calls it.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use tempfile::TempDir;

use crate::common::binary::{Said, ctui_in, said};

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
    let (code, text, _) = ctui_in(&folder, &make);
    assert_eq!((code, text.lines().count()), (0, 51));
    assert!(text.starts_with("x1,x2,label\n"));
    let (code, nothing, _) = ctui_in(&folder, &[&make[..], &["--out", "moons.csv"]].concat());
    assert_eq!((code, nothing.as_str()), (0, ""));
    let file = std::fs::read_to_string(folder.path().join("moons.csv")).unwrap();
    assert_eq!(file, text);
}

#[test]
fn a_folder_called_like_a_name_is_not_in_its_way() {
    let folder = TempDir::new().unwrap();
    for name in ["moon", "tuning", "things"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let train = |data| {
        [
            "train",
            "--data",
            data,
            "--set",
            "epochs=1",
            "--set",
            "samples=100",
        ]
    };
    let (code, _, remarks) = ctui_in(&folder, &train("moon"));
    assert_eq!(code, 0, "{remarks}");
    let (code, text, remarks) = ctui_in(&folder, &["sweep", "tuning", "--dry-run"]);
    assert!(code == 0 && text.contains("9 cells"), "{text}{remarks}");
    let (code, _, remarks) = ctui_in(&folder, &train("things"));
    assert!(
        code != 0 && remarks.contains("things is a folder"),
        "{remarks}"
    );
}

#[test]
fn a_file_is_described_and_its_schema_written_once() {
    let folder = TempDir::new().unwrap();
    let text = "age,job,label\n".to_string() + &"30,cook,no\n40,nurse,yes\n".repeat(10);
    std::fs::write(folder.path().join("people.csv"), text).unwrap();
    let (code, text, _) = ctui_in(
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
    let (code, _, message) = ctui_in(
        &folder,
        &["data", "describe", "people.csv", "--write-schema"],
    );
    assert_eq!(code, 2);
    assert!(
        message.contains("people.toml: it is there already"),
        "{message}"
    );
}

#[test]
fn made_data_comes_with_what_it_means() {
    let folder = TempDir::new().unwrap();
    assert_eq!(
        ctui_in(&folder, &["data", "make", "energy", "--out", "homes.csv"]).0,
        0
    );
    let (_, text, _) = ctui_in(&folder, &["data", "describe", "homes.csv"]);
    assert!(
        text.contains("W/m²K") && text.contains("increase"),
        "{text}"
    );
    let images = "glyphs-images-idx3-ubyte";
    assert_eq!(
        ctui_in(&folder, &["data", "make", "glyphs", "--out", images]).0,
        0
    );
    let (_, text, _) = ctui_in(&folder, &["data", "describe", images]);
    assert!(text.contains("4500 images of 8 × 8 pixels"), "{text}");
}

#[test]
fn mistakes_end_with_code_2_and_a_hint() {
    let folder = TempDir::new().unwrap();
    let cases: [(&[&str], &str); 6] = [
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
        (
            &["data", "make", "moon", "--out", "no/such/folder.csv"],
            "the folder no/such does not exist",
        ),
    ];
    for (arguments, part) in cases {
        let (code, output, message) = ctui_in(&folder, arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{message}");
        assert!(message.contains(part), "{part:?} is missing in {message}");
    }
}

/// Arguments, with `input` on standard input.
fn piped(folder: &TempDir, arguments: &[&str], input: &str) -> Said {
    let mut command = Command::cargo_bin("ctui").unwrap();
    let command = command.current_dir(folder.path()).args(arguments);
    said(command.write_stdin(input))
}

#[test]
fn standard_input_is_read_like_a_file() {
    let folder = TempDir::new().unwrap();
    let table = "a;b;label\n".to_string() + &"1,5;2;no\n2,5;3;yes\n".repeat(20);
    let (code, text, message) = piped(&folder, &["data", "describe", "-"], &table);
    assert_eq!(code, 0, "{message}");
    assert!(text.starts_with("standard input: 40 rows"), "{text}");
    let train = [
        "train",
        "--data",
        "-",
        "--epochs",
        "1",
        "--out",
        "run",
        "--immutable",
        "a",
    ];
    let (code, text, message) = piped(&folder, &train, &table);
    assert_eq!(code, 0, "{message}");
    assert!(text.contains("standard input"), "{text}");
    let explain = [
        "explain",
        "--model",
        "run/model.safetensors",
        "--data",
        "-",
        "--target",
        "yes",
        "--json",
    ];
    let (code, _, message) = piped(&folder, &explain, &table);
    assert_eq!(code, 0, "{message}");
    let schema = ["data", "describe", "-", "--write-schema"];
    assert_eq!(piped(&folder, &schema, &table).0, 2);
}

#[test]
fn a_description_says_what_training_would_do() {
    let folder = TempDir::new().unwrap();
    let row = |i: usize| format!("{i},{},k{i},{}\n", ["?", "1"][usize::from(i > 2)], i % 2);
    let text = (0..40).fold("id,a,name,label\n".to_string(), |text, i| text + &row(i));
    std::fs::write(folder.path().join("t.csv"), text).unwrap();
    let (code, text, _) = ctui_in(&folder, &["data", "describe", "t.csv", "--write-schema"]);
    assert_eq!(code, 0);
    for part in [
        "`id` was left out",
        "`name` was left out",
        "training would take",
        "3 of 40 rows were left out because a value is missing",
        "rows to train with",
    ] {
        assert!(text.contains(part), "{part:?} is missing in {text}");
    }
    let (_, again, _) = ctui_in(&folder, &["data", "describe", "t.csv"]);
    assert!(
        again.contains("left out as asked for: `id`, `name`"),
        "{again}"
    );
}

#[test]
fn what_cannot_be_trained_on_is_described_all_the_same() {
    let folder = TempDir::new().unwrap();
    let cases = [
        ("a,b\n1,2\n3,4\n", "no label column"),
        (
            "a,label\n1,0\n2,0\n3,0\n",
            "every usable row is of the class `0`",
        ),
        ("a,label\n1,0\n2,1\nsix,0\n4,1\n", "`six` is not a number"),
    ];
    for (i, (text, part)) in cases.into_iter().enumerate() {
        let name = format!("{i}.csv");
        std::fs::write(folder.path().join(&name), text).unwrap();
        let (code, text, _) = ctui_in(&folder, &["data", "describe", &name, "--write-schema"]);
        assert_eq!(code, 0);
        let refused = "training would be refused: ";
        assert!(text.contains(refused) && text.contains(part), "{text}");
        assert!(folder.path().join(format!("{i}.toml")).exists());
    }
}

#[test]
fn names_and_classes_never_steer_the_terminal() {
    let folder = TempDir::new().unwrap();
    let header = "\u{1b}]0;title\u{7}a,b\u{202e}gnp,\u{9b}31mcat,label\n";
    let row = |i: usize| {
        format!(
            "{i},{i},u\u{1b}]52;c;eA==\u{7},{}\n",
            ["no\u{1b}[5m", "yes"][i % 2]
        )
    };
    let text = (0..30).fold(header.to_string(), |text, i| text + &row(i));
    std::fs::write(folder.path().join("t.csv"), text).unwrap();
    std::fs::write(folder.path().join("s.csv"), "a,label\n1,0\n2,1\n").unwrap();
    let schema = "[features.\"\\u001b[31mevil\"]\nunit = \"x\"";
    std::fs::write(folder.path().join("s.toml"), schema).unwrap();
    let hidden = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    let mut seen = String::new();
    for arguments in [
        &["data", "describe", "t.csv"][..],
        &["data", "describe", "s.csv"],
        &["data", "describe", "t.csv", "--label", "\u{1b}[31mx"],
        &["data", "describe", "t.csv", "--label", "\u{9b}31mcat"],
        &["data", "describe", "t.csv", "--ignore", "nothing"],
        &["train", "--data", "t.csv", "--epochs", "1"],
    ] {
        let (_, output, message) = ctui_in(&folder, arguments);
        assert!(!output.contains(hidden), "{output:?}");
        assert!(!message.contains(hidden), "{message:?}");
        seen += &output;
        seen += &message;
    }
    for shown in [
        "\\u{1b}]0;title\\u{7}a",
        "b\\u{202e}gnp",
        "no\\u{1b}[5m",
        "\\u{1b}[31mevil",
    ] {
        assert!(seen.contains(shown), "{shown} is missing in {seen}");
    }
}
