//! A frame as text: its symbols, and below them its styles.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Style},
};

/// Symbols row by row; then per row how often which style follows, by number; then the styles.
pub fn picture(buffer: &Buffer) -> String {
    let rows = || {
        buffer
            .content()
            .chunks(usize::from(buffer.area.width).max(1))
    };
    let mut text = String::new();
    for row in rows() {
        let symbols: String = row.iter().map(Cell::symbol).collect();
        let _ = writeln!(text, "{symbols}|");
    }
    let mut styles = Vec::new();
    for row in rows() {
        let _ = writeln!(text, "{}", runs(row, &mut styles));
    }
    for (number, style) in styles.iter().enumerate() {
        let _ = writeln!(text, "{number} {}", describe(*style));
    }
    text
}

/// One row's styles as `number` or `number*count`, separated by blanks.
fn runs(row: &[Cell], styles: &mut Vec<Style>) -> String {
    let numbers: Vec<usize> = row
        .iter()
        .map(|cell| number(cell.style(), styles))
        .collect();
    let run = |run: &[usize]| match run.len() {
        1 => run[0].to_string(),
        count => format!("{}*{count}", run[0]),
    };
    let runs: Vec<_> = numbers.chunk_by(|a, b| a == b).map(run).collect();
    runs.join(" ")
}

fn number(style: Style, styles: &mut Vec<Style>) -> usize {
    let known = styles.iter().position(|known| *known == style);
    known.unwrap_or_else(|| {
        styles.push(style);
        styles.len() - 1
    })
}

fn describe(style: Style) -> String {
    let colour = |colour: Option<Color>| colour.unwrap_or_default().to_string();
    format!(
        "{} on {} {:?}",
        colour(style.fg),
        colour(style.bg),
        style.add_modifier
    )
}

#[test]
fn symbols_and_styles_are_in_the_picture() {
    let mut buffer = Buffer::with_lines(["ab", "cd"]);
    buffer.cell_mut((1, 0)).unwrap().set_fg(Color::Red);
    let expected = "ab|\ncd|\n0 1\n0*2\n0 Reset on Reset NONE\n1 Red on Reset NONE\n";
    assert_eq!(picture(&buffer), expected);
}
