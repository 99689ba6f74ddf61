//! What is told about a row.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Asked;
use crate::{data::Kind, recourse::Advice};

/// Advice for a row.
pub(super) struct Answer {
    /// Position among the rows that were read.
    pub(super) row: usize,
    /// The class to go to.
    pub(super) target: usize,
    /// Steps of the search; 0 if the values themselves were searched.
    pub(super) steps: usize,
    /// The last point on the way that is close to the factual, in units of the file.
    pub(super) nascent: Vec<f64>,
    /// What to change.
    pub(super) advice: Advice,
}

/// One counterfactual in units of the file, as JSON.
#[derive(Serialize)]
pub(super) struct Explanation {
    row: usize,
    target: String,
    predicted: String,
    predicted_probability: f32,
    mature: bool,
    steps: usize,
    probability: f32,
    x: Vec<Value>,
    x_ae: Vec<Value>,
    cost: f64,
    changed: Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    broken_relations: Vec<String>,
}

/// A column that changes.
pub(super) struct Change<'a> {
    /// Its name.
    pub(super) column: &'a str,
    /// Its unit; empty if it has none.
    pub(super) unit: &'a str,
    /// What it is and what it becomes.
    pub(super) ends: [Value; 2],
}

impl Asked<'_> {
    /// An answer as JSON.
    pub(super) fn explanation(&self, answer: &Answer) -> Explanation {
        let (predicted, certainty) = self.predicted[answer.row];
        let changes = self.changes(answer).into_iter();
        Explanation {
            row: self.rows.numbers[answer.row],
            target: self.classes[answer.target].clone(),
            predicted: self.classes[predicted].clone(),
            predicted_probability: certainty,
            mature: answer.advice.mature,
            steps: answer.steps,
            probability: answer.advice.probability,
            x: answer.advice.values.iter().copied().map(number).collect(),
            x_ae: answer.nascent.iter().copied().map(number).collect(),
            cost: answer.advice.cost,
            changed: changes
                .map(|change| (change.column.to_owned(), json!(change.ends)))
                .collect(),
            broken_relations: answer.advice.broken.clone(),
        }
    }

    /// The columns that change, in the order of the features; categories by name.
    pub(super) fn changes(&self, answer: &Answer) -> Vec<Change<'_>> {
        let mut changes: Vec<Change<'_>> = Vec::new();
        let start = &self.starts[answer.row];
        for (position, feature) in self.rows.features.iter().enumerate() {
            let (from, to) = (start.numbers[position], answer.advice.values[position]);
            if from == to {
                continue;
            }
            let unit = feature.unit.as_str();
            match &feature.kind {
                Kind::Category { group, category } => {
                    let end = usize::from(to > from);
                    match changes.iter_mut().find(|change| change.column == group) {
                        Some(change) => change.ends[end] = json!(category),
                        None => {
                            let mut ends = [Value::Null, Value::Null];
                            ends[end] = json!(category);
                            let column = group.as_str();
                            changes.push(Change { column, unit, ends });
                        }
                    }
                }
                Kind::Numeric | Kind::Pixel => changes.push(Change {
                    column: &feature.name,
                    unit,
                    ends: [from, to].map(number),
                }),
            }
        }
        changes
    }
}

/// A number as JSON, a whole one without a point.
pub(super) fn number(value: f64) -> Value {
    match value.fract() == 0.0 && value.abs() < 1e15 {
        true => json!(value as i64),
        false => json!(value),
    }
}
