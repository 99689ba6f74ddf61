//! CSV files: reading them with typed columns, and writing them.
//!
//! A file has a header line; one column holds the class (`label`, `target`, another usual name, or the
//! one that the schema or the caller names), the others are features. A `NAME.toml` beside `NAME.csv`
//! may say more ([`Schema`]), and [`TableFormat`] how the file is written; otherwise that is found out:
//! what stands between cells and in numbers, lines above the header, and columns that no model learns
//! from. Whatever was decided is among the notes.
//!
//! A column is numeric if at least half of its values are numbers, and text otherwise; the schema
//! can overrule that.

mod cell;
mod columns;
mod content;
mod date;
mod dialect;
mod header;
mod labels;
mod layout;
mod number;
mod reading;
mod rows;
mod sheet;
mod survey;
mod write;

pub use labels::canonical;
pub use write::write;

use std::path::Path;

use super::bytes::unpacked;
use super::table::Table;
use super::{DataError, Schema, TableFormat};
use crate::text::number_of;
pub(super) use cell::{listed, shortened};
pub(super) use dialect::Dialect;
pub(super) use rows::read_rows;
pub(super) use sheet::{Sheet, holds_numbers};

/// A table as read, with remarks for the user.
#[derive(Debug)]
pub struct Reading {
    /// The rows that have a label; all rows if the file has no label column.
    pub table: Table,
    /// What was decided, one sentence each; left-out columns and rows included.
    pub notes: Vec<String>,
    /// The columns that were left out, and why.
    pub left_out: Vec<LeftOut>,
    /// What is wrong with the file, though a table could be made of the rest of it.
    pub problems: Vec<DataError>,
    /// What is wrong with cells, which count as missing.
    pub broken: Vec<DataError>,
}

/// What of a file is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wish<'a> {
    /// Names of the feature columns; all if there are none.
    pub(super) columns: Option<&'a [&'a str]>,
    /// Whether labels are of no interest.
    pub(super) unlabelled: bool,
}

/// A column that is no feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Name in the header; empty if it has none.
    pub column: String,
    /// Why it was left out.
    pub reason: String,
    /// Whether the user or the schema wants it.
    pub asked: bool,
}

impl Reading {
    /// The reading, if nothing is wrong with the file.
    ///
    /// # Errors
    /// The first of its problems.
    pub fn sound(mut self) -> Result<Self, DataError> {
        self.problems.append(&mut self.broken);
        match self.problems.is_empty() {
            true => Ok(self),
            false => Err(self.problems.swap_remove(0)),
        }
    }
}

/// Reads the file at `path`; `label` names the label column and wins over the schema's.
///
/// A file without a label column is read as unlabelled unless `label` or the schema asks for one.
/// What is wrong with cells or labels is among the [problems](Reading::problems).
///
/// # Errors
/// [`DataError::Read`] if there is no such file, [`DataError::Content`] if it is no table, or the
/// schema does not belong to it.
pub fn read_table(
    path: &Path,
    label: Option<&str>,
    schema: &Schema,
    format: &TableFormat,
) -> Result<Reading, DataError> {
    read_sheet(&Sheet::open(path, format)?, label, schema, &Wish::default())
}

/// As [`read_table`], for the bytes of a file; errors call it `path`.
///
/// # Errors
/// As [`read_table`].
pub fn parse_table(
    bytes: Vec<u8>,
    path: &Path,
    label: Option<&str>,
    schema: &Schema,
    format: &TableFormat,
) -> Result<Reading, DataError> {
    let sheet = Sheet::of(unpacked(bytes, path)?, path, format, None)?;
    read_sheet(&sheet, label, schema, &Wish::default())
}

/// Reads what is wished for of an open file, as [`read_table`] does.
pub(super) fn read_sheet(
    sheet: &Sheet,
    label: Option<&str>,
    schema: &Schema,
    wish: &Wish<'_>,
) -> Result<Reading, DataError> {
    schema.check_columns(&sheet.path, &sheet.header)?;
    let asked = label.or(schema.label.as_deref());
    let label = match wish.unlabelled {
        false => sheet.label_column(asked, wish.columns.unwrap_or_default())?,
        true => sheet
            .label_column(asked, &[])
            .ok()
            .flatten()
            .filter(|_| wish.columns.is_none()),
    };
    let columns::Columns {
        columns,
        left_out,
        notes,
        mut problems,
        broken,
    } = columns::read(sheet, label, schema, wish.columns)?;
    let mut table = Table {
        columns,
        labels: None,
        rows: sheet.numbers(),
    };
    let mut all_notes = sheet.notes.clone();
    all_notes.extend(notes);
    all_notes.extend(left_out.iter().filter(|out| !out.asked).map(LeftOut::note));
    if let Some(column) = label.filter(|_| !wish.unlabelled) {
        let name = shortened(&sheet.header[column]);
        if asked.is_none() && !["label", "target"].contains(&name.as_str()) {
            all_notes.push(format!(
                "`{name}` was taken as the label; --label names another column"
            ));
        }
        match labels::read(sheet, column, schema)? {
            Ok((labels, kept)) => {
                if kept.len() < table.len() {
                    let lost = table.len() - kept.len();
                    let were = if lost == 1 { "was" } else { "were" };
                    let lost = number_of(lost, "row");
                    all_notes.push(format!("{lost} without a label {were} left out"));
                    table = table.select(&kept);
                }
                table.labels = Some(labels);
            }
            Err(problem) => problems.push(problem),
        }
    }
    Ok(Reading {
        table,
        notes: all_notes,
        left_out,
        problems,
        broken,
    })
}

impl LeftOut {
    /// The remark on it.
    fn note(&self) -> String {
        match self.column.is_empty() {
            true => format!("the column without a name was left out: {}", self.reason),
            false => format!(
                "`{}` was left out: {}",
                shortened(&self.column),
                self.reason
            ),
        }
    }
}
