//! Tables as people and programs write them: everyday files are read rightly, and nothing is assumed in
//! silence.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use ctui::data::{
    Draw, Expected, Loaded, Schema, Source, TableFormat,
    describe::{Description, Summary, describe},
};
use tempfile::TempDir;

const DRAW: Draw = Draw {
    samples: 4500,
    noise: 0.0,
    seed: 1,
};

struct File {
    _folder: TempDir,
    path: PathBuf,
}

impl File {
    fn new(content: impl AsRef<[u8]>) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("data.csv");
        std::fs::write(&path, content).unwrap();
        Self {
            _folder: folder,
            path,
        }
    }

    fn schema(self, text: &str) -> Self {
        std::fs::write(Schema::path_beside(&self.path), text).unwrap();
        self
    }

    fn describe_as(&self, format: &TableFormat) -> Description {
        describe(&self.path, None, format).unwrap()
    }

    fn describe(&self) -> Description {
        self.describe_as(&TableFormat::default())
    }

    fn load(&self) -> Loaded {
        Source::file(&self.path, None)
            .load_with_notes(&DRAW)
            .unwrap()
    }

    fn problem(&self) -> String {
        let loaded = Source::file(&self.path, None).load(&DRAW);
        loaded.unwrap_err().to_string()
    }
}

/// Names of the feature columns.
fn names(description: &Description) -> Vec<&str> {
    let columns = description.columns.iter();
    columns.map(|column| column.name.as_str()).collect()
}

fn is_numeric(description: &Description) -> bool {
    let mut columns = description.columns.iter();
    columns.all(|column| matches!(column.values, Summary::Numbers { .. }))
}

fn notes(description: &Description) -> String {
    description.notes.join("\n")
}

/// `rows` rows of two numbers and a label, below `header`.
fn table(header: &str, rows: usize, row: impl Fn(usize) -> String) -> String {
    (0..rows).fold(format!("{header}\n"), |text, i| text + &row(i) + "\n")
}

#[test]
fn decimal_commas_are_read_like_points() {
    let row = |i: usize| format!("{}.{};{}.5;{}", i % 7, i % 10, i % 3, i % 2);
    let points = table("length;width;label", 60, row);
    let commas = points.replace('.', ",");
    let [points, commas] = [points, commas].map(File::new);
    assert_eq!(points.load().dataset, commas.load().dataset);
    assert!(notes(&commas.describe()).contains("decimal commas: `length`, `width`"));
    assert_eq!(points.describe().columns, commas.describe().columns);
}

#[test]
fn three_decimals_behind_a_comma_are_no_thousands() {
    let row = |i: usize| {
        format!(
            "{}0,{};{},{:03};{}",
            ["", "-"][i % 2],
            100 + i,
            1 + i % 3,
            i,
            i % 2
        )
    };
    let described = File::new(table("a;b;label", 300, row)).describe();
    assert!(is_numeric(&described));
    let Summary::Numbers { max, .. } = described.columns[1].values else {
        panic!("not numeric")
    };
    assert!(max < 4.0, "{max}");
    let format = TableFormat {
        decimal: Some(ctui::data::Decimal::Point),
        ..TableFormat::default()
    };
    let row = |i: usize| format!("1,{:03};{}", 100 + i, i % 2);
    let file = File::new(table("a;label", 300, row));
    let max = |format: &TableFormat| match file.describe_as(format).columns[0].values {
        Summary::Numbers { max, .. } => max,
        Summary::Categories(_) => f64::NAN,
    };
    assert_eq!(
        (max(&TableFormat::default()), max(&format)),
        (1.399, 1399.0)
    );
}

#[test]
fn thousands_currencies_and_percent_signs_are_parsed_and_told() {
    let row = |i: usize| {
        format!(
            "\"{},{:03}\",$1{i}.50,{} %,1'{i:03},{}",
            1 + i % 20,
            i,
            i % 100,
            i % 2
        )
    };
    let described = File::new(table("income,price,rate,swiss,label", 200, row)).describe();
    assert!(is_numeric(&described));
    let told = notes(&described);
    for part in [
        "`income`: 1,000 is read as 1000",
        "`price`: $10.50 is read as 10.5",
        "`rate`: 0 % is read as 0",
        "`swiss`: 1'000 is read as 1000",
    ] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
}

