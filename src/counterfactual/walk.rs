//! How a search ended, and the way it took.

use ndarray::Array2;
use serde::Serialize;

/// How the search for one point ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Whether the target class reached the decision threshold; otherwise the search is exhausted.
    pub mature: bool,
    /// Steps taken; 0 if the factual was already there.
    pub steps: usize,
    /// Final probability of the target class.
    pub probability: f32,
}

/// One search with every point on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
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
