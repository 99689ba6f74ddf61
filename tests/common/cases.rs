//! What several test programs need.

use std::{fs, path::PathBuf};

use ctui::{
    data::{Dataset, Feature, Interval, Mutability, Samples},
    model::{Mlp, ModelFile},
};
use ndarray::Array2;
use serde::de::DeserializeOwned;

/// A file of the conformance cases.
pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/conformance")
        .join(name)
}

/// The cases in a JSON file.
pub fn cases<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_str(&fs::read_to_string(fixture(name)).unwrap()).unwrap()
}

/// A model among the fixtures.
pub fn model(name: &str) -> Mlp {
    ModelFile::read(&fixture(name)).unwrap().model
}

/// All columns of a CSV file among the fixtures.
pub fn table(name: &str) -> Array2<f32> {
    let mut reader = csv::Reader::from_path(fixture(name)).unwrap();
    let columns = reader.headers().unwrap().len();
    let values: Vec<f32> = reader
        .records()
        .flat_map(|record| {
            record
                .unwrap()
                .iter()
                .map(|field| field.parse().unwrap())
                .collect::<Vec<f32>>()
        })
        .collect();
    matrix(columns, values)
}

/// A CSV file whose last column is the label.
pub fn labelled(name: &str) -> Samples {
    let table = table(name);
    let d = table.ncols() - 1;
    Samples {
        x: table.view().split_at(ndarray::Axis(1), d).0.to_owned(),
        y: table
            .column(d)
            .iter()
            .map(|&label| label as usize)
            .collect(),
    }
}

/// A matrix from its rows one after the other.
pub fn matrix(columns: usize, values: Vec<f32>) -> Array2<f32> {
    Array2::from_shape_vec((values.len() / columns, columns), values).unwrap()
}

/// A matrix from rows.
pub fn rows(rows: &[Vec<f32>]) -> Array2<f32> {
    matrix(rows[0].len(), rows.concat())
}

/// Mutability by its name in the cases.
pub fn mutability(name: &str) -> Mutability {
    match name {
        "both" => Mutability::Both,
        "increase" => Mutability::Increase,
        "decrease" => Mutability::Decrease,
        "none" => Mutability::None,
        other => panic!("{other}"),
    }
}

/// An interval from its two ends.
pub fn interval(ends: &[f32]) -> Interval {
    Interval {
        lower: ends[0],
        upper: ends[1],
    }
}

/// A data set whose test samples are its training samples.
pub fn dataset(samples: Samples, classes: usize) -> Dataset {
    Dataset {
        name: "test".into(),
        features: (1..=samples.x.ncols())
            .map(|d| Feature::numeric(format!("x{d}")))
            .collect(),
        classes: (0..classes).map(|class| class.to_string()).collect(),
        train: samples.clone(),
        test: samples,
    }
}
