//! What a CSV file holds and what was inferred from it.

mod show;

use std::path::{Path, PathBuf};

use super::encode::standardises;
use super::prepare::{Loaded, prepare};
use super::table::{Column, Table, Values};
use super::{DataError, Schema, TableFormat, ValueKind};
use crate::data::csv::{LeftOut, Reading, read_table};
use crate::text::number_of;

/// What is known about a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// The file.
    pub path: PathBuf,
    /// Number of rows with a label.
    pub rows: usize,
    /// Name of the label column, if there is one, and rows of each class.
    pub label: Option<(String, Vec<(String, usize)>)>,
    /// The feature columns.
    pub columns: Vec<ColumnDescription>,
    /// What the file's schema says, completed by what was inferred.
    pub schema: Schema,
    /// What was left out or decided, one sentence each.
    pub notes: Vec<String>,
    /// The columns that are no features, and why.
    pub left_out: Vec<LeftOut>,
    /// What training would make of the file, one sentence each; or why it would be refused.
    pub training: Result<Vec<String>, String>,
}

/// What is known about a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDescription {
    /// Name in the header.
    pub name: String,
    /// What the column holds.
    pub values: Summary,
    /// Number of rows without a value.
    pub missing: usize,
}

/// The values of a column in short.
#[derive(Clone, Debug, PartialEq)]
pub enum Summary {
    /// Numbers.
    Numbers {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
        /// Mean.
        mean: f64,
        /// Population standard deviation.
        deviation: f64,
    },
    /// Text: each category with its number of rows.
    Categories(Vec<(String, usize)>),
}

/// Describes the CSV file at `path`; `label` names its label column.
///
/// A file that no model can be trained on is described all the same.
///
/// # Errors
/// As [`read_table`].
pub fn describe(
    path: &Path,
    label: Option<&str>,
    format: &TableFormat,
) -> Result<Description, DataError> {
    let given = Schema::beside(path)?;
    let schema = given.clone().unwrap_or_default();
    let reading = read_table(path, label, &schema, format)?;
    let mut description = Description::of(reading, path, &schema);
    description.notes.push(match given {
        Some(_) => format!("described by {}", Schema::path_beside(path).display()),
        None => "there is no schema file beside it".into(),
    });
    Ok(description)
}

impl Description {
    /// Describes what was read of the file at `path` with `schema`.
    pub fn of(reading: Reading, path: &Path, schema: &Schema) -> Self {
        let table = &reading.table;
        Self {
            path: path.into(),
            rows: table.len(),
            label: table.labels.as_ref().map(|labels| {
                let counted = count(labels.y.iter().copied(), &labels.classes);
                (labels.column.clone(), counted)
            }),
            columns: table.columns.iter().map(column).collect(),
            schema: complete(table, &reading.left_out, schema.clone()),
            notes: reading.notes.clone(),
            left_out: reading.left_out.clone(),
            training: training(reading, schema).map_err(|error| match error {
                DataError::Content { problem, .. } => problem,
                other => other.to_string(),
            }),
        }
    }
}

/// What training would make of a reading.
fn training(reading: Reading, schema: &Schema) -> Result<Vec<String>, DataError> {
    let known = reading.notes.len();
    let Loaded { dataset, notes } = prepare(reading.sound()?, "", schema, None, 1)?;
    let sizes = format!(
        "{} to train with, {} to test with; {}, {} classes",
        number_of(dataset.train.len(), "row"),
        dataset.test.len(),
        number_of(dataset.dimensions(), "input"),
        dataset.classes.len()
    );
    Ok(std::iter::once(sizes)
        .chain(notes.into_iter().skip(known))
        .collect())
}

/// Fills in what the schema leaves open.
fn complete(table: &Table, left_out: &[LeftOut], mut schema: Schema) -> Schema {
    for LeftOut { column, .. } in left_out {
        if !schema.ignores(column) {
            schema.ignore.push(column.clone());
        }
    }
    let rows: Vec<usize> = (0..table.len()).collect();
    schema.standardise = Some(standardises(table, &schema, &rows));
    if let Some(labels) = &table.labels {
        schema.label = Some(labels.column.clone());
        if labels.classes.len() == 2 {
            schema.positive = labels.classes.last().cloned();
        }
    }
    for column in &table.columns {
        let entry = schema.features.entry(column.name.clone()).or_default();
        entry.kind.get_or_insert(match column.values {
            Values::Numbers(_) => ValueKind::Numeric,
            Values::Categories { .. } => ValueKind::Category,
        });
    }
    schema
}

fn column(column: &Column) -> ColumnDescription {
    let values = match &column.values {
        Values::Numbers(values) => summarise(values),
        Values::Categories { names, codes } => {
            Summary::Categories(count(codes.iter().flatten().copied(), names))
        }
    };
    let rows = match &column.values {
        Values::Numbers(values) => values.len(),
        Values::Categories { codes, .. } => codes.len(),
    };
    ColumnDescription {
        name: column.name.clone(),
        values,
        missing: (0..rows).filter(|&row| column.is_missing(row)).count(),
    }
}

fn summarise(values: &[f64]) -> Summary {
    let present = || values.iter().copied().filter(|value| !value.is_nan());
    let n = present().count().max(1) as f64;
    let mean = present().sum::<f64>() / n;
    let variance = present()
        .map(|v| crate::math::square(v - mean))
        .sum::<f64>()
        / n;
    Summary::Numbers {
        min: present().fold(f64::INFINITY, f64::min),
        max: present().fold(f64::NEG_INFINITY, f64::max),
        mean,
        deviation: variance.sqrt(),
    }
}

fn count(codes: impl Iterator<Item = usize>, names: &[String]) -> Vec<(String, usize)> {
    let mut counts = vec![0; names.len()];
    codes.for_each(|code| counts[code] += 1);
    names.iter().cloned().zip(counts).collect()
}
