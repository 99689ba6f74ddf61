//! Keys of what opens over the screen.

use super::{Entry, key, shown};
use crate::dashboard::{
    action::Action as A,
    keymap::Context::{Help, Lesson, Messages, Picker},
};

/// The cards of a lesson.
pub(super) static LESSON: &[Entry] = &[
    shown(Lesson, "enter", A::NextCard, "on", "the next card"),
    shown(
        Lesson,
        "backspace",
        A::PreviousCard,
        "back",
        "the card before, with everything as it was when that came",
    ),
    shown(Lesson, "h", A::Hint, "hint", "show or hide the hint"),
];

/// Data, messages, and the list of keys.
pub(super) static POPUPS: &[Entry] = &[
    shown(Picker, "down j", A::Move(1), "down", "the data set below"),
    shown(Picker, "up k", A::Move(-1), "up", "the data set above"),
    key(Picker, "pagedown", A::Move(10), "ten data sets down"),
    key(Picker, "pageup", A::Move(-10), "ten data sets up"),
    key(Picker, "home", A::First, "the first data set"),
    key(Picker, "end G", A::Last, "the last data set"),
    shown(Picker, "right l", A::Adjust(1), "noisier", "more noise"),
    shown(Picker, "left h", A::Adjust(-1), "cleaner", "less noise"),
    shown(Picker, "+ =", A::Samples(1), "more", "more samples"),
    shown(Picker, "-", A::Samples(-1), "fewer", "fewer samples"),
    shown(
        Picker,
        "enter",
        A::Submit,
        "train on it",
        "start again with these data",
    ),
    shown(
        Picker,
        "esc q d",
        A::Back,
        "cancel",
        "stay with the present data",
    ),
    shown(
        Messages,
        "esc q M enter",
        A::Back,
        "close",
        "close the list",
    ),
    shown(Messages, "up k", A::Move(-1), "older", "older messages"),
    shown(Messages, "down j", A::Move(1), "newer", "newer messages"),
    key(Messages, "pageup", A::Move(-10), "ten lines older"),
    key(Messages, "pagedown", A::Move(10), "ten lines newer"),
    key(Messages, "home", A::First, "the oldest message"),
    key(Messages, "end G", A::Last, "the newest message"),
    shown(Help, "esc enter f1", A::Back, "close", "close the list"),
    shown(Help, "down", A::Move(1), "down", "scroll down"),
    shown(Help, "up", A::Move(-1), "up", "scroll up"),
    key(Help, "pagedown", A::Move(10), "ten lines down"),
    key(Help, "pageup", A::Move(-10), "ten lines up"),
    key(Help, "home", A::First, "first line"),
    key(Help, "end", A::Last, "last line"),
];
