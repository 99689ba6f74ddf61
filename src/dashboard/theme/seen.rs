//! Colours as they are seen, to be measured by tests.

use ratatui::style::Color;

use super::indexed;

/// The 16 colours of xterm.
const NAMED: [(Color, u32); 16] = [
    (Color::Black, 0x000000),
    (Color::Red, 0xcd0000),
    (Color::Green, 0x00cd00),
    (Color::Yellow, 0xcdcd00),
    (Color::Blue, 0x0000ee),
    (Color::Magenta, 0xcd00cd),
    (Color::Cyan, 0x00cdcd),
    (Color::Gray, 0xe5e5e5),
    (Color::DarkGray, 0x7f7f7f),
    (Color::LightRed, 0xff0000),
    (Color::LightGreen, 0x00ff00),
    (Color::LightYellow, 0xffff00),
    (Color::LightBlue, 0x5c5cff),
    (Color::LightMagenta, 0xff00ff),
    (Color::LightCyan, 0x00ffff),
    (Color::White, 0xffffff),
];

/// Red, green and blue of a colour; the 16 are those of xterm.
pub fn rgb(colour: Color) -> [u8; 3] {
    match colour {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(index) => indexed::rgb(index),
        other => {
            let found = NAMED.iter().find(|(name, _)| *name == other);
            let [_, red, green, blue] = found.expect("a colour of its own").1.to_be_bytes();
            [red, green, blue]
        }
    }
}

/// The contrast of two colours (WCAG 2.2), from 1 to 21.
pub fn contrast(one: Color, other: Color) -> f64 {
    indexed::contrast(rgb(one), rgb(other))
}
