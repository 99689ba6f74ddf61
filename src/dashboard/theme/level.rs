//! How many colours the terminal shows.

use ratatui::style::Color;

use super::{indexed::nearest, palette::Ink};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// None.
    Off,
    /// The 16 colours of the terminal's own palette.
    Sixteen,
    /// The fixed palette of 256 colours.
    Indexed,
    /// Any.
    Rgb,
}

impl Level {
    /// What the environment says, by `variable`: `NO_COLOR`, `COLORTERM` and `TERM`.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| variable(name).unwrap_or_default();
        let terminal = value("TERM");
        if !value("NO_COLOR").is_empty() || terminal == "dumb" {
            return Self::Off;
        }
        if ["truecolor", "24bit"].contains(&value("COLORTERM").as_str())
            || terminal.ends_with("-direct")
        {
            return Self::Rgb;
        }
        if terminal.contains("256") {
            return Self::Indexed;
        }
        Self::Sixteen
    }

    /// The nearest colour that can be shown.
    pub(super) fn colour(self, ink: Ink) -> Color {
        let [red, green, blue] = ink.rgb;
        match self {
            Self::Off => Color::Reset,
            Self::Sixteen => ink.named,
            Self::Indexed => Color::Indexed(nearest(ink.rgb)),
            Self::Rgb => Color::Rgb(red, green, blue),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(variables: &[(&str, &str)]) -> Level {
        Level::detect(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_decides() {
        let modern = ("COLORTERM", "truecolor");
        assert_eq!(detect(&[("TERM", "xterm-256color"), modern]), Level::Rgb);
        assert_eq!(detect(&[("TERM", "xterm-256color")]), Level::Indexed);
        assert_eq!(detect(&[("TERM", "xterm")]), Level::Sixteen);
        assert_eq!(detect(&[("TERM", "xterm-direct")]), Level::Rgb);
        assert_eq!(detect(&[]), Level::Sixteen);
        assert_eq!(detect(&[("TERM", "dumb"), modern]), Level::Off);
        assert_eq!(detect(&[("NO_COLOR", "1"), modern]), Level::Off);
        assert_eq!(detect(&[("NO_COLOR", ""), modern]), Level::Rgb);
    }
}
