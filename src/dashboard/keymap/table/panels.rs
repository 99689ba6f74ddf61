//! Keys of the panels.

use super::{Entry, key, shown};
use crate::dashboard::{
    action::{Action as A, Direction, Panel},
    keymap::Context,
};

const PARAMETERS: Context = Context::Panel(Panel::Parameters);
const FEATURES: Context = Context::Panel(Panel::Features);
const LOSSES: Context = Context::Panel(Panel::Losses);
const COUNTERFACTUALS: Context = Context::Panel(Panel::Counterfactuals);
const BOUNDARY: Context = Context::Panel(Panel::Boundary);
const INSPECTOR: Context = Context::Panel(Panel::Inspector);
const BURDEN: Context = Context::Panel(Panel::Burden);

/// Parameters and features.
pub(super) static LISTS: &[Entry] = &[
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
        FEATURES,
        "s",
        A::ToggleSort,
        "sort",
        "most sensitive first, or in the order of the data",
    ),
    shown(
        FEATURES,
        "/",
        A::Filter,
        "filter",
        "show only features whose names contain what you type",
    ),
];

/// Losses and counterfactuals.
pub(super) static CHARTS: &[Entry] = &[
    shown(
        LOSSES,
        "enter x",
        A::ToggleTerm,
        "show/hide term",
        "draw or hide the selected term (up and down select)",
    ),
    shown(
        LOSSES,
        "g",
        A::ToggleLogarithmic,
        "log/linear",
        "logarithmic or linear axis; terms below 0 leave gaps",
    ),
    shown(
        LOSSES,
        "s",
        A::CycleSmoothing,
        "smooth",
        "mean of 1, 5 or 20 epochs; the raw lines stay faint behind",
    ),
    shown(
        COUNTERFACTUALS,
        "v",
        A::ToggleHistogram,
        "histogram",
        "shares over time, or steps to maturity in this epoch",
    ),
];

/// Boundaries and the inspected sample.
pub(super) static SAMPLES: &[Entry] = &[
    shown(
        BOUNDARY,
        "i w",
        A::NextSample(1),
        "inspect",
        "inspect a test sample, then the next",
    ),
    shown(
        BOUNDARY,
        "D",
        A::Draw,
        "draw",
        "draw points of your own, which are trained with at once",
    ),
    key(
        BOUNDARY,
        "b",
        A::NextSample(-1),
        "inspect the previous test sample",
    ),
    key(
        BOUNDARY,
        "left h",
        A::Pick(Direction::Left),
        "inspect the nearest sample to the left",
    ),
    key(
        BOUNDARY,
        "right l",
        A::Pick(Direction::Right),
        "inspect the nearest sample to the right",
    ),
    key(
        BOUNDARY,
        "v",
        A::NextTarget(1),
        "another target class for the inspected sample",
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
        "F",
        A::ToggleDiscrete,
        "one shade per class, or shades of probability",
    ),
    key(
        BOUNDARY,
        "c",
        A::CycleClass,
        "samples and paths of all classes, or of one class",
    ),
    key(
        BOUNDARY,
        "N",
        A::ToggleNeighbours,
        "show or hide what training contrasts counterfactuals with",
    ),
    key(
        BOUNDARY,
        "x",
        A::TurnAxis { axis: 0, by: 1 },
        "next feature on the horizontal axis",
    ),
    key(
        BOUNDARY,
        "X",
        A::TurnAxis { axis: 0, by: -1 },
        "previous feature on the horizontal axis",
    ),
    key(
        BOUNDARY,
        "y",
        A::TurnAxis { axis: 1, by: 1 },
        "next feature on the vertical axis",
    ),
    key(
        BOUNDARY,
        "Y",
        A::TurnAxis { axis: 1, by: -1 },
        "previous feature on the vertical axis",
    ),
    key(
        BOUNDARY,
        "a",
        A::TogglePrincipal,
        "principal components, or the first two features",
    ),
    key(
        BOUNDARY,
        "g",
        A::ToggleGhost,
        "show or hide the boundary of some epochs ago",
    ),
    shown(
        INSPECTOR,
        "right l i w",
        A::NextSample(1),
        "next sample",
        "inspect the next test sample",
    ),
    key(
        INSPECTOR,
        "left h b",
        A::NextSample(-1),
        "inspect the previous test sample",
    ),
    shown(
        INSPECTOR,
        "v",
        A::NextTarget(1),
        "target",
        "another target class",
    ),
    key(INSPECTOR, "V", A::NextTarget(-1), "the target class before"),
];

/// What recourse costs groups.
pub(super) static GROUPS: &[Entry] = &[
    shown(
        BURDEN,
        "right l",
        A::NextGrouping(1),
        "next column",
        "group people by the next column; up and down scroll",
    ),
    key(
        BURDEN,
        "left h",
        A::NextGrouping(-1),
        "group people by the column before",
    ),
    shown(
        BURDEN,
        "v",
        A::NextTarget(1),
        "class",
        "what another class costs those who are refused it",
    ),
    key(BURDEN, "V", A::NextTarget(-1), "the class before"),
];
