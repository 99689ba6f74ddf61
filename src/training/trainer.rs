//! The trainer: a model, its optimiser, and the epoch (Alg. 1).

use rand::Rng;

use super::{
    EpochReport, HyperParameters, LossTerms, Tuples,
    batches::{BatchBuffer, Batches},
    objective::{TermWeights, objective},
};
use crate::{
    counterfactual::{Constraints, Generator},
    data::Dataset,
    model::{Adam, AdamState, Architecture, Kernel, Mlp, ModelError, Passes},
    random::{Purpose, stream},
};

/// Trains one model, epoch by epoch.
///
/// An epoch depends on the trainer's state, the data, the parameters, the constraints and the
/// epoch's number, and on nothing else.
pub struct Trainer {
    model: Mlp,
    adam: Adam,
    passes: Kernel,
    gradient: Vec<f32>,
    buffer: BatchBuffer,
    epoch: usize,
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
        Self::with_weights(
            architecture,
            &mut stream(parameters.seed, Purpose::Initialisation, 0),
        )
    }

    fn with_weights(architecture: Architecture, random: &mut impl Rng) -> Result<Self, ModelError> {
        let model = Mlp::glorot(architecture, random);
        let count = model.parameters.len();
        Ok(Self {
            adam: Adam::new(count)?,
            passes: Kernel::new(&model),
            gradient: vec![0.0; count],
            buffer: BatchBuffer::new(model.inputs()),
            model,
            epoch: 0,
        })
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
            adam: self.adam.state(),
        }
    }

    /// Goes back to a state of a trainer of the same architecture.
    pub fn restore(&mut self, state: &TrainerState) {
        self.epoch = state.epoch;
        self.model = state.model.clone();
        self.adam.restore(&state.adam);
        self.passes.load(&self.model);
    }

    /// Trains one epoch (Alg. 1), with counterfactuals by `generator`.
    ///
    /// An update whose loss or gradient is not finite is skipped and counted.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if the optimiser gets no memory.
    pub fn train_epoch(
        &mut self,
        dataset: &Dataset,
        constraints: &Constraints,
        parameters: &HyperParameters,
        generator: &Generator,
    ) -> Result<EpochReport, ModelError> {
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
            )
        } else {
            Tuples::default()
        };
        let batches = Batches::new(&dataset.train, &tuples, parameters, report.epoch);
        self.update(&batches, weights, parameters.learning_rate, &mut report)?;
        self.epoch += 1;
        Ok(report)
    }

    /// One update per mini-batch.
    fn update(
        &mut self,
        batches: &Batches<'_>,
        weights: TermWeights,
        learning_rate: f64,
        report: &mut EpochReport,
    ) -> Result<(), ModelError> {
        let mut sum = LossTerms::default();
        for batch in 0..batches.len() {
            let batch = batches.lay_out(batch, &mut self.buffer);
            let terms = objective(&mut self.passes, batch, weights, &mut self.gradient);
            let finite =
                terms.total.is_finite() && self.gradient.iter().all(|value| value.is_finite());
            if !finite {
                report.skipped_updates += 1;
                continue;
            }
            self.adam
                .update(&mut self.model, &self.gradient, learning_rate)?;
            self.passes.load(&self.model);
            sum.add(&terms);
        }
        report.loss = sum.mean(batches.len() - report.skipped_updates);
        Ok(())
    }
}
