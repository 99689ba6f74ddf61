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
    /// What asks for the theme that suits the terminal's background.
    pub const AUTO: &str = "auto";

    /// All that can be asked for: the one that suits the terminal, or one of [`ThemeName::ALL`].
    pub fn names() -> Vec<&'static str> {
        let themes = Self::ALL.into_iter().map(Self::name);
        std::iter::once(Self::AUTO).chain(themes).collect()
    }

    /// The theme of that name; none for [`ThemeName::AUTO`].
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
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
