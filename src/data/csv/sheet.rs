//! The raw cells of a CSV file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::cell::{listed, shortened};
use super::header::{LABEL_NAMES, are_names, lacks_row_name};
use super::layout::{self, Layout};
use super::{Dialect, content};
use crate::data::bytes::read_bytes;
use crate::data::format::TableFormat;
use crate::data::{DataError, nearest};
use crate::text::printable;

/// Most cells that a file may have.
const MAX_CELLS: usize = 100_000_000;
/// Most columns that a file may have.
const MAX_COLUMNS: usize = 10_000;

/// A file in memory whose header and shape have been checked.
#[derive(Clone, PartialEq)]
pub(in crate::data) struct Sheet {
    pub(in crate::data) path: PathBuf,
    /// Column names; a nameless column that numbers the rows has an empty one.
    pub(in crate::data) header: Vec<String>,
    /// Number of rows below the header.
    pub(super) rows: usize,
    /// Numbers of the rows to read, in ascending order; all if there are none.
    chosen: Option<Vec<usize>>,
    /// How the file is written, as far as the user said it.
    pub(super) format: TableFormat,
    /// Positions of columns that the user wants to be left out.
    pub(super) ignored: Vec<usize>,
    /// What was found out about how the file is written, one sentence each.
    pub(super) notes: Vec<String>,
    bytes: Vec<u8>,
    pub(super) layout: Layout,
    dialect: Dialect,
    /// Lines above the rows.
    header_lines: usize,
    /// Cells of the header line, those without a name at its end included.
    width: usize,
}

impl Debug for Sheet {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Sheet({}, {} rows)", self.path.display(), self.rows)
    }
}

impl Sheet {
    /// Reads the file and checks that it is a table with named columns.
    pub(in crate::data) fn open(path: &Path, format: &TableFormat) -> Result<Self, DataError> {
        Self::open_rows(path, format, None)
    }

    /// As [`Sheet::open`], for the rows of the `chosen` numbers; the others are not looked at.
    pub(in crate::data) fn open_rows(
        path: &Path,
        format: &TableFormat,
        chosen: Option<&[usize]>,
    ) -> Result<Self, DataError> {
        Self::of(read_bytes(path)?, path, format, chosen)
    }

    /// As [`Sheet::open_rows`], for the content of the file at `path`.
    pub(super) fn of(
        bytes: Vec<u8>,
        path: &Path,
        format: &TableFormat,
        chosen: Option<&[usize]>,
    ) -> Result<Self, DataError> {
        let mut sheet = Self::bare(bytes, path, Dialect::PLAIN, format)?;
        let below = sheet.sample(1);
        let header = sheet.read_line()?;
        if !are_names(&header, &below) {
            return Err(sheet.error(format!(
                "line {} holds numbers where the column names should be ({}); add a header line",
                sheet.layout.lines + 1,
                listed(&header)
            )));
        }
        (sheet.header_lines, sheet.header) = (1, header);
        if lacks_row_name(sheet.header.len(), &below) {
            sheet.header.insert(0, String::new());
        }
        sheet.chosen = chosen.map(ascending);
        sheet.finish()
    }

    /// As [`Sheet::open`], but the columns go by the names that `rename` makes of the header line.
    /// If the first line holds numbers, it is a row, and `rename` has to make names up.
    pub(in crate::data) fn open_as(
        path: &Path,
        dialect: Dialect,
        rename: impl FnOnce(Vec<String>) -> Vec<String>,
    ) -> Result<Self, DataError> {
        let mut sheet = Self::bare(read_bytes(path)?, path, dialect, &TableFormat::default())?;
        let (header_lines, first) = sheet.read_header()?;
        sheet.header_lines = header_lines;
        sheet.header = rename(first);
        if holds_numbers(&sheet.header) {
            return Err(sheet.error(format!(
                "line 1 holds numbers where the column names should be ({}); add a header line",
                sheet.listed_columns()
            )));
        }
        sheet.finish()
    }

