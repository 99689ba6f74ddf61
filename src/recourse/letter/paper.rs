//! How much of a sheet of paper a page takes.

/// Lines that a sheet of A4 has in the page's print style: 261 mm of 9 pt with 1.35 between.
pub(super) const SHEET: f64 = 60.0;
/// Characters of a printed line: 174 mm of 9 pt.
const WIDE: usize = 98;
/// Characters of a table's cell.
const CELL: usize = 31;
/// How much smaller small print is.
const SMALL: f64 = 0.85;

/// Lines that a page of HTML takes when it is printed, each of its blocks standing on a line of its own.
pub(super) fn lines(page: &str) -> f64 {
    let body = page.split("<body>").nth(1).unwrap_or(page);
    body.lines().map(block).sum()
}

fn block(line: &str) -> f64 {
    let rows = |text: &str, width: usize| text.chars().count().div_ceil(width) as f64;
    let cells = || line.split("</t").map(cell).fold(0.0, f64::max);
    match line {
        line if line.starts_with("<h1") => 2.0 * rows(&visible(line), WIDE / 2),
        line if line.starts_with("<h2") => 2.4 * rows(&visible(line), WIDE),
        line if line.contains("<tr>") => cells() + 0.3,
        line if line.starts_with("<caption") => 0.8 + rows(&visible(line), WIDE),
        line => rows(&visible(line), WIDE) * 1.1,
    }
}

/// Lines of a table's cell: its text, and what is below that.
fn cell(text: &str) -> f64 {
    let rows = |part: &str| {
        let scale = if part.contains("<small") { SMALL } else { 1.0 };
        let count = visible(part).chars().count() as f64;
        scale * (count * scale / CELL as f64).ceil()
    };
    text.split("<br/>").map(rows).sum()
}

/// What a reader sees.
fn visible(html: &str) -> String {
    let parts = html.split('<');
    let text = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    text.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_counted() {
        assert_eq!(visible("<p>a <b>bold</b> word</p>"), "a bold word");
        assert_eq!(lines("<body>\n<main>\n<p>one</p>\n"), 1.1);
        let row = "<tr><th>age<br/><small>in whole years</small></th><td>3</td></tr>";
        assert!((lines(row) - 2.15).abs() < 1e-9);
        let long = format!("<p>{}</p>", "word ".repeat(50));
        assert!(lines(&long) > 2.9);
    }
}
