//! Recourse that a person can act on.
//!
//! A search ends wherever the gradient leads: at 2.4 children, or at an age of 37.62. [`Recourse`] knows
//! what values features may have (steps, bounds, directions, relations between columns), and brings
//! points to such values without losing the target class:
//!
//! | what | how |
//! |---|---|
//! | [`Recourse::snap`] | the nearest such point that still reaches the target |
//! | [`Recourse::few`] | the cheapest points that change few columns, one per set of columns |
//! | [`pick`] | some of them that differ |
//! | [`Recourse::ways`] | as many as are wished for, or as there are |
//! | [`profile`] | how common such a profile is |
//! | [`letter`] | all of it, told to the person |

mod advice;
mod column;
mod few;
pub mod letter;
mod limits;
mod pick;
pub mod profile;
mod refine;
mod relations;
mod snap;
mod target;
mod ways;

pub use advice::{Advice, Start};
pub use few::Found;
pub use limits::never_unknown;
pub use pick::pick;
pub use target::{OPPOSITE, Target, class};
pub use ways::{FEW, Ways, Wish};

use ndarray::{Array2, ArrayView2};

use crate::{
    counterfactual::Constraints,
    data::{DataError, Feature},
    model::Mlp,
};
use column::Column;
use limits::Limit;
use relations::Related;

/// A classifier, and what advice has to respect.
#[derive(Clone)]
pub struct Recourse<'a> {
    model: &'a Mlp,
    features: &'a [Feature],
    constraints: &'a Constraints,
    threshold: f32,
    limits: Vec<Option<Limit>>,
    related: Vec<Related>,
    columns: Vec<Column>,
}

impl<'a> Recourse<'a> {
    /// Advice for `model`, whose `features` may change as `constraints` say. A point reaches its target
    /// if that has at least the probability `threshold`.
    ///
    /// # Errors
    /// [`DataError::Value`] for a relation with a column that there is not.
    pub fn new(
        model: &'a Mlp,
        features: &'a [Feature],
        constraints: &'a Constraints,
        threshold: f32,
    ) -> Result<Self, DataError> {
        let limits: Vec<Option<Limit>> = features
            .iter()
            .zip(&constraints.domain)
            .map(|(feature, &domain)| Limit::of(feature, domain))
            .collect();
        Ok(Self {
            model,
            features,
            constraints,
            threshold,
            related: relations::of(features)?,
            columns: Column::all(features, &constraints.groups),
            limits,
        })
    }

    /// Probabilities of class `target`, `(n,)`, at `points`, `(n, d)`.
    fn probabilities(&self, points: ArrayView2<'_, f32>, target: usize) -> Vec<f32> {
        let probabilities = self.model.probabilities(points);
        probabilities.column(target).to_vec()
    }

    /// Probability of class `target` at a point, `(d,)`.
    fn probability(&self, point: &[f32], target: usize) -> f32 {
        let points = ArrayView2::from_shape((1, point.len()), point);
        points.map_or(f32::NAN, |points| self.probabilities(points, target)[0])
    }

    /// Probabilities of class `target` at several points.
    fn probabilities_of(&self, points: &[Vec<f32>], target: usize) -> Vec<f32> {
        let shape = (points.len(), self.features.len());
        match Array2::from_shape_vec(shape, points.concat()) {
            Ok(points) => self.probabilities(points.view(), target),
            Err(_) => Vec::new(),
        }
    }

    /// Whether a probability of the target is enough.
    fn reaches(&self, probability: f32) -> bool {
        probability >= self.threshold
    }
}

#[cfg(test)]
mod tests;
