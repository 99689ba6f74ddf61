//! One key with its modifiers, and how it is spelt.

use std::{fmt, str::FromStr};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::KeymapError;

/// A key with the modifiers that are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Keys that are spelt by name: code, name in files, name on the screen.
const NAMED: [(KeyCode, &str, &str); 15] = [
    (KeyCode::Char(' '), "space", "Space"),
    (KeyCode::Enter, "enter", "Enter"),
    (KeyCode::Esc, "esc", "Esc"),
    (KeyCode::Tab, "tab", "Tab"),
    (KeyCode::BackTab, "backtab", "Shift-Tab"),
    (KeyCode::Backspace, "backspace", "Backspace"),
    (KeyCode::Delete, "delete", "Del"),
    (KeyCode::Left, "left", "←"),
    (KeyCode::Right, "right", "→"),
    (KeyCode::Up, "up", "↑"),
    (KeyCode::Down, "down", "↓"),
    (KeyCode::PageUp, "pageup", "PgUp"),
    (KeyCode::PageDown, "pagedown", "PgDn"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
];

/// Modifiers: bit, prefix in files, prefix on the screen.
const MODIFIERS: [(KeyModifiers, &str, &str); 3] = [
    (KeyModifiers::CONTROL, "ctrl-", "Ctrl-"),
    (KeyModifiers::ALT, "alt-", "Alt-"),
    (KeyModifiers::SHIFT, "shift-", "Shift-"),
];

impl From<KeyEvent> for Chord {
    /// A letter already tells whether Shift was held, and so does BackTab; what AltGr types comes as
    /// Control and Alt from some terminals.
    fn from(key: KeyEvent) -> Self {
        let known =
            key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        let modifiers = match key.code {
            KeyCode::Char(character)
                if known.contains(alt_gr) && !character.is_ascii_alphanumeric() =>
            {
                KeyModifiers::NONE
            }
            KeyCode::Char(_) | KeyCode::BackTab => known.difference(KeyModifiers::SHIFT),
            _ => known,
        };
        Self {
            code: key.code,
            modifiers,
        }
    }
}

impl FromStr for Chord {
    type Err = KeymapError;

    fn from_str(text: &str) -> Result<Self, KeymapError> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text;
        while let Some((modifier, prefix, _)) = MODIFIERS
            .iter()
            .find(|(_, prefix, _)| rest.len() > prefix.len() && rest.starts_with(prefix))
        {
            modifiers |= *modifier;
            rest = &rest[prefix.len()..];
        }
        let code = code(rest).ok_or_else(|| KeymapError::Unknown(text.to_owned()))?;
        Ok(Self { code, modifiers })
    }
}

fn code(name: &str) -> Option<KeyCode> {
    if let Some((code, ..)) = NAMED.iter().find(|(_, spelling, _)| *spelling == name) {
        return Some(*code);
    }
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Some(KeyCode::Char(character)),
        (Some('f'), Some(_)) => {
            let number = name[1..]
                .parse()
                .ok()
                .filter(|number| (1..=12).contains(number));
            number.map(KeyCode::F)
        }
        _ => None,
    }
}

impl Chord {
    /// The character that it types, if it does.
    pub fn character(&self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if self.modifiers.is_empty() => Some(character),
            _ => None,
        }
    }

    /// How it is written in files.
    pub fn spelling(&self) -> String {
        let prefixes = MODIFIERS
            .iter()
            .filter(|(modifier, ..)| self.modifiers.contains(*modifier));
        let prefix: String = prefixes.map(|(_, prefix, _)| *prefix).collect();
        let named = NAMED.iter().find(|(code, ..)| *code == self.code);
        match (named, self.code) {
            (Some((_, name, _)), _) => format!("{prefix}{name}"),
            (None, KeyCode::Char(character)) => format!("{prefix}{character}"),
            (None, KeyCode::F(number)) => format!("{prefix}f{number}"),
            (None, other) => format!("{prefix}{other}"),
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, _, shown) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                f.write_str(shown)?;
            }
        }
        let named = NAMED.iter().find(|(code, ..)| *code == self.code);
        match (named, self.code) {
            (Some((.., shown)), _) => f.write_str(shown),
            (None, KeyCode::Char(character)) if !self.modifiers.is_empty() => {
                write!(f, "{}", character.to_uppercase())
            }
            (None, KeyCode::Char(character)) => write!(f, "{character}"),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            (None, other) => write!(f, "{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_read_and_shown() {
        let shown = |text: &str| text.parse::<Chord>().unwrap().to_string();
        assert_eq!(shown("q"), "q");
        assert_eq!(shown("ctrl-c"), "Ctrl-C");
        assert_eq!(shown("shift-right"), "Shift-→");
        assert_eq!(shown("space"), "Space");
        assert_eq!(shown("f1"), "F1");
        assert_eq!(shown("-"), "-");
        assert_eq!(shown("ctrl-alt-end"), "Ctrl-Alt-End");
        for text in [
            "q",
            "ctrl-c",
            "shift-right",
            "space",
            "f12",
            "-",
            "ctrl-alt-end",
        ] {
            assert_eq!(text.parse::<Chord>().unwrap().spelling(), text);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "hyper-x", "f13", "ctrl-", "qq", "føø"] {
            assert_eq!(
                text.parse::<Chord>(),
                Err(KeymapError::Unknown(text.to_owned()))
            );
        }
    }

    #[test]
    fn shift_is_part_of_a_letter() {
        let event = KeyEvent::new(KeyCode::Char('H'), KeyModifiers::SHIFT);
        assert_eq!(Chord::from(event), "H".parse().unwrap());
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        let event = KeyEvent::new(KeyCode::Char('['), alt_gr);
        assert_eq!(Chord::from(event), "[".parse().unwrap());
        let event = KeyEvent::new(KeyCode::Right, KeyModifiers::SHIFT);
        assert_eq!(Chord::from(event), "shift-right".parse().unwrap());
    }
}
