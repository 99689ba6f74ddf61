//! Each broken file has its own message, with the place and what to do.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use ctui::data::{Draw, Source, TableFormat};
use tempfile::TempDir;

const DRAW: Draw = Draw {
    samples: 4500,
    noise: 0.0,
    seed: 1,
};

/// A file's content, its schema, and what the message has to contain.
struct Case {
    csv: &'static [u8],
    schema: &'static str,
    says: &'static [&'static str],
}

const fn csv(csv: &'static str, says: &'static [&'static str]) -> Case {
    Case {
        csv: csv.as_bytes(),
        schema: "",
        says,
    }
}

const fn schema(schema: &'static str, says: &'static [&'static str]) -> Case {
    Case {
        csv: b"a,b,label\n1,x,0\n2,y,1\n3,x,0\n4,y,1\n5,x,0\n6,y,1\n7,x,0\n8,y,1\n9,x,0\n10,y,1\n",
        schema,
        says,
    }
}

const CASES: [Case; 29] = [
    csv("", &["empty"]),
    csv("a,b,label\n", &["no rows"]),
    csv("1,2,0\n3,4,1\n", &["line 1", "header"]),
    csv("a,,label\n1,2,0\n", &["column 2 has no name"]),
    csv("a,b,a,label\n1,2,3,0\n", &["two columns", "`a`"]),
    csv("a,b,label\n1,2,0\n1,2\n", &["line 3", "2 cells", "3"]),
    csv(
        "a,b,label\n1,2,0\n3,4,1\n5,six,1\n",
        &["row 2 (line 4)", "column `b`", "`six`", "not a number"],
    ),
    csv(
        "a,b,label\n1,2,0\n3,inf,1\n",
        &["row 1 (line 3)", "column `b`", "`inf`", "finite"],
    ),
    csv(
        "a,b,label\n1,2,0\n-inf,4,1\n",
        &["row 1", "column `a`", "`-inf`"],
    ),
    csv("a,b,label\n1,2,0\n1e39,4,1\n", &["`1e39`"]),
    csv(
        "# made by a tool\na,b,label\n1,2,0\n3,4\n",
        &["line 4", "2 cells", "3"],
    ),
    csv(
        "a,label\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n",
        &["every usable row", "`1`", "two"],
    ),
    csv("a,b,label\n1,2,1\n3,4,0\n", &["2 usable rows", "10"]),
    csv(
        "a,b,c\n1,2,1\n3,4,0\n",
        &["no label column", "--label", "a, b, c"],
    ),
    csv("a,label\n1,\n3,?\n", &["`label` is empty"]),
    csv("label\n1\n0\n", &["no feature column"]),
    csv("b,label\n,0\n,1\n", &["no feature", "`b`", "no values"]),
    csv(
        "a,label\n1,0\n2,0\n3,0\n4,0\n5,0\n6,0\n7,0\n8,0\n9,0\n10,1\n",
        &["class `1` has 1"],
    ),
    csv("a,label\n\"1,0\n", &["line"]),
    Case {
        csv: b"a,label\n\xff\xfe,0\n",
        schema: "",
        says: &["line 2", "UTF-8"],
    },
    schema(
        "label = \"lable\"",
        &["no column `lable`", "did you mean `label`", "`a`"],
    ),
    schema("positive = \"2\"", &["positive class `2`", "`0`, `1`"]),
    schema(
        "standardize = true",
        &["data.toml", "line 1", "standardize"],
    ),
    schema(
        "[features.aa]",
        &["data.toml", "column `aa`", "did you mean `a`"],
    ),
    schema(
        "[features.a]\ndomain = [3, 1]",
        &["data.toml", "wrong way round", "`a`"],
    ),
    schema(
        "[features.a]\nmutability = \"up\"",
        &["line 2", "up", "increase"],
    ),
    schema("[features.b]\nmutability = \"increase\"", &["`b`", "text"]),
    schema(
        "[features.b]\nkind = \"numeric\"",
        &["row 0", "column `b`", "`x`"],
    ),
    schema("[features.b\n", &["data.toml", "line 1"]),
];

fn message(folder: &Path, case: &Case) -> String {
    std::fs::write(folder.join("data.csv"), case.csv).unwrap();
    std::fs::write(folder.join("data.toml"), case.schema).unwrap();
    let source = Source::Csv {
        path: folder.join("data.csv"),
        label: None,
        format: TableFormat::default(),
    };
    source.load(&DRAW).unwrap_err().to_string()
}

#[test]
fn each_broken_file_says_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    let mut messages = BTreeSet::new();
    for case in &CASES {
        let message = message(folder.path(), case);
        for part in case.says {
            assert!(message.contains(part), "{part:?} is missing in {message:?}");
        }
        assert!(messages.insert(message));
    }
}

#[test]
fn a_missing_file_is_named() {
    let source = Source::Csv {
        path: "nowhere/data.csv".into(),
        label: None,
        format: TableFormat::default(),
    };
    let message = source.load(&DRAW).unwrap_err().to_string();
    assert!(
        message.contains("cannot read nowhere/data.csv"),
        "{message}"
    );
}

#[test]
fn a_folder_is_not_a_file() {
    let source = Source::Csv {
        path: TempDir::new().unwrap().path().into(),
        label: None,
        format: TableFormat::default(),
    };
    assert!(source.load(&DRAW).is_err());
}

#[test]
fn too_many_categories_and_classes_are_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("data.csv");
    let mut names = String::from("a,name,label\n");
    let mut classes = String::from("name,label\n");
    for i in 0..300 {
        names += &format!("1,k{i},0\n");
        classes += &format!("1,{i}.5\n");
    }
    std::fs::write(
        path.with_extension("toml"),
        "[features.name]\nkind = \"category\"",
    )
    .unwrap();
    for (text, part) in [
        (names, "text column `name` has 300"),
        (classes, "`label` has 300"),
    ] {
        std::fs::write(&path, text).unwrap();
        let source = Source::Csv {
            path: path.clone(),
            label: None,
            format: TableFormat::default(),
        };
        let message = source.load(&DRAW).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
}
