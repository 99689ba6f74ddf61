//! What each table says of what was measured.

mod counterfactuals;
mod grid;
mod robustness;
mod sensitivity;

use serde_json::Value;

use super::{grid::Grid, measured::Results, plan::Plan, task::TableKind};

/// A finished table.
#[derive(Clone, Debug)]
pub struct Report {
    /// The rows as JSON.
    pub rows: Value,
    /// The rows as text.
    pub grid: Grid,
    /// A drawing of the table for terminals, if it has one.
    pub chart: Option<String>,
    /// A figure of the table as SVG, if it has one and there is something to draw.
    pub figure: Option<String>,
}

impl TableKind {
    /// The table of what was measured.
    pub fn report(self, plan: &Plan, results: &Results) -> Report {
        match self {
            Self::Main => counterfactuals::main(plan, results),
            Self::Validity => counterfactuals::validity(plan, results),
            Self::Ablation => counterfactuals::ablation(plan, results),
            Self::Sensitivity => sensitivity::report(plan, results),
            Self::Robustness => robustness::report(plan, results),
            Self::Grid => grid::report(plan, results),
        }
    }
}
