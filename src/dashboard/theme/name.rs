//! The themes one can choose from.

use super::{
    Level,
    palette::{COLORBLIND, DARK, HIGH_CONTRAST, LIGHT, Palette},
};
use crate::choices::choices;

choices! {
    /// A set of colours.
    #[derive(Default)]
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
}

impl ThemeName {
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
