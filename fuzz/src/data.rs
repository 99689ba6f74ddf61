//! Readers of data.

use std::path::Path;

use ctui::data::{
    Dataset, Decimal, Feature, Samples, Schema, TableFormat, csv,
    describe::Description,
    drawing, idx,
    prepare::prepare,
    scaling::Scaling,
    table::{Table, Values},
};
use ndarray::Array2;

use super::{chosen, text};

/// What stands between a schema and a table.
const BELOW: &[u8] = b"\n---\n";

/// A table, after two bytes that say how it is written; a schema may stand above it.
pub fn table(bytes: &[u8]) {
    let Some(([delimiter, decimal], bytes)) = bytes.split_first_chunk() else {
        return;
    };
    let delimiters = [None, Some(','), Some(';'), Some('\t'), Some(' '), Some('|')];
    let decimals = [None, Some(Decimal::Point), Some(Decimal::Comma)];
    let format = TableFormat {
        delimiter: chosen(*delimiter, &delimiters),
        decimal: chosen(*decimal, &decimals),
        ..TableFormat::default()
    };
    let (schema, bytes) = described(bytes);
    let path = Path::new("data.csv");
    let read = |schema: &Schema| csv::parse_table(bytes.to_vec(), path, None, schema, &format);
    let Ok(reading) = read(&schema) else {
        return;
    };
    check_table(&reading.table);
    let (first, sound) = (reading.table.clone(), reading.problems.is_empty());
    let written = toml::to_string(&Description::of(reading, path, &schema).schema).ok();
    let described = written.and_then(|text| Schema::parse(&text).ok());
    assert!(
        described.is_some(),
        "the schema that describes a table is none"
    );
    let again = read(&described.unwrap_or_default());
    assert!(
        again.is_ok(),
        "a table is not read with the schema that describes it"
    );
    let Ok(again) = again else {
        return;
    };
    assert!(
        !sound || same_columns(&first, &again.table),
        "a table is another with the schema that describes it"
    );
    let Ok(loaded) = again
        .sound()
        .and_then(|reading| prepare(reading, "data", &schema, None, 1))
    else {
        return;
    };
    check_dataset(&loaded.dataset);
}

/// The schema above a table, if there is one, and the table.
fn described(bytes: &[u8]) -> (Schema, &[u8]) {
    let border = bytes.windows(BELOW.len()).position(|part| part == BELOW);
    let schema = border.and_then(|at| Schema::parse(text(&bytes[..at])?).ok());
    match (schema, border) {
        (Some(schema), Some(at)) => (schema, &bytes[at + BELOW.len()..]),
        _ => (Schema::default(), bytes),
    }
}

fn check_table(table: &Table) {
    for column in &table.columns {
        match &column.values {
            Values::Numbers(values) => {
                assert_eq!(values.len(), table.len());
                assert!(values.iter().all(|value| !value.is_infinite()));
            }
            Values::Categories { names, codes } => {
                assert_eq!(codes.len(), table.len());
                assert!(codes.iter().flatten().all(|&code| code < names.len()));
            }
        }
    }
    if let Some(labels) = &table.labels {
        assert_eq!(labels.y.len(), table.len());
        assert!(labels.y.iter().all(|&class| class < labels.classes.len()));
    }
}

/// Whether all columns hold the same, bit for bit.
fn same_columns(one: &Table, other: &Table) -> bool {
    let same = |one: &Values, other: &Values| match (one, other) {
        (Values::Numbers(one), Values::Numbers(other)) => one
            .iter()
            .map(|value| value.to_bits())
            .eq(other.iter().map(|value| value.to_bits())),
        (one, other) => one == other,
    };
    one.columns.len() == other.columns.len()
        && one
            .columns
            .iter()
            .zip(&other.columns)
            .all(|(one, other)| one.name == other.name && same(&one.values, &other.values))
}

fn check_dataset(dataset: &Dataset) {
    for samples in [&dataset.train, &dataset.test] {
        assert_eq!(samples.x.ncols(), dataset.features.len());
        assert_eq!(samples.x.nrows(), samples.y.len());
        assert!(samples.x.iter().all(|value| value.is_finite()));
        assert!(samples.y.iter().all(|&class| class < dataset.classes.len()));
    }
}

