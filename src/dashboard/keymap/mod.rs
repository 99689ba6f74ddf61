//! Keys: one table of bindings from which help, footer, README and lookup are made.

mod chord;
mod table;

use std::borrow::Cow;

use crossterm::event::KeyEvent;

pub use chord::Chord;

use super::{
    action::{Action, Panel},
    command::spell,
};

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Always, even while typing.
    Always,
    /// Wherever no text is typed.
    Everywhere,
    /// While a panel has the focus.
    Panel(Panel),
    /// While a lesson is played: comes before the panels' keys.
    Lesson,
    /// While a recipe is played: comes before the panels' keys.
    Replay,
    /// While the brush is up: comes before what holds everywhere.
    Draw,
    /// While a value is typed.
    Entry,
    /// While a command is typed.
    Command,
    /// While any text is typed.
    Text,
    /// While the list of messages is open.
    Messages,
    /// While the session's code is shown as a picture.
    Code,
    /// While data are chosen.
    Picker,
    /// While a sweep is looked at.
    Sweep,
    /// While a filter is typed.
    Filter,
    /// While the list of keys is open.
    Help,
}

impl Context {
    /// All contexts, in the order in which files list them.
    pub fn all() -> impl Iterator<Item = Self> {
        let panels = Panel::ALL.into_iter().map(Self::Panel);
        let typing = [
            Self::Lesson,
            Self::Replay,
            Self::Draw,
            Self::Entry,
            Self::Command,
            Self::Filter,
            Self::Text,
            Self::Picker,
            Self::Sweep,
            Self::Messages,
            Self::Code,
            Self::Help,
        ];
        [Self::Always, Self::Everywhere]
            .into_iter()
            .chain(panels)
            .chain(typing)
    }

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Everywhere => "everywhere",
            Self::Panel(panel) => panel.name(),
            Self::Lesson => "lesson",
            Self::Replay => "replay",
            Self::Draw => "draw",
            Self::Entry => "entry",
            Self::Command => "command",
            Self::Text => "text",
            Self::Messages => "messages",
            Self::Code => "code",
            Self::Picker => "picker",
            Self::Sweep => "sweep",
            Self::Filter => "filter",
            Self::Help => "help",
        }
    }

    /// Heading shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::Everywhere => "Everywhere",
            Self::Panel(panel) => panel.title(),
            Self::Lesson => "A lesson",
            Self::Replay => "A replay",
            Self::Draw => "Drawing",
            Self::Entry => "Typing a value",
            Self::Command => "Typing a command",
            Self::Text => "Typing anything",
            Self::Messages => "Messages",
            Self::Code => "The code as a picture",
            Self::Picker => "Choosing data",
            Self::Sweep => "A sweep",
            Self::Filter => "Typing a filter",
            Self::Help => "This list",
        }
    }

    /// Whether keys without a binding are typed as text.
    fn types(self) -> bool {
        matches!(
            self,
            Self::Entry | Self::Command | Self::Filter | Self::Help
        )
    }

    /// Whether both can hold at the same time, so that no key may mean two things in them.
    fn overlaps(self, other: Self) -> bool {
        let meets = |one: Self, other: Self| match one {
            Self::Always => true,
            Self::Everywhere => matches!(other, Self::Panel(_)),
            Self::Text => other.types(),
            _ => false,
        };
        self == other || meets(self, other) || meets(other, self)
    }
}

/// One line of the table: what some keys do somewhere.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// Any of these.
    pub chords: Vec<Chord>,
    /// What is done.
    pub action: Action,
    /// One or two words for the footer; empty if it isn't shown there.
    pub hint: &'static str,
    /// One line for the list of keys.
    pub help: Cow<'static, str>,
}

impl Binding {
    /// The keys as people read them.
    pub fn keys(&self) -> String {
        let names: Vec<_> = self.chords.iter().map(Chord::to_string).collect();
        names.join(" ")
    }

    /// What it does, and where.
    fn place(&self) -> String {
        format!("{} (in {})", self.help, self.context.title())
    }
}

/// Something wrong with the bindings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No key goes by this name.
    #[error("`{0}` is no key; keys are written like q, ctrl-c, shift-right, space, f1")]
    Unknown(String),
    /// One key would do two things.
    #[error("key `{key}` is bound twice: {} and {}", places[0], places[1])]
    Duplicate {
        /// The key.
        key: Chord,
        /// What both bindings do, and where.
        places: [String; 2],
    },
}

