//! Keys that hold wherever no text is typed.

use super::{Entry, key, shown};
use crate::dashboard::{
    action::{Action as A, Panel},
    keymap::Context::{Always, Everywhere},
};

/// What training does.
pub(super) static RUN: &[Entry] = &[
    shown(
        Everywhere,
        "space",
        A::ToggleRun,
        "run/pause",
        "run or pause",
    ),
    shown(
        Everywhere,
        "n",
        A::StepEpoch,
        "step",
        "train one epoch, then pause",
    ),
    shown(
        Everywhere,
        "r",
        A::Restart,
        "restart",
        "start again with the same seed and the present values",
    ),
    key(
        Everywhere,
        "R",
        A::NewSeed,
        "start again with the next seed",
    ),
    shown(
        Everywhere,
        ".",
        A::SlowMotion(1),
        "slow motion",
        "one step of an epoch in slow motion",
    ),
    key(
        Everywhere,
        ",",
        A::SlowMotion(-1),
        "one step of slow motion back",
    ),
    key(
        Everywhere,
        "S",
        A::PlaySlowMotion,
        "let slow motion play by itself (+ and - its speed), or stop",
    ),
    shown(
        Everywhere,
        "[",
        A::Scrub(-1),
        "back in time",
        "go back one epoch",
    ),
    key(Everywhere, "]", A::Scrub(1), "go forth one epoch"),
    key(Everywhere, "{", A::Scrub(-10), "go back ten epochs"),
    key(Everywhere, "}", A::Scrub(10), "go forth ten epochs"),
    key(
        Everywhere,
        "(",
        A::Scrub(i32::MIN),
        "go back to the beginning",
    ),
    key(
        Everywhere,
        ")",
        A::Scrub(i32::MAX),
        "go forth to the last epoch trained",
    ),
    shown(
        Everywhere,
        "+ =",
        A::Faster,
        "faster",
        "shorter pause between epochs",
    ),
    shown(
        Everywhere,
        "-",
        A::Slower,
        "slower",
        "longer pause between epochs",
    ),
    shown(
        Everywhere,
        "u",
        A::Undo,
        "undo",
        "take the last change back",
    ),
    key(Everywhere, "U ctrl-r", A::Redo, "make it again"),
    shown(
        Everywhere,
        "o",
        A::NextArm(1),
        "next arm",
        "focus the next arm: parameters and features are its",
    ),
    key(Everywhere, "O", A::NextArm(-1), "focus the arm before"),
    key(
        Everywhere,
        "A",
        A::ToggleAllArms,
        "changes hold for all arms, or for the focused one alone",
    ),
];

/// What is on the screen.
pub(super) static SCREEN: &[Entry] = &[
    key(
        Everywhere,
        "down j",
        A::Move(1),
        "the line below, or the nearest sample below",
    ),
    key(
        Everywhere,
        "up k",
        A::Move(-1),
        "the line above, or the nearest sample above",
    ),
    key(Everywhere, "pagedown", A::Move(10), "ten lines down"),
    key(Everywhere, "pageup", A::Move(-10), "ten lines up"),
    key(Everywhere, "home", A::First, "first line"),
    key(Everywhere, "end G", A::Last, "last line"),
    shown(
        Everywhere,
        "tab",
        A::NextPanel,
        "next panel",
        "focus the next panel",
    ),
    key(
        Everywhere,
        "backtab",
        A::PreviousPanel,
        "focus the previous panel",
    ),
    key(Everywhere, "1", A::Focus(Panel::Boundary), "focus Boundary"),
    key(Everywhere, "2", A::Focus(Panel::Losses), "focus Losses"),
    key(
        Everywhere,
        "3",
        A::Focus(Panel::Counterfactuals),
        "focus Counterfactuals",
    ),
    key(
        Everywhere,
        "4",
        A::Focus(Panel::Robustness),
        "focus Robustness",
    ),
    key(
        Everywhere,
        "5",
        A::Focus(Panel::Parameters),
        "focus Parameters",
    ),
    key(Everywhere, "6", A::Focus(Panel::Features), "focus Features"),
    key(
        Everywhere,
        "7",
        A::Focus(Panel::Scoreboard),
        "focus Scoreboard",
    ),
    key(
        Everywhere,
        "8",
        A::Focus(Panel::Inspector),
        "focus Inspector",
    ),
    key(Everywhere, "9", A::Focus(Panel::Burden), "focus Burden"),
    shown(
        Everywhere,
        "z",
        A::Zoom,
        "zoom",
        "give the focused panel the whole screen, or take it back",
    ),
    key(
        Everywhere,
        "Z",
        A::Hide,
        "hide the focused panel; its number shows it again",
    ),
    key(Everywhere, "t", A::NextTheme, "the next theme of colours"),
    key(
        Everywhere,
        "T",
        A::NextMarker,
        "lines of braille, half blocks, dots or ASCII",
    ),
    shown(Everywhere, "d", A::PickData, "data", "choose other data"),
    key(Everywhere, "M", A::Messages, "the list of messages"),
    key(
        Everywhere,
        "C",
        A::Share,
        "copy a code that opens this session elsewhere",
    ),
    key(
        Everywhere,
        "Q",
        A::Qr,
        "show that code as a picture that cameras read",
    ),
    key(
        Everywhere,
        "K",
        A::CopyCommand,
        "copy the command line that gives this run",
    ),
    key(Everywhere, "J", A::CopyRecipe, "copy the recipe as JSON"),
    shown(
        Everywhere,
        ":",
        A::CommandLine,
        "command",
        "type a command; Tab completes it",
    ),
    key(Everywhere, "esc", A::Back, "leave what is open"),
    shown(Everywhere, "? f1", A::Help, "help", "this list"),
    shown(
        Everywhere,
        "q",
        A::Quit,
        "quit",
        "leave; asks once if something is not saved",
    ),
];

/// What holds even while typing.
pub(super) static ALWAYS: &[Entry] = &[
    key(Always, "ctrl-c", A::Leave, "leave at once"),
    key(
        Always,
        "ctrl-z",
        A::Suspend,
        "hand the terminal back to the shell; fg returns",
    ),
    key(Always, "ctrl-l", A::Redraw, "draw everything anew"),
];
