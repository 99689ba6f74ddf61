//! Actions as text: `adjust -3`, `toggle-panel losses`, `set lambda_div 0.8`.
//!
//! The text is a format of serde, so that every [`Action`] can be written and read by the names that
//! it has in files, and none can be forgotten.

mod read;
mod words;
mod write;

pub use words::{last_word, quote, split};
pub use write::spell;

use serde::{
    Deserialize,
    de::{self, IntoDeserializer},
};

use super::{action::Action, variants::variants};

/// Short names, as in vi.
const ALIASES: [(&str, &str); 6] = [
    ("q", "quit"),
    ("q!", "leave"),
    ("w", "save"),
    ("h", "help"),
    ("undo!", "reset-all"),
    ("epoch", "rewind"),
];

/// Why a text is no action; says what would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CommandError(pub(super) String);

impl de::Error for CommandError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let hint = crate::data::nearest::hint(variant, expected.iter().copied());
        match expected.len() {
            0..=12 => Self(format!(
                "there is no `{variant}`{hint}; there are {}",
                expected.join(", ")
            )),
            _ => Self(format!("there is no `{variant}`{hint}")),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self(format!("its {field} is missing"))
    }
}

/// The action that a line spells, with or without the colon that opens the command line.
///
/// # Errors
/// [`CommandError`] names the nearest command or value, or what is missing.
pub fn parse(line: &str) -> Result<Action, CommandError> {
    let line = line.trim_start();
    let mut words = split(line.strip_prefix(':').unwrap_or(line))?;
    if let [data, save, _] = words.as_slice()
        && (data.as_str(), save.as_str()) == ("data", "save")
    {
        words.splice(..2, ["save-data".to_owned()]);
    }
    let Some((name, arguments)) = words.split_first() else {
        return Err(CommandError(
            "type a command, such as `set lambda_div 0.8`".into(),
        ));
    };
    let name = full_name(name);
    match names().contains(&name) {
        true => read_as(name, arguments),
        false => Action::deserialize(read::Line { name, arguments })
            .map_err(|error| CommandError(format!("no command: {error}"))),
    }
}

/// A variant of any enum, by its name and the words after it.
///
/// # Errors
/// [`CommandError`] names the variant and what is wrong with its values.
pub(super) fn read_as<'de, T: Deserialize<'de>>(
    name: &'de str,
    arguments: &'de [String],
) -> Result<T, CommandError> {
    T::deserialize(read::Line { name, arguments })
        .map_err(|error| CommandError(format!("{name}: {error}")))
}

/// The name behind a short one.
pub(super) fn full_name(name: &str) -> &str {
    let known = |full: &str| names().contains(&full);
    ALIASES
        .iter()
        .find(|(short, full)| *short == name && known(full))
        .map_or(name, |(_, full)| full)
}

/// The names of all actions, in the order of their declaration.
pub fn names() -> &'static [&'static str] {
    variants::<Action>()
}

/// A word as the name of a variant.
fn variant(word: &str) -> de::value::StrDeserializer<'_, CommandError> {
    word.into_deserializer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::action::Panel;

    #[test]
    fn commands_become_actions() {
        let cases = [
            ("toggle-run", Action::ToggleRun),
            ("q", Action::Quit),
            (" :q", Action::Quit),
            ("adjust -3", Action::Adjust(-3)),
            ("toggle-panel losses", Action::TogglePanel(Panel::Losses)),
            (
                "resize 80 24",
                Action::Resize {
                    columns: 80,
                    rows: 24,
                },
            ),
            (
                "  resize rows=24 columns=80",
                Action::Resize {
                    columns: 80,
                    rows: 24,
                },
            ),
            (
                "set lambda_div 0.8",
                Action::Set("lambda_div".into(), "0.8".into()),
            ),
            ("lock 'credit score'", Action::Lock("credit score".into())),
            ("save my\\ run", Action::Save("my run".into())),
            ("type x", Action::Type('x')),
        ];
        for (line, action) in cases {
            assert_eq!(parse(line), Ok(action), "{line}");
        }
    }

    #[test]
    fn refusals_say_what_to_do() {
        let message = |line| parse(line).unwrap_err().to_string();
        assert!(
            message("quitt").contains("did you mean `quit`"),
            "{}",
            message("quitt")
        );
        assert_eq!(message("quit now"), "quit: takes no value, not `now`");
        assert_eq!(message("adjust"), "adjust: a value is missing");
        assert_eq!(message("adjust far"), "adjust: `far` is no whole number");
        assert_eq!(message("adjust 1 2"), "adjust: takes one value, not 2");
        assert_eq!(message("set lambda_div"), "set: takes 2 values, not 1");
        assert_eq!(message("resize columns=80"), "resize: its rows is missing");
        assert_eq!(
            message("resize colums=80"),
            "resize: there is no `colums` (did you mean `columns`?); there are columns, rows"
        );
        assert_eq!(
            message("data circ circ=1 2"),
            "data: there is no `circ`; there are name, noise, samples, classes, label"
        );
        assert!(message("toggle-panel losse").contains("did you mean `losses`"));
        assert!(message("lock 'x").contains("quotation mark"));
        assert!(message("").contains("set lambda_div 0.8"));
    }

    #[test]
    fn all_names_are_known() {
        assert!(names().contains(&"toggle-run") && names().contains(&"save"));
    }
}
