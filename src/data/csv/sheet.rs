//! The raw cells of a CSV file.

use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord, Trim};

use super::Dialect;
use super::cell::{listed, shortened};
use crate::data::bytes::read_bytes;
use crate::data::{DataError, nearest};

/// Most cells that a file may have.
const MAX_CELLS: usize = 100_000_000;
/// Most columns that a file may have.
const MAX_COLUMNS: usize = 10_000;
/// Column names that mark the label, if nothing else does.
const LABEL_NAMES: [&str; 2] = ["label", "target"];

/// A file in memory whose header and shape have been checked.
pub(in crate::data) struct Sheet {
    pub(in crate::data) path: PathBuf,
    /// Column names.
    pub(in crate::data) header: Vec<String>,
    /// Number of rows below the header.
    pub(super) rows: usize,
    bytes: Vec<u8>,
    delimiter: u8,
    dialect: Dialect,
    /// Lines above the rows.
    header_lines: usize,
}

impl Sheet {
    /// Reads the file and checks that it is a table with named columns.
    pub(in crate::data) fn open(path: &Path) -> Result<Self, DataError> {
        Self::open_as(path, Dialect::PLAIN, |header| header)
    }

    /// As [`Sheet::open`], but the columns go by the names that `rename` makes of the header line.
    /// If the first line holds numbers, it is a row, and `rename` has to make names up.
    pub(in crate::data) fn open_as(
        path: &Path,
        dialect: Dialect,
        rename: impl FnOnce(Vec<String>) -> Vec<String>,
    ) -> Result<Self, DataError> {
        let bytes = read_bytes(path)?;
        let mut sheet = Self {
            path: path.into(),
            header: Vec::new(),
            rows: 0,
            delimiter: delimiter(&bytes),
            dialect,
            header_lines: 0,
            bytes,
        };
        let (header_lines, first) = sheet.read_header()?;
        sheet.header_lines = header_lines;
        sheet.header = rename(first);
        sheet.check_header()?;
        sheet.rows = sheet.count_rows()?;
        Ok(sheet)
    }

    /// Calls `visit` with every row's number, counted from 0, and its cells.
    pub(super) fn each_row(
        &self,
        mut visit: impl FnMut(usize, &StringRecord) -> Result<(), DataError>,
    ) -> Result<(), DataError> {
        let mut reader = self.reader();
        let mut record = StringRecord::new();
        for _ in 0..self.header_lines {
            reader
                .read_record(&mut record)
                .map_err(|error| self.explain(&error))?;
        }
        let mut row = 0;
        while reader
            .read_record(&mut record)
            .map_err(|error| self.explain(&error))?
        {
            visit(row, &record)?;
            row += 1;
        }
        Ok(())
    }

    /// An error about this file.
    pub(in crate::data) fn error(&self, problem: impl Into<String>) -> DataError {
        DataError::Content {
            path: self.path.clone(),
            problem: problem.into(),
        }
    }

    /// An error about one cell; `row` counts from 0.
    pub(super) fn cell_error(
        &self,
        row: usize,
        record: &StringRecord,
        column: usize,
        problem: &str,
    ) -> DataError {
        let line = record.position().map_or(row as u64 + 2, |p| p.line());
        let name = &self.header[column];
        let cell = shortened(record.get(column).unwrap_or_default());
        self.error(format!(
            "row {} (line {line}), column `{name}`: `{cell}` {problem}",
            row + 1
        ))
    }

    /// Position of the label column: the one named, or `label` or `target` if there is one.
    pub(super) fn label_column(&self, wanted: Option<&str>) -> Result<Option<usize>, DataError> {
        let find = |name: &str| self.header.iter().position(|column| column == name);
        let Some(name) = wanted else {
            return Ok(LABEL_NAMES.into_iter().find_map(find));
        };
        find(name).map(Some).ok_or_else(|| {
            let hint = nearest::hint(name, self.header.iter().map(String::as_str));
            self.error(format!(
                "there is no column `{name}` to take as the label{hint}; the columns are {}",
                self.listed_columns()
            ))
        })
    }

