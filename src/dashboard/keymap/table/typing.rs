//! Keys while text is typed.

use super::{Entry as Line, key, shown};
use crate::dashboard::{
    action::{Action as A, TextEdit},
    keymap::Context::{Command, Entry, Filter, Text},
};

/// Values, commands and filters.
pub(super) static TYPING: &[Line] = &[
    shown(Entry, "enter", A::Submit, "accept", "accept the value"),
    shown(Entry, "esc", A::Back, "cancel", "keep the old value"),
    key(
        Entry,
        "home",
        A::EditText(TextEdit::Start),
        "to the beginning",
    ),
    key(Entry, "end", A::EditText(TextEdit::End), "to the end"),
    shown(
        Command,
        "enter",
        A::Submit,
        "do it",
        "carry the command out",
    ),
    shown(
        Command,
        "tab",
        A::Complete(1),
        "complete",
        "complete by the next candidate",
    ),
    key(
        Command,
        "backtab",
        A::Complete(-1),
        "complete by the previous candidate",
    ),
    key(Command, "up", A::Move(-1), "the command before"),
    key(Command, "down", A::Move(1), "the command after"),
    shown(Command, "esc", A::Back, "cancel", "leave the command line"),
    key(
        Command,
        "home",
        A::EditText(TextEdit::Start),
        "to the beginning",
    ),
    key(Command, "end", A::EditText(TextEdit::End), "to the end"),
    shown(Filter, "enter", A::Submit, "done", "keep the filter"),
    shown(Filter, "esc", A::Back, "all", "show all features again"),
    key(
        Filter,
        "home",
        A::EditText(TextEdit::Start),
        "to the beginning",
    ),
    key(Filter, "end", A::EditText(TextEdit::End), "to the end"),
];

/// Any text.
pub(super) static TEXT: &[Line] = &[
    key(
        Text,
        "left",
        A::EditText(TextEdit::Left),
        "one character to the left",
    ),
    key(
        Text,
        "right",
        A::EditText(TextEdit::Right),
        "one character to the right",
    ),
    key(
        Text,
        "ctrl-left alt-b",
        A::EditText(TextEdit::WordLeft),
        "one word to the left",
    ),
    key(
        Text,
        "ctrl-right alt-f",
        A::EditText(TextEdit::WordRight),
        "one word to the right",
    ),
    key(
        Text,
        "ctrl-a",
        A::EditText(TextEdit::Start),
        "to the beginning",
    ),
    key(Text, "ctrl-e", A::EditText(TextEdit::End), "to the end"),
    key(
        Text,
        "backspace ctrl-h",
        A::EditText(TextEdit::Erase),
        "delete the character before the cursor",
    ),
    key(
        Text,
        "delete ctrl-d",
        A::EditText(TextEdit::EraseNext),
        "delete the character after the cursor",
    ),
    key(
        Text,
        "ctrl-w",
        A::EditText(TextEdit::EraseWord),
        "delete the word before the cursor",
    ),
    key(
        Text,
        "ctrl-u",
        A::EditText(TextEdit::EraseBefore),
        "delete all before the cursor",
    ),
    key(
        Text,
        "ctrl-k",
        A::EditText(TextEdit::EraseAfter),
        "delete all after the cursor",
    ),
];
