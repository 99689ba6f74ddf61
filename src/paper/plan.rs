//! What to measure for a table, and with which deviations from the paper's protocol.

use std::path::PathBuf;

use super::task::{TableKind, Task};
use crate::{
    counterfactual::{Categories, Constraints},
    data::{DataError, Dataset, Kind, Mutability, Source},
    evaluation::{
        plausibility::LENGTH_SCALE,
        rounds::{IpStarOf, LAMBDA_EGY, Protocol},
    },
    recipe::{Controls, Recipe},
    training::{HyperParameters, Objective, Preset, protect},
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
    /// The file or folder of the presets that are not drawn from a formula.
    pub data: Option<PathBuf>,
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
    /// Which counterfactuals of a cell IP* is of.
    pub ip_star_of: IpStarOf,
    /// Whether one-hot groups stay between their categories in the evaluation too.
    pub relaxed_categories: bool,
    /// Whether Adult is encoded as the published tables were made ([`Source::as_published`]).
    pub as_published: bool,
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
            data: None,
            seeds: vec![1],
            rounds: 100,
            individuals: None,
            lambda_egy: LAMBDA_EGY.to_vec(),
            search_step: defaults.step_size,
            length_scale: LENGTH_SCALE,
            domain_sigmas: defaults.domain_sigmas,
            ip_star_of: IpStarOf::All,
            relaxed_categories: false,
            as_published: false,
            epochs: None,
        }
    }

    /// Looks whether all data can be had before any work begins.
    ///
    /// # Errors
    /// [`DataError`] if a preset needs a file and there is none.
    pub fn check(&self) -> Result<(), DataError> {
        self.presets
            .iter()
            .try_for_each(|preset| self.source(preset).map(|_| ()))
    }

    /// Data sets to measure on, seed by seed.
    pub fn subjects(&self) -> Vec<(&'static Preset, u64)> {
        self.presets
            .iter()
            .flat_map(|&preset| self.seeds.iter().map(move |&seed| (preset, seed)))
            .collect()
    }

    /// Units of progress of the whole plan: an epoch, or a measure.
    pub fn units(&self) -> u64 {
        let task = |preset: &Preset, task: &Task| {
            self.parameters(preset, 0, task.objective).epochs + task.measures.len()
        };
        let subject = |(preset, _)| -> usize {
            let tasks = self.table.tasks().iter();
            tasks.map(|t| task(preset, t)).sum()
        };
        self.subjects().into_iter().map(subject).sum::<usize>() as u64
    }

    /// What a model is trained with.
    pub fn parameters(&self, preset: &Preset, seed: u64, objective: Objective) -> HyperParameters {
        let own = preset.parameters();
        HyperParameters {
            objective,
            seed,
            step_size: self.search_step,
            domain_sigmas: self.domain_sigmas,
            epochs: self.epochs.unwrap_or(own.epochs),
            ..own
        }
    }

    /// The data of a preset and seed.
    ///
    /// # Errors
    /// [`DataError`] if they cannot be had.
    pub fn load(&self, preset: &'static Preset, seed: u64) -> Result<Subject, DataError> {
        let source = self.source(preset)?;
        let draw = self.parameters(preset, seed, Objective::Full).draw();
        let dataset = source.load(&draw)?;
        Ok(Subject {
            preset,
            seed,
            protected: source.protected(&dataset.features),
            dataset,
        })
    }

    fn source(&self, preset: &Preset) -> Result<Source, DataError> {
        let file = self.data.as_deref().filter(|_| !preset.is_synthetic());
        let source = preset.source(file)?;
        Ok(match self.as_published {
            true => source.as_published(),
            false => source,
        })
    }

    /// Constraints of a search: the protected features immutable or everything free.
    pub fn constraints(&self, subject: &Subject, protected: bool) -> Constraints {
        let mutability = subject.mutability(protected);
        Constraints::on(&subject.dataset, &mutability, self.domain_sigmas)
    }

    /// What reproduces the model of `task`.
    ///
    /// # Errors
    /// [`DataError`] if the preset needs a file and there is none.
    pub fn recipe(&self, subject: &Subject, task: &Task) -> Result<Recipe, DataError> {
        let mut parameters = self.parameters(subject.preset, subject.seed, task.objective);
        if let Some((generator, lambda_egy)) = task.search {
            (parameters.generator, parameters.lambda_egy) = (generator, lambda_egy);
        }
        let controls = Controls {
            parameters,
            mutability: subject.mutability(task.protected),
        };
        Ok(Recipe::single(self.source(subject.preset)?, controls))
    }

    /// How counterfactuals are evaluated.
    pub fn protocol(&self, subject: &Subject, protected: bool) -> Protocol {
        let individuals = self
            .individuals
            .unwrap_or(paper_individuals(&subject.dataset));
        let mut protocol = Protocol {
            rounds: self.rounds,
            lambda_egy: self.lambda_egy.clone(),
            ip_star_of: self.ip_star_of,
            length_scale: self.length_scale,
            ..Protocol::paper(individuals, subject.seed)
        };
        if self.relaxed_categories {
            protocol.search.categories = Categories::Relaxed;
        }
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

/// The data of one preset and seed.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The preset.
    pub preset: &'static Preset,
    /// Seed of data and training.
    pub seed: u64,
    /// The data.
    pub dataset: Dataset,
    /// Positions of the features that the paper protects.
    pub protected: Vec<usize>,
}

impl Subject {
    /// How each feature may change, `(d,)`: the protected ones not at all or everything both ways.
    fn mutability(&self, protected: bool) -> Vec<Mutability> {
        let dimensions = self.dataset.dimensions();
        match protected {
            true => protect(&self.protected, dimensions),
            false => vec![Mutability::Both; dimensions],
        }
    }
}
