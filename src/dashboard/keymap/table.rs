//! The table of all keys.

use super::{Binding, Context, KeymapError};
use crate::dashboard::action::{Action, Panel};

use Action as A;
use Context::{Always, Command, Entry as Typing, Everywhere, Help, Messages, Picker};

const BOUNDARY: Context = Context::Panel(Panel::Boundary);
const PARAMETERS: Context = Context::Panel(Panel::Parameters);
const FEATURES: Context = Context::Panel(Panel::Features);

/// One line of the table.
#[derive(Debug)]
pub(super) struct Entry {
    context: Context,
    keys: &'static str,
    action: Action,
    hint: &'static str,
    help: &'static str,
}

impl Entry {
    pub(super) fn binding(&self) -> Result<Binding, KeymapError> {
        let chords: Result<Vec<_>, _> = self.keys.split(' ').map(str::parse).collect();
        Ok(Binding {
            context: self.context,
            chords: chords?,
            action: self.action.clone(),
            hint: self.hint,
            help: self.help.into(),
        })
    }
}

/// A line that the footer doesn't show.
const fn key(context: Context, keys: &'static str, action: Action, help: &'static str) -> Entry {
    Entry {
        context,
        keys,
        action,
        hint: "",
        help,
    }
}

/// A line that the footer shows as `hint`.
const fn shown(
    context: Context,
    keys: &'static str,
    action: Action,
    hint: &'static str,
    help: &'static str,
) -> Entry {
    Entry {
        context,
        keys,
        action,
        hint,
        help,
    }
}

/// Keys are separated by blanks.
pub(super) static TABLE: &[Entry] = &[
    shown(PARAMETERS, "right l", A::Adjust(1), "more", "one step more"),
    shown(PARAMETERS, "left h", A::Adjust(-1), "less", "one step less"),
    key(PARAMETERS, "shift-right L", A::Adjust(10), "ten steps more"),
    key(PARAMETERS, "shift-left H", A::Adjust(-10), "ten steps less"),
    shown(PARAMETERS, "enter e", A::Edit, "type", "type a value"),
    shown(
        PARAMETERS,
        "backspace x",
        A::Reset,
        "reset",
        "back to the value at the start",
    ),
    key(PARAMETERS, "X", A::ResetAll, "all values back to the start"),
    shown(
        FEATURES,
        "right l enter m",
        A::Adjust(1),
        "next lock",
        "both ways → only up → only down → locked",
    ),
    key(FEATURES, "left h", A::Adjust(-1), "the same, backwards"),
    key(FEATURES, "backspace x", A::Reset, "as it was at the start"),
    key(
        FEATURES,
        "X",
        A::ResetAll,
        "all features and parameters back to the start",
    ),
    shown(
        BOUNDARY,
        "p",
        A::TogglePaths,
        "paths",
        "show or hide paths of counterfactuals",
    ),
    shown(
        BOUNDARY,
        "s",
        A::CycleSamples,
        "samples",
        "test samples, training samples, none",
    ),
    shown(
        BOUNDARY,
        "f",
        A::ToggleField,
        "field",
        "show or hide class probabilities",
    ),
    key(
        BOUNDARY,
        "g",
        A::ToggleGhost,
        "show or hide the boundary of some epochs ago",
    ),
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
    key(Everywhere, "down j", A::Move(1), "down"),
    key(Everywhere, "up k", A::Move(-1), "up"),
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
    key(
        Everywhere,
        "1",
        A::TogglePanel(Panel::Boundary),
        "focus or hide Boundary",
    ),
    key(
        Everywhere,
        "2",
        A::TogglePanel(Panel::Losses),
        "focus or hide Losses",
    ),
    key(
        Everywhere,
        "3",
        A::TogglePanel(Panel::Counterfactuals),
        "focus or hide Counterfactuals",
    ),
    key(
        Everywhere,
        "4",
        A::TogglePanel(Panel::Robustness),
        "focus or hide Robustness",
    ),
    key(
        Everywhere,
        "5",
        A::TogglePanel(Panel::Parameters),
        "focus or hide Parameters",
    ),
    key(
        Everywhere,
        "6",
        A::TogglePanel(Panel::Features),
        "focus or hide Features",
    ),
    shown(
        Everywhere,
        "z",
        A::Zoom,
        "zoom",
        "give the focused panel the whole screen, or take it back",
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
        "y",
        A::CopyCommand,
        "copy the command line that gives this run",
    ),
    key(Everywhere, "Y", A::CopyRecipe, "copy the recipe as JSON"),
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
        "leave; tells you once if changes are not saved",
    ),
    key(Always, "ctrl-c", A::Leave, "leave at once"),
    key(
        Always,
        "ctrl-z",
        A::Suspend,
        "hand the terminal back to the shell; fg returns",
    ),
    key(Always, "ctrl-l", A::Redraw, "draw everything anew"),
    shown(Typing, "enter", A::Submit, "accept", "accept the value"),
    shown(Typing, "esc", A::Back, "cancel", "keep the old value"),
    key(Typing, "backspace", A::Erase, "delete the last character"),
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
    key(Command, "backspace", A::Erase, "delete the last character"),
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
    key(
        Help,
        "backspace",
        A::Erase,
        "delete the last character of the search",
    ),
];
