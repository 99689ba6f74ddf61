//! CSV files: what is read, what is written, and that each broken file says what is wrong with it.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use ctui::data::csv::write;
use ctui::data::{Draw, Expected, Family, Kind, Scale, Source, TableFormat};
use tempfile::TempDir;

const DRAW: Draw = Draw {
    samples: 4500,
    noise: 0.0,
    seed: 1,
};

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn source(&self, content: impl AsRef<[u8]>) -> Source {
        Source::Csv {
            path: self.file("data.csv", content),
            label: None,
            format: TableFormat::default(),
        }
    }
}

/// A header and `rows` rows of `x1,x2,label`.
fn plain(rows: usize) -> String {
    let row = |i: usize| format!("{},{},{}\n", i as f32 / 4.0, -(i as f32), i % 2);
    "x1,x2,label\n".to_string() + &(0..rows).map(row).collect::<String>()
}

#[test]
fn numbers_are_read_unscaled_when_they_are_small() {
    let folder = Folder::new();
    let dataset = folder.source(plain(20)).load(&DRAW).unwrap();
    assert_eq!((dataset.train.len(), dataset.test.len()), (16, 4));
    assert_eq!(dataset.classes, ["0", "1"]);
    assert!(dataset.features.iter().all(|f| f.scale == Scale::IDENTITY));
    for (x, y) in dataset.train.x.rows().into_iter().zip(&dataset.train.y) {
        assert_eq!(-x[1] as usize % 2, *y);
        assert_eq!(x[0] * 4.0, -x[1]);
    }
}

#[test]
fn a_written_family_is_read_back_bit_for_bit() {
    let folder = Folder::new();
    let plane = |family: &Family| family.schema_text().is_none();
    for family in Family::ALL.into_iter().filter(plane) {
        let draw = Draw {
            samples: 300,
            ..family.default_draw(9)
        };
        let table = family.table(&draw, family.default_classes()).unwrap();
        let mut text = Vec::new();
        write(&table, &mut text).unwrap();
        let path = folder.file("family.csv", &text);
        let rows = Source::file(&path, None)
            .rows(&Expected::default())
            .unwrap();
        let dataset = family.generate(&draw).unwrap();
        assert_eq!(rows.classes, dataset.classes);
        assert_eq!(rows.numbers, (0..300).collect::<Vec<_>>());
        let samples = rows.into_samples().unwrap();
        let train = if family.is_published() { 200 } else { 240 };
        assert_eq!(
            samples.select(&(0..train).collect::<Vec<_>>()),
            dataset.train
        );
        assert_eq!(
            samples.select(&(240..300).collect::<Vec<_>>()),
            dataset.test
        );
    }
}

#[test]
fn many_features_and_classes_and_any_label_name() {
    let folder = Folder::new();
    let mut text = String::from("grade;a;b;c;d;e\n");
    for i in 0..60 {
        text += &format!("{};{i};1;2;3;4\n", ["10", "9", "2"][i % 3]);
    }
    let path = folder.file("wide.csv", text);
    let label = Some("grade".into());
    let dataset = Source::file(&path, label).load(&DRAW).unwrap();
    assert_eq!(dataset.classes, ["2", "9", "10"]);
    assert_eq!(dataset.dimensions(), 5);
}

#[test]
fn large_numbers_are_standardised_on_the_training_rows_unless_the_schema_says_no() {
    let folder = Folder::new();
    let mut text = String::from("income,label\n");
    for i in 0..100 {
        text += &format!("{},{}\n", 1000 + 7 * i, i % 2);
    }
    let source = folder.source(&text);
    let loaded = source.load_with_notes(&DRAW).unwrap();
    assert!(
        loaded.notes[0].contains("standardised"),
        "{:?}",
        loaded.notes
    );
    let train = loaded.dataset.train.x.column(0).to_owned();
    assert!(train.mean().unwrap().abs() < 1e-5);
    assert!((train.std(0.0) - 1.0).abs() < 1e-5);
    folder.file("data.toml", "standardise = false");
    let raw = source.load(&DRAW).unwrap();
    assert!(raw.train.x.iter().all(|&v| v >= 1000.0));
}

