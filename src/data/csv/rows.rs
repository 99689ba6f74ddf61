//! All rows of a CSV file.

use std::path::Path;
use std::sync::Arc;

use super::{Reading, Sheet, Wish, listed, read_sheet};
use crate::data::benchmark::{Benchmark, Opened, recognise};
use crate::data::encode::{column_name, encode, fit, unknown_categories};
use crate::data::rows::{Expected, Origin, Rows, translate};
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
    let Opened {
        mut sheet,
        mut schema,
        averages,
    } = open(path, format, benchmark, expected)?;
    schema.standardise = Some(false);
    let known: Vec<&Feature> = expected.features.iter().flatten().collect();
    let made = |feature: &&Feature| averages.is_some_and(|made| made.make(column_name(feature)));
    let (made, read): (Vec<&Feature>, Vec<&Feature>) = known.into_iter().partition(made);
    check_known(&sheet, &read)?;
    schema.declare_kinds_of(&read);
    if let Some(rows) = &expected.rows {
        sheet.choose(rows)?;
    }
    let own = expected.features.is_none();
    let wanted: Vec<&str> = read.iter().map(|feature| column_name(feature)).collect();
    let wanted = (!own && made.is_empty()).then_some(wanted.as_slice());
    if !own {
        schema
            .features
            .retain(|name, _| sheet.header.contains(name));
        schema.ignore.retain(|name| sheet.header.contains(name));
    }
    let wish = Wish {
        columns: wanted,
        unlabelled: expected.unlabelled,
    };
    let mut reading = read_sheet(&sheet, label, &schema, &wish)?;
    if expected.lenient && !reading.broken.is_empty() {
        let first = reading.broken.swap_remove(0);
        reading.broken.clear();
        reading.notes.push(format!(
            "cells that cannot be used count as missing: {first}"
        ));
    }
    let Reading {
        mut table,
        mut notes,
        ..
    } = reading.sound()?;
    if let Some(averages) = averages.filter(|_| own || !made.is_empty()) {
        notes.push(averages.add_to(&mut table));
    }
    match &expected.features {
        Some(features) => {
            table.keep_columns_of(features);
            notes.extend(table.fill_as_learned(features, schema.missing == Missing::Impute));
        }
        None => averages
            .iter()
            .for_each(|made| made.replace_totals(&mut table)),
    }
    let missing = match (own, schema.missing) {
        (false, Missing::Impute) => Missing::Drop,
        (_, missing) => missing,
    };
    notes.extend(table.settle_missing(missing));
    let every: Vec<usize> = (0..table.len()).collect();
    notes.extend(table.impute(&every));
    if let Some(features) = &expected.features {
        notes.extend(unknown_categories(&table, features).map_err(|error| error.within(path))?);
    }
    let features = match &expected.features {
        Some(features) => features.clone(),
        None => fit(&table, &schema, &every).map_err(|error| error.within(path))?,
    };
    let x = encode(&table, &features, &every).map_err(|error| error.within(path))?;
    let (y, classes) = match (table.labels.take(), &expected.classes) {
        (Some(labels), Some(classes)) => {
            let y = translate(path, &labels.classes, &labels.y, classes)?;
            (Some(y), classes.clone())
        }
        (Some(labels), None) => (Some(labels.y), labels.classes),
        (None, classes) => (None, classes.clone().unwrap_or_default()),
    };
    Ok(Rows {
        path: path.into(),
        x,
        y,
        features,
        classes,
        numbers: table.rows.clone(),
        notes,
        origin: Some(Origin {
            sheet: Arc::new(sheet),
            table: Arc::new(table),
        }),
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
