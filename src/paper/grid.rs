//! Tables of text: aligned, as Markdown, as CSV.

use std::io;

/// A table of cells; every row is as long as the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// An empty table.
    pub fn new(header: &[&str]) -> Self {
        Self {
            header: header.iter().map(|&name| name.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Columns padded to equal width, numbers to the right.
    pub fn to_text(&self) -> String {
        let widths = self.widths();
        let mut lines: Vec<String> = vec![self.line(&self.header, &widths, "  ")];
        lines.push("─".repeat(widths.iter().sum::<usize>() + 2 * (widths.len().max(1) - 1)));
        lines.extend(self.rows.iter().map(|row| self.line(row, &widths, "  ")));
        lines.join("\n") + "\n"
    }

    /// As a GitHub-flavoured Markdown table.
    pub fn to_markdown(&self) -> String {
        let widths = self.widths();
        let row = |cells: &Vec<String>| format!("| {} |", self.line(cells, &widths, " | "));
        let rule = |(column, &width): (usize, &usize)| match self.is_numeric(column) {
            true => format!("{}:", "-".repeat(width.max(1) + 1)),
            false => "-".repeat(width + 2),
        };
        let rules: Vec<String> = widths.iter().enumerate().map(rule).collect();
        let mut lines = vec![row(&self.header), format!("|{}|", rules.join("|"))];
        lines.extend(self.rows.iter().map(row));
        lines.join("\n") + "\n"
    }

    /// As CSV with a header line.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn write_csv(&self, output: impl io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row)?;
        }
        writer.flush()
    }

    fn widths(&self) -> Vec<usize> {
        let rows = || std::iter::once(&self.header).chain(&self.rows);
        (0..self.header.len())
            .map(|column| rows().map(|row| width(&row[column])).max().unwrap_or(0))
            .collect()
    }

    fn line(&self, cells: &[String], widths: &[usize], separator: &str) -> String {
        let padded = cells.iter().zip(widths).enumerate();
        let cells: Vec<String> = padded
            .map(|(column, (cell, &wide))| {
                let space = " ".repeat(wide.saturating_sub(width(cell)));
                match self.is_numeric(column) {
                    true => space + cell,
                    false => cell.clone() + &space,
                }
            })
            .collect();
        cells.join(separator)
    }

    /// Whether a column holds numbers and nothing else that means something.
    fn is_numeric(&self, column: usize) -> bool {
        let number = |cell: &str| cell.is_empty() || cell == NONE || cell.parse::<f64>().is_ok();
        self.rows.iter().all(|row| number(&row[column]))
    }
}

/// What stands where there is no number.
pub const NONE: &str = "n/a";

/// A number with about three or four digits that matter.
pub fn number(value: f64) -> String {
    let decimals = match value.abs() {
        size if !size.is_finite() => return NONE.to_owned(),
        size if size >= 100.0 => 1,
        size if size >= 10.0 => 2,
        size if size >= 1.0 => 3,
        _ => 4,
    };
    format!("{value:.decimals$}")
}

/// A percentage with two decimals.
pub fn percent(value: f64) -> String {
    match value.is_finite() {
        true => format!("{value:.2}"),
        false => NONE.to_owned(),
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        Grid {
            rows: vec![
                vec!["ls".into(), "3.5".into()],
                vec!["moon, new".into(), NONE.into()],
            ],
            ..Grid::new(&["data set", "IP −%"])
        }
    }

    #[test]
    fn text_is_aligned() {
        let text = grid().to_text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "data set   IP −%");
        assert_eq!(lines[2], "ls           3.5");
        assert!(lines.iter().all(|line| width(line) == 16));
    }

    #[test]
    fn markdown_and_csv_hold_the_same_cells() {
        let markdown = grid().to_markdown();
        assert!(markdown.contains("|-----------|------:|\n| ls        |   3.5 |"));
        let mut csv = Vec::new();
        grid().write_csv(&mut csv).unwrap();
        let text = String::from_utf8(csv).unwrap();
        assert_eq!(text, "data set,IP −%\nls,3.5\n\"moon, new\",n/a\n");
    }

    #[test]
    fn numbers_have_the_digits_that_matter() {
        let texts = [261.05, 15.13, 2.5149, 0.0012, f64::NAN].map(number);
        assert_eq!(texts, ["261.1", "15.13", "2.515", "0.0012", "n/a"]);
    }
}
