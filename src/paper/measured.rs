//! Carrying out a plan: train every model, measure it, keep what is finished.

use rayon::prelude::*;

use super::{
    plan::{Plan, Subject},
    task::{Measure, Task},
    train::train,
};
use crate::{
    data::{DataError, image},
    evaluation::{
        attribution::{
            SENSITIVITY_SAMPLES, SensitivityRounds, protected_sensitivity, sensitivity_rounds,
        },
        robustness::{Attack, EPSILONS, accuracy_curve},
        rounds::{Evaluation, EvaluationError, Round, average},
    },
    model::Mlp,
    run::RunError,
    training::{Objective, Preset},
};

/// Why a table cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// Something is wrong with the data.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A model cannot be trained.
    #[error(transparent)]
    Training(#[from] RunError),
}

/// How far a plan is, and whether to go on.
pub trait Monitor: Sync {
    /// One of [`Plan::units`] is done.
    fn advance(&self);
    /// Something was decided about a data set, once per model that is trained on it.
    fn remark(&self, dataset: &str, note: &str);
    /// Whether no more jobs are to be finished.
    fn stopped(&self) -> bool;
}

/// What was measured of one model; empty where nothing was asked for, or nothing could be measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// Rounds with everything free.
    pub free: Vec<Round>,
    /// Rounds with the protected features immutable.
    pub protected: Vec<Round>,
    /// Rounds with everything free, per weight of the energy penalty.
    pub by_weight: Vec<Vec<Round>>,
    /// Sensitivity to each feature, mean over the rounds, `(d,)`.
    pub features: Vec<f64>,
    /// Per round, the mean sensitivity to the protected features.
    pub sensitivity: Vec<f64>,
    /// Accuracy under FGSM, per ε of [`EPSILONS`].
    pub fgsm: Vec<f32>,
    /// Accuracy under PGD from a random start.
    pub pgd: Vec<f32>,
    /// Why something could not be measured.
    pub remark: Option<String>,
}

/// What was measured on one preset with one seed.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The preset.
    pub preset: &'static Preset,
    /// The seed.
    pub seed: u64,
    /// Rows and columns of its samples, if these are images.
    pub shape: Option<(usize, usize)>,
    /// Positions of the protected features.
    pub protected: Vec<usize>,
    /// The models with what was measured of each.
    pub models: Vec<(Task, Measured)>,
}

/// What is finished, in the order of the plan.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Presets and seeds whose models are all finished.
    pub finished: Vec<Finished>,
    /// Whether some are missing because of a stop.
    pub interrupted: bool,
}

impl Results {
    /// What was measured, seed by seed, of the models of `preset` that were trained with
    /// `objective`, with the protected features immutable or not.
    pub fn of(&self, preset: &Preset, objective: Objective, protected: bool) -> Vec<&Measured> {
        self.pick(preset, |task| {
            task.objective == objective && task.protected == protected
        })
    }

    /// What was measured, seed by seed, of the models of `preset` by `task`.
    pub fn of_task(&self, preset: &Preset, task: &Task) -> Vec<&Measured> {
        self.pick(preset, |other| other == task)
    }

    /// As [`Results::of`] for the baseline, which is not trained with counterfactuals and is
    /// therefore the same, protected or not.
    pub fn baseline(&self, preset: &Preset) -> Vec<&Measured> {
        self.pick(preset, |task| task.objective == Objective::Vanilla)
    }

    /// Why something is missing, one sentence each.
    pub fn remarks(&self) -> Vec<String> {
        let remark = |finished: &Finished, (task, measured): &(Task, Measured)| {
            let remark = measured.remark.as_ref()?;
            let (id, seed) = (finished.preset.id, finished.seed);
            let arm = task.objective.abbreviation();
            Some(format!("{id}, seed {seed}, {arm}: {remark}"))
        };
        self.finished
            .iter()
            .flat_map(|finished| finished.models.iter().map(move |model| (finished, model)))
            .filter_map(|(finished, model)| remark(finished, model))
            .collect()
    }

    fn pick(&self, preset: &Preset, wanted: impl Fn(&Task) -> bool) -> Vec<&Measured> {
        let finished = self.finished.iter().filter(|f| f.preset.id == preset.id);
        let models = finished.flat_map(|finished| &finished.models);
        let wanted = models.filter(|(task, _)| wanted(task));
        wanted.map(|(_, measured)| measured).collect()
    }
}