    /// The label in a cell, without what may stand behind it.
    pub(super) fn label<'a>(&self, record: &'a StringRecord, column: usize) -> &'a str {
        let cell = record.get(column).unwrap_or_default();
        match self.dialect.label_end {
            Some(end) => cell.strip_suffix(end).unwrap_or(cell),
            None => cell,
        }
    }

    /// The names of the first columns, for a message.
    pub(super) fn listed_columns(&self) -> String {
        listed(&self.header)
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        ReaderBuilder::new()
            .has_headers(false)
            .delimiter(self.delimiter)
            .trim(Trim::All)
            .comment(self.dialect.comment)
            .from_reader(&self.bytes)
    }

    /// The number of header lines, and the cells of the last of them; of the first row if there is
    /// none.
    fn read_header(&self) -> Result<(usize, Vec<String>), DataError> {
        let mut reader = self.reader();
        let mut line = || {
            let mut record = StringRecord::new();
            let found = reader.read_record(&mut record);
            found
                .map(|found| found.then(|| record.iter().map(String::from).collect::<Vec<_>>()))
                .map_err(|error| self.explain(&error))
        };
        let first = line()?.ok_or_else(|| {
            self.error("the file is empty; it needs a header line and rows below it")
        })?;
        if holds_numbers(&first) {
            return Ok((0, first));
        }
        let second = match self.dialect.two_headers {
            true => line()?.filter(|second| !holds_numbers(second)),
            false => None,
        };
        Ok(second.map_or((1, first), |second| (2, second)))
    }

    fn check_header(&self) -> Result<(), DataError> {
        if self.header.len() > MAX_COLUMNS {
            return Err(self.error(format!(
                "{} columns are more than the {MAX_COLUMNS} that can be read",
                self.header.len()
            )));
        }
        if holds_numbers(&self.header) {
            return Err(self.error(format!(
                "line 1 holds numbers where the column names should be ({}); add a header line",
                self.listed_columns()
            )));
        }
        if let Some(column) = self.header.iter().position(String::is_empty) {
            return Err(self.error(format!(
                "column {} has no name in the header; name it, or remove it if it only numbers the rows",
                column + 1
            )));
        }
        let mut sorted: Vec<&String> = self.header.iter().collect();
        sorted.sort_unstable();
        match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(self.error(format!(
                "two columns are called `{}`; give every column a name of its own",
                pair[0]
            ))),
            None => Ok(()),
        }
    }

    fn count_rows(&self) -> Result<usize, DataError> {
        let max = MAX_CELLS / self.header.len().max(1);
        let mut rows = 0;
        self.each_row(|_, _| {
            rows += 1;
            if rows <= max {
                return Ok(());
            }
            Err(self.error(format!(
                "more than {max} rows of {} columns are too many to read; take a part of the file",
                self.header.len()
            )))
        })?;
        if rows == 0 {
            return Err(self.error("there are no rows below the header"));
        }
        Ok(rows)
    }

    fn explain(&self, error: &csv::Error) -> DataError {
        let line = error.position().map_or(0, csv::Position::line);
        self.error(match error.kind() {
            csv::ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => format!("line {line} has {len} cells where the header has {expected_len}"),
            csv::ErrorKind::Utf8 { .. } => {
                format!("line {line} is not UTF-8 text; save the file as UTF-8")
            }
            _ => error.to_string(),
        })
    }
}

/// Whether a line is a row rather than column names.
pub(in crate::data) fn holds_numbers(line: &[String]) -> bool {
    line.iter().any(|cell| cell.parse::<f64>().is_ok())
}

/// The comma, unless the first line has none but a semicolon or a tab.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .find(|candidate| line.contains(candidate))
        .unwrap_or(b',')
}
