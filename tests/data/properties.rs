//! Properties of reading, scaling, splitting and writing, for any input.

#![allow(clippy::unwrap_used)]

use ctui::data::csv::write;
use ctui::data::describe::describe;
use ctui::data::encode::{encode, fit};
use ctui::data::groups::{groups, largest, one_hot};
use ctui::data::schema_text::schema_text;
use ctui::data::split::split;
use ctui::data::table::{Column, Labels, Values};
use ctui::data::{Balance, Draw, Expected, Feature, Schema, Source, Table, TableFormat};
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;

const DRAW: Draw = Draw {
    samples: 4500,
    noise: 0.0,
    seed: 1,
};

/// A table with a column of numbers and one of text, and at least two rows of each of two classes.
fn tables() -> impl Strategy<Value = Table> {
    let row = (-1e6_f32..1e6, "[a-e]", 0..2_usize);
    vec(row, 12..60).prop_map(|mut rows| {
        for (i, row) in rows.iter_mut().take(4).enumerate() {
            row.2 = i % 2;
        }
        Table {
            columns: vec![
                Column::numbers("number", rows.iter().map(|row| row.0).collect()),
                Column::text("text", rows.iter().map(|row| Some(row.1.as_str()))),
            ],
            rows: (0..rows.len()).collect(),
            labels: Some(Labels {
                column: "label".into(),
                classes: vec!["no".into(), "yes".into()],
                y: rows.iter().map(|row| row.2).collect(),
            }),
        }
    })
}

/// The features with what is typical as narrow as the table's numbers were written.
fn narrowed(mut features: Vec<Feature>) -> Vec<Feature> {
    for feature in &mut features {
        feature.typical = feature.typical.map(|typical| f64::from(typical as f32));
    }
    features
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn scaling_and_one_hot_are_undone(table in tables(), standardise: bool) {
        let schema = Schema { standardise: Some(standardise), ..Schema::default() };
        let train: Vec<usize> = (0..table.len()).step_by(2).collect();
        let rows: Vec<usize> = (0..table.len()).collect();
        let features = fit(&table, &schema, &train).unwrap();
        let x = encode(&table, &features, &rows).unwrap();
        let groups = groups(&features);
        prop_assert_eq!(groups.clone(), vec![1..features.len()]);
        let Values::Numbers(numbers) = &table.columns[0].values else { unreachable!() };
        let Values::Categories { names, codes } = &table.columns[1].values else { unreachable!() };
        for (row, x) in x.rows().into_iter().enumerate() {
            let number = features[0].scale.to_file(x[0]);
            prop_assert!((number - numbers[row]).abs() <= 1e-5 * (numbers[row].abs() + 1e6));
            let values: Vec<f32> = x.iter().skip(1).copied().collect();
            let code = largest(&values, |_| true, |_| 0).unwrap();
            prop_assert_eq!(one_hot(values.len(), code), values);
            prop_assert_eq!(Some(code), codes[row]);
            prop_assert_eq!(&features[1 + code].name, &format!("text={}", names[code]));
        }
    }

    #[test]
    fn tables_survive_a_file(table in tables()) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("table.csv");
        write(&table, std::fs::File::create(&path).unwrap()).unwrap();
        let rows = Source::file(&path, None).rows(&Expected::default()).unwrap();
        let schema = Schema { standardise: Some(false), ..Schema::default() };
        let every: Vec<usize> = (0..table.len()).collect();
        let features = fit(&table, &schema, &every).unwrap();
        prop_assert_eq!(&rows.x, &encode(&table, &features, &every).unwrap());
        prop_assert_eq!(rows.y, table.labels.map(|labels| labels.y));
        prop_assert_eq!(narrowed(rows.features), narrowed(features));
    }

    #[test]
    fn a_described_schema_says_what_was_inferred(table in tables()) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("table.csv");
        write(&table, std::fs::File::create(&path).unwrap()).unwrap();
        let description = describe(&path, None, &TableFormat::default()).unwrap();
        std::fs::write(Schema::path_beside(&path), schema_text(&description).unwrap()).unwrap();
        prop_assert_eq!(Schema::beside(&path).unwrap().unwrap(), description.schema);
    }

    #[test]
    fn no_row_is_in_both_parts(y in vec(0..4_usize, 20..200), seed: u64, choice in 0..3_usize) {
        let balance = [Balance::None, Balance::Over, Balance::Under][choice];
        let (train, test) = split(&y, 4, None, balance, seed);
        prop_assert!(train.iter().all(|row| test.binary_search(row).is_err()));
        prop_assert!(train.iter().chain(&test).all(|&row| row < y.len()));
        if balance == Balance::None {
            prop_assert_eq!(train.len() + test.len(), y.len());
        }
    }

    #[test]
    fn no_text_makes_reading_panic(text in "[a-c,;\n\"0-9.?é \t-]{0,200}") {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("table.csv");
        std::fs::write(&path, format!("a,label\n{text}")).unwrap();
        let _ = Source::file(&path, None).load(&DRAW);
        let _ = describe(&path, None, &TableFormat::default());
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in vec(any::<u8>(), 0..300)) {
        let folder = TempDir::new().unwrap();
        for name in ["x.csv", "x-images-idx3-ubyte", "x-labels-idx1-ubyte", "x.toml"] {
            std::fs::write(folder.path().join(name), &bytes).unwrap();
        }
        for name in ["x.csv", "x-images-idx3-ubyte"] {
            let _ = Source::file(&folder.path().join(name), None).load(&DRAW);
        }
    }

    #[test]
    fn any_column_name_can_be_written_in_a_schema(name in "[^\u{0}-\u{1f}]{1,12}") {
        prop_assume!(name.trim() == name && name.parse::<f64>().is_err() && name != "label");
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("table.csv");
        let quoted = name.replace('"', "\"\"");
        std::fs::write(&path, format!("\"{quoted}\",label\n1,0\n2,1\n")).unwrap();
        let description = describe(&path, None, &TableFormat::default()).unwrap();
        std::fs::write(Schema::path_beside(&path), schema_text(&description).unwrap()).unwrap();
        prop_assert_eq!(Schema::beside(&path).unwrap().unwrap(), description.schema);
    }
}
