//! The order of the features, and the selected one.

use crate::{dashboard::widgets::TextField, session::Snapshot};

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Index of the selected feature.
    pub selected: usize,
    /// Whether the features that matter most come first.
    pub by_sensitivity: bool,
    /// Only features whose names contain this are shown.
    pub filter: TextField,
}

impl State {
    /// Indices of the features that are shown, in their order.
    pub fn order(&self, snapshot: &Snapshot) -> Vec<usize> {
        let filter = self.filter.value().to_lowercase();
        let features = snapshot.dataset.features.iter().enumerate();
        let mut order: Vec<usize> = features
            .filter(|(_, feature)| feature.name.to_lowercase().contains(&filter))
            .map(|(index, _)| index)
            .collect();
        if self.by_sensitivity {
            let max = |index: usize| {
                let shares = &snapshot.scoreboard.shares;
                let shares = shares
                    .iter()
                    .filter_map(|shares| shares.get(index).copied());
                shares.fold(0.0, f32::max)
            };
            order.sort_by(|&a, &b| max(b).total_cmp(&max(a)));
        }
        order
    }
}
