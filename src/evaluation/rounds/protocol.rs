//! How an evaluation draws, searches and measures.

use crate::{
    counterfactual::{Categories, Generator, SearchParameters},
    evaluation::plausibility::LENGTH_SCALE,
};

/// Weights of the energy penalty that the paper evaluates with.
pub const LAMBDA_EGY: [f32; 5] = [0.1, 0.5, 1.0, 5.0, 10.0];

/// How an evaluation draws, searches and measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Protocol {
    /// Rounds `J`; each has all weights of the energy penalty.
    pub rounds: usize,
    /// Individuals per round and weight.
    pub individuals: usize,
    /// The weights `λ_egy`.
    pub lambda_egy: Vec<f32>,
    /// What makes the counterfactuals.
    pub generator: Generator,
    /// The search; its `lambda_egy` is not used.
    pub search: SearchParameters,
    /// How factual and target classes are spread over the individuals.
    pub directions: Directions,
    /// Whether all directions of classes must be possible; if not, those that are not are left out.
    pub complete: bool,
    /// Which counterfactuals of a cell IP* compares with samples.
    pub ip_star_of: IpStarOf,
    /// Length scale ℓ of the IP* kernel.
    pub length_scale: f64,
    /// Seed of all draws.
    pub seed: u64,
}

/// How directions, pairs of a factual and another class as target, are spread over individuals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directions {
    /// Each individual's is drawn by itself, as for the published tables.
    Drawn,
    /// Each direction is as frequent as any other, which has the same mean and is less uncertain;
    /// drawn if there are fewer than two individuals for each.
    Even,
}

/// Which counterfactuals of a cell, of one factual and target class, IP* is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpStarOf {
    /// All of them, valid or not, as in the published tables.
    All,
    /// Valid ones.
    Valid,
}

impl IpStarOf {
    /// Name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Valid => "valid",
        }
    }
}

impl Protocol {
    /// The protocol of the published tables: ECCCo, 100 rounds, five weights, `T = 50`, `τ = 0.95`,
    /// no cost, categories decoded in the search.
    pub fn paper(individuals: usize, seed: u64) -> Self {
        Self {
            rounds: 100,
            individuals,
            lambda_egy: LAMBDA_EGY.to_vec(),
            generator: Generator::Eccco,
            search: SearchParameters {
                max_steps: 50,
                decision_threshold: 0.95,
                lambda_cost: 0.0,
                categories: Categories::Decoded,
                ..SearchParameters::default()
            },
            directions: Directions::Drawn,
            complete: true,
            ip_star_of: IpStarOf::All,
            length_scale: LENGTH_SCALE,
            seed,
        }
    }

    /// The same with as many directions of every kind, for looking at one model.
    pub fn even(individuals: usize, seed: u64) -> Self {
        Self {
            directions: Directions::Even,
            ..Self::paper(individuals, seed)
        }
    }

    /// As [`Protocol::even`], of a size that a model of `features` features is measured with while
    /// one looks on: 20 rounds of 100 individuals, or of 25 of more than 200 features.
    pub fn probe(features: usize, seed: u64) -> Self {
        let individuals = if features > 200 { 25 } else { 100 };
        Self {
            rounds: 20,
            ..Self::even(individuals, seed)
        }
    }
}
