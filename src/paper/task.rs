//! The tables by name, and which models each needs.

use crate::{counterfactual::GeneratorKind, training::Objective};

/// A table of the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableKind {
    /// Plausibility and cost of CT against BL, with validity.
    #[default]
    Main,
    /// Shares of valid counterfactuals.
    Validity,
    /// Integrated gradients of the protected feature.
    Sensitivity,
    /// Accuracy under attack of all four objectives.
    Robustness,
    /// CT, CD and AR against BL.
    Ablation,
    /// Generators and penalties of the training against penalties of the evaluation.
    Grid,
}

impl TableKind {
    /// All tables, in the order of [`TableKind::NAMES`].
    pub const ALL: [Self; 6] = [
        Self::Main,
        Self::Validity,
        Self::Sensitivity,
        Self::Robustness,
        Self::Ablation,
        Self::Grid,
    ];
    /// Names on the command line.
    pub const NAMES: [&'static str; 6] = [
        "main",
        "validity",
        "sensitivity",
        "robustness",
        "ablation",
        "grid",
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Whether the table compares arms with the baseline, with errors and significance.
    pub fn has_comparisons(self) -> bool {
        matches!(self, Self::Main | Self::Ablation | Self::Grid)
    }

    /// Whether there is a figure of it.
    pub fn has_figure(self) -> bool {
        matches!(self, Self::Robustness | Self::Sensitivity)
    }

    /// The models that the table needs of each data set and seed, those that take longest first.
    pub fn tasks(self) -> &'static [Task] {
        match self {
            Self::Main | Self::Validity => &COMPARED,
            Self::Ablation => &ABLATED,
            Self::Sensitivity => &EXPLAINED,
            Self::Robustness => &ATTACKED,
            Self::Grid => &GRID,
        }
    }
}

/// A model to train and what to measure of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Task {
    /// Terms of the objective.
    pub objective: Objective,
    /// Whether it is trained with the protected features immutable.
    pub protected: bool,
    /// What training searches with and the weight `λ_egy` of its penalty, if not as the preset has.
    pub search: Option<(GeneratorKind, f64)>,
    /// What is measured.
    pub measures: &'static [Measure],
}

/// What is measured of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Counterfactuals, everything free, `τ = 0.95`.
    Free,
    /// As free, kept apart by the weights of the energy penalty.
    Weights,
    /// Counterfactuals, protected features immutable, `τ = 0.5`.
    Protected,
    /// Integrated gradients.
    Sensitivity,
    /// Accuracy under attack.
    Robustness,
}

const fn task(objective: Objective, protected: bool, measures: &'static [Measure]) -> Task {
    Task {
        objective,
        protected,
        search: None,
        measures,
    }
}

/// A model trained with a generator and a weight of its penalty.
const fn searched(generator: GeneratorKind, lambda_egy: f64) -> Task {
    Task {
        search: Some((generator, lambda_egy)),
        ..task(Objective::Full, false, &[Measure::Weights])
    }
}

const BASELINE: Task = task(
    Objective::Vanilla,
    false,
    &[Measure::Free, Measure::Protected],
);

static COMPARED: [Task; 3] = [
    task(Objective::Full, false, &[Measure::Free]),
    task(Objective::Full, true, &[Measure::Protected]),
    BASELINE,
];

static ABLATED: [Task; 7] = [
    task(Objective::Full, false, &[Measure::Free]),
    task(Objective::Full, true, &[Measure::Protected]),
    task(Objective::Energy, false, &[Measure::Free]),
    task(Objective::Energy, true, &[Measure::Protected]),
    task(Objective::Adversarial, false, &[Measure::Free]),
    task(Objective::Adversarial, true, &[Measure::Protected]),
    BASELINE,
];

static EXPLAINED: [Task; 2] = [
    task(Objective::Full, true, &[Measure::Sensitivity]),
    task(Objective::Vanilla, false, &[Measure::Sensitivity]),
];

static ATTACKED: [Task; 4] = [
    task(Objective::Full, false, &[Measure::Robustness]),
    task(Objective::Energy, false, &[Measure::Robustness]),
    task(Objective::Adversarial, false, &[Measure::Robustness]),
    task(Objective::Vanilla, false, &[Measure::Robustness]),
];

/// Generators without a penalty stand for every weight.
static GRID: [Task; 7] = [
    searched(GeneratorKind::Eccco, 0.1),
    searched(GeneratorKind::Eccco, 1.0),
    searched(GeneratorKind::Eccco, 10.0),
    searched(GeneratorKind::Generic, 0.0),
    searched(GeneratorKind::Revise, 0.0),
    searched(GeneratorKind::Omniscient, 0.0),
    task(Objective::Vanilla, false, &[Measure::Weights]),
];
