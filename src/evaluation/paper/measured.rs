//! Carrying out a plan: train every model, measure it, keep what is finished.

use rayon::prelude::*;

use super::plan::{Job, Measure, Plan};
use crate::{
    data::{DataError, Dataset},
    evaluation::{
        attribution::{SensitivityRounds, sensitivity_rounds},
        robustness::{Attack, EPSILONS, accuracy_curve},
        rounds::{Evaluation, EvaluationError, Round},
    },
    model::{Mlp, ModelError},
    training::{Objective, Preset, Trainer},
};

/// Why a table cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// Something is wrong with the data.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Something is wrong with a model.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// How far a plan is, and whether to go on.
pub trait Monitor: Sync {
    /// A unit of [`Plan::units`] is done.
    fn advance(&self);
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
    /// Per round, the sensitivity to every feature.
    pub sensitivities: Vec<Vec<f64>>,
    /// Accuracy under FGSM, per ε of [`EPSILONS`].
    pub fgsm: Vec<f32>,
    /// Accuracy under PGD from a random start.
    pub pgd: Vec<f32>,
    /// Why something could not be measured.
    pub remark: Option<String>,
}

/// Finished jobs in the order of the plan.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Each job with what was measured.
    pub finished: Vec<(Job, Measured)>,
    /// Whether jobs are missing because of a stop.
    pub interrupted: bool,
}

impl Results {
    /// What was measured, seed by seed, of the models of `preset` that were trained with
    /// `objective`, with the protected features immutable or not.
    pub fn of(&self, preset: &Preset, objective: Objective, protected: bool) -> Vec<&Measured> {
        self.pick(preset, |job| {
            job.task.objective == objective && job.task.protected == protected
        })
    }

    /// As [`Results::of`] for the baseline, which is not trained with counterfactuals and is
    /// therefore the same, protected or not.
    pub fn baseline(&self, preset: &Preset) -> Vec<&Measured> {
        self.pick(preset, |job| job.task.objective == Objective::Vanilla)
    }

    /// Why something is missing, one sentence each.
    pub fn remarks(&self) -> Vec<String> {
        let remark = |(job, measured): &(Job, Measured)| {
            measured.remark.as_ref().map(|remark| {
                let arm = job.task.objective.abbreviation();
                format!("{}, seed {}, {arm}: {remark}", job.preset.id, job.seed)
            })
        };
        self.finished.iter().filter_map(remark).collect()
    }

    fn pick(&self, preset: &Preset, wanted: impl Fn(&Job) -> bool) -> Vec<&Measured> {
        let jobs = self.finished.iter();
        jobs.filter(|(job, _)| job.preset.id == preset.id && wanted(job))
            .map(|(_, measured)| measured)
            .collect()
    }
}

impl Plan {
    /// Trains and measures, spread over the threads; gives what is finished if it is stopped.
    ///
    /// Of a seed whose jobs are not all finished nothing is kept, so that arms stay comparable.
    ///
    /// # Errors
    /// [`PaperError`] if the data or the memory for a model cannot be had.
    pub fn carry_out(&self, monitor: &dyn Monitor) -> Result<Results, PaperError> {
        let jobs = self.jobs();
        let measured: Vec<Option<Measured>> = jobs
            .par_iter()
            .with_max_len(1)
            .map(|job| self.measure(job, monitor))
            .collect::<Result<_, _>>()?;
        let together = self.table.tasks().len().max(1);
        let mut results = Results::default();
        for (jobs, measured) in jobs.chunks(together).zip(measured.chunks(together)) {
            let all: Option<Vec<Measured>> = measured.iter().cloned().collect();
            match all {
                Some(all) => results.finished.extend(jobs.iter().copied().zip(all)),
                None => results.interrupted = true,
            }
        }
        Ok(results)
    }

    /// Trains and measures one model; `None` if it was stopped.
    fn measure(&self, job: &Job, monitor: &dyn Monitor) -> Result<Option<Measured>, PaperError> {
        let dataset = self.dataset(job)?;
        let model = self.train(job, &dataset, monitor)?;
        let mut measured = Measured::default();
        for measure in job.task.measures {
            match measure {
                Measure::Free | Measure::Protected => {
                    let protected = *measure == Measure::Protected;
                    let rounds = self.rounds(job, &dataset, &model, protected, monitor);
                    measured.take_rounds(protected, rounds);
                }
                Measure::Sensitivity => {
                    let protocol = SensitivityRounds::paper(job.seed);
                    measured.sensitivities = sensitivity_rounds(&model, &dataset.test, protocol);
                }
                Measure::Robustness => {
                    let random_start = Some(job.seed);
                    let curve = |attack| accuracy_curve(&model, &dataset.test, attack, &EPSILONS);
                    measured.fgsm = curve(Attack::Fgsm);
                    measured.pgd = curve(Attack::Pgd { random_start });
                }
            }
            monitor.advance();
        }
        Ok((!monitor.stopped()).then_some(measured))
    }

    fn train(
        &self,
        job: &Job,
        dataset: &Dataset,
        monitor: &dyn Monitor,
    ) -> Result<Mlp, PaperError> {
        let parameters = self.parameters(job);
        let constraints = self.constraints(job, dataset, job.task.protected);
        let mut trainer = Trainer::new(dataset, &parameters)?;
        while trainer.epoch() < parameters.epochs && !monitor.stopped() {
            trainer.train_epoch(dataset, &constraints, &parameters)?;
            monitor.advance();
        }
        Ok(trainer.model().clone())
    }

    fn rounds(
        &self,
        job: &Job,
        dataset: &Dataset,
        model: &Mlp,
        protected: bool,
        monitor: &dyn Monitor,
    ) -> Result<Vec<Round>, EvaluationError> {
        let constraints = self.constraints(job, dataset, protected);
        let protocol = self.protocol(job, dataset, protected);
        let evaluation = Evaluation::new(model, &dataset.test, &constraints, &protocol)?;
        let positions = (0..protocol.lambda_egy.len()).take_while(|_| !monitor.stopped());
        Ok(positions
            .flat_map(|position| evaluation.rounds(position))
            .collect())
    }
}

impl Measured {
    fn take_rounds(&mut self, protected: bool, rounds: Result<Vec<Round>, EvaluationError>) {
        match rounds {
            Ok(rounds) if protected => self.protected = rounds,
            Ok(rounds) => self.free = rounds,
            Err(error) => self.remark = Some(error.to_string()),
        }
    }
}
