//! What the worker can be told.

use serde::{Deserialize, Serialize};

use super::{Axes, Recipe};
use crate::{
    counterfactual::Constraints,
    data::{Dataset, Mutability},
    training::HyperParameters,
};

/// What can change while training runs, as a whole: the latest wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Controls {
    /// All hyper-parameters. Those that need a restart are ignored until then.
    pub parameters: HyperParameters,
    /// How each feature may change, `(d,)`, for search and protection at once.
    pub mutability: Vec<Mutability>,
}

impl Controls {
    /// What counterfactuals of `dataset` have to respect.
    pub fn constraints(&self, dataset: &Dataset) -> Constraints {
        Constraints::on(dataset, &self.mutability, self.parameters.domain_sigmas)
    }
}

/// What the dashboard wants to see, as a whole: the latest wins.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The plane that points are projected to.
    pub axes: Axes,
    /// Columns and rows of the boundary field.
    pub resolution: (usize, usize),
    /// The test sample that is inspected, if any.
    pub selected: Option<usize>,
    /// How many example searches are shown.
    pub examples: usize,
    /// Most snapshots that are wanted per second.
    pub rate: f32,
}

impl Default for View {
    fn default() -> Self {
        Self {
            axes: Axes::Features(0, 1),
            resolution: (80, 48),
            selected: None,
            examples: 12,
            rate: 30.0,
        }
    }
}

/// One-off orders, carried out at the next epoch boundary, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Train until paused, or until the recipe's number of epochs is reached.
    Run,
    /// Stop after the current epoch; the worker then waits without using the processor.
    Pause,
    /// Train exactly one epoch, then pause.
    StepEpoch,
    /// Change parameters or constraints from the next epoch on.
    Set(Controls),
    /// Change what is shown.
    Look(View),
    /// Load the recipe's data, draw new weights, and train from epoch 0.
    Restart(Box<Recipe>),
    /// Go back to the end of an earlier epoch and pause there.
    Rewind(usize),
    /// Pause between epochs for this many milliseconds; 0 is full speed.
    Delay(u64),
    /// End the worker.
    Stop,
}
