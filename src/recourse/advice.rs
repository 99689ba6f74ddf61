//! What advice begins with, and what it is.

use super::{Recourse, column::Column};
use crate::{
    data::{Feature, Kind, Rows},
    evaluation::change::{UNMOVED, cost},
};
use ndarray::ArrayView1;

/// A factual, and where it is to go.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The factual in model units, `(d,)`.
    pub factual: Vec<f32>,
    /// Its numbers in units of the file with all their digits, `(d,)`; what the scale gives where there
    /// are none.
    pub numbers: Vec<f64>,
    /// The class to go to.
    pub target: usize,
}

/// A point that a person is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// In model units, `(d,)`.
    pub point: Vec<f32>,
    /// In units of the file, `(d,)`; what did not change is as in the file.
    pub values: Vec<f64>,
    /// Probability of the target class.
    pub probability: f32,
    /// Whether that reaches the decision threshold.
    pub mature: bool,
    /// L1 distance to the factual in model units.
    pub cost: f64,
    /// Number of columns that change.
    pub changes: usize,
    /// Relations between columns that it breaks although the factual keeps them.
    pub broken: Vec<String>,
}

impl Start {
    /// The `factual`, `(d,)`, of `features` on its way to the class `target`, its numbers as its scales
    /// tell them.
    pub fn told(features: &[Feature], factual: Vec<f32>, target: usize) -> Self {
        let number = |(feature, &value): (&Feature, &f32)| match feature.is_category() {
            true => f64::from(value),
            false => feature.told(value),
        };
        Self {
            numbers: features.iter().zip(&factual).map(number).collect(),
            factual,
            target,
        }
    }

    /// The row at a position among `rows` on its way to the class `target`, its numbers as the file has
    /// them.
    pub fn read(rows: &Rows, row: usize, target: usize) -> Self {
        let mut start = Self::told(&rows.features, rows.x.row(row).to_vec(), target);
        for (position, number) in start.numbers.iter_mut().enumerate() {
            *number = rows.number(row, position).unwrap_or(*number);
        }
        start
    }

    /// Whether `point` has another value than the factual of the feature at `position`.
    pub(super) fn moves(&self, point: &[f32], position: usize) -> bool {
        (point[position] - self.factual[position]).abs() >= UNMOVED
    }
}

impl Recourse<'_> {
    /// What a person is told of `point`, which has allowed values already.
    pub(super) fn tell(&self, start: &Start, point: Vec<f32>) -> Advice {
        let probability = self.probability(&point, start.target);
        Advice {
            values: self.values(start, &point),
            probability,
            mature: self.reaches(probability),
            cost: cost(ArrayView1::from(&start.factual), ArrayView1::from(&point)),
            changes: self.changed(start, &point).len(),
            broken: self.broken(start, &point),
            point,
        }
    }

    /// The values, `(d,)`, of a point in units of the file.
    pub fn values(&self, start: &Start, point: &[f32]) -> Vec<f64> {
        let positions = 0..point.len();
        positions.map(|i| self.value(start, point, i)).collect()
    }

    /// A value in units of the file.
    pub(super) fn value(&self, start: &Start, point: &[f32], position: usize) -> f64 {
        if !start.moves(point, position) {
            return start.numbers[position];
        }
        match (&self.features[position].kind, &self.limits[position]) {
            (Kind::Category { .. }, _) | (_, None) => f64::from(point[position]),
            (_, Some(limit)) => limit.nearest(self.features[position].scale, point[position]),
        }
    }

    /// Positions of the columns that `point` changes.
    pub(super) fn changed(&self, start: &Start, point: &[f32]) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| column.positions().any(|i| start.moves(point, i)))
            .map(|(place, _)| place)
            .collect()
    }

    /// Names of the columns at `places`.
    pub fn names(&self, places: &[usize]) -> Vec<&str> {
        let name = |&place: &usize| match &self.columns[place] {
            Column::Number(position) => self.features[*position].name.as_str(),
            Column::Group(range) => match &self.features[range.start].kind {
                Kind::Category { group, .. } => group,
                _ => self.features[range.start].name.as_str(),
            },
        };
        places.iter().map(name).collect()
    }
}
