//! Writing a table as CSV.

use std::io::{self, Write};

use crate::data::table::{Table, Values};

/// Writes `table` with a header line, the label column last.
///
/// Numbers are written in the shortest form that reads back as the same value, of `f32` if they are
/// such; missing values are
/// empty cells.
///
/// # Errors
/// What `output` fails with.
pub fn write(table: &Table, output: impl Write) -> io::Result<()> {
    write_records(table, output).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

fn write_records(table: &Table, output: impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(output);
    let names = table.columns.iter().map(|column| column.name.as_str());
    writer.write_record(names.chain(table.labels.as_ref().map(|l| l.column.as_str())))?;
    for row in 0..table.len() {
        for column in &table.columns {
            writer.write_field(cell(&column.values, row))?;
        }
        if let Some(labels) = &table.labels {
            writer.write_field(&labels.classes[labels.y[row]])?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.flush()?)
}

fn cell(values: &Values, row: usize) -> String {
    match values {
        Values::Numbers(values) if values[row].is_nan() => String::new(),
        Values::Numbers(values) => shortest(values[row]),
        Values::Categories { names, codes } => {
            codes[row].map_or_else(String::new, |code| names[code].clone())
        }
    }
}

fn shortest(value: f64) -> String {
    let narrow = value as f32;
    match f64::from(narrow) == value {
        true => narrow.to_string(),
        false => value.to_string(),
    }
}
