//! What of an arm can be steered.

use serde::{Deserialize, Serialize};

use crate::{
    counterfactual::Constraints,
    data::{Dataset, Mutability},
    training::{Effect, HyperParameters, TABLE},
};

/// What an arm is trained with, as a whole: the latest wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controls {
    /// All hyper-parameters. Those that need a restart are ignored until then.
    pub parameters: HyperParameters,
    /// How each feature may change, `(d,)`, for search and protection at once; the data's own where
    /// it is shorter.
    #[serde(default)]
    pub mutability: Vec<Mutability>,
}

impl Controls {
    /// Controls under which each feature may change as the data say.
    pub fn new(parameters: HyperParameters) -> Self {
        Self {
            parameters,
            mutability: Vec::new(),
        }
    }

    /// What counterfactuals of `dataset` have to respect.
    pub fn constraints(&self, dataset: &Dataset) -> Constraints {
        Constraints::on(dataset, &self.mutability, self.parameters.domain_sigmas)
    }

    /// These controls, but with the values that `present` has for all that needs a restart.
    pub fn until_restart(&self, present: &Self) -> Self {
        let mut kept = self.clone();
        for parameter in TABLE
            .iter()
            .filter(|parameter| parameter.effect == Effect::Restart)
        {
            let _ = parameter.set(&mut kept.parameters, parameter.get(&present.parameters));
        }
        kept
    }
}