    /// The file's text and layout, without a header.
    fn bare(
        bytes: Vec<u8>,
        path: &Path,
        dialect: Dialect,
        format: &TableFormat,
    ) -> Result<Self, DataError> {
        let delimiter = format.delimiter.and_then(|mark| u8::try_from(mark).ok());
        let mut sheet = Self {
            path: path.into(),
            header: Vec::new(),
            rows: 0,
            chosen: None,
            format: format.clone(),
            ignored: Vec::new(),
            notes: Vec::new(),
            layout: layout::find(&bytes, &dialect, delimiter),
            dialect,
            header_lines: 0,
            width: 0,
            bytes,
        };
        if let Some(problem) = content::problem(&sheet.bytes) {
            return Err(sheet.error(problem));
        }
        sheet.notes.extend(sheet.layout.note());
        let text = layout::one_blank(&sheet.bytes[sheet.layout.start..], sheet.layout.delimiter);
        if let Cow::Owned(text) = text {
            (sheet.bytes, sheet.layout.start) = (text, 0);
        }
        Ok(sheet)
    }

    /// Checks header and rows.
    fn finish(mut self) -> Result<Self, DataError> {
        self.width = self.header.len();
        let named = self.header.iter().rposition(|name| !name.is_empty());
        self.header.truncate(named.map_or(0, |last| last + 1));
        self.ignored = self.columns_to_ignore()?;
        self.check_header()?;
        self.rows = self.count_rows()?;
        self.check_chosen()?;
        Ok(self)
    }

    /// Leaves all rows aside but those of these numbers.
    ///
    /// # Errors
    /// [`DataError::Content`] for a number that no row has.
    pub(super) fn choose(&mut self, numbers: &[usize]) -> Result<(), DataError> {
        self.chosen = Some(ascending(numbers));
        self.check_chosen()
    }

    /// Refuses numbers that no row has.
    fn check_chosen(&self) -> Result<(), DataError> {
        let chosen = self.chosen.iter().flatten();
        match chosen.copied().find(|&number| number >= self.rows) {
            None => Ok(()),
            Some(absent) => Err(self.error(format!(
                "there is no row {absent}; rows count from 0 below the header and end at {}",
                self.rows.saturating_sub(1)
            ))),
        }
    }

    /// Numbers of the rows that are read.
    pub(super) fn numbers(&self) -> Vec<usize> {
        match &self.chosen {
            Some(chosen) => chosen.clone(),
            None => (0..self.rows).collect(),
        }
    }

    fn is_chosen(&self, row: usize) -> bool {
        let chosen = self.chosen.as_ref();
        chosen.is_none_or(|chosen| chosen.binary_search(&row).is_ok())
    }

    /// Calls `visit` with every chosen row's number, counted from 0, and its cells.
    pub(super) fn each_row(
        &self,
        mut visit: impl FnMut(usize, &StringRecord) -> Result<(), DataError>,
    ) -> Result<(), DataError> {
        self.each_of_all(|row, record| match self.is_chosen(row) {
            true => visit(row, record),
            false => Ok(()),
        })
    }

    /// As [`Sheet::each_row`], with those that are not chosen.
    pub(super) fn each_of_all(
        &self,
        mut visit: impl FnMut(usize, &StringRecord) -> Result<(), DataError>,
    ) -> Result<(), DataError> {
        let mut reader = self.reader();
        let mut record = StringRecord::new();
        let mut read = |record: &mut StringRecord| {
            reader
                .read_record(record)
                .map_err(|error| self.explain(&error))
        };
        for _ in 0..self.header_lines {
            read(&mut record)?;
        }
        let mut row = 0;
        while read(&mut record)? {
            if !self.is_aside(&record) {
                visit(row, &record)?;
                row += 1;
            }
        }
        Ok(())
    }

