//! Runs as pages to hand out.

#![allow(clippy::unwrap_used)]

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Output},
};

use crate::common::page::check;

fn ctui(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctui"));
    command.current_dir(folder).args(arguments);
    command.output().unwrap()
}

fn succeed(folder: &Path, arguments: &[&str]) -> Output {
    let output = ctui(folder, arguments);
    assert!(output.status.success(), "{output:?}");
    output
}

fn train(folder: &Path, rest: &[&str]) {
    let few = ["--set", "counterfactuals=40", "--epochs", "4"];
    succeed(folder, &[&["train"][..], rest, &few].concat());
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The code on a page.
fn code(text: &str) -> &str {
    let code = text.split_once("ctui ctui1:").unwrap().1;
    let start = text.len() - code.len() - "ctui1:".len();
    text[start..].split_whitespace().next().unwrap()
}

#[test]
fn a_run_a_recipe_and_a_code_give_the_same_page() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    train(
        folder,
        &[
            "--preset",
            "moon",
            "--arms",
            "BL,CT",
            "--out",
            "runs/moon",
            "--set",
            "samples=200",
        ],
    );
    let output = succeed(folder, &["report", "runs/moon"]);
    assert_eq!(output.stdout, b"moon.html\n");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let page = read(folder, "moon.html");
    let text = check(&page);
    for part in [
        "Moons after 4 epochs",
        "BL: ",
        "Boundary of CT over x1 and x2",
        "Loss of BL over epochs",
        "CT mature",
        "CT under PGD: ",
        "validity",
        "CT against BL",
        " ± ",
        "About row 0 of the test samples of Moons",
        "By the model CT after 4 epochs of training",
        "λ_div (lambda_div)",
        "Nothing was changed while training.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }

    let output = ctui(folder, &["report", "runs/moon"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("--force"),
        "{output:?}"
    );
    fs::copy(
        folder.join("runs/moon/recipe.json"),
        folder.join("again.json"),
    )
    .unwrap();
    let output = succeed(folder, &["report", "again.json"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("epoch    4/4 CT: loss"));
    succeed(folder, &["report", code(&text), "-o", "code.html"]);
    for name in ["again.html", "code.html"] {
        assert!(read(folder, name) == page, "{name} differs");
    }

    let other = [
        "report",
        "runs/moon",
        "--row",
        "3",
        "-o",
        "moon.html",
        "--force",
    ];
    succeed(folder, &other);
    assert!(check(&read(folder, "moon.html")).contains("About row 3"));
    let output = ctui(
        folder,
        &["report", "runs/moon", "--row", "9999", "-o", "no.html"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.join("no.html").exists());
}

#[test]
fn what_is_no_run_is_refused_and_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    for run in ["nowhere", ".", "ctui1:damaged"] {
        let output = ctui(place.path(), &["report", run]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "{run}");
    }
}

/// Names that would steer a browser, a terminal or the direction of writing stay names.
#[test]
fn names_of_others_are_text_on_the_page() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let mut table =
        String::from("\"<script>alert('1')</script>\",b\u{202e}gnp,\"&amp; \u{1b}[31m\",class\n");
    for row in 0..120 {
        let (a, b) = (row % 7, row % 11);
        let class = if a + b > 8 {
            "</td>yes"
        } else {
            "\"no\u{200f}\""
        };
        writeln!(table, "{a},{b},{},{class}", row % 5).unwrap();
    }
    fs::write(folder.join("<b>.csv"), table).unwrap();
    train(
        folder,
        &["--data", "<b>.csv", "--label", "class", "--out", "run"],
    );
    succeed(folder, &["report", "run"]);
    let text = check(&read(folder, "run.html"));
    for part in [
        "<script>alert('1')</script>",
        "b\\u{202e}gnp",
        "&amp; \\u{1b}[31m",
        "</td>yes",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_page_about_images_says_why_nobody_is_advised() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    train(
        folder,
        &["--data", "glyphs", "--out", "run", "--set", "samples=300"],
    );
    succeed(folder, &["report", "run"]);
    let text = check(&read(folder, "run.html"));
    assert!(text.contains("These data are images"), "{text}");
    assert!(text.contains("PC 1"), "{text}");
}
