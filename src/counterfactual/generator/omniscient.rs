//! The omniscient generator.

use std::sync::Arc;

use ndarray::{Array2, ArrayView1, ArrayView2};
use rand::RngExt;

use super::super::{Constraints, Counterfactuals, Outcome, Search, Trajectory};
use crate::{
    data::Samples,
    random::{Purpose, stream},
};

/// For each target class a random training sample of it, the *neighbour* of Alg. 1.
///
/// `rows_by_class[c]` lists the rows of class `c`; gives one row per target. `index` is the epoch,
/// or 0 outside of training. A target class without samples gets `None`.
pub fn draw_neighbours(
    rows_by_class: &[Vec<usize>],
    targets: &[usize],
    seed: u64,
    index: u64,
) -> Vec<Option<usize>> {
    let mut random = stream(seed, Purpose::Neighbours, index);
    targets
        .iter()
        .map(|&target| match &rows_by_class[target] {
            rows if rows.is_empty() => None,
            rows => Some(rows[random.random_range(0..rows.len())]),
        })
        .collect()
}

/// Gives a training sample of the target class for a counterfactual: an upper reference for
/// plausibility, not a search (early draft of the paper).
///
/// The sample is the neighbour of Alg. 1, so that in training counterfactual and neighbour are the
/// same and the divergence is 0. What the constraints forbid is set back: immutable features keep
/// the factual's values, directional ones at least do not go the wrong way, and all stay in their
/// domains. A counterfactual counts as mature if the model gives its target class the decision
/// threshold; it takes one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Omniscient {
    train: Arc<Samples>,
    by_class: Arc<Vec<Vec<usize>>>,
    seed: u64,
    index: u64,
}

impl Omniscient {
    /// A generator that knows the samples of `classes` classes.
    pub fn new(train: &Samples, classes: usize, seed: u64) -> Self {
        Self {
            by_class: Arc::new(train.rows_by_class(classes)),
            train: Arc::new(train.clone()),
            seed,
            index: 0,
        }
    }

    /// The same, drawing the neighbours of epoch `index`.
    pub(super) fn at(&self, index: u64) -> Self {
        Self {
            index,
            ..self.clone()
        }
    }

    /// A counterfactual for every factual, `(n, d)`.
    pub(in super::super) fn search(
        &self,
        search: &Search<'_>,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
    ) -> Counterfactuals {
        let parameters = search.parameters;
        let mut points = self.points(factuals, targets, search.constraints);
        if let Some(constraints) = parameters.categories.decoded(search.constraints) {
            for ((mut point, factual), &target) in points
                .rows_mut()
                .into_iter()
                .zip(factuals.rows())
                .zip(targets)
            {
                let mut decoded = point.to_vec();
                constraints.decode(&factual.to_vec(), &mut decoded, target, 1);
                point.assign(&ArrayView1::from(&decoded));
            }
        }
        let probabilities = search.model.probabilities(points.view());
        let mut nascent = factuals.to_owned();
        for (point, mut nascent) in points.rows().into_iter().zip(nascent.rows_mut()) {
            let mut pairs = point.iter().zip(&nascent);
            if pairs.all(|(to, from)| (to - from).abs() <= parameters.epsilon) {
                nascent.assign(&point);
            }
        }
        let outcomes = targets.iter().enumerate().map(|(row, &target)| Outcome {
            mature: probabilities[[row, target]] >= parameters.decision_threshold,
            steps: 1,
            probability: probabilities[[row, target]],
            exhaustion: None,
        });
        let outcomes = outcomes.map(|mut outcome| {
            outcome.settle();
            outcome
        });
        Counterfactuals {
            outcomes: outcomes.collect(),
            points,
            nascent,
        }
    }

    /// The neighbours, as far as the constraints allow, `(n, d)`.
    fn points(
        &self,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
        constraints: &Constraints,
    ) -> Array2<f32> {
        let mut points = factuals.to_owned();
        let neighbours = draw_neighbours(&self.by_class, targets, self.seed, self.index);
        for (mut point, neighbour) in points.rows_mut().into_iter().zip(neighbours) {
            let Some(neighbour) = neighbour else { continue };
            for (feature, value) in point.iter_mut().enumerate() {
                let wanted = self.train.x[[neighbour, feature]];
                *value = constraints.rule(feature).reached(*value, wanted);
            }
        }
        points
    }

    /// The same as trajectories of one step.
    pub(in super::super) fn trajectories(
        &self,
        search: &Search<'_>,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
    ) -> Vec<Trajectory> {
        let found = self.search(search, factuals, targets);
        let before = search.model.probabilities(factuals);
        let rows = targets.iter().zip(&found.outcomes).enumerate();
        rows.map(|(row, (&target, &outcome))| {
            let mut points = Array2::zeros((2, factuals.ncols()));
            points.row_mut(0).assign(&factuals.row(row));
            points.row_mut(1).assign(&found.points.row(row));
            Trajectory::new(
                target,
                points,
                vec![before[[row, target]], outcome.probability],
                outcome,
                search.parameters.epsilon,
            )
        })
        .collect()
    }
}