/// All bindings.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// The bindings that ctui comes with.
    ///
    /// # Errors
    /// [`KeymapError`] if the table misspells a key or binds it twice.
    pub fn standard() -> Result<Self, KeymapError> {
        let bindings: Result<Vec<_>, _> = table::all().map(table::Entry::binding).collect();
        let keymap = Self {
            bindings: bindings?,
        };
        keymap.check()?;
        Ok(keymap)
    }

    /// Binds `action` to other keys, or to none; [`Keymap::check`] tells whether the keys are free.
    pub fn bind(&mut self, context: Context, action: Action, chords: Vec<Chord>) {
        let known = self
            .bindings
            .iter_mut()
            .find(|binding| binding.context == context && binding.action == action);
        match known {
            Some(binding) => binding.chords = chords,
            None => self.bindings.push(Binding {
                help: spell(&action).into(),
                hint: "",
                context,
                chords,
                action,
            }),
        }
    }

    /// All bindings in the order in which they are shown.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What `key` does; of several contexts the first that binds it decides.
    pub fn action(&self, contexts: &[Context], key: KeyEvent) -> Option<Action> {
        let chord = Chord::from(key);
        self.bound(contexts, chord)
            .or_else(|| typed(contexts, chord))
    }

    /// What a key is bound to; of several contexts the first that binds it decides.
    pub fn bound(&self, contexts: &[Context], chord: Chord) -> Option<Action> {
        let bound = contexts.iter().find_map(|&context| {
            let matches =
                |binding: &&Binding| binding.context == context && binding.chords.contains(&chord);
            self.bindings.iter().find(matches)
        });
        bound.map(|binding| binding.action.clone())
    }

    /// The first key of `action`.
    pub fn key(&self, action: &Action) -> Option<String> {
        let bound = self
            .bindings
            .iter()
            .find(|binding| binding.action == *action && !binding.chords.is_empty());
        bound?.chords.first().map(Chord::to_string)
    }

    /// Finds out whether some key would do two things.
    ///
    /// # Errors
    /// [`KeymapError::Duplicate`] names the key and both actions.
    pub fn check(&self) -> Result<(), KeymapError> {
        for (index, first) in self.bindings.iter().enumerate() {
            let rivals = self.bindings[index + 1..]
                .iter()
                .filter(|rival| rival.context.overlaps(first.context));
            for second in rivals {
                if let Some(chord) = first
                    .chords
                    .iter()
                    .find(|chord| second.chords.contains(chord))
                {
                    return Err(KeymapError::Duplicate {
                        key: *chord,
                        places: [first, second].map(Binding::place),
                    });
                }
            }
        }
        Ok(())
    }
}

fn typed(contexts: &[Context], chord: Chord) -> Option<Action> {
    let character = chord.character()?;
    let types = contexts.iter().any(|context| context.types());
    types.then_some(Action::Type(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    fn press(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    #[test]
    fn the_standard_table_is_sound() {
        let keymap = Keymap::standard().unwrap();
        assert!(
            keymap
                .bindings()
                .iter()
                .all(|binding| !binding.chords.is_empty() && !binding.help.is_empty())
        );
    }

    #[test]
    fn duplicates_are_found() {
        let mut keymap = Keymap::standard().unwrap();
        let mut copy = keymap.bindings[0].clone();
        copy.help = "something else".into();
        keymap.bindings.push(copy);
        let refused = keymap.check().unwrap_err();
        assert!(
            refused.to_string().contains("and something else"),
            "{refused}"
        );
    }

    #[test]
    fn a_key_never_means_two_things_at_once() {
        let bound = |context, key: &str| {
            let mut keymap = Keymap::standard().unwrap();
            keymap.bind(context, Action::NewSeed, vec![key.parse().unwrap()]);
            keymap.check().is_ok()
        };
        let boundary = Context::Panel(Panel::Boundary);
        assert!(!bound(boundary, "space") && !bound(Context::Everywhere, "p"));
        assert!(!bound(Context::Command, "ctrl-w") && !bound(Context::Text, "tab"));
        assert!(bound(Context::Panel(Panel::Losses), "p"));
        assert!(bound(Context::Messages, "p") && bound(Context::Picker, "tab"));
    }

    #[test]
    fn panels_have_keys_of_their_own() {
        let keymap = Keymap::standard().unwrap();
        let parameters = [
            Context::Always,
            Context::Panel(Panel::Parameters),
            Context::Everywhere,
        ];
        let everywhere = [Context::Always, Context::Everywhere];
        assert_eq!(
            keymap.action(&parameters, press(KeyCode::Right)),
            Some(Action::Adjust(1))
        );
        assert_eq!(keymap.action(&everywhere, press(KeyCode::Right)), None);
        assert_eq!(
            keymap.action(&everywhere, press(KeyCode::Char('q'))),
            Some(Action::Quit)
        );
    }

    #[test]
    fn text_contexts_take_letters_as_text() {
        let keymap = Keymap::standard().unwrap();
        let entry = [Context::Always, Context::Entry];
        assert_eq!(
            keymap.action(&entry, press(KeyCode::Char('q'))),
            Some(Action::Type('q'))
        );
        assert_eq!(
            keymap.action(&entry, press(KeyCode::Enter)),
            Some(Action::Submit)
        );
        let control_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(keymap.action(&entry, control_c), Some(Action::Leave));
        let alt_x = KeyEvent::new(KeyCode::Char('x'), KeyModifiers::ALT);
        assert_eq!(keymap.action(&entry, alt_x), None);
    }
}
