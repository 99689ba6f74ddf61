//! By what people are grouped, and what is shown of them.

use crate::session::{BurdenView, Burdens};

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// By what people are grouped, and what they wish for.
    pub view: BurdenView,
    /// The first line that is visible.
    pub scroll: usize,
}

impl State {
    /// The place of the column among those by which one can group.
    pub fn place(&self, burdens: &Burdens) -> usize {
        let columns = burdens.columns.iter();
        let place = columns
            .enumerate()
            .find(|(_, column)| Some(*column) == self.view.column.as_ref());
        place.map_or(0, |(place, _)| place)
    }
}