#[test]
fn whatever_goes_for_missing_is_missing() {
    for word in [
        "", "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "None", "null", "?", "-", ".",
    ] {
        let row = |i: usize| {
            let number = if i == 4 {
                word.to_owned()
            } else {
                i.to_string()
            };
            let job = if i.is_multiple_of(4) {
                word
            } else {
                ["cook", "nurse"][i % 2]
            };
            let label = if i == 7 {
                word
            } else {
                ["no", "yes"][i % 3 % 2]
            };
            format!("{number},{job},{label}")
        };
        let file = File::new(table("age,job,label", 40, row));
        let described = file.describe();
        assert_eq!(described.columns[0].missing, 1, "{word}");
        assert_eq!(described.columns[1].missing, 10, "{word}");
        assert_eq!(described.rows, 39, "{word}");
        let told = notes(&described);
        assert!(told.contains("1 row without a label"), "{told}");
        let loaded = file.load();
        let features = loaded.dataset.features.iter().map(|f| f.name.as_str());
        assert_eq!(
            features.collect::<Vec<_>>(),
            ["age", "job=cook", "job=nurse"]
        );
    }
}

#[test]
fn a_word_can_be_declared_missing() {
    let row = |i: usize| {
        format!(
            "{},{}",
            if i == 3 {
                "unknown".into()
            } else {
                i.to_string()
            },
            i % 2
        )
    };
    let file = File::new(table("a,label", 40, row));
    assert!(file.problem().contains("--missing"), "{}", file.problem());
    let format = TableFormat {
        missing: vec!["Unknown".into()],
        ..TableFormat::default()
    };
    assert_eq!(file.describe_as(&format).columns[0].missing, 1);
    let source = Source::file(&file.path, None).with_format(format).unwrap();
    assert_eq!(
        source.load_with_notes(&DRAW).unwrap().notes[0],
        "1 of 40 rows were left out because a value is missing"
    );
    let written = serde_json::to_string(&source).unwrap();
    assert!(written.contains("Unknown"), "{written}");
    assert_eq!(serde_json::from_str::<Source>(&written).unwrap(), source);
    let old = r#"{"from":"csv","path":"a.csv"}"#;
    assert_eq!(
        serde_json::from_str::<Source>(old).unwrap(),
        Source::file("a.csv".as_ref(), None)
    );
}

#[test]
fn dates_ids_and_names_are_left_out_unless_they_are_asked_for() {
    let row = |i: usize| {
        format!(
            "{},2024-{:02}-{:02},Person {i},{},{}",
            184_877_252 + 13 * i,
            1 + i % 12,
            1 + i % 28,
            i % 50,
            i % 2
        )
    };
    let text = table("id,date,name,age,label", 100, row);
    let described = File::new(&text).describe();
    assert_eq!(names(&described), ["age"]);
    let told = notes(&described);
    for name in [
        "`id` was left out",
        "`date` was left out",
        "`name` was left out",
    ] {
        assert!(told.contains(name), "{told}");
    }
    let asked = "[features.id]\nkind = \"numeric\"\n[features.date]\nkind = \"numeric\"";
    let described = File::new(&text).schema(asked).describe();
    assert_eq!(names(&described), ["id", "date", "age"]);
    let Summary::Numbers { min, .. } = described.columns[1].values else {
        panic!("not numeric")
    };
    assert_eq!(min, 19_723.0, "days from 1970 to 2024");
}

