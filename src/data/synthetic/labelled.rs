//! Putting drawn columns together to a table.

use crate::data::Table;
use crate::data::table::{Column, Labels};

/// A table under construction: labels first, then one column after the other.
pub(super) struct Labelled {
    columns: Vec<Column>,
    labels: Labels,
}

impl Labelled {
    /// A table with labels `y`, each a position in `classes`, and no columns yet.
    pub(super) fn new(column: &str, classes: &[&str], y: Vec<usize>) -> Self {
        Self {
            columns: Vec::new(),
            labels: Labels {
                column: column.into(),
                classes: classes.iter().map(ToString::to_string).collect(),
                y,
            },
        }
    }

    /// Adds a column of numbers; NaN is a missing value.
    pub(super) fn numbers(mut self, name: &str, values: Vec<f64>) -> Self {
        let values = values.into_iter().map(|value| value as f32).collect();
        self.columns.push(Column::numbers(name, values));
        self
    }

    /// Adds a column of text; the empty text is a missing value.
    pub(super) fn text(mut self, name: &str, values: &[&str]) -> Self {
        let values = values.iter().map(|&v| Some(v).filter(|v| !v.is_empty()));
        self.columns.push(Column::text(name, values));
        self
    }

    /// The finished table.
    pub(super) fn into_table(self) -> Table {
        Table {
            rows: (0..self.labels.y.len()).collect(),
            columns: self.columns,
            labels: Some(self.labels),
        }
    }
}
