//! A line of text that is edited at a cursor.

use serde::{Deserialize, Serialize};
use tui_input::{Input, InputRequest as Request};

use super::width;
use crate::text::printable;

/// A way of editing other than typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextEdit {
    /// Move by a character to the left.
    Left,
    /// Move by a character to the right.
    Right,
    /// Move by a word to the left.
    WordLeft,
    /// Move by a word to the right.
    WordRight,
    /// Move to the beginning.
    Start,
    /// Move to the end.
    End,
    /// Delete the character before the cursor.
    Erase,
    /// Delete the character after the cursor.
    EraseNext,
    /// Delete the word before the cursor.
    EraseWord,
    /// Delete all before the cursor.
    EraseBefore,
    /// Delete all after the cursor.
    EraseAfter,
}

impl TextEdit {
    fn request(self) -> Request {
        match self {
            Self::Left => Request::GoToPrevChar,
            Self::Right => Request::GoToNextChar,
            Self::WordLeft => Request::GoToPrevWord,
            Self::WordRight => Request::GoToNextWord,
            Self::Start => Request::GoToStart,
            Self::End => Request::GoToEnd,
            Self::Erase => Request::DeletePrevChar,
            Self::EraseNext => Request::DeleteNextChar,
            Self::EraseWord => Request::DeletePrevWord,
            Self::EraseBefore => Request::DeleteFromStart,
            Self::EraseAfter => Request::DeleteTillEnd,
        }
    }
}

/// A text and the place in it where typing goes on.
#[derive(Clone, Debug, Default)]
pub struct TextField(Input);

impl PartialEq for TextField {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value() && self.0.cursor() == other.0.cursor()
    }
}

impl Eq for TextField {}

impl From<&str> for TextField {
    /// The text with the cursor at its end.
    fn from(text: &str) -> Self {
        Self(Input::from(text))
    }
}

impl TextField {
    /// Longest text that is taken, in characters.
    pub const LONGEST: usize = 512;

    /// The text.
    pub fn value(&self) -> &str {
        self.0.value()
    }

    /// The text before and after the cursor.
    pub fn halves(&self) -> (&str, &str) {
        let mut starts = self.value().char_indices().map(|(start, _)| start);
        let middle = starts.nth(self.0.cursor());
        self.value().split_at(middle.unwrap_or(self.value().len()))
    }

    /// Replaces the text by two halves with the cursor between them.
    pub fn set(&mut self, before: &str, after: &str) {
        let input = Input::from(format!("{before}{after}"));
        self.0 = input.with_cursor(before.chars().count());
    }

    /// Types a character, unless the text is too long or it is none.
    pub fn insert(&mut self, character: char) {
        if self.value().chars().count() < Self::LONGEST && !character.is_control() {
            self.0.handle(Request::InsertChar(character));
        }
    }

    /// Moves or deletes.
    pub fn edit(&mut self, edit: TextEdit) {
        self.0.handle(edit.request());
    }

    /// The text with `caret` at the cursor, cut to `columns` around it.
    pub fn with_caret(&self, caret: char, columns: u16) -> String {
        let (before, after) = self.halves();
        let (before, after) = (printable(before), printable(after));
        let room = columns.saturating_sub(1);
        let before = tail(&before, room.saturating_sub(width(&after).min(room / 3)));
        let after = head(&after, room - width(before));
        format!("{before}{caret}{after}")
    }
}

/// The end of `text` that fits.
fn tail(text: &str, columns: u16) -> &str {
    let mut ends = text.char_indices().map(|(start, _)| &text[start..]);
    ends.find(|end| width(end) <= columns).unwrap_or("")
}

/// The beginning of `text` that fits.
fn head(text: &str, columns: u16) -> &str {
    let starts = text.char_indices().map(|(start, _)| start);
    let mut beginnings = starts.chain([text.len()]).map(|end| &text[..end]).rev();
    beginnings
        .find(|beginning| width(beginning) <= columns)
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edits: &[TextEdit]) -> String {
        let mut field = TextField::from(text);
        for &edit in edits {
            field.edit(edit);
        }
        field.with_caret('|', 80)
    }

    #[test]
    fn text_is_edited_at_any_place() {
        use TextEdit::*;
        assert_eq!(edited("set λ 1", &[Left, Left]), "set λ| 1");
        assert_eq!(edited("set λ 1", &[Left, Left, Erase]), "set | 1");
        assert_eq!(edited("set λ 1", &[Start, EraseNext, Right]), "e|t λ 1");
        assert_eq!(edited("set λ 1", &[WordLeft, EraseWord]), "set |1");
        assert_eq!(edited("set λ 1", &[WordLeft, EraseBefore]), "|1");
        assert_eq!(edited("set λ 1", &[Start, WordRight, EraseAfter]), "set |");
        assert_eq!(edited("", &[Erase, EraseNext, EraseWord, Left]), "|");
    }

    #[test]
    fn typing_goes_on_at_the_cursor() {
        let mut field = TextField::from("ac");
        field.edit(TextEdit::Left);
        for character in ['b', '\u{7}'] {
            field.insert(character);
        }
        assert_eq!(field.halves(), ("ab", "c"));
        (0..2 * TextField::LONGEST).for_each(|_| field.insert('x'));
        assert_eq!(field.value().len(), TextField::LONGEST);
    }

    #[test]
    fn the_cursor_is_always_in_view() {
        let mut field = TextField::from("abcdefghij");
        assert_eq!(field.with_caret('|', 4), "hij|");
        field.edit(TextEdit::Start);
        assert_eq!(field.with_caret('|', 4), "|abc");
        (0..5).for_each(|_| field.edit(TextEdit::Right));
        assert_eq!(field.with_caret('|', 7), "bcde|fg");
        for columns in 0..12 {
            let columns = usize::from(width(&field.with_caret('|', columns)));
            assert!(columns <= 12);
        }
    }
}