#[test]
fn numbers_of_tickets_are_left_out_but_a_slip_is_told() {
    let ticket = |i: usize| match i % 4 {
        0 => format!("A/5 {}", 21_000 + i),
        _ => (21_000 + i).to_string(),
    };
    let row = |i: usize| format!("{},{i},{}", ticket(i), i % 2);
    let described = File::new(table("ticket,age,label", 100, row)).describe();
    assert_eq!(names(&described), ["age"]);
    assert!(notes(&described).contains("`ticket` was left out: it mixes"));
    let slip = |i: usize| {
        if i.is_multiple_of(9) {
            "unknown".to_owned()
        } else {
            format!("{i}.5")
        }
    };
    let row = |i: usize| format!("{},{}", slip(i), i % 2);
    let problem = File::new(table("age,label", 100, row)).problem();
    assert!(problem.contains("`unknown` is not a number"), "{problem}");
}

#[test]
fn long_numbers_keep_their_digits() {
    let row = |i: usize| {
        format!(
            "{},{}.125,{}",
            1_700_000_000_123_i64 + 7 * i as i64,
            184_877_252 + i,
            i % 2
        )
    };
    let file = File::new(table("time,code,label", 50, row));
    let rows = Source::file(&file.path, None)
        .rows(&Expected::default())
        .unwrap();
    assert_eq!(rows.number(1, 0), Some(1_700_000_000_130.0));
    let written = rows.written(&[1, 0]).unwrap();
    assert_eq!(
        written[0],
        [
            Some("1700000000130".to_owned()),
            Some("184877253.125".to_owned())
        ]
    );
    assert_eq!(written[1][1].as_deref(), Some("184877252.125"));
    let dataset = file.load().dataset;
    for (feature, values) in dataset.features.iter().zip(dataset.train.x.columns()) {
        for value in values {
            let back = feature.scale.to_file(*value);
            let digits = (back * 8.0).round() / 8.0;
            assert!((back - digits).abs() < 1e-4, "{back}");
        }
    }
}

#[test]
fn indices_comments_and_trailing_delimiters_are_passed_and_told() {
    let row = |i: usize| format!("{i},{},{}", 2 * i, i % 2);
    let plain = File::new(table("a,b,label", 30, row)).load().dataset;
    let text = table("a,b,label", 30, row);
    let number = |text: &str, first: &str| -> String {
        let lines = text.lines().enumerate();
        lines
            .map(|(i, line)| {
                format!(
                    "{},{line}\n",
                    if i == 0 {
                        first.to_owned()
                    } else {
                        (i - 1).to_string()
                    }
                )
            })
            .collect()
    };
    let cases = [
        ("", text.clone()),
        ("no name", number(&text, "")),
        ("`Unnamed: 0` was left out", number(&text, "Unnamed: 0")),
        (
            "2 lines above the header were passed over",
            format!("# made by a tool, with care\n# 2024\n{text}"),
        ),
        ("", text.replacen("\n5,", "\n# a remark\n5,", 1)),
        ("", format!("#{text}")),
        ("", format!("# {text}")),
        ("", format!("\u{feff}{text}")),
        ("", format!("sep=,\r\n{}", text.replace('\n', "\r\n"))),
        ("lines end with `,`", text.replace('\n', ",\n")),
        ("lines end with `,`", text.replacen('\n', ",\n", 1)),
        (
            "lines end with `,`",
            text.replace('\n', ",\n").replacen(",\n", "\n", 1),
        ),
        ("", text.replace(',', "\t")),
        ("", text.replace(',', "|")),
        ("", text.replace(',', "   ")),
        ("", text.replace(',', ";")),
    ];
    for (note, text) in cases {
        let file = File::new(&text);
        assert_eq!(file.load().dataset, plain, "{text}");
        let told = notes(&file.describe());
        assert!(told.contains(note), "{note} is missing in {told}");
    }
}

