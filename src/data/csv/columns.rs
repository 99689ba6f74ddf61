//! Columns of numbers and of text.

use super::LeftOut;
use super::cell::{listed, shortened};
use super::date::DayOrder;
use super::reading::{Cells, Thousands};
use super::sheet::Sheet;
use super::survey::{Holds, MAX_CATEGORIES, survey};
use crate::data::table::Column;
use crate::data::{DataError, Schema, ValueKind};
use crate::text::printable;

/// What became of the columns of a file.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) notes: Vec<String>,
    /// What keeps a column from being used as it was asked for.
    pub(super) problems: Vec<DataError>,
    /// What is wrong with cells, which count as missing.
    pub(super) broken: Vec<DataError>,
}

/// Reads every column but the label and those that the schema or the user ignores; only those called
/// `wanted`, if that is given.
pub(super) fn read(
    sheet: &Sheet,
    label: Option<usize>,
    schema: &Schema,
    wanted: Option<&[&str]>,
) -> Result<Columns, DataError> {
    let mut found = Columns::default();
    let mut positions = Vec::new();
    for (column, name) in sheet.header.iter().enumerate() {
        let is_wanted = wanted.is_none_or(|wanted| wanted.contains(&name.as_str()));
        if Some(column) == label || !is_wanted {
            continue;
        }
        match sheet.ignored.contains(&column) || schema.ignores(name) {
            true => found.leave_out(name, "as asked for", true),
            false if name.is_empty() => found.leave_out(name, "it has no name", false),
            false => positions.push(column),
        }
    }
    let kind = |&column: &usize| schema.features.get(&sheet.header[column])?.kind;
    let kinds: Vec<Option<ValueKind>> = positions.iter().map(kind).collect();
    let mut reading: Vec<(usize, Cells)> = Vec::new();
    for (&column, holds) in positions.iter().zip(survey(sheet, &positions, &kinds)?) {
        match holds {
            Holds::Nothing(reason) => found.leave_out(&sheet.header[column], reason, false),
            holds => reading.push((column, Cells::new(holds))),
        }
    }
    fill(sheet, &mut reading, &mut found)?;
    found.remark(sheet, &reading);
    for (column, cells) in reading {
        let column = cells.finish(&sheet.header[column]);
        if column.categories().len() > MAX_CATEGORIES {
            found.problems.push(sheet.error(format!(
                "text column `{}` has {} different values, more than the {MAX_CATEGORIES} categories allowed; leave it out with --ignore or `ignore` in the schema",
                column.name,
                column.categories().len()
            )));
        }
        found.columns.push(column);
    }
    if found.columns.is_empty() && wanted.is_none() {
        found.problems.push(found.without_features(sheet));
    }
    Ok(found)
}

fn fill(
    sheet: &Sheet,
    reading: &mut [(usize, Cells)],
    found: &mut Columns,
) -> Result<(), DataError> {
    const SHOWN: usize = 20;
    sheet.each_row(|row, record| {
        for (column, cells) in &mut *reading {
            let cell = record.get(*column).unwrap_or_default();
            let missing = sheet.format.is_missing(cell);
            if let Err(problem) = cells.push(cell, missing)
                && found.broken.len() < SHOWN
            {
                let problem = sheet.cell_problem(row, record, *column, problem);
                found.broken.push(sheet.error(problem));
            }
        }
        Ok(())
    })
}

impl Columns {
    fn leave_out(&mut self, column: &str, reason: impl Into<String>, asked: bool) {
        self.left_out.push(LeftOut {
            column: column.into(),
            reason: reason.into(),
            asked,
        });
    }

    fn without_features(&self, sheet: &Sheet) -> DataError {
        let reasons: String = self
            .left_out
            .iter()
            .take(5)
            .map(|LeftOut { column, reason, .. }| format!("; `{}`: {reason}", shortened(column)))
            .collect();
        sheet.error(format!(
            "there is no feature column beside the label{reasons}"
        ))
    }

    /// Says how numbers are written that are not plain.
    fn remark(&mut self, sheet: &Sheet, reading: &[(usize, Cells)]) {
        let mut commas = Vec::new();
        for (column, cells) in reading {
            let name = &sheet.header[*column];
            match cells {
                Cells::Numbers {
                    marked,
                    comma,
                    thousands,
                    ..
                } => {
                    if *comma {
                        commas.push(name.clone());
                    }
                    if let (Thousands::Maybe(cell), None) = (thousands, sheet.format.decimal) {
                        self.notes.push(format!(
                            "`{}`: {} is read with a decimal point; if it is thousands, give --decimal ,",
                            printable(name),
                            printable(cell)
                        ));
                    }
                    if let Some((cell, value)) = marked {
                        self.notes.push(format!(
                            "`{}`: {} is read as {value}",
                            printable(name),
                            printable(cell)
                        ));
                    }
                }
                Cells::Dates { order, .. } => self.notes.push(format!(
                    "`{}`: dates are read as days since 1970-01-01{}",
                    printable(name),
                    match order {
                        DayOrder::DayFirst => "",
                        DayOrder::MonthFirst => ", the month before the day",
                    }
                )),
                Cells::Texts(_) => {}
            }
        }
        if !commas.is_empty() {
            self.notes
                .push(format!("numbers have decimal commas: {}", listed(&commas)));
        }
    }
}
