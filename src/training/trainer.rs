//! The trainer: a model, its optimiser, and the epoch (Alg. 1).

use super::{
    EpochReport, HyperParameters, Tuples, batches::Batches, objective::TermWeights,
    updates::Updates,
};
use crate::{
    counterfactual::{Constraints, Generator},
    data::Dataset,
    halt::Halt,
    model::{AdamState, Architecture, Mlp, ModelError},
    random::{Purpose, stream},
};

/// Trains one model, epoch by epoch.
///
/// An epoch depends on the trainer's state, the data, the parameters, the constraints and the
/// epoch's number, and on nothing else.
pub struct Trainer {
    model: Mlp,
    updates: Updates,
    epoch: usize,
    halt: Halt,
}

/// Why an epoch was not trained.
#[derive(Debug, thiserror::Error)]
pub enum EpochError {
    /// The optimiser got no memory.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The end was asked for; the trainer is in the middle of the epoch until it is
    /// [restored](Trainer::restore).
    #[error("the epoch was interrupted")]
    Halted,
}

/// What has to be kept to go on from an epoch later.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainerState {
    /// Epochs trained.
    pub epoch: usize,
    /// The weights.
    pub model: Mlp,
    /// The optimiser's moments.
    pub adam: AdamState,
}

impl Trainer {
    /// A trainer of a new model that fits `dataset`, with the initial weights of the parameters'
    /// seed.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for it.
    pub fn new(dataset: &Dataset, parameters: &HyperParameters) -> Result<Self, ModelError> {
        let architecture = Architecture {
            inputs: dataset.dimensions(),
            hidden: parameters.hidden(),
            outputs: dataset.classes.len(),
        };
        let mut random = stream(parameters.seed, Purpose::Initialisation, 0);
        let model = Mlp::glorot(architecture, &mut random);
        Ok(Self {
            updates: Updates::new(parameters.engine, &model)?,
            model,
            epoch: 0,
            halt: Halt::default(),
        })
    }

    /// Looks at `halt` before every step of a search and before every update.
    pub fn heed(&mut self, halt: &Halt) {
        self.halt = halt.clone();
    }

    /// The model as it is now.
    pub fn model(&self) -> &Mlp {
        &self.model
    }

    /// Epochs trained.
    pub fn epoch(&self) -> usize {
        self.epoch
    }

    /// A copy of all that the next epoch depends on.
    pub fn state(&self) -> TrainerState {
        TrainerState {
            epoch: self.epoch,
            model: self.model.clone(),
            adam: self.updates.adam(),
        }
    }

    /// Goes back to a state of a trainer of the same architecture.
    pub fn restore(&mut self, state: &TrainerState) {
        self.epoch = state.epoch;
        self.model = state.model.clone();
        self.updates.restore(&self.model, &state.adam);
    }

    /// Trains one epoch (Alg. 1), with counterfactuals by `generator`.
    ///
    /// An update whose loss or gradient is not finite is skipped and counted.
    ///
    /// # Errors
    /// [`EpochError`] if the optimiser gets no memory, or the end was asked for.
    pub fn train_epoch(
        &mut self,
        dataset: &Dataset,
        constraints: &Constraints,
        parameters: &HyperParameters,
        generator: &Generator,
    ) -> Result<EpochReport, EpochError> {
        self.updates.use_engine(parameters.engine, &self.model)?;
        let mut report = EpochReport {
            epoch: self.epoch + 1,
            ..EpochReport::default()
        };
        let weights = TermWeights::in_epoch(parameters, report.epoch);
        let tuples = if weights.needs_search() {
            Tuples::draw(
                &self.model,
                &dataset.train,
                constraints,
                parameters,
                generator,
                &mut report,
                &self.halt,
            )
            .ok_or(EpochError::Halted)?
        } else {
            Tuples::default()
        };
        let batches = Batches::new(&dataset.train, &tuples, parameters, report.epoch);
        self.updates.run(
            &mut self.model,
            &batches,
            weights,
            parameters.learning_rate,
            &mut report,
            &self.halt,
        )?;
        self.epoch += 1;
        Ok(report)
    }
}
