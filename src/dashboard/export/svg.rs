//! A frame as SVG.

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use crate::{
    dashboard::theme::Theme,
    xml::{Element, Svg, tenths},
};

/// Width and height of a cell, and size of the letters in it.
const CELL: (f64, f64) = (8.4, 17.0);
const LETTER: f64 = 14.0;
/// Where letters stand, from the top of their cell.
const BASELINE: f64 = 13.0;
/// Fonts that have the dots and lines.
const FONTS: &str = "'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,monospace";

/// Draws `frame` as SVG: backgrounds and half blocks as rectangles, all else as text.
pub fn svg(frame: &Buffer, theme: &Theme) -> String {
    let (columns, rows) = (frame.area.width, frame.area.height);
    let size = [f64::from(columns) * CELL.0, f64::from(rows) * CELL.1];
    let [paper, _] = theme.paper();
    let mut svg = Svg::new(size, "ctui")
        .with("font-family", FONTS)
        .with("font-size", LETTER)
        .with("xml:space", "preserve");
    svg.rectangle([0.0; 2], size, &hex(paper));
    let cells = frame.content().chunks(usize::from(columns).max(1));
    for (y, row) in cells.enumerate() {
        let painted: Vec<_> = row.iter().map(|cell| Painted::new(cell, theme)).collect();
        let top = y as f64 * CELL.1;
        areas(&mut svg, &painted, top, paper);
        letters(&mut svg, &painted, top + BASELINE);
    }
    svg.finish()
}

/// A cell with its colours resolved.
#[derive(Clone, Copy, PartialEq)]
struct Painted<'a> {
    symbol: &'a str,
    front: [u8; 3],
    back: [u8; 3],
    bold: bool,
}

impl<'a> Painted<'a> {
    fn new(cell: &'a Cell, theme: &Theme) -> Self {
        let [paper, ink] = theme.paper();
        let mut front = rgb(cell.fg).unwrap_or(ink);
        let mut back = rgb(cell.bg).unwrap_or(paper);
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut front, &mut back);
        }
        if cell.modifier.contains(Modifier::DIM) {
            front = [0, 1, 2].map(|i| ((u16::from(front[i]) + u16::from(back[i])) / 2) as u8);
        }
        Self {
            symbol: cell.symbol(),
            front,
            back,
            bold: cell.modifier.contains(Modifier::BOLD),
        }
    }

    /// Colours of the upper and the lower half.
    fn halves(self) -> [[u8; 3]; 2] {
        match self.symbol {
            "▀" => [self.front, self.back],
            "▄" => [self.back, self.front],
            "█" => [self.front; 2],
            _ => [self.back; 2],
        }
    }

    fn is_text(self) -> bool {
        !matches!(self.symbol, " " | "" | "▀" | "▄" | "█")
    }
}

/// Rectangles of equal colour, per half row.
fn areas(svg: &mut Svg, row: &[Painted<'_>], top: f64, paper: [u8; 3]) {
    let equal = row.iter().all(|cell| {
        let [upper, lower] = cell.halves();
        upper == lower
    });
    let parts: &[(usize, f64, f64)] = match equal {
        true => &[(0, 0.0, 1.0)],
        false => &[(0, 0.0, 0.5), (1, 0.5, 0.5)],
    };
    for &(half, offset, share) in parts {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a.halves()[half] == b.halves()[half]) {
            let colour = run[0].halves()[half];
            if colour != paper {
                let area = Element::new("rect")
                    .at([
                        ("x", f64::from(x) * CELL.0),
                        ("y", top + offset * CELL.1),
                        ("width", run.len() as f64 * CELL.0),
                        ("height", share * CELL.1),
                    ])
                    .with("fill", hex(colour))
                    .with("shape-rendering", "crispEdges");
                svg.add(area);
            }
            x += run.len() as u32;
        }
    }
}

/// Letters of equal style, each at its column.
fn letters(svg: &mut Svg, row: &[Painted<'_>], baseline: f64) {
    let cells: Vec<_> = row
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.is_text())
        .collect();
    for run in cells.chunk_by(|(a, first), (b, second)| {
        a + 1 == *b && (first.front, first.bold) == (second.front, second.bold)
    }) {
        let (_, cell) = run[0];
        let columns = run
            .iter()
            .map(|(column, _)| tenths(*column as f64 * CELL.0));
        let symbols: String = run.iter().map(|(_, cell)| cell.symbol).collect();
        let text = Element::new("text")
            .with("x", columns.collect::<Vec<_>>().join(" "))
            .at([("y", baseline)])
            .with("fill", hex(cell.front));
        let text = match cell.bold {
            true => text.with("font-weight", "bold"),
            false => text,
        };
        svg.add(text.text(&symbols));
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The 16 named colours, as most terminals show them.
const NAMED: [[u8; 3]; 16] = [
    [0x00, 0x00, 0x00],
    [0xcd, 0x31, 0x31],
    [0x0d, 0xbc, 0x79],
    [0xe5, 0xe5, 0x10],
    [0x24, 0x72, 0xc8],
    [0xbc, 0x3f, 0xbc],
    [0x11, 0xa8, 0xcd],
    [0xcc, 0xcc, 0xcc],
    [0x66, 0x66, 0x66],
    [0xf1, 0x4c, 0x4c],
    [0x23, 0xd1, 0x8b],
    [0xf5, 0xf5, 0x43],
    [0x3b, 0x8e, 0xea],
    [0xd6, 0x70, 0xd6],
    [0x29, 0xb8, 0xdb],
    [0xff, 0xff, 0xff],
];

/// Red, green and blue of the 16 named colours in pictures for elsewhere.
pub fn colours() -> [[u8; 3]; 16] {
    NAMED
}

/// The colour itself; `None` for the terminal's own.
fn rgb(colour: Color) -> Option<[u8; 3]> {
    let named = |index: usize| Some(NAMED[index]);
    match colour {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(index) => Some(indexed(index)),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
    }
}

/// A colour of the fixed palette of 256.
fn indexed(index: u8) -> [u8; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match index {
        0..16 => NAMED[usize::from(index)],
        16..232 => {
            let at = usize::from(index) - 16;
            [STEPS[at / 36], STEPS[at / 6 % 6], STEPS[at % 6]]
        }
        _ => [8 + 10 * (index - 232); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{theme::Level, widgets::Marker};
    use ratatui::style::Style;

    #[test]
    fn symbols_and_colours_are_in_the_picture() {
        let theme = Theme::dark(Level::Rgb, Marker::Braille);
        let mut buffer = Buffer::with_lines(["a<b ▀"]);
        buffer.set_style(
            buffer.area,
            Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(196)),
        );
        let picture = svg(&buffer, &theme);
        assert!(picture.contains(">a&lt;b</text>"), "{picture}");
        assert!(picture.contains("fill=\"#010203\"") && picture.contains("fill=\"#ff0000\""));
        assert_eq!(picture.matches("<rect").count(), 1 + 3, "{picture}");
    }

    #[test]
    fn the_terminals_own_colours_are_the_themes() {
        let theme = Theme::dark(Level::Off, Marker::Ascii);
        let mut buffer = Buffer::with_lines(["x"]);
        buffer.set_style(buffer.area, Modifier::REVERSED);
        let picture = svg(&buffer, &theme);
        let [paper, ink] = theme.paper();
        assert!(
            picture.contains(&format!("fill=\"{}\">x", hex(paper))),
            "{picture}"
        );
        assert!(picture.contains(&hex(ink)));
        assert_eq!(indexed(231), [255; 3]);
        assert_eq!(indexed(244), [128; 3]);
    }
}