impl Plan {
    /// Trains and measures, spread over the threads; gives what is finished if it is stopped.
    ///
    /// Of a preset and seed whose models are not all finished nothing is kept, so that arms stay
    /// comparable.
    ///
    /// # Errors
    /// [`PaperError`] if the data or the memory for a model cannot be had.
    pub fn carry_out(&self, monitor: &dyn Monitor) -> Result<Results, PaperError> {
        let finished: Vec<Option<Finished>> = self
            .subjects()
            .into_par_iter()
            .with_max_len(1)
            .map(|(preset, seed)| self.measure_all(preset, seed, monitor))
            .collect::<Result<_, PaperError>>()?;
        Ok(Results {
            interrupted: finished.iter().any(Option::is_none),
            finished: finished.into_iter().flatten().collect(),
        })
    }

    fn measure_all(
        &self,
        preset: &'static Preset,
        seed: u64,
        monitor: &dyn Monitor,
    ) -> Result<Option<Finished>, PaperError> {
        let subject = self.load(preset, seed)?;
        let models = self
            .table
            .tasks()
            .par_iter()
            .with_max_len(1)
            .map(|task| Ok((*task, self.measure(&subject, task, monitor)?)))
            .collect::<Result<_, PaperError>>()?;
        Ok((!monitor.stopped()).then_some(Finished {
            preset,
            seed,
            shape: image::shape(&subject.dataset.features),
            protected: subject.protected,
            models,
        }))
    }

    /// Trains and measures one model; worth nothing if it was stopped.
    fn measure(
        &self,
        subject: &Subject,
        task: &Task,
        monitor: &dyn Monitor,
    ) -> Result<Measured, PaperError> {
        let mut measured = Measured::default();
        let Some(model) = train(self.recipe(subject, task)?, monitor)? else {
            return Ok(measured);
        };
        let test = &subject.dataset.test;
        for measure in task.measures.iter().take_while(|_| !monitor.stopped()) {
            match measure {
                Measure::Free | Measure::Weights | Measure::Protected => {
                    let protected = *measure == Measure::Protected;
                    match self.rounds(subject, &model, protected, monitor) {
                        Ok(rounds) => measured.take_rounds(*measure, rounds),
                        Err(error) => measured.remark = Some(error.to_string()),
                    }
                }
                Measure::Sensitivity => {
                    let samples = self.individuals.unwrap_or(SENSITIVITY_SAMPLES);
                    let protocol = SensitivityRounds::paper(self.rounds, samples, subject.seed);
                    let rounds = sensitivity_rounds(&model, test, protocol);
                    measured.features = mean_over_rounds(&rounds);
                    measured.sensitivity = protected_sensitivity(&rounds, &subject.protected);
                }
                Measure::Robustness => {
                    let random_start = Some(subject.seed);
                    let curve = |attack| accuracy_curve(&model, test, attack, &EPSILONS);
                    measured.fgsm = curve(Attack::Fgsm);
                    measured.pgd = curve(Attack::Pgd { random_start });
                }
            }
            monitor.advance();
        }
        Ok(measured)
    }

    fn rounds(
        &self,
        subject: &Subject,
        model: &Mlp,
        protected: bool,
        monitor: &dyn Monitor,
    ) -> Result<Vec<Vec<Round>>, EvaluationError> {
        let constraints = self.constraints(subject, protected);
        let protocol = self.protocol(subject, protected);
        let test = &subject.dataset.test;
        let evaluation = Evaluation::new(model, test, &constraints, &protocol)?;
        let weights = (0..protocol.lambda_egy.len()).take_while(|_| !monitor.stopped());
        Ok(weights.map(|weight| evaluation.rounds(weight)).collect())
    }
}

/// Each feature's mean over `rounds`, each `(d,)`.
fn mean_over_rounds(rounds: &[Vec<f64>]) -> Vec<f64> {
    let width = rounds.first().map_or(0, Vec::len);
    let feature = |feature: usize| {
        let values = rounds.iter().map(|round| round[feature]);
        values.sum::<f64>() / rounds.len() as f64
    };
    (0..width).map(feature).collect()
}

impl Measured {
    fn take_rounds(&mut self, measure: Measure, by_weight: Vec<Vec<Round>>) {
        match measure {
            Measure::Weights => self.by_weight = by_weight,
            Measure::Protected => self.protected = average(&by_weight),
            _ => self.free = average(&by_weight),
        }
    }
}
