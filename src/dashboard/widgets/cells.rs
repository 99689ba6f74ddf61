//! Screens in ASCII.

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Position,
};

use crate::ascii::{glyph, word};

/// Puts ASCII in place of every other character: its spelling where blanks to the right give room for
/// that, else a single character.
pub fn only_ascii(buffer: &mut Buffer) {
    let area = buffer.area;
    for y in area.rows().map(|row| row.y) {
        let mut x = area.left();
        while x < area.right() {
            let Some(cell) = buffer.cell(Position::new(x, y)) else {
                break;
            };
            let symbol = cell.symbol();
            let Some(first) = symbol.chars().next().filter(|_| !symbol.is_ascii()) else {
                x += 1;
                continue;
            };
            let width = super::width(symbol).max(1);
            let mut letters = [0; 4];
            let single = glyph(first).encode_utf8(&mut letters) as &str;
            let text = match word(first) {
                Some(word) if width == 1 && make_room(buffer, x, y, word.len() - 1) => word,
                _ => single,
            };
            for column in 0..width.max(text.len() as u16) {
                let letter = text.get(usize::from(column)..usize::from(column) + 1);
                let style = buffer[(x, y)].style();
                if let Some(cell) = buffer.cell_mut(Position::new(x + column, y)) {
                    cell.set_symbol(letter.unwrap_or("?")).set_style(style);
                }
            }
            x += width.max(text.len() as u16);
        }
    }
}

/// Moves what follows cell `x` by `needed` cells to the right, into blanks that are more than one;
/// whether there are so many before the next frame.
fn make_room(buffer: &mut Buffer, x: u16, y: u16, needed: usize) -> bool {
    let right = buffer.area.right();
    let row: Vec<Cell> = (x + 1..right).map(|x| buffer[(x, y)].clone()).collect();
    let mut moved: Vec<Cell> = Vec::new();
    let mut missing = needed;
    let mut cells = row.iter().enumerate();
    while missing > 0 {
        let Some((position, cell)) = cells.next().filter(|(_, cell)| !ends_text(cell)) else {
            return false;
        };
        let blank = |position: usize| row.get(position).is_some_and(|cell| cell.symbol() == " ");
        match blank(position) && blank(position + 1) {
            true => missing -= 1,
            false => moved.push(cell.clone()),
        }
    }
    for (offset, cell) in moved.into_iter().enumerate() {
        buffer[(x + 1 + (needed + offset) as u16, y)] = cell;
    }
    true
}

/// Whether a frame, an axis or a picture begins here, which nothing may move.
fn ends_text(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    matches!(symbol, "|" | "+" | "")
        || symbol
            .chars()
            .any(|c| matches!(c, '─'..='╿' | '▀'..='▟' | '⠀'..='⣿'))
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn shown(text: &str) -> String {
        let width = super::super::width(text);
        let mut buffer = Buffer::with_lines([text]);
        assert_eq!(buffer.area, Rect::new(0, 0, width, 1));
        only_ascii(&mut buffer);
        buffer.content().iter().map(Cell::symbol).collect()
    }

    #[test]
    fn signs_are_spelt_where_there_is_room() {
        for (text, right) in [
            ("λ_div 0.5       |", "lambda_div 0.5  |"),
            ("λ_div    0.5|", "l_div    0.5|"),
            ("λ_div      0.5|", "lambda_div 0.5|"),
            ("a → b|  ", "a > b|  "),
            ("a → b  | ", "a -> b | "),
            ("漢字 é|", "???? ?|"),
            ("1 ± 2  ", "1 ~ 2  "),
            ("1 ± 2   ", "1 +/- 2 "),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(shown(text), right, "{text}");
        }
    }
}
