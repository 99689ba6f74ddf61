//! The place in the list of messages.

/// What the list remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Messages that the selected one is back from the newest.
    pub back: usize,
}
