//! Which loss terms are shown, and how.

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Index of the selected term in [`TERMS`](crate::training::TERMS).
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
