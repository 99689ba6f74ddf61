//! What the panel of counterfactuals shows where there is no room for everything.

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Whether the steps to maturity are shown instead of shares over time, where there is room for
    /// one of them only.
    pub histogram: bool,
}
