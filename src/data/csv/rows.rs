//! A file's rows as a classifier's inputs, without a split.

use std::path::{Path, PathBuf};

use ndarray::Array2;

use super::cell::listed;
use super::labels::canonical;
use super::{Reading, Sheet, read_sheet};
use crate::data::benchmark::{Benchmark, Opened, recognise};
use crate::data::encode::{encode, fit};
use crate::data::{DataError, Feature, Missing, Samples, Schema};

/// How to read a file for a classifier that exists already.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Name of the label column; otherwise `label` or `target` if there is one.
    pub label: Option<String>,
    /// The classifier's `d` features, which say which columns to read and how to scale and encode
    /// them. Without any, the columns are taken as they are, and text is one-hot encoded.
    pub features: Option<Vec<Feature>>,
    /// Names of the classifier's `k` classes, in its order. Without any, the file's own in
    /// ascending order.
    pub classes: Option<Vec<String>>,
    /// The published data set that the file is of, if the classifier was trained on one: its columns
    /// are then recognised under all their names.
    pub benchmark: Option<Benchmark>,
}

/// Rows of a file in model units.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The file.
    pub path: PathBuf,
    /// Features in model units, `(n, d)`, in the order of the file.
    pub x: Array2<f32>,
    /// Classes, `(n,)`; `None` if the file has no label column.
    pub y: Option<Vec<usize>>,
    /// The `d` features.
    pub features: Vec<Feature>,
    /// Names of the `k` classes; empty if neither the caller nor the file has any.
    pub classes: Vec<String>,
    /// Row number in the file of every row, counted from 0 below the header, `(n,)`.
    pub numbers: Vec<usize>,
    /// What was left out or decided, one sentence each.
    pub notes: Vec<String>,
}

impl Rows {
    /// The rows as labelled samples.
    ///
    /// # Errors
    /// [`DataError::Content`] if the file has no label column.
    pub fn into_samples(self) -> Result<Samples, DataError> {
        match self.y {
            Some(y) => Ok(Samples { x: self.x, y }),
            None => Err(DataError::Content {
                path: self.path,
                problem:
                    "there is no label column; call it `label` or `target`, or name it with --label"
                        .into(),
            }),
        }
    }
}

/// Reads all rows of the CSV file at `path`, in its order; a label column is not required.
///
/// Rows with a missing value in a column that is needed are left out ([`Rows::numbers`] tells
/// which are there) unless the schema beside the file asks to impute.
///
/// # Errors
/// As [`read_table`](super::read_table); also a column, category or class that the classifier and the file do not
/// share.
pub fn read_samples(path: &Path, options: &ReadOptions) -> Result<Rows, DataError> {
    let Opened { sheet, mut schema } = open(path, options)?;
    schema.standardise = Some(false);
    let known: Vec<&Feature> = options.features.iter().flatten().collect();
    schema.declare_kinds_of(&known);
    let Reading {
        mut table,
        mut notes,
    } = read_sheet(&sheet, options.label.as_deref(), &schema)?;
    if let Some(features) = &options.features {
        table.keep_columns_of(features);
    }
    match schema.missing {
        Missing::Drop => notes.extend(table.drop_missing()),
        Missing::Impute => {
            let rows: Vec<usize> = (0..table.len()).collect();
            notes.extend(table.impute(&rows));
        }
    }
    let every: Vec<usize> = (0..table.len()).collect();
    let features = match &options.features {
        Some(features) => features.clone(),
        None => fit(&table, &schema, &every).map_err(|error| error.within(path))?,
    };
    let x = encode(&table, &features, &every).map_err(|error| error.within(path))?;
    let (y, classes) = match table.labels {
        Some(labels) => match &options.classes {
            Some(classes) => (
                Some(translate(path, &labels.classes, &labels.y, classes)?),
                classes.clone(),
            ),
            None => (Some(labels.y), labels.classes),
        },
        None => (None, options.classes.clone().unwrap_or_default()),
    };
    Ok(Rows {
        path: path.into(),
        x,
        y,
        features,
        classes,
        numbers: table.rows,
        notes,
    })
}

/// Opens the file with the schema beside it, or that of the published data set.
fn open(path: &Path, options: &ReadOptions) -> Result<Opened, DataError> {
    match options.benchmark.filter(|set| set.is_table()) {
        Some(benchmark) => recognise(benchmark, path),
        None => Ok(Opened {
            schema: Schema::beside(path)?.unwrap_or_default(),
            sheet: Sheet::open(path)?,
        }),
    }
}

/// Labels `y` among the file's classes, as positions among the classifier's.
fn translate(
    path: &Path,
    from: &[String],
    y: &[usize],
    to: &[String],
) -> Result<Vec<usize>, DataError> {
    let position = |class: &String| {
        to.iter()
            .position(|known| canonical(known) == *class)
            .ok_or_else(|| DataError::Content {
                path: path.into(),
                problem: format!(
                    "the model does not know the class `{class}`; it knows {}",
                    listed(to)
                ),
            })
    };
    let positions = from.iter().map(position).collect::<Result<Vec<_>, _>>()?;
    Ok(y.iter().map(|&class| positions[class]).collect())
}
