//! Averages per household, where a file of California housing has totals.

use crate::data::table::{Column, Table, Values};

/// The number of households of a block.
const HOUSEHOLDS: &str = "households";
/// Averages and the totals that they are made of.
const AVERAGES: [(&str, &str); 3] = [
    ("average_rooms", "total_rooms"),
    ("average_bedrooms", "total_bedrooms"),
    ("average_occupancy", "population"),
];
/// Totals that scikit-learn's table, and so the paper's, does not have.
const REPLACED: [&str; 3] = ["total_rooms", "total_bedrooms", HOUSEHOLDS];

/// The averages that a file does not have but can be computed from its totals.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Averages;

impl Averages {
    /// Averages for a file with the columns `header`; `None` if it has some already, or lacks a
    /// total.
    pub(super) fn missing_from(header: &[String]) -> Option<Self> {
        let has = |name: &str| header.iter().any(|column| column == name);
        let some = AVERAGES.iter().any(|(average, _)| has(average));
        let totals = AVERAGES.iter().all(|(_, total)| has(total)) && has(HOUSEHOLDS);
        (totals && !some).then_some(Self)
    }

    /// Whether the column is one of them.
    pub(in crate::data) fn make(self, column: &str) -> bool {
        AVERAGES.iter().any(|(average, _)| *average == column)
    }

    /// Adds the averages to the table; returns a remark. A block without households, or that lacks
    /// a total, misses them.
    pub(in crate::data) fn add_to(self, table: &mut Table) -> String {
        let households = numbers(table, HOUSEHOLDS).to_vec();
        for (average, total) in AVERAGES {
            let totals = numbers(table, total).iter().zip(&households);
            let values = totals.map(|(&total, &count)| ratio(total, count)).collect();
            table.columns.push(Column::numbers(average, values));
        }
        format!(
            "averages per household were made of {} and population, as in the paper's data",
            REPLACED.join(", ")
        )
    }

    /// Removes the totals that the averages stand for.
    pub(in crate::data) fn replace_totals(self, table: &mut Table) {
        table
            .columns
            .retain(|column| !REPLACED.contains(&column.name.as_str()));
    }
}

/// The numbers of a column; none if it holds text or is not there.
fn numbers<'a>(table: &'a Table, name: &str) -> &'a [f64] {
    match table.column(name).map(|column| &column.values) {
        Some(Values::Numbers(values)) => values,
        Some(Values::Categories { .. }) | None => &[],
    }
}

/// `total` per one of `count`, missing where that is no number.
fn ratio(total: f64, count: f64) -> f64 {
    let ratio = total / count;
    match ratio.is_finite() {
        true => ratio,
        false => f64::NAN,
    }
}
