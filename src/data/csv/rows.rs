//! All rows of a CSV file.

use std::path::Path;
use std::sync::Arc;

use super::{Reading, Sheet, Wish, listed, read_sheet};
use crate::data::benchmark::{Benchmark, Opened, recognise};
use crate::data::encode::{column_name, encode, fit, unknown_categories};
use crate::data::rows::{Expected, Origin, Rows, translate};
use crate::data::table::{Labels, Table};
use crate::data::{DataError, Feature, Missing, Schema, TableFormat, nearest};

/// Reads all rows of the CSV file at `path`, in its order; a label column is not required.
///
/// # Errors
/// As [`read_table`](super::read_table); also a column, category or class that the classifier and
/// the file do not share.
pub(in crate::data) fn read_rows(
    path: &Path,
    label: Option<&str>,
    format: &TableFormat,
    benchmark: Option<Benchmark>,
    expected: &Expected,
) -> Result<Rows, DataError> {
    let mut opened = open(path, format, benchmark, expected)?;
    opened.schema.standardise = Some(false);
    let Reading {
        mut table,
        mut notes,
        ..
    } = take(&mut opened, label, expected)?;
    notes.extend(complete(&mut table, &opened, expected));
    let every: Vec<usize> = (0..table.len()).collect();
    let within = |error: DataError| error.within(path);
    let features = match &expected.features {
        Some(features) => {
            notes.extend(unknown_categories(&table, features).map_err(within)?);
            features.clone()
        }
        None => fit(&table, &opened.schema, &every).map_err(within)?,
    };
    let x = encode(&table, &features, &every).map_err(within)?;
    let (y, classes) = labels(path, table.labels.take(), expected)?;
    Ok(Rows {
        path: path.into(),
        x,
        y,
        features,
        classes,
        numbers: table.rows.clone(),
        notes,
        origin: Some(Origin {
            sheet: Arc::new(opened.sheet),
            table: Arc::new(table),
        }),
    })
}

/// Reads the columns that the classifier takes, or all, of the rows that are asked for, and adds what
/// is computed from other columns.
fn take(
    opened: &mut Opened,
    label: Option<&str>,
    expected: &Expected,
) -> Result<Reading, DataError> {
    let Opened {
        sheet,
        schema,
        averages,
    } = opened;
    let known: Vec<&Feature> = expected.features.iter().flatten().collect();
    let made = |feature: &&Feature| averages.is_some_and(|made| made.make(column_name(feature)));
    let (made, read): (Vec<&Feature>, Vec<&Feature>) = known.into_iter().partition(made);
    check_known(sheet, &read)?;
    schema.declare_kinds_of(&read);
    if let Some(rows) = &expected.rows {
        sheet.choose(rows)?;
    }
    let own = expected.features.is_none();
    if !own {
        let kept = |name: &String| sheet.header.contains(name);
        schema.features.retain(|name, _| kept(name));
        schema.ignore.retain(kept);
    }
    let wanted: Vec<&str> = read.iter().map(|feature| column_name(feature)).collect();
    let wish = Wish {
        columns: (!own && made.is_empty()).then_some(wanted.as_slice()),
        unlabelled: expected.unlabelled,
    };
    let mut reading = read_sheet(sheet, label, schema, &wish)?;
    if expected.lenient && !reading.broken.is_empty() {
        let first = reading.broken.swap_remove(0);
        reading.broken.clear();
        reading.notes.push(format!(
            "cells that cannot be used count as missing: {first}"
        ));
    }
    let mut reading = reading.sound()?;
    if let Some(averages) = averages.filter(|_| own || !made.is_empty()) {
        reading.notes.push(averages.add_to(&mut reading.table));
    }
    Ok(reading)
}

/// Leaves nothing missing: by what was learned from the training rows, or by these rows themselves.
fn complete(table: &mut Table, opened: &Opened, expected: &Expected) -> Vec<String> {
    let missing = opened.schema.missing;
    let mut notes = Vec::new();
    let missing = match &expected.features {
        Some(features) => {
            table.keep_columns_of(features);
            notes.extend(table.fill_as_learned(features, missing == Missing::Impute));
            match missing {
                Missing::Impute => Missing::Drop,
                other => other,
            }
        }
        None => {
            let averages = opened.averages.iter();
            averages.for_each(|made| made.replace_totals(table));
            missing
        }
    };
    notes.extend(table.settle_missing(missing));
    let every: Vec<usize> = (0..table.len()).collect();
    notes.extend(table.impute(&every));
    notes
}

/// The rows' classes, as the classifier numbers them, and what these are called.
fn labels(
    path: &Path,
    labels: Option<Labels>,
    expected: &Expected,
) -> Result<(Option<Vec<usize>>, Vec<String>), DataError> {
    Ok(match (labels, &expected.classes) {
        (Some(labels), Some(classes)) => {
            let y = translate(path, &labels.classes, &labels.y, classes)?;
            (Some(y), classes.clone())
        }
        (Some(labels), None) => (Some(labels.y), labels.classes),
        (None, classes) => (None, classes.clone().unwrap_or_default()),
    })
}

/// Refuses a file without a column that one of the classifier's features is computed from.
fn check_known(sheet: &Sheet, known: &[&Feature]) -> Result<(), DataError> {
    let mut columns = known.iter().map(|feature| column_name(feature));
    match columns.find(|column| !sheet.header.iter().any(|name| name == column)) {
        None => Ok(()),
        Some(column) => Err(sheet.error(format!(
            "there is no column `{column}`, which the model takes{}; the columns are {}",
            nearest::hint(column, sheet.header.iter().map(String::as_str)),
            listed(&sheet.header)
        ))),
    }
}

/// Opens the file with the schema beside it, or that of the published data set.
fn open(
    path: &Path,
    format: &TableFormat,
    benchmark: Option<Benchmark>,
    expected: &Expected,
) -> Result<Opened, DataError> {
    match benchmark {
        Some(benchmark) => recognise(benchmark, path),
        None => Ok(Opened {
            schema: Schema::beside(path)?.unwrap_or_default(),
            sheet: Sheet::open_rows(path, format, expected.rows.as_deref())?,
            averages: None,
        }),
    }
}
