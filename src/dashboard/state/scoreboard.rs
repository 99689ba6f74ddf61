//! The place in the scoreboard.

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Line of the selected measure.
    pub selected: usize,
}