    /// What stands in the columns called `names` in the given rows, in their order; `None` for a missing
    /// value or column.
    pub(in crate::data) fn cells(
        &self,
        rows: &[usize],
        names: &[&str],
    ) -> Result<Vec<Vec<Option<String>>>, DataError> {
        let columns: Vec<Option<usize>> = names
            .iter()
            .map(|name| self.header.iter().position(|column| column == name))
            .collect();
        let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
        for (place, &row) in rows.iter().enumerate() {
            places.entry(row).or_default().push(place);
        }
        let mut found = vec![vec![None; names.len()]; rows.len()];
        self.each_row(|row, record| {
            for &place in places.get(&row).into_iter().flatten() {
                let cell = |column: &Option<usize>| {
                    let cell = record.get((*column)?)?;
                    (!self.format.is_missing(cell)).then(|| cell.to_owned())
                };
                found[place] = columns.iter().map(cell).collect();
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Whether a record is a remark or a blank line between the rows.
    fn is_aside(&self, record: &StringRecord) -> bool {
        let first = record.get(0).unwrap_or_default();
        let remark = first.starts_with('#') && !self.format.is_missing(first);
        let columns = self.header.len();
        let fits = (columns..=self.width.max(columns + 1)).contains(&record.len());
        let blank = record.len() == 1 && first.is_empty() && columns > 1;
        blank || (remark && !fits)
    }

    /// An error about this file.
    pub(in crate::data) fn error(&self, problem: impl Into<String>) -> DataError {
        DataError::Content {
            path: self.path.clone(),
            problem: problem.into(),
        }
    }

    /// What is wrong with one cell; `row` counts from 0.
    pub(super) fn cell_problem(
        &self,
        row: usize,
        record: &StringRecord,
        column: usize,
        problem: &str,
    ) -> String {
        let line = record
            .position()
            .map_or(row as u64 + 2, csv::Position::line);
        let name = printable(&self.header[column]);
        let cell = shortened(record.get(column).unwrap_or_default());
        format!(
            "row {row} (line {}), column `{name}`: `{cell}` {problem}",
            line + self.layout.lines
        )
    }

    /// Position of the label column: the one named, or the first that is usually the label and none
    /// of the columns `taken` by features.
    pub(super) fn label_column(
        &self,
        wanted: Option<&str>,
        taken: &[&str],
    ) -> Result<Option<usize>, DataError> {
        let Some(name) = wanted else {
            let free = |column: &str| !taken.contains(&column);
            let find = |name: &str, same: fn(&str, &str) -> bool| {
                let is_it = |column: &String| same(column, name) && free(column);
                self.header.iter().position(is_it)
            };
            let exact = |name| find(name, |column, name| column == name);
            let in_any_case = |name| find(name, |column, name| column.to_lowercase() == name);
            let first = LABEL_NAMES[..2].iter().copied().find_map(exact);
            return Ok(first.or_else(|| LABEL_NAMES.into_iter().find_map(in_any_case)));
        };
        let found = self.header.iter().position(|column| column == name);
        found.map(Some).ok_or_else(|| {
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
        let text = &self.bytes[self.layout.start..];
        layout::reader(text, &self.dialect, self.layout.delimiter)
    }

    /// The first rows below `skipped` lines.
    fn sample(&self, skipped: usize) -> Vec<StringRecord> {
        let text = &self.bytes[self.layout.start..];
        let records = layout::sample(text, &self.dialect, self.layout.delimiter);
        let rows = records.into_iter().skip(skipped);
        rows.filter(|row| !row.get(0).unwrap_or_default().starts_with('#'))
            .collect()
    }

    /// The cells of the first line.
    fn read_line(&self) -> Result<Vec<String>, DataError> {
        let mut lines = self.lines();
        lines.next().unwrap_or_else(|| {
            Err(self.error("the file is empty; it needs a header line and rows below it"))
        })
    }

    fn lines(&self) -> impl Iterator<Item = Result<Vec<String>, DataError>> {
        self.reader().into_records().map(|record| match record {
            Ok(record) => Ok(record.iter().map(String::from).collect()),
            Err(error) => Err(self.explain(&error)),
        })
    }

    /// The number of header lines, and the cells of the last of them; of the first row if there is
    /// none.
    fn read_header(&self) -> Result<(usize, Vec<String>), DataError> {
        let first = self.read_line()?;
        if holds_numbers(&first) {
            return Ok((0, first));
        }
        let second = match self.dialect.two_headers {
            true => self.lines().nth(1).transpose()?,
            false => None,
        };
        let second = second.filter(|second| !holds_numbers(second));
        Ok(second.map_or((1, first), |second| (2, second)))
    }

    /// Positions of the columns that the user wants to be left out.
    fn columns_to_ignore(&self) -> Result<Vec<usize>, DataError> {
        let find = |name: &str| self.header.iter().position(|column| column == name);
        let mut found = Vec::new();
        for text in &self.format.ignore {
            match find(text) {
                Some(column) => found.push(column),
                None => {
                    for name in names_in(text) {
                        found.push(find(&name).ok_or_else(|| self.no_column(&name))?);
                    }
                }
            }
        }
        Ok(found)
    }

    fn no_column(&self, name: &str) -> DataError {
        let hint = nearest::hint(name, self.header.iter().map(String::as_str));
        self.error(format!(
            "there is no column `{name}` to leave out{hint}; the columns are {}",
            self.listed_columns()
        ))
    }

    fn check_header(&self) -> Result<(), DataError> {
        if self.header.len() > MAX_COLUMNS {
            return Err(self.error(format!(
                "{} columns are more than the {MAX_COLUMNS} that can be read",
                self.header.len()
            )));
        }
        let nameless = |column: &usize| self.header[*column].is_empty();
        let ignored = |column: &usize| self.ignored.contains(column);
        if let Some(column) = (1..self.header.len()).find(|c| nameless(c) && !ignored(c)) {
            return Err(self.error(format!(
                "column {} has no name in the header; name it, or leave it out with --ignore \"\"",
                column + 1
            )));
        }
        let mut sorted: Vec<&String> = self.header.iter().filter(|n| !n.is_empty()).collect();
        sorted.sort_unstable();
        match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(self.error(format!(
                "two columns are called `{}`; give every column a name of its own",
                pair[0]
            ))),
            None => Ok(()),
        }
    }

    /// Counts the rows, and checks that each has the columns of the header and nothing behind them.
    fn count_rows(&mut self) -> Result<usize, DataError> {
        let columns = self.header.len();
        let most = MAX_CELLS / columns.max(1);
        let (mut rows, mut trailing) = (0, self.width > columns);
        self.each_of_all(|row, record| {
            rows += 1;
            if !self.is_chosen(row) {
                return Ok(());
            }
            let narrow = record.len() < columns;
            if narrow || (record.len() > columns && layout::used(record) > columns) {
                return Err(self.uneven(record));
            }
            trailing |= record.len() > columns;
            if rows <= most {
                return Ok(());
            }
            Err(self.error(format!(
                "more than {most} rows of {columns} columns are too many to read; take a part of the file"
            )))
        })?;
        if rows == 0 {
            return Err(self.error("there are no rows below the header"));
        }
        if trailing {
            let mark = char::from(self.layout.delimiter);
            self.notes.push(format!(
                "lines end with `{}`; the empty column behind it is no column",
                printable(mark.encode_utf8(&mut [0; 4]))
            ));
        }
        Ok(rows)
    }

    /// A row with other cells than the header.
    fn uneven(&self, record: &StringRecord) -> DataError {
        let line = record.position().map_or(0, csv::Position::line) + self.layout.lines;
        let (cells, columns) = (record.len(), self.header.len());
        if (columns + 1..=self.width).contains(&layout::used(record)) {
            return self.error(format!(
                "column {} has no name in the header, but a value in line {line}; name it",
                columns + 1
            ));
        }
        self.error(format!(
            "line {line} has {cells} cells where the header has {columns}; cells that hold the delimiter need quotes, and --delimiter says what it is"
        ))
    }

    fn explain(&self, error: &csv::Error) -> DataError {
        let line = error.position().map_or(0, csv::Position::line) + self.layout.lines;
        self.error(match error.kind() {
            csv::ErrorKind::Utf8 { .. } => {
                format!("line {line} is not UTF-8 text; save the file as UTF-8")
            }
            _ => error.to_string(),
        })
    }
}

/// The numbers, each once.
fn ascending(numbers: &[usize]) -> Vec<usize> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The names in a list with commas between them; one that holds a comma is in double quotes.
fn names_in(text: &str) -> Vec<String> {
    let mut reader = layout::reader(text.as_bytes(), &Dialect::PLAIN, b',');
    match reader.records().next() {
        Some(Ok(record)) => record.iter().map(String::from).collect(),
        _ => vec![text.to_owned()],
    }
}

/// Whether a line is a row rather than column names.
pub(in crate::data) fn holds_numbers(line: &[String]) -> bool {
    line.iter().any(|cell| cell.parse::<f64>().is_ok())
}
