//! Keys of the brush.

use super::{Entry, key, shown};
use crate::dashboard::{
    action::{Action as A, Brush},
    keymap::Context::Draw,
};

/// The action that moves the brush.
const fn to(right: i32, up: i32) -> A {
    A::MoveBrush { right, up }
}

/// While the brush is up.
pub(super) static DRAWING: &[Entry] = &[
    shown(
        Draw,
        "enter space",
        A::Brush(Brush::Place),
        "draw",
        "draw where the brush is",
    ),
    key(Draw, "left h", to(-1, 0), "the brush to the left"),
    key(Draw, "right l", to(1, 0), "the brush to the right"),
    key(Draw, "up k", to(0, 1), "the brush up"),
    key(Draw, "down j", to(0, -1), "the brush down"),
    key(Draw, "shift-left H", to(-8, 0), "eight columns to the left"),
    key(
        Draw,
        "shift-right L",
        to(8, 0),
        "eight columns to the right",
    ),
    key(Draw, "shift-up K", to(0, 4), "four lines up"),
    key(Draw, "shift-down J", to(0, -4), "four lines down"),
    shown(Draw, "1", A::BrushClass(1), "class", "draw class 1"),
    key(Draw, "0", A::BrushClass(0), "draw class 0"),
    key(Draw, "2", A::BrushClass(2), "draw class 2, or the second"),
    key(Draw, "3", A::BrushClass(3), "draw class 3, or the third"),
    key(Draw, "4", A::BrushClass(4), "draw class 4, or the fourth"),
    key(Draw, "5", A::BrushClass(5), "draw class 5, or the fifth"),
    key(Draw, "6", A::BrushClass(6), "draw class 6, or the sixth"),
    key(Draw, "7", A::BrushClass(7), "draw class 7, or the seventh"),
    key(Draw, "8", A::BrushClass(8), "draw class 8, or the eighth"),
    key(Draw, "9", A::BrushClass(9), "draw class 9, or the ninth"),
    shown(
        Draw,
        "]",
        A::Brush(Brush::Larger),
        "larger",
        "a larger brush: 1, 5 or 20 points at once",
    ),
    shown(
        Draw,
        "[",
        A::Brush(Brush::Smaller),
        "smaller",
        "a smaller brush",
    ),
    shown(
        Draw,
        "backspace x",
        A::Brush(Brush::Erase),
        "remove",
        "remove the nearest of the points that were drawn",
    ),
    shown(
        Draw,
        "u",
        A::Brush(Brush::TakeBack),
        "take back",
        "take the last stroke back",
    ),
    key(
        Draw,
        "U ctrl-r",
        A::Brush(Brush::Again),
        "make the stroke again",
    ),
    key(
        Draw,
        "E",
        A::EmptyPlane,
        "start again with nothing but points of your own",
    ),
    shown(Draw, "p", A::ToggleRun, "run/pause", "run or pause"),
    shown(Draw, "esc D", A::Back, "end", "put the brush down"),
];
