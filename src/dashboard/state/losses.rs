//! Which loss terms are shown, and how.

use crate::training::LossTerms;

/// A loss term: its name, its short name, and where it is.
type Term = (&'static str, &'static str, fn(&LossTerms) -> f32);

/// The terms of Eq. 2; the first letter of the short name marks the line's end.
pub const TERMS: [Term; 5] = [
    ("total", "total", |loss| loss.total),
    ("classification", "class", |loss| loss.classification),
    ("divergence", "div", |loss| loss.divergence),
    ("adversarial", "adv", |loss| loss.adversarial),
    ("ridge", "reg", |loss| loss.ridge),
];

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Index of the selected term in [`TERMS`].
    pub selected: usize,
    /// Terms that are not drawn.
    pub hidden: [bool; 5],
    /// Whether the vertical axis is logarithmic.
    pub logarithmic: bool,
    /// Index into the smoothing widths.
    pub smoothing: usize,
}

/// Epochs that a smoothed line averages over.
const WINDOWS: [usize; 3] = [1, 5, 20];

impl State {
    /// Epochs that a line averages over; 1 without smoothing.
    pub fn window(&self) -> usize {
        WINDOWS[self.smoothing % WINDOWS.len()]
    }
}
