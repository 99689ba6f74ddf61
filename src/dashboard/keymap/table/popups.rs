//! Keys of what opens over the screen.

use super::{Entry, key, shown};
use crate::dashboard::{
    action::{Action as A, SweepLook},
    keymap::Context::{Code, Help, Lesson, Messages, Picker, Replay, Sweep},
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

/// The results of a sweep.
pub(super) static SWEEP: &[Entry] = &[
    key(Sweep, "down j", A::Move(1), "the combination below"),
    key(Sweep, "up k", A::Move(-1), "the combination above"),
    key(Sweep, "pagedown", A::Move(10), "ten lines down"),
    key(Sweep, "pageup", A::Move(-10), "ten lines up"),
    key(Sweep, "home", A::First, "first line"),
    key(Sweep, "end G", A::Last, "last line"),
    shown(
        Sweep,
        "tab",
        A::SweepLook(SweepLook::View),
        "view",
        "the table, the main effects, or a heat map",
    ),
    shown(
        Sweep,
        "right l",
        A::Adjust(1),
        "sort",
        "sort by the next column, or show the next score",
    ),
    key(
        Sweep,
        "left h",
        A::Adjust(-1),
        "sort by the column before, or show the score before",
    ),
    shown(
        Sweep,
        "r",
        A::SweepLook(SweepLook::Reverse),
        "reverse",
        "the largest first, or the least",
    ),
    shown(
        Sweep,
        "x",
        A::SweepLook(SweepLook::Columns),
        "across",
        "another parameter for the columns of the heat map",
    ),
    shown(
        Sweep,
        "y",
        A::SweepLook(SweepLook::Rows),
        "down",
        "another parameter for the rows of the heat map",
    ),
    shown(
        Sweep,
        "enter",
        A::Submit,
        "open",
        "train the selected combination beside a baseline",
    ),
    shown(Sweep, "esc q", A::Back, "close", "close the sweep"),
];

/// A recipe that is played.
pub(super) static REPLAY: &[Entry] = &[
    shown(Replay, "<", A::Slower, "slower", "play half as fast"),
    shown(Replay, ">", A::Faster, "faster", "play twice as fast"),
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
    shown(
        Code,
        "esc q Q enter",
        A::Back,
        "close",
        "take the picture away",
    ),
    shown(Help, "esc enter f1", A::Back, "close", "close the list"),
    shown(Help, "down", A::Move(1), "down", "scroll down"),
    shown(Help, "up", A::Move(-1), "up", "scroll up"),
    key(Help, "pagedown", A::Move(10), "ten lines down"),
    key(Help, "pageup", A::Move(-10), "ten lines up"),
    key(Help, "home", A::First, "first line"),
    key(Help, "end", A::Last, "last line"),
];
