//! The tables by name, and which models each needs.

use crate::training::Objective;

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
}

impl TableKind {
    /// All tables, in the order of [`TableKind::NAMES`].
    pub const ALL: [Self; 5] = [
        Self::Main,
        Self::Validity,
        Self::Sensitivity,
        Self::Robustness,
        Self::Ablation,
    ];
    /// Names on the command line.
    pub const NAMES: [&'static str; 5] =
        ["main", "validity", "sensitivity", "robustness", "ablation"];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Whether the table compares arms with the baseline, with errors and significance.
    pub fn has_comparisons(self) -> bool {
        matches!(self, Self::Main | Self::Ablation)
    }

    /// The models that the table needs of each data set and seed, those that take longest first.
    pub fn tasks(self) -> &'static [Task] {
        match self {
            Self::Main | Self::Validity => &COMPARED,
            Self::Ablation => &ABLATED,
            Self::Sensitivity => &EXPLAINED,
            Self::Robustness => &ATTACKED,
        }
    }
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

const fn task(objective: Objective, protected: bool, measures: &'static [Measure]) -> Task {
    Task {
        objective,
        protected,
        measures,
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