#[test]
fn text_becomes_one_hot_groups() {
    let folder = Folder::new();
    let mut text = String::from("age,job,label\n");
    for i in 0..40 {
        text += &format!(
            "{},{},{}\n",
            i % 5,
            ["nurse", "cook", "pilot"][i % 3],
            ["no", "yes"][i % 2]
        );
    }
    let dataset = folder.source(&text).load(&DRAW).unwrap();
    let names: Vec<&str> = dataset.features.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["age", "job=cook", "job=nurse", "job=pilot"]);
    assert!(
        matches!(&dataset.features[2].kind, Kind::Category { group, category } if group == "job" && category == "nurse")
    );
    for row in dataset.train.x.rows() {
        assert_eq!(row.iter().skip(1).sum::<f32>(), 1.0);
    }
    assert_eq!(dataset.classes, ["no", "yes"]);
}

#[test]
fn gaps_are_dropped_or_filled_and_counted() {
    let folder = Folder::new();
    let mut text = String::from("a,b,label\n");
    for i in 0..50 {
        let gap = i % 10 == 0;
        text += &format!(
            "{},{},{}\n",
            if gap { "NA" } else { "1" },
            ["x", "?"][usize::from(i == 3)],
            i % 2
        );
    }
    let source = folder.source(&text);
    let dropped = source.load_with_notes(&DRAW).unwrap();
    assert!(
        dropped.notes[0].starts_with("6 of 50 rows"),
        "{:?}",
        dropped.notes
    );
    assert_eq!(dropped.dataset.train.len() + dropped.dataset.test.len(), 44);
    folder.file("data.toml", "missing = \"impute\"");
    let filled = source.load_with_notes(&DRAW).unwrap();
    assert!(
        filled.notes[0].starts_with("6 missing values"),
        "{:?}",
        filled.notes
    );
    assert_eq!(filled.dataset.train.len() + filled.dataset.test.len(), 50);
    assert!(filled.dataset.train.x.iter().all(|v| v.is_finite()));
}

#[test]
fn the_positive_class_comes_last_and_rows_can_be_balanced() {
    let folder = Folder::new();
    let mut text = String::from("a,label\n");
    for i in 0..100 {
        text += &format!("{i},{}\n", ["ill", "well"][usize::from(i % 5 == 0)]);
    }
    folder.file("data.toml", "positive = \"ill\"\nbalance = \"over\"");
    let dataset = folder.source(&text).load(&DRAW).unwrap();
    assert_eq!(dataset.classes, ["well", "ill"]);
    let counts: Vec<usize> = dataset
        .train
        .rows_by_class(2)
        .iter()
        .map(Vec::len)
        .collect();
    assert_eq!(counts, [64, 64]);
}

#[test]
fn rows_are_read_as_the_features_of_a_model_say() {
    let folder = Folder::new();
    let mut text = String::from("id,age,job,label\n");
    for i in 0..40 {
        text += &format!("k{i},{},{},{}\n", 20 + i, ["nurse", "2"][i % 2], i % 2);
    }
    folder.file(
        "data.toml",
        "ignore = [\"id\"]\n[features.job]\nkind = \"category\"",
    );
    let dataset = folder.source(&text).load(&DRAW).unwrap();
    let expected = Expected {
        features: Some(dataset.features.clone()),
        classes: Some(vec!["1".into(), "0".into()]),
        ..Expected::default()
    };
    let other = folder.file("other.csv", "job,age\nnurse,20\n2,30\n,31\n2,32\n");
    let read = |path: &std::path::Path| Source::file(path, None).rows(&expected);
    let rows = read(&other).unwrap();
    assert_eq!(rows.y, None);
    assert_eq!(rows.numbers, [0, 1, 3]);
    let age = dataset.features[0].scale;
    assert_eq!(rows.x.row(1).to_vec(), [age.to_model(30.0), 1.0, 0.0]);
    let labelled = folder.file("more.csv", "age,job,target\n30,nurse,0.0\n31,2,1\n");
    assert_eq!(read(&labelled).unwrap().y, Some(vec![1, 0]));
    let problem = |text: &str| {
        let path = folder.file("bad.csv", text);
        read(&path).unwrap_err().to_string()
    };
    assert!(problem("age,job\n30,pilot\n").contains("`pilot`"));
    assert!(problem("age,jobs\n30,nurse\n").contains("did you mean `jobs`"));
    assert!(problem("age,job\nold,nurse\n").contains("`old` is not a number"));
    assert!(problem("age,job,label\n30,nurse,2\n").contains("class `2`"));
}
