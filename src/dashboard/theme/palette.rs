//! The colours that themes are made of.

use ratatui::style::Color;

/// A colour, and its stand-in where there are only 16.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// One of the terminal's own 16 colours.
    pub named: Color,
}

impl Ink {
    const fn new(rgb: u32, named: Color) -> Self {
        Self {
            rgb: [(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8],
            named,
        }
    }

    /// The mixture with a `share` of `other`.
    pub fn towards(self, other: Self, share: f32) -> Self {
        let mixed = |i: usize| {
            let (from, to) = (f32::from(self.rgb[i]), f32::from(other.rgb[i]));
            (from + share * (to - from)).round() as u8
        };
        Self {
            rgb: [mixed(0), mixed(1), mixed(2)],
            named: other.named,
        }
    }
}

/// Colours by meaning.
#[derive(Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Palette {
    pub ground: Ink,
    pub text: Ink,
    pub faint: Ink,
    pub border: Ink,
    pub selected: Ink,
    pub accent: Ink,
    pub good: Ink,
    pub warning: Ink,
    pub bad: Ink,
    pub line: Ink,
    pub ghost: Ink,
    pub path: Ink,
    pub mature: Ink,
    pub arms: [Ink; 2],
    pub terms: [Ink; 5],
    pub classes: [Ink; 10],
}

/// Calm colours on a dark ground.
pub static DARK: Palette = Palette {
    ground: Ink::new(0x11151c, Color::Reset),
    text: Ink::new(0xd7dce5, Color::Reset),
    faint: Ink::new(0x7d8799, Color::DarkGray),
    border: Ink::new(0x3a4354, Color::DarkGray),
    selected: Ink::new(0x263142, Color::Blue),
    accent: Ink::new(0x7ec8e3, Color::Cyan),
    good: Ink::new(0x8fce8f, Color::Green),
    warning: Ink::new(0xe5c07b, Color::Yellow),
    bad: Ink::new(0xf07178, Color::LightRed),
    line: Ink::new(0xe8edf5, Color::White),
    ghost: Ink::new(0x5d6b82, Color::DarkGray),
    path: Ink::new(0xe9e3c8, Color::White),
    mature: Ink::new(0xffd95a, Color::LightYellow),
    arms: [
        Ink::new(0xa79fd1, Color::LightMagenta),
        Ink::new(0x62d6a8, Color::LightGreen),
    ],
    terms: [
        Ink::new(0xf2f5fa, Color::White),
        Ink::new(0x6ab0f3, Color::LightBlue),
        Ink::new(0x62d6a8, Color::LightGreen),
        Ink::new(0xf2a65a, Color::LightYellow),
        Ink::new(0xc792ea, Color::LightMagenta),
    ],
    classes: [
        Ink::new(0x5aa9ff, Color::LightBlue),
        Ink::new(0xff9e4a, Color::LightRed),
        Ink::new(0x4fd18b, Color::LightGreen),
        Ink::new(0xe377c2, Color::LightMagenta),
        Ink::new(0xf0e05a, Color::LightYellow),
        Ink::new(0x4fd6d6, Color::LightCyan),
        Ink::new(0xff6b6b, Color::Red),
        Ink::new(0xa08bff, Color::Magenta),
        Ink::new(0xb5c46a, Color::Green),
        Ink::new(0xc9a38a, Color::Yellow),
    ],
};