/// What a user says about the columns of a table.
pub fn schema(bytes: &[u8]) {
    let Some(Ok(schema)) = text(bytes).map(Schema::parse) else {
        return;
    };
    let written = toml::to_string(&schema);
    assert!(written.is_ok(), "a schema cannot be written");
    let again = written.map(|text| Schema::parse(&text));
    assert_eq!(again, Ok(Ok(schema)));
}

/// Images or labels.
pub fn images(bytes: &[u8]) {
    let header = |sizes: &[usize]| -> Vec<u8> {
        let sizes = sizes.iter().map(|&size| size as u32);
        sizes.flat_map(u32::to_be_bytes).collect()
    };
    if let Ok(images) = idx::parse_images(bytes) {
        let sizes = [0x803, images.count, images.rows, images.columns];
        assert_eq!([header(&sizes), images.pixels].concat(), bytes);
    }
    if let Ok(labels) = idx::parse_labels(bytes) {
        assert_eq!([header(&[0x801, labels.len()]), labels].concat(), bytes);
    }
}

/// Points that were drawn, nine bytes each, saved as a table, which is opened again.
pub fn points(bytes: &[u8]) {
    let float = |bytes: &[u8]| {
        bytes
            .iter()
            .rev()
            .fold(0, |bits, &byte| bits << 8 | u32::from(byte))
    };
    let points: Vec<([f32; 2], usize)> = bytes
        .chunks_exact(9)
        .map(|point| {
            let at = [&point[..4], &point[4..8]].map(|part| f32::from_bits(float(part)));
            (at, usize::from(point[8]) % 3)
        })
        .filter(|(at, _)| at.iter().all(|value| value.is_finite()))
        .collect();
    if points.is_empty() {
        return;
    }
    let saved = drawing::table(&drawn(&points)).and_then(|table| {
        let mut bytes = Vec::new();
        assert!(csv::write(&table, &mut bytes).is_ok());
        csv::parse_table(
            bytes,
            Path::new("points.csv"),
            None,
            &Schema::default(),
            &TableFormat::default(),
        )?
        .sound()
    });
    assert!(
        saved.is_ok(),
        "points that were saved are not read: {:?}",
        saved.err()
    );
    let Ok(saved) = saved else {
        return;
    };
    let labels = saved.table.labels.as_ref();
    for (row, (at, class)) in points.iter().enumerate() {
        for (column, value) in saved.table.columns.iter().zip(at) {
            let read = column.number(row).map(|value| value as f32);
            assert_eq!(read, Some(*value), "row {row}");
        }
        let name = labels.map(|labels| labels.classes[labels.y[row]].clone());
        assert_eq!(name, Some(class.to_string()), "row {row}");
    }
    assert_eq!(saved.table.columns.len(), 2);
}

/// A data set of nothing but drawn points.
fn drawn(points: &[([f32; 2], usize)]) -> Dataset {
    let samples = |points: &[([f32; 2], usize)]| Samples {
        x: Array2::from_shape_fn((points.len(), 2), |(row, axis)| points[row].0[axis]),
        y: points.iter().map(|point| point.1).collect(),
    };
    Dataset {
        name: "points".into(),
        features: ["x1", "x2"].map(Feature::numeric).into(),
        classes: ["0", "1", "2"].map(str::to_owned).into(),
        train: samples(points),
        test: samples(&[]),
    }
}

/// Means and standard deviations, after a byte that says in which format.
pub fn scaling(bytes: &[u8]) {
    let Some((format, bytes)) = bytes.split_first() else {
        return;
    };
    let path = chosen(*format, &["scale.csv", "scale.json", "scale.toml"]);
    let scaling = text(bytes).map(|text| Scaling::parse(text, Path::new(path)));
    let mut features = ["a", "b"].map(Feature::numeric);
    if let Some(Ok(scaling)) = scaling
        && scaling.apply(&mut features).is_ok()
    {
        for feature in &features {
            assert!(feature.scale.factor > 0.0 && feature.scale.factor.is_finite());
            assert!(feature.scale.offset.is_finite());
        }
    }
}
