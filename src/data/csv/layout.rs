//! How a file is laid out: lines above the table, and what stands between cells.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::Dialect;
use super::header::holds_number;
use super::number;
use crate::data::format::Decimal;

/// Delimiters that are tried; of two that suit alike, the first one.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Bytes and records that are looked at.
const SAMPLE: (usize, usize) = (1 << 16, 200);
/// Share of records that have to be as wide as the header line.
const CONSISTENT: f64 = 0.8;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Where the table begins in the file.
    pub(super) start: usize,
    /// Lines above that.
    pub(super) lines: u64,
    /// What stands between cells; a blank means any number of them.
    pub(super) delimiter: u8,
    /// Whether the first of those lines says what stands between cells.
    declared: bool,
}

impl Layout {
    /// A remark on what is not as usual, if anything.
    pub(super) fn note(&self) -> Option<String> {
        let above = match (self.lines, self.declared) {
            (0, _) | (1, true) => None,
            (1, _) => Some("a line above the header was passed over".to_owned()),
            (lines, _) => Some(format!("{lines} lines above the header were passed over")),
        };
        let between = match self.delimiter {
            b',' => None,
            b' ' => Some("blanks stand between cells".to_owned()),
            b'\t' => Some("tabs stand between cells".to_owned()),
            mark => Some(format!(
                "`{}` stands between cells",
                char::from(mark).escape_default()
            )),
        };
        match (above, between) {
            (Some(above), Some(between)) => Some(format!("{above}; {between}")),
            (above, between) => above.or(between),
        }
    }
}

/// Finds the layout; `delimiter` is the one that the user names.
pub(super) fn find(bytes: &[u8], dialect: &Dialect, delimiter: Option<u8>) -> Layout {
    let mut start = if bytes.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let (mut lines, mut declared) = (0, None);
    if let Some((mark, length)) = declaration(&bytes[start..]) {
        (declared, lines) = (Some(mark), 1);
        start += length;
    }
    let top = start;
    let mut comment = None;
    while let Some((line, length)) = first_line(&bytes[start..]) {
        let text = line.trim_ascii_start();
        if !(text.is_empty() || text.starts_with(b"#")) {
            break;
        }
        if !text.is_empty() {
            comment = Some((start + line.len() - text.len() + 1, lines));
        }
        start += length;
        lines += 1;
    }
    if start >= bytes.len() && comment.is_some() {
        (start, lines) = (top, 0);
    }
    let found = delimiter
        .or(declared)
        .unwrap_or_else(|| best(&bytes[start..], dialect));
    let mut layout = Layout {
        start,
        lines,
        delimiter: found,
        declared: declared.is_some(),
    };
    if let Some((above, lines)) = comment
        && is_header(&bytes[above..], &bytes[start..], dialect, found)
    {
        layout = Layout {
            start: above,
            lines,
            ..layout
        };
    }
    layout
}

/// Excel's first line that names the delimiter, and its length.
fn declaration(bytes: &[u8]) -> Option<(u8, usize)> {
    let (line, length) = first_line(bytes)?;
    let line = line.trim_ascii_end();
    let line = line
        .strip_prefix(b"\"")
        .and_then(|l| l.strip_suffix(b"\""))
        .unwrap_or(line);
    match line {
        [a, b, c, b'=', mark] if [*a, *b, *c].eq_ignore_ascii_case(b"sep") => Some((*mark, length)),
        [a, b, c, b'='] if [*a, *b, *c].eq_ignore_ascii_case(b"sep") => Some((b'\t', length)),
        _ => None,
    }
}

/// The first line without its end, and the length of both; `None` at the end.
fn first_line(bytes: &[u8]) -> Option<(&[u8], usize)> {
    if bytes.is_empty() {
        return None;
    }
    Some(match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], end + 1),
        None => (bytes, bytes.len()),
    })
}

/// Whether the comment line at the beginning of `above` names the columns of the rows in `below`.
fn is_header(above: &[u8], below: &[u8], dialect: &Dialect, delimiter: u8) -> bool {
    let first = |bytes: &[u8]| {
        let (line, _) = first_line(bytes)?;
        sample(line, dialect, delimiter).into_iter().next()
    };
    let (Some(names), Some(row)) = (first(above), first(below)) else {
        return false;
    };
    let holds_number = |record: &StringRecord| record.iter().any(holds_number);
    names.len() > 1 && names.len() == row.len() && !holds_number(&names) && holds_number(&row)
}

/// The candidate by which most records are as wide as the first one; of several, the one that leaves
/// most numbers. Blanks only if nothing else suits.
fn best(bytes: &[u8], dialect: &Dialect) -> u8 {
    let mut found = (0.0, b',');
    for candidate in CANDIDATES {
        let (share, numbers) = suits(bytes, dialect, candidate);
        if share + numbers / 4.0 > found.0 && share > 0.0 {
            found = (share + numbers / 4.0, candidate);
        }
    }
    let blanks = suits(bytes, dialect, b' ').0;
    match found.0 < CONSISTENT && blanks >= CONSISTENT {
        true => b' ',
        false => found.1,
    }
}

