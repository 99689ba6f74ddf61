//! What to measure for a table, and with which deviations from the paper's protocol.

use super::table::TableKind;
use crate::{
    counterfactual::Constraints,
    data::{DataError, Dataset, Kind, Mutability},
    evaluation::{
        plausibility::LENGTH_SCALE,
        rounds::{LAMBDA_EGY, Protocol},
    },
    training::{HyperParameters, Objective, Preset},
};

/// Decision threshold τ of the evaluation without protected features.
const THRESHOLD_FREE: f32 = 0.95;
/// Decision threshold τ of the evaluation with protected features.
const THRESHOLD_PROTECTED: f32 = 0.5;

/// A table of the paper to be measured.
///
/// The defaults give the published tables. Three of them differ from the paper's text, and each can
/// be put to what the text says: `search_step` (0.25), `length_scale` (0.5), `domain_sigmas` (3).
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which table.
    pub table: TableKind,
    /// The data sets.
    pub presets: Vec<&'static Preset>,
    /// Seeds; each draws its data and trains its models.
    pub seeds: Vec<u64>,
    /// Rounds per weight of the energy penalty.
    pub rounds: usize,
    /// Individuals per round; by default the paper's number for the kind of data.
    pub individuals: Option<usize>,
    /// Weights of the energy penalty in the evaluation.
    pub lambda_egy: Vec<f32>,
    /// Step size η of every search, in training and evaluation.
    pub search_step: f64,
    /// Length scale ℓ of the IP* kernel.
    pub length_scale: f64,
    /// Standard deviations that domains reach around the mean.
    pub domain_sigmas: f64,
    /// Epochs of training; by default the presets'.
    pub epochs: Option<usize>,
}

impl Plan {
    /// The paper's protocol with one seed.
    pub fn new(table: TableKind, presets: Vec<&'static Preset>) -> Self {
        let defaults = HyperParameters::default();
        Self {
            table,
            presets,
            seeds: vec![1],
            rounds: 100,
            individuals: None,
            lambda_egy: LAMBDA_EGY.to_vec(),
            search_step: defaults.step_size,
            length_scale: LENGTH_SCALE,
            domain_sigmas: defaults.domain_sigmas,
            epochs: None,
        }
    }

    /// The models to train and what to measure of each, data set by data set.
    pub fn jobs(&self) -> Vec<Job> {
        let tasks = self.table.tasks();
        self.presets
            .iter()
            .flat_map(|&preset| self.seeds.iter().map(move |&seed| (preset, seed)))
            .flat_map(|(preset, seed)| tasks.iter().map(move |&task| Job { preset, seed, task }))
            .collect()
    }

    /// Units of progress that `job` makes.
    pub fn units(&self, job: &Job) -> u64 {
        (self.parameters(job).epochs + job.task.measures.len()) as u64
    }

    /// What the model of `job` is trained with.
    pub fn parameters(&self, job: &Job) -> HyperParameters {
        let preset = job.preset.parameters();
        HyperParameters {
            objective: job.task.objective,
            seed: job.seed,
            step_size: self.search_step,
            domain_sigmas: self.domain_sigmas,
            epochs: self.epochs.unwrap_or(preset.epochs),
            ..preset
        }
    }

    /// The data of `job`.
    ///
    /// # Errors
    /// [`DataError`] if they cannot be had.
    pub fn dataset(&self, job: &Job) -> Result<Dataset, DataError> {
        job.preset.source().load(&self.parameters(job).draw())
    }

    /// Constraints of a search: the protected features immutable or everything free.
    pub fn constraints(&self, job: &Job, dataset: &Dataset, protected: bool) -> Constraints {
        let dimensions = dataset.dimensions();
        Constraints {
            mutability: match protected {
                true => job.preset.protection(dimensions),
                false => vec![Mutability::Both; dimensions],
            },
            domain: dataset.domains(self.domain_sigmas as f32),
        }
    }

    /// How counterfactuals are evaluated on `dataset`.
    pub fn protocol(&self, job: &Job, dataset: &Dataset, protected: bool) -> Protocol {
        let individuals = self.individuals.unwrap_or(paper_individuals(dataset));
        let mut protocol = Protocol {
            rounds: self.rounds,
            lambda_egy: self.lambda_egy.clone(),
            length_scale: self.length_scale,
            ..Protocol::paper(individuals, job.seed)
        };
        protocol.search.step_size = self.search_step as f32;
        protocol.search.decision_threshold = match protected {
            true => THRESHOLD_PROTECTED,
            false => THRESHOLD_FREE,
        };
        protocol
    }
}

/// Individuals per round in the paper: 25 images, 250 points of the plane, or 100 table rows.
fn paper_individuals(dataset: &Dataset) -> usize {
    let images = dataset.features.iter().any(|f| f.kind == Kind::Pixel);
    match (images, dataset.dimensions()) {
        (true, _) => 25,
        (false, 2) => 250,
        (false, _) => 100,
    }
}

/// One model of one data set and seed.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The data set.
    pub preset: &'static Preset,
    /// Seed of data and training.
    pub seed: u64,
    /// The model and what is measured of it.
    pub task: Task,
}

/// A model to train and what to measure of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Terms of the objective.
    pub objective: Objective,
    /// Whether it is trained with the protected features immutable.
    pub protected: bool,
    /// What is measured.
    pub measures: &'static [Measure],
}

/// What is measured of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Counterfactuals, everything free, `τ = 0.95`.
    Free,
    /// Counterfactuals, protected features immutable, `τ = 0.5`.
    Protected,
    /// Integrated gradients.
    Sensitivity,
    /// Accuracy under attack.
    Robustness,
}
