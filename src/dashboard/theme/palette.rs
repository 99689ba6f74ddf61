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
    pub(super) const fn new(rgb: u32, named: Color) -> Self {
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
    pub arms: [Ink; 4],
    pub terms: [Ink; 5],
    pub classes: [Ink; 10],
}

/// Calm colours on a dark ground.
pub static DARK: Palette = Palette {
    ground: Ink::new(0x11151c, Color::Black),
    text: Ink::new(0xd7dce5, Color::Gray),
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
        Ink::new(0xf2a65a, Color::LightYellow),
        Ink::new(0x6ab0f3, Color::LightBlue),
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

/// The same meanings on paper white.
pub static LIGHT: Palette = Palette {
    ground: Ink::new(0xfbfaf6, Color::White),
    text: Ink::new(0x22262e, Color::Black),
    faint: Ink::new(0x6b7280, Color::DarkGray),
    border: Ink::new(0xb4bac6, Color::DarkGray),
    selected: Ink::new(0xdbe6f4, Color::Cyan),
    accent: Ink::new(0x0b6a9c, Color::Blue),
    good: Ink::new(0x1f7a3d, Color::Blue),
    warning: Ink::new(0x9a5b00, Color::Magenta),
    bad: Ink::new(0xb3261e, Color::Red),
    line: Ink::new(0x1d222b, Color::Black),
    ghost: Ink::new(0x9aa3b2, Color::DarkGray),
    path: Ink::new(0x3d3a2c, Color::Black),
    mature: Ink::new(0x7a3f00, Color::Magenta),
    arms: [
        Ink::new(0x6a52b3, Color::Magenta),
        Ink::new(0x0a7a55, Color::Blue),
        Ink::new(0xa85a00, Color::Red),
        Ink::new(0x1763b5, Color::Black),
    ],
    terms: [
        Ink::new(0x22262e, Color::Black),
        Ink::new(0x1763b5, Color::Blue),
        Ink::new(0x0a7a55, Color::DarkGray),
        Ink::new(0xa85a00, Color::Red),
        Ink::new(0x8636a8, Color::Magenta),
    ],
    classes: [
        Ink::new(0x1565c0, Color::Blue),
        Ink::new(0xb65000, Color::Red),
        Ink::new(0x1b7f4b, Color::Magenta),
        Ink::new(0xad2a86, Color::DarkGray),
        Ink::new(0x7d6b00, Color::Black),
        Ink::new(0x00767a, Color::LightBlue),
        Ink::new(0xb3261e, Color::LightRed),
        Ink::new(0x5a3fc0, Color::LightMagenta),
        Ink::new(0x2f6b00, Color::Green),
        Ink::new(0x7a4f36, Color::Cyan),
    ],
};

/// Colours that differ for every common kind of colour blindness (Okabe and Ito 2008), on dark.
pub static COLORBLIND: Palette = Palette {
    ground: Ink::new(0x101318, Color::Black),
    text: Ink::new(0xe3e6ea, Color::Gray),
    faint: Ink::new(0x8b95a5, Color::DarkGray),
    border: Ink::new(0x3d4655, Color::DarkGray),
    selected: Ink::new(0x24344a, Color::Blue),
    accent: Ink::new(0x56b4e9, Color::Cyan),
    good: Ink::new(0x56b4e9, Color::LightBlue),
    warning: Ink::new(0xf0e442, Color::LightYellow),
    bad: Ink::new(0xe8813a, Color::LightRed),
    line: Ink::new(0xffffff, Color::White),
    ghost: Ink::new(0x667388, Color::DarkGray),
    path: Ink::new(0xe3e6ea, Color::White),
    mature: Ink::new(0xf0e442, Color::LightYellow),
    arms: [
        Ink::new(0xcc79a7, Color::LightMagenta),
        Ink::new(0x56b4e9, Color::LightBlue),
        Ink::new(0xe69f00, Color::Yellow),
        Ink::new(0xf0e442, Color::LightYellow),
    ],
    terms: [
        Ink::new(0xffffff, Color::White),
        Ink::new(0x56b4e9, Color::LightBlue),
        Ink::new(0xe69f00, Color::Yellow),
        Ink::new(0xf0e442, Color::LightYellow),
        Ink::new(0xcc79a7, Color::LightMagenta),
    ],
    classes: [
        Ink::new(0x56b4e9, Color::LightBlue),
        Ink::new(0xe69f00, Color::Yellow),
        Ink::new(0x009e73, Color::Green),
        Ink::new(0xcc79a7, Color::LightMagenta),
        Ink::new(0xf0e442, Color::LightYellow),
        Ink::new(0x4d7fe6, Color::Cyan),
        Ink::new(0xd55e00, Color::LightRed),
        Ink::new(0xf2f2f2, Color::White),
        Ink::new(0x999999, Color::DarkGray),
        Ink::new(0xa5844a, Color::Red),
    ],
};

/// Pure colours on black, for projectors and weak eyes.
pub static HIGH_CONTRAST: Palette = Palette {
    ground: Ink::new(0x000000, Color::Black),
    text: Ink::new(0xffffff, Color::White),
    faint: Ink::new(0xd0d0d0, Color::Gray),
    border: Ink::new(0xb0b0b0, Color::Gray),
    selected: Ink::new(0x00408f, Color::Blue),
    accent: Ink::new(0x40e0ff, Color::LightCyan),
    good: Ink::new(0x5cff5c, Color::LightGreen),
    warning: Ink::new(0xffff00, Color::LightYellow),
    bad: Ink::new(0xff7a7a, Color::LightYellow),
    line: Ink::new(0xffffff, Color::White),
    ghost: Ink::new(0xa0a0a0, Color::Gray),
    path: Ink::new(0xffffff, Color::White),
    mature: Ink::new(0xffff00, Color::LightYellow),
    arms: [
        Ink::new(0xff9dff, Color::White),
        Ink::new(0x5cff5c, Color::LightGreen),
        Ink::new(0xffb000, Color::LightYellow),
        Ink::new(0x7fb2ff, Color::LightCyan),
    ],
    terms: [
        Ink::new(0xffffff, Color::White),
        Ink::new(0x7fb2ff, Color::LightCyan),
        Ink::new(0x5cff5c, Color::LightGreen),
        Ink::new(0xffb000, Color::LightYellow),
        Ink::new(0xff9dff, Color::Gray),
    ],
    classes: [
        Ink::new(0x66b3ff, Color::LightCyan),
        Ink::new(0xff9a1f, Color::LightGreen),
        Ink::new(0x4dff88, Color::LightYellow),
        Ink::new(0xff80e5, Color::LightMagenta),
        Ink::new(0xffff33, Color::White),
        Ink::new(0x33ffff, Color::Cyan),
        Ink::new(0xff6666, Color::LightRed),
        Ink::new(0xb8a3ff, Color::LightBlue),
        Ink::new(0xc8f55a, Color::Green),
        Ink::new(0xffcfa8, Color::Yellow),
    ],
};
