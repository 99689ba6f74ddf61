//! The selected hyper-parameter, and the value that is typed.

use crate::{dashboard::widgets::TextField, data::Source, training::TABLE};

/// What the panel remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Index of the selected parameter in the table.
    pub selected: usize,
}

impl Default for State {
    /// The parameter that shows the most: λ_div.
    fn default() -> Self {
        let selected = TABLE
            .iter()
            .position(|parameter| parameter.name == "lambda_div");
        Self {
            selected: selected.unwrap_or(0),
        }
    }
}

/// Indices of the parameters that matter for data from `source`, in the order of the table.
pub fn listed(source: &Source) -> Vec<usize> {
    let known = TABLE.iter().enumerate();
    known
        .filter(|(_, parameter)| parameter.is_of(source))
        .map(|(index, _)| index)
        .collect()
}

/// A value that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Index of the parameter in the table.
    pub parameter: usize,
    /// What was typed.
    pub text: TextField,
    /// Why it was refused.
    pub error: Option<String>,
}
