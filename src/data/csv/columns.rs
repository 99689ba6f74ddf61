//! Columns of numbers and of text.

use super::cell::number;
use super::is_missing;
use super::sheet::Sheet;
use crate::data::table::Column;
use crate::data::{DataError, Schema, ValueKind};

/// Most categories that a text column may have.
const MAX_CATEGORIES: usize = 256;

/// Reads every column but the label and those that the schema ignores.
pub(super) fn read(
    sheet: &Sheet,
    label: Option<usize>,
    schema: &Schema,
) -> Result<Vec<Column>, DataError> {
    let positions: Vec<usize> = (0..sheet.header.len())
        .filter(|&column| Some(column) != label && !schema.ignores(&sheet.header[column]))
        .collect();
    if positions.is_empty() {
        return Err(sheet.error("there is no feature column beside the label"));
    }
    let kinds = kinds(sheet, &positions, schema)?;
    let mut cells: Vec<Cells> = kinds.into_iter().map(Cells::new).collect();
    sheet.each_row(|row, record| {
        for (&column, cells) in positions.iter().zip(&mut cells) {
            cells
                .push(record.get(column).unwrap_or_default())
                .map_err(|problem| sheet.cell_error(row, record, column, problem))?;
        }
        Ok(())
    })?;
    positions
        .into_iter()
        .zip(cells)
        .map(|(column, cells)| cells.finish(sheet, &sheet.header[column]))
        .collect()
}

/// What each column holds: what the schema says, else numbers if at least half of it are numbers.
fn kinds(sheet: &Sheet, positions: &[usize], schema: &Schema) -> Result<Vec<ValueKind>, DataError> {
    let mut balance = vec![0_i64; positions.len()];
    sheet.each_row(|_, record| {
        for (&column, balance) in positions.iter().zip(&mut balance) {
            let cell = record.get(column).unwrap_or_default();
            if !is_missing(cell) {
                *balance += if cell.parse::<f32>().is_ok() { 1 } else { -1 };
            }
        }
        Ok(())
    })?;
    let kind = |(&column, balance): (&usize, i64)| {
        let declared = schema.features.get(&sheet.header[column]);
        declared
            .and_then(|feature| feature.kind)
            .unwrap_or(if balance >= 0 {
                ValueKind::Numeric
            } else {
                ValueKind::Category
            })
    };
    Ok(positions.iter().zip(balance).map(kind).collect())
}

/// A column while it is being read.
enum Cells {
    Numbers(Vec<f32>),
    Texts(Vec<Option<Box<str>>>),
}

impl Cells {
    fn new(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Numeric | ValueKind::Pixel => Self::Numbers(Vec::new()),
            ValueKind::Category => Self::Texts(Vec::new()),
        }
    }

    fn push(&mut self, cell: &str) -> Result<(), &'static str> {
        match self {
            Self::Numbers(values) => values.push(number(cell)?.unwrap_or(f32::NAN)),
            Self::Texts(values) => values.push((!is_missing(cell)).then(|| cell.into())),
        }
        Ok(())
    }

    fn finish(self, sheet: &Sheet, name: &str) -> Result<Column, DataError> {
        let texts = match self {
            Self::Numbers(values) if values.iter().all(|value| value.is_nan()) => {
                return Err(sheet.error(format!(
                    "column `{name}` has no values at all; remove it or list it under `ignore` in the schema"
                )));
            }
            Self::Numbers(values) => return Ok(Column::numbers(name, values)),
            Self::Texts(values) => values,
        };
        let column = Column::text(name, texts.iter().map(Option::as_deref));
        match column.categories().len() {
            0 => Err(sheet.error(format!("column `{name}` has no values at all"))),
            1..=MAX_CATEGORIES => Ok(column),
            many => Err(sheet.error(format!(
                "text column `{name}` has {many} different values, more than the {MAX_CATEGORIES} categories allowed; remove it or list it under `ignore` in the schema"
            ))),
        }
    }
}
