//! How a terminal is told the pixels of a picture.

use crate::choices::choices;

choices! {
    /// What pictures are made of, as the user wants it.
    #[derive(Default)]
    pub enum Setting {
        /// True pixels where the terminal is known to show them, half blocks elsewhere.
        #[default]
        Auto,
        /// Two pixels per cell, as characters.
        HalfBlocks,
        /// True pixels by kitty's protocol.
        Kitty,
        /// True pixels as sixels.
        Sixel,
        /// True pixels by iTerm2's protocol.
        Iterm2,
    }
}

impl Setting {
    /// The protocol that the user insists on.
    pub(super) fn forced(self) -> Option<Protocol> {
        match self {
            Self::Auto | Self::HalfBlocks => None,
            Self::Kitty => Some(Protocol::Kitty),
            Self::Sixel => Some(Protocol::Sixel),
            Self::Iterm2 => Some(Protocol::Iterm2),
        }
    }
}

/// A way to send pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Kitty's, with placeholders in the cells; also ghostty's.
    Kitty,
    /// Sixels, of the DEC terminals; foot, mlterm, contour.
    Sixel,
    /// iTerm2's; also WezTerm's and others'.
    Iterm2,
}

/// Terminals by the beginning of `TERM`, which ssh passes on.
const TERMS: [(&str, Protocol); 6] = [
    ("xterm-kitty", Protocol::Kitty),
    ("xterm-ghostty", Protocol::Kitty),
    ("foot", Protocol::Sixel),
    ("mlterm", Protocol::Sixel),
    ("contour", Protocol::Sixel),
    ("wezterm", Protocol::Iterm2),
];

/// Terminals by `TERM_PROGRAM` or `LC_TERMINAL`.
const PROGRAMS: [(&str, Protocol); 6] = [
    ("ghostty", Protocol::Kitty),
    ("iTerm.app", Protocol::Iterm2),
    ("iTerm2", Protocol::Iterm2),
    ("WezTerm", Protocol::Iterm2),
    ("mintty", Protocol::Iterm2),
    ("rio", Protocol::Iterm2),
];

/// Set by programs between us and the terminal, which don't let pixels through.
const MULTIPLEXERS: [&str; 3] = ["TMUX", "STY", "ZELLIJ"];

impl Protocol {
    /// What the environment says, by `variable`; `None` for terminals that are not known to show
    /// pixels. The terminal itself is not asked, which would take a round trip.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let value = |name: &str| variable(name).unwrap_or_default();
        let term = value("TERM");
        let between = |name: &&str| !value(name).is_empty();
        if MULTIPLEXERS.iter().any(between)
            || ["tmux", "screen"].iter().any(|name| term.starts_with(name))
        {
            return None;
        }
        let by_term = TERMS.iter().find(|(name, _)| term.starts_with(name));
        let programs = ["TERM_PROGRAM", "LC_TERMINAL"].map(value);
        let by_program = || {
            PROGRAMS
                .iter()
                .find(|(name, _)| programs.contains(&(*name).into()))
        };
        by_term.or_else(by_program).map(|&(_, protocol)| protocol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(variables: &[(&str, &str)]) -> Option<Protocol> {
        let value = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Protocol::detect(value)
    }

    #[test]
    fn terminals_are_known_by_their_environment() {
        assert_eq!(detected(&[("TERM", "xterm-kitty")]), Some(Protocol::Kitty));
        assert_eq!(detected(&[("TERM", "foot-extra")]), Some(Protocol::Sixel));
        let program = [("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")];
        assert_eq!(detected(&program), Some(Protocol::Iterm2));
        let remote = [("TERM", "xterm-256color"), ("LC_TERMINAL", "iTerm2")];
        assert_eq!(detected(&remote), Some(Protocol::Iterm2));
    }

    #[test]
    fn unknown_terminals_and_multiplexers_get_characters() {
        assert_eq!(detected(&[]), None);
        assert_eq!(detected(&[("TERM", "xterm-256color")]), None);
        let inside = [("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux,1,0")];
        assert_eq!(detected(&inside), None);
        let inside = [("TERM", "tmux-256color"), ("TERM_PROGRAM", "WezTerm")];
        assert_eq!(detected(&inside), None);
    }

    #[test]
    fn names_are_those_of_files() {
        for setting in Setting::ALL {
            let text = serde_json::to_string(&setting).unwrap();
            assert_eq!(text, format!("\"{}\"", setting.name()));
        }
    }
}
