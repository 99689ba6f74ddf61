//! The trainer: a model, its optimiser, and the epoch (Alg. 1).

use super::{
    EpochReport, HyperParameters, Objective,
    batches::Batches,
    regime::{Epoch, Memory, Regime},
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
    objective: Objective,
    regime: Box<dyn Regime>,
    halt: Halt,
}

/// Why an epoch was not trained.
#[derive(Debug, thiserror::Error)]
pub enum EpochError {
    /// The optimiser or the regime got no memory.
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
    /// What the model was trained with.
    pub objective: Objective,
    /// What that regime carries along.
    pub memory: Memory,
    /// Of an ensemble the states of its members, which then hold the optimisers' moments and what
    /// their regimes carry; else none.
    pub members: Vec<Self>,
}

impl TrainerState {
    /// Memory that its arrays take, in bytes.
    pub fn bytes(&self) -> usize {
        let carried = self.memory.as_ref().map_or(0, |memory| memory.len());
        let moments = self.adam.first.len() + self.adam.second.len();
        let members = self.members.iter().map(Self::bytes).sum::<usize>();
        size_of::<f32>() * (self.model.parameters.len() + moments + carried) + members
    }
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
            objective: parameters.objective,
            regime: parameters.objective.regime(),
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
            objective: self.objective,
            memory: self.regime.memory(),
            members: Vec::new(),
        }
    }

    /// Whether `state` is that of a trainer of the same architecture.
    pub fn fits(&self, state: &TrainerState) -> bool {
        let parameters = self.model.parameters.len();
        let moments = [&state.adam.first, &state.adam.second];
        let width = state.memory.as_ref().map(|memory| memory.ncols());
        state.model.architecture() == self.model.architecture()
            && moments.iter().all(|moments| moments.len() == parameters)
            && width.is_none_or(|width| width == self.model.inputs())
    }

    /// Goes back to a state of a trainer of the same architecture.
    pub fn restore(&mut self, state: &TrainerState) {
        self.epoch = state.epoch;
        self.model = state.model.clone();
        self.updates.restore(&self.model, &state.adam);
        self.objective = state.objective;
        self.regime = state.objective.regime();
        self.regime.recall(state.memory.clone());
    }

    /// Trains one epoch with the regime that `parameters` name; counterfactuals are searched by
    /// `generator`.
    ///
    /// An update whose loss or gradient is not finite is skipped and counted.
    ///
    /// # Errors
    /// [`EpochError`] if the optimiser or the regime gets no memory, or the end was asked for.
    pub fn train_epoch(
        &mut self,
        dataset: &Dataset,
        constraints: &Constraints,
        parameters: &HyperParameters,
        generator: &Generator,
    ) -> Result<EpochReport, EpochError> {
        self.updates.use_engine(parameters.engine, &self.model)?;
        if parameters.objective != self.objective {
            self.objective = parameters.objective;
            self.regime = parameters.objective.regime();
        }
        let mut report = EpochReport {
            epoch: self.epoch + 1,
            ..EpochReport::default()
        };
        let before = self.model.clone();
        let epoch = Epoch {
            number: report.epoch,
            model: &before,
            train: &dataset.train,
            constraints,
            parameters,
            generator,
            halt: &self.halt,
        };
        self.regime.begin(&epoch, &mut report)?;
        self.updates.run(
            &mut self.model,
            &Batches::new(&epoch),
            self.regime.as_mut(),
            parameters.learning_rate,
            &mut report,
            &self.halt,
        )?;
        self.regime.finish(&mut report);
        self.epoch += 1;
        Ok(report)
    }
}
