//! The themes one can choose from.

use serde::{Deserialize, Serialize};

use super::{
    Level,
    palette::{COLORBLIND, DARK, HIGH_CONTRAST, LIGHT, Palette},
};

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// Calm colours on a dark ground.
    #[default]
    Dark,
    /// The same on white.
    Light,
    /// Colours that differ for every common kind of colour blindness.
    Colorblind,
    /// Pure colours on black.
    HighContrast,
    /// No colours at all.
    Mono,
}

impl ThemeName {
    /// All themes, in the order in which the dashboard cycles through them.
    pub const ALL: [Self; 5] = [
        Self::Dark,
        Self::Light,
        Self::Colorblind,
        Self::HighContrast,
        Self::Mono,
    ];

    /// The name in flags, files and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Colorblind => "colorblind",
            Self::HighContrast => "high-contrast",
            Self::Mono => "mono",
        }
    }

    /// The next one in [`ThemeName::ALL`], wrapping around.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Self::Dark | Self::Mono => &DARK,
            Self::Light => &LIGHT,
            Self::Colorblind => &COLORBLIND,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }

    /// How many colours it uses of those that the terminal shows.
    pub(super) fn level(self, terminal: Level) -> Level {
        match self {
            Self::Mono => Level::Off,
            _ => terminal,
        }
    }
}
