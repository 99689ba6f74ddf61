//! How a search ended, and the way it took.

use ndarray::{Array2, ArrayView2};
use serde::Serialize;

use super::{
    Exhaustion, Generator, Search,
    active::Active,
    descent::{Descent, Results},
};
use crate::model::{Autograd, Engine, Kernel, Passes};

/// How the search for one point ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// Whether the target class reached the decision threshold; otherwise the search is exhausted.
    pub mature: bool,
    /// Steps taken; 0 if the factual was already there.
    pub steps: usize,
    /// Final probability of the target class.
    pub probability: f32,
    /// Why it is exhausted, if it is.
    pub exhaustion: Option<Exhaustion>,
}

impl Outcome {
    /// Keeps a reason for which it is exhausted exactly if it is: one that is so only since its
    /// categories were decoded is stuck.
    pub(super) fn settle(&mut self) {
        self.exhaustion = match self.mature {
            true => None,
            false => self.exhaustion.or(Some(Exhaustion::Stuck)),
        };
    }
}

/// One search with every point on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// The class that was aimed at.
    pub target: usize,
    /// The points visited in model units, `(steps + 1, d)`; the first is the factual, the last the
    /// counterfactual.
    pub points: Array2<f32>,
    /// Probability of the target class at each point, `(steps + 1,)`.
    pub probabilities: Vec<f32>,
    /// Row of `points` that is the nascent counterfactual.
    pub nascent: usize,
    /// How it ended.
    pub outcome: Outcome,
}

impl Trajectory {
    /// A trajectory along `points`, `(steps + 1, d)`, whose nascent counterfactual is the last of them
    /// within L∞ distance `epsilon` of the first.
    pub(super) fn new(
        target: usize,
        points: Array2<f32>,
        probabilities: Vec<f32>,
        outcome: Outcome,
        epsilon: f32,
    ) -> Self {
        Self {
            target,
            nascent: last_nascent(&points, epsilon),
            points,
            probabilities,
            outcome,
        }
    }

    /// L1 distance from the factual to the counterfactual.
    pub fn cost(&self) -> f32 {
        let last = self.points.nrows().saturating_sub(1);
        if last == 0 {
            return 0.0;
        }
        let pairs = self.points.row(0).into_iter().zip(self.points.row(last));
        pairs.map(|(from, to)| (to - from).abs()).sum()
    }
}

impl Search<'_> {
    /// Searches like [`run`](Search::run), keeping every step.
    ///
    /// `factuals` is `(n, d)` in model units, `targets` `(n,)`; gives `n` trajectories.
    pub fn trajectories(
        &self,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
    ) -> Vec<Trajectory> {
        match self.generator {
            Generator::Omniscient(omniscient) => omniscient.trajectories(self, factuals, targets),
            _ => match self.parameters.engine {
                Engine::Kernel => self.descend_slowly::<Kernel>(factuals, targets),
                Engine::Dfdx => self.descend_slowly::<Autograd>(factuals, targets),
            },
        }
    }

    fn descend_slowly<P: Passes>(
        &self,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
    ) -> Vec<Trajectory> {
        let penalty = self.generator.penalty(self.parameters);
        let d = factuals.ncols();
        let factuals: Vec<f32> = factuals.iter().copied().collect();
        let (mut points, mut nascent) = (factuals.clone(), factuals.clone());
        let mut outcomes = vec![Outcome::default(); targets.len()];
        let results = Results {
            points: &mut points,
            nascent: &mut nascent,
            outcomes: &mut outcomes,
        };
        let mut visited = vec![(Vec::new(), Vec::new()); targets.len()];
        let visit = |active: &Active| {
            for (position, &row) in active.rows.iter().enumerate() {
                visited[row].0.extend(active.points.row(position));
                visited[row].1.push(active.probability(position));
            }
            true
        };
        Descent::<P>::new(self, &*penalty).run(&factuals, targets, results, visit);
        let trajectories = visited.into_iter().zip(targets).zip(outcomes);
        trajectories
            .map(|(((points, probabilities), &target), outcome)| {
                let shape = (probabilities.len(), d);
                let points = Array2::from_shape_vec(shape, points).unwrap_or_default();
                let epsilon = self.parameters.epsilon;
                Trajectory::new(target, points, probabilities, outcome, epsilon)
            })
            .collect()
    }
}

/// The last row within L∞ distance `epsilon` of the first.
fn last_nascent(points: &Array2<f32>, epsilon: f32) -> usize {
    let close = |row: usize| {
        let offset = &points.row(row) - &points.row(0);
        offset.iter().all(|change| change.abs() <= epsilon)
    };
    (0..points.nrows())
        .rev()
        .find(|&row| close(row))
        .unwrap_or(0)
}
