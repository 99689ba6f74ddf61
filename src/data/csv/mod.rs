//! CSV files: reading them with typed columns, and writing them.
//!
//! A file has a header line; one column holds the class (`label`, `target`, or the one that the
//! schema or the caller names), the others are features. A `NAME.toml` beside `NAME.csv` may say
//! more ([`Schema`]).
//!
//! A column is numeric if at least half of its values are numbers, and text otherwise; the schema
//! can overrule that. Empty cells, `?`, `NA`, `N/A` and `null` are missing values.

mod cell;
mod columns;
mod dialect;
mod labels;
mod rows;
mod sheet;
mod write;

pub use write::write;

use std::path::Path;

use super::table::Table;
use super::{DataError, Schema};
pub(super) use cell::listed;
pub(super) use dialect::Dialect;
pub(super) use labels::canonical;
pub(super) use rows::read_rows;
pub(super) use sheet::{Sheet, holds_numbers};

/// What goes for a missing value, in lower case.
const MISSING: [&str; 5] = ["", "?", "na", "n/a", "null"];

fn is_missing(cell: &str) -> bool {
    MISSING.iter().any(|text| cell.eq_ignore_ascii_case(text))
}

/// A table as read, with remarks for the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The rows that have a label; all rows if the file has no label column.
    pub table: Table,
    /// What was left out or decided, one sentence each.
    pub notes: Vec<String>,
}

/// Reads the file at `path`; `label` names the label column and wins over the schema's.
///
/// A file without a label column is read as unlabelled unless `label` or the schema asks for one.
///
/// # Errors
/// [`DataError::Read`] if there is no such file, [`DataError::Content`] for anything wrong in it,
/// with row and column.
pub fn read_table(path: &Path, label: Option<&str>, schema: &Schema) -> Result<Reading, DataError> {
    read_sheet(&Sheet::open(path)?, label, schema)
}

/// Reads an open file, as [`read_table`] does.
pub(super) fn read_sheet(
    sheet: &Sheet,
    label: Option<&str>,
    schema: &Schema,
) -> Result<Reading, DataError> {
    schema.check_columns(&sheet.path, &sheet.header)?;
    let label = sheet.label_column(label.or(schema.label.as_deref()))?;
    let mut table = Table {
        columns: columns::read(sheet, label, schema)?,
        labels: None,
        rows: (0..sheet.rows).collect(),
    };
    let mut notes = Vec::new();
    if let Some(label) = label {
        let (labels, kept) = labels::read(sheet, label, schema)?;
        if kept.len() < table.len() {
            let lost = table.len() - kept.len();
            notes.push(format!("{lost} rows without a label were left out"));
            table = table.select(&kept);
        }
        table.labels = Some(labels);
    }
    Ok(Reading { table, notes })
}
