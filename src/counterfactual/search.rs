//! Searching many counterfactuals at once.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

use super::{
    Categories, Constraints, Generator, Outcome,
    descent::{Descent, Results},
};
use crate::{
    halt::Halt,
    model::{Autograd, Engine, Kernel, LANES, Mlp, Passes},
};

/// Most points searched together by one thread.
const MAX_POINTS: usize = 256;

/// Least points searched together by one thread.
const MIN_POINTS: usize = 64;

/// Values of points searched together: 1.6 MB stay in the second-level cache.
const VALUES: usize = 400_000;

/// The numbers of Eq. 1.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchParameters {
    /// Steps `T` after which a search is exhausted.
    pub max_steps: usize,
    /// Probability `τ` of the target class at which a counterfactual is mature.
    pub decision_threshold: f32,
    /// Step size `η`.
    pub step_size: f32,
    /// Weight `λ_cost` of the L1 distance to the factual.
    pub lambda_cost: f32,
    /// Weight `λ_egy` of the generator's penalty.
    pub lambda_egy: f32,
    /// Largest L∞ distance `ε` of a nascent counterfactual to its factual.
    pub epsilon: f32,
    /// Whether one-hot groups move between their categories or are decoded after every step.
    pub categories: Categories,
    /// What computes the gradients.
    pub engine: Engine,
}

impl Default for SearchParameters {
    /// The paper's defaults for training.
    fn default() -> Self {
        Self {
            max_steps: 30,
            decision_threshold: 0.75,
            step_size: 0.1,
            lambda_cost: 0.001,
            lambda_egy: 5.0,
            epsilon: 0.3,
            categories: Categories::default(),
            engine: Engine::default(),
        }
    }
}

/// The results of `n` searches.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactuals {
    /// Final points, `(n, d)`.
    pub points: Array2<f32>,
    /// Last points of each path within ε of the factual, `(n, d)`.
    pub nascent: Array2<f32>,
    /// How each search ended, `(n,)`.
    pub outcomes: Vec<Outcome>,
}

/// The search for counterfactuals (Eq. 1): what all factuals have in common.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// The classifier.
    pub model: &'a Mlp,
    /// What makes counterfactuals of factuals.
    pub generator: &'a Generator,
    /// What counterfactuals respect.
    pub constraints: &'a Constraints,
    /// The numbers of Eq. 1.
    pub parameters: &'a SearchParameters,
}

impl<'a> Search<'a> {
    /// Searches a counterfactual of every factual.
    ///
    /// `factuals` is `(n, d)` in model units, `targets` `(n,)`. A point is finished as soon as the
    /// target class reaches the decision threshold, also before the first step; finished points take
    /// no more part in the passes.
    pub fn run(&self, factuals: ArrayView2<'_, f32>, targets: &[usize]) -> Counterfactuals {
        self.search(factuals, targets, &Halt::default())
    }

    /// As [`run`](Search::run), unless the end is asked for before all are found, which is looked at
    /// before every step: `None` then.
    pub fn run_unless(
        &self,
        halt: &Halt,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
    ) -> Option<Counterfactuals> {
        let found = self.search(factuals, targets, halt);
        (!halt.is_requested()).then_some(found)
    }

    /// Searches; what is found is of no use once the end is asked for.
    fn search(
        &self,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
        halt: &Halt,
    ) -> Counterfactuals {
        if let Generator::Omniscient(omniscient) = self.generator {
            return omniscient.search(self, factuals, targets);
        }
        match self.parameters.engine {
            Engine::Kernel => self.descend::<Kernel>(factuals, targets, halt),
            Engine::Dfdx => self.descend::<Autograd>(factuals, targets, halt),
        }
    }

    /// Searches with passes of kind `P`, block by block.
    fn descend<P: Passes>(
        &self,
        factuals: ArrayView2<'_, f32>,
        targets: &[usize],
        halt: &Halt,
    ) -> Counterfactuals {
        let penalty = self.generator.penalty(self.parameters);
        let at_once = points_at_once(self.model);
        let values = (at_once * factuals.ncols()).max(1);
        let factuals = factuals.as_standard_layout();
        let mut found = Counterfactuals {
            points: Array2::zeros(factuals.raw_dim()),
            nascent: Array2::zeros(factuals.raw_dim()),
            outcomes: vec![Outcome::default(); targets.len()],
        };
        if let (Some(factuals), Some(points), Some(nascent)) = (
            factuals.as_slice(),
            found.points.as_slice_mut(),
            found.nascent.as_slice_mut(),
        ) {
            let from = factuals.par_chunks(values).zip(targets.par_chunks(at_once));
            let into = points
                .par_chunks_mut(values)
                .zip(nascent.par_chunks_mut(values))
                .zip(found.outcomes.par_chunks_mut(at_once));
            from.zip(into).for_each_init(
                || Descent::<P>::new(self, &*penalty),
                |descent, ((factuals, targets), ((points, nascent), outcomes))| {
                    let results = Results {
                        points,
                        nascent,
                        outcomes,
                    };
                    descent.run(factuals, targets, results, |_| !halt.is_requested());
                },
            );
        }
        found
    }
}

/// Points that one thread searches together. The split depends on nothing but the model, and each
/// point's search on no other's, so results do not depend on the number of threads.
///
/// Of a point there are four rows of features (where it is, was, was nascent, and the gradient),
/// and two of every other layer (activations and what is pulled back).
fn points_at_once(model: &Mlp) -> usize {
    let layers = model.architecture().layers();
    let outputs: usize = layers.iter().map(|layer| layer.outputs).sum();
    let values = 4 * model.inputs() + 2 * outputs;
    (VALUES / values.max(1)).clamp(MIN_POINTS, MAX_POINTS) / LANES * LANES
}
