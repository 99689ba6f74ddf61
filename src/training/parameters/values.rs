//! The values of all hyper-parameters.

use serde::{Deserialize, Serialize};

use crate::{
    counterfactual::{Background, Categories, GeneratorKind, SearchParameters},
    model::{Engine, LATENT},
    training::{Objective, TermWeights},
};

/// Every number that a training run depends on, with the paper's defaults.
///
/// [`TABLE`](super::TABLE) declares range, step and meaning of each field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct HyperParameters {
    pub objective: Objective,
    pub lambda_clf: f64,
    pub lambda_div: f64,
    pub lambda_adv: f64,
    pub lambda_reg: f64,
    pub generator: GeneratorKind,
    pub decision_threshold: f64,
    pub step_size: f64,
    pub max_steps: usize,
    pub lambda_cost: f64,
    pub lambda_egy: f64,
    pub epsilon: f64,
    pub domain_sigmas: f64,
    pub counterfactuals: usize,
    pub batch_size: usize,
    pub learning_rate: f64,
    pub epochs: usize,
    pub burn_in: f64,
    pub hidden_units: usize,
    pub hidden_layers: usize,
    pub latent_size: usize,
    pub samples: usize,
    pub noise: f64,
    pub seed: u64,
    pub engine: Engine,
    #[serde(skip_serializing_if = "is_one")]
    pub members: usize,
}

/// Recipes name the members of ensembles only.
fn is_one(members: &usize) -> bool {
    *members == 1
}

impl Default for HyperParameters {
    fn default() -> Self {
        Self {
            objective: Objective::Full,
            lambda_clf: 1.0,
            lambda_div: 0.5,
            lambda_adv: 0.25,
            lambda_reg: 0.1,
            generator: GeneratorKind::Eccco,
            decision_threshold: 0.75,
            step_size: 0.1,
            max_steps: 30,
            lambda_cost: 0.001,
            lambda_egy: 5.0,
            epsilon: 0.3,
            domain_sigmas: 2.0,
            counterfactuals: 1000,
            batch_size: 30,
            learning_rate: 1e-3,
            epochs: 100,
            burn_in: 0.0,
            hidden_units: 32,
            hidden_layers: 1,
            latent_size: LATENT,
            samples: 4500,
            noise: 0.1,
            seed: 1,
            engine: Engine::Kernel,
            members: 1,
        }
    }
}

impl HyperParameters {
    /// Widths of the hidden layers.
    pub fn hidden(&self) -> Vec<usize> {
        vec![self.hidden_units; self.hidden_layers]
    }

    /// The number of first epochs that train with cross-entropy alone.
    pub fn burn_in_epochs(&self) -> usize {
        (self.burn_in * self.epochs as f64).round() as usize
    }

    /// The generator that `epoch` (from 1) searches with, if it searches.
    pub fn searched_with(&self, epoch: usize) -> Option<GeneratorKind> {
        let searches = TermWeights::in_epoch(self, epoch).needs_search();
        searches.then_some(self.generator)
    }

    /// What generators will learn from the training data.
    pub fn background(&self) -> Background {
        Background::new(self.seed).with_latent_size(self.latent_size)
    }

    /// The numbers of Eq. 1.
    pub fn search(&self) -> SearchParameters {
        SearchParameters {
            max_steps: self.max_steps,
            decision_threshold: self.decision_threshold as f32,
            step_size: self.step_size as f32,
            lambda_cost: self.lambda_cost as f32,
            lambda_egy: self.lambda_egy as f32,
            epsilon: self.epsilon as f32,
            categories: Categories::Relaxed,
            engine: self.engine,
        }
    }
}