/// The share of records that are as wide as the first one, and that of cells that are numbers; 0 if
/// the first one is not cut at all.
fn suits(bytes: &[u8], dialect: &Dialect, delimiter: u8) -> (f64, f64) {
    let records = sample(bytes, dialect, delimiter);
    let Some((header, rows)) = records.split_first() else {
        return (0.0, 0.0);
    };
    let width = used(header);
    if header.len() < 2 {
        return (0.0, 0.0);
    }
    let alike = rows
        .iter()
        .filter(|row| used(row) == width || row.len() == header.len())
        .count();
    let cells: Vec<&str> = rows.iter().flatten().collect();
    let numeric = |cell: &&&str| {
        let comma = delimiter != b',' && number::parse(cell, Decimal::Comma).is_some();
        comma || number::parse(cell, Decimal::Point).is_some()
    };
    let numbers = cells.iter().filter(numeric).count();
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    match rows.is_empty() {
        true => (1.0, 0.0),
        false => (share(alike, rows.len()), share(numbers, cells.len())),
    }
}

/// Cells up to the last one that is not empty.
pub(super) fn used(record: &StringRecord) -> usize {
    (0..record.len())
        .rev()
        .find(|&cell| !record[cell].is_empty())
        .map_or(0, |last| last + 1)
}

/// The first records of a table.
pub(super) fn sample(bytes: &[u8], dialect: &Dialect, delimiter: u8) -> Vec<StringRecord> {
    let part = match bytes.len() > SAMPLE.0 {
        true => {
            let end = bytes[..SAMPLE.0].iter().rposition(|byte| *byte == b'\n');
            &bytes[..end.map_or(SAMPLE.0, |end| end + 1)]
        }
        false => bytes,
    };
    let part = one_blank(part, delimiter);
    let mut reader = reader(&part, dialect, delimiter);
    reader
        .records()
        .map_while(Result::ok)
        .take(SAMPLE.1)
        .collect()
}

/// The text with one blank between cells, if blanks are what stands between them; quotes are
/// respected, and lines stay lines.
pub(super) fn one_blank(bytes: &[u8], delimiter: u8) -> Cow<'_, [u8]> {
    if delimiter != b' ' {
        return Cow::Borrowed(bytes);
    }
    let mut text = Vec::with_capacity(bytes.len());
    let mut quoted = false;
    for &byte in bytes {
        quoted ^= byte == b'"';
        let starts = text.last().is_none_or(|last| *last == b'\n');
        match byte {
            b' ' | b'\t' if !quoted => {
                if !starts && text.last() != Some(&b' ') {
                    text.push(b' ');
                }
            }
            b'\r' | b'\n' if !quoted => {
                if text.last() == Some(&b' ') {
                    text.pop();
                }
                text.push(byte);
            }
            _ => text.push(byte),
        }
    }
    if text.last() == Some(&b' ') {
        text.pop();
    }
    Cow::Owned(text)
}

/// A reader of records of any width.
pub(super) fn reader<'a>(
    bytes: &'a [u8],
    dialect: &Dialect,
    delimiter: u8,
) -> csv::Reader<&'a [u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(Trim::All)
        .comment(dialect.comment)
        .from_reader(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> (usize, u64, char) {
        let layout = find(text.as_bytes(), &Dialect::PLAIN, None);
        (layout.start, layout.lines, char::from(layout.delimiter))
    }

    #[test]
    fn delimiters_are_found_by_how_lines_agree() {
        let found = |text| layout(text).2;
        assert_eq!(found("a,b,label\n1,2,0\n"), ',');
        assert_eq!(found("a;b;label\n-0,5;0,5;1\n1,5;2,5;0\n"), ';');
        assert_eq!(found("x,1;y,1;label\n1,5;2,5;0\n"), ';');
        assert_eq!(found("a\tb, c\tlabel\n1\t2, 3\t0\n"), '\t');
        assert_eq!(found("a|b|label\n1|2|0\n"), '|');
        assert_eq!(found("a  b   label\n 1  2   0\n10  2   1\n"), ' ');
        assert_eq!(found("\"a;b\",\"c;d\",label\n1,2,0\n"), ',');
        assert_eq!(found("first name,last name,label\nA B,C D,0\n"), ',');
        assert_eq!(found("label\n1\n0\n"), ',');
        assert_eq!(found(""), ',');
    }

    #[test]
    fn lines_above_the_table_are_passed() {
        assert_eq!(layout("# made, by\n# 2024\na,b\n1,2\n"), (18, 2, ','));
        assert_eq!(layout("sep=;\na;b\n1,5;2\n"), (6, 1, ';'));
        assert_eq!(layout("\u{feff}\n\na,b\n1,2\n"), (5, 2, ','));
        assert_eq!(layout("# a,b,label\n1,2,0\n"), (1, 0, ','));
        assert_eq!(layout("# x\n#a,b\n1,2\n"), (5, 1, ','));
        assert_eq!(layout("#only\n").0, 0);
    }

    #[test]
    fn blanks_are_joined() {
        let joined = one_blank(b"  a \t b\r\n\"c  d\" 1  \n", b' ');
        assert_eq!(joined, b"a b\r\n\"c  d\" 1\n".as_slice());
    }
}