#[test]
fn names_may_be_numbers_and_rows_may_be_named() {
    let row = |i: usize| format!("{i}.5,{},{}", 2 * i, i % 2);
    let named = |header: &str| File::new(table(header, 30, row)).describe();
    assert_eq!(names(&named("2019,2020,label")), ["2019", "2020"]);
    assert_eq!(names(&named("0,1,target")), ["0", "1"]);
    let row = |i: usize| format!("{},{i}.5,{}", i + 1, i % 2);
    let r = File::new(table("a,label", 30, row)).describe();
    assert_eq!(names(&r), ["a"]);
    let headless = File::new("5.1,3.5,setosa\n4.9,3.0,setosa\n6.3,2.9,virginica\n").problem();
    assert!(headless.contains("line 1 holds numbers"), "{headless}");
}

#[test]
fn columns_can_be_ignored_by_name() {
    let row = |i: usize| format!("{i},{},{i},{}", 2 * i, i % 2);
    let file = File::new(table("a,\"income, yearly\",c,label", 30, row));
    let ignoring = |ignore: &[&str]| TableFormat {
        ignore: ignore.iter().map(ToString::to_string).collect(),
        ..TableFormat::default()
    };
    let left = |ignore: &[&str]| {
        let described = file.describe_as(&ignoring(ignore));
        names(&described).join("|")
    };
    assert_eq!(left(&["income, yearly"]), "a|c");
    assert_eq!(left(&["a,c"]), "income, yearly");
    assert_eq!(left(&["\"income, yearly\",a"]), "c");
    assert_eq!(left(&["a", "c"]), "income, yearly");
    let problem = describe(&file.path, None, &ignoring(&["incom"])).unwrap_err();
    assert!(
        problem.to_string().contains("no column `incom`"),
        "{problem}"
    );
}

#[test]
fn labels_are_texts_in_columns_of_usual_names() {
    for name in ["class", "Class", "y", "outcome", "Survived", "LABEL"] {
        let row = |i: usize| format!("{i},{}", ["7", "007", "7.0", "+7"][i % 4]);
        let described = File::new(table(&format!("a,{name}"), 40, row)).describe();
        let (column, classes) = described.label.clone().unwrap();
        assert_eq!(column, name);
        assert_eq!(classes, [("007".to_owned(), 10), ("7".to_owned(), 30)]);
        assert!(notes(&described).contains("taken as the label"));
    }
    let signs = File::new(table("a,label", 40, |i| {
        format!("{i},{}", ["-1", "+1"][i % 2])
    }));
    assert_eq!(signs.load().dataset.classes, ["-1", "1"]);
}

#[test]
fn other_files_are_named_by_their_content() {
    let utf_16: Vec<u8> = "\u{feff}a,label\n1,0\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases: [(&[u8], &str); 4] = [
        (&utf_16, "UTF-16"),
        (b"PK\x03\x04\x14\0[Content_Types].xml", ".xlsx"),
        (b"\x93NUMPY\x01\0v\0{'descr'", ".npy"),
        (b"PAR1\x15\x04", "Parquet"),
    ];
    for (content, part) in cases {
        let problem = File::new(content).problem();
        assert!(
            problem.contains(part) && problem.contains("CSV") || problem.contains("UTF-8"),
            "{problem}"
        );
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_before_they_block() {
    for path in ["/dev/zero", "/dev/null", "/dev/tty"] {
        let problem = Source::file(path.as_ref(), None)
            .load(&DRAW)
            .unwrap_err()
            .to_string();
        assert!(
            problem.contains("device") || problem.contains("No such"),
            "{problem}"
        );
    }
}

#[test]
fn columns_of_one_value_are_named() {
    let rows: String = (0..40)
        .map(|row| format!("{},7,red,{}\n", row % 9, row % 2))
        .collect();
    let constant = File::new(format!("size,version,colour,label\n{rows}"));
    let told = |notes: &[String]| {
        notes
            .join("\n")
            .contains("`version`, `colour` have the same")
    };
    assert!(told(&constant.load().notes));
    assert!(told(&constant.describe().training.unwrap()));
    let varied = File::new("size,label\n".to_owned() + &"1,a\n2,b\n".repeat(10));
    let told = varied.load().notes.join("\n");
    assert!(!told.contains("the same value"), "{told}");
}
