//! Columns of numbers and of text.

use super::LeftOut;
use super::cell::{listed, shortened};
use super::date::{self, DayOrder};
use super::number::{self, MOST};
use super::sheet::Sheet;
use super::survey::{Holds, MAX_CATEGORIES, survey};
use crate::data::format::Decimal;
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
                Cells::Numbers { marked, comma, .. } => {
                    if *comma {
                        commas.push(name.clone());
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

/// A column while it is being read.
enum Cells {
    Numbers {
        decimal: Decimal,
        values: Vec<f64>,
        /// The first cell with a mark, and its value.
        marked: Option<(String, f64)>,
        /// Whether there is a decimal comma.
        comma: bool,
    },
    Dates {
        order: DayOrder,
        values: Vec<f64>,
    },
    Texts(Vec<Option<Box<str>>>),
}

impl Cells {
    fn new(holds: Holds) -> Self {
        match holds {
            Holds::Numbers(decimal) => Self::Numbers {
                decimal,
                values: Vec::new(),
                marked: None,
                comma: false,
            },
            Holds::Dates(order) => Self::Dates {
                order,
                values: Vec::new(),
            },
            Holds::Text | Holds::Nothing(_) => Self::Texts(Vec::new()),
        }
    }

    /// Takes the next cell; one that cannot be used becomes a missing value.
    fn push(&mut self, cell: &str, missing: bool) -> Result<(), &'static str> {
        match self {
            Self::Texts(values) => values.push((!missing).then(|| cell.into())),
            Self::Dates { values, .. } | Self::Numbers { values, .. } if missing => {
                values.push(f64::NAN);
            }
            Self::Dates { order, values } => {
                let days = date::parse(cell).and_then(|date| date.days(*order));
                values.push(days.unwrap_or(f64::NAN));
                days.ok_or("is not a date like most of its column; correct it, or give --missing if it stands for a missing value")?;
            }
            Self::Numbers {
                decimal,
                values,
                marked,
                comma,
            } => match number::parse(cell, *decimal) {
                Some(number) if number.value.abs() <= MOST => {
                    values.push(number.value);
                    *comma |= *decimal == Decimal::Comma && cell.contains(',');
                    if marked.is_none() && number.mark.is_some() {
                        *marked = Some((cell.into(), number.value));
                    }
                }
                Some(_) => {
                    values.push(f64::NAN);
                    return Err(
                        "is not a finite number that a model can hold; correct it, or leave the cell empty if it is unknown",
                    );
                }
                None => {
                    values.push(f64::NAN);
                    return Err(
                        "is not a number like most of its column; correct it, name it with --missing if it stands for a missing value, or declare the column `kind = \"category\"` in the schema",
                    );
                }
            },
        }
        Ok(())
    }

    fn finish(self, name: &str) -> Column {
        match self {
            Self::Numbers { values, .. } | Self::Dates { values, .. } => {
                Column::numbers(name, values)
            }
            Self::Texts(texts) => Column::text(name, texts.iter().map(Option::as_deref)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_cannot_be_used_are_told_and_missing() {
        let mut cells = Cells::new(Holds::Numbers(Decimal::Point));
        for (cell, usable) in [
            ("1,200", true),
            ("six", false),
            ("1e39", false),
            ("7", true),
        ] {
            assert_eq!(cells.push(cell, false).is_ok(), usable, "{cell}");
        }
        let Cells::Numbers { values, marked, .. } = cells else {
            panic!("not numbers")
        };
        assert_eq!((values[0], values[3]), (1200.0, 7.0));
        assert!(values[1].is_nan() && values[2].is_nan());
        assert_eq!(marked, Some(("1,200".to_owned(), 1200.0)));
    }
}
