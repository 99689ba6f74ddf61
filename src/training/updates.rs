//! The updates of one epoch: a gradient and a step of Adam per mini-batch.

use super::{
    EpochError, EpochReport, LossTerms,
    batches::{BatchBuffer, Batches},
    regime::Regime,
};
use crate::{
    halt::Halt,
    model::{
        Adam, AdamState, Autograd, Engine, Kernel, Mlp, ModelError, Optimizer, Passes,
        ReferenceAdam,
    },
};

/// Passes and optimiser of a model, by the engine that was asked for.
pub(super) enum Updates {
    Kernel(Updater<Kernel, Adam>),
    Dfdx(Updater<Autograd, ReferenceAdam>),
}

impl Updates {
    /// For a new model.
    pub(super) fn new(engine: Engine, model: &Mlp) -> Result<Self, ModelError> {
        Ok(match engine {
            Engine::Kernel => Self::Kernel(Updater::new(model)?),
            Engine::Dfdx => Self::Dfdx(Updater::new(model)?),
        })
    }

    /// Goes on with `engine`.
    pub(super) fn use_engine(&mut self, engine: Engine, model: &Mlp) -> Result<(), ModelError> {
        let present = match self {
            Self::Kernel(_) => Engine::Kernel,
            Self::Dfdx(_) => Engine::Dfdx,
        };
        if engine != present {
            let adam = self.adam();
            *self = Self::new(engine, model)?;
            self.restore(model, &adam);
        }
        Ok(())
    }

    /// The optimiser's state.
    pub(super) fn adam(&self) -> AdamState {
        match self {
            Self::Kernel(updater) => updater.adam.state(),
            Self::Dfdx(updater) => updater.adam.state(),
        }
    }

    /// Goes on with `model`, whose optimiser was in the state `adam`.
    pub(super) fn restore(&mut self, model: &Mlp, adam: &AdamState) {
        match self {
            Self::Kernel(updater) => updater.restore(model, adam),
            Self::Dfdx(updater) => updater.restore(model, adam),
        }
    }

    /// One update per mini-batch; `report` gets the loss. An update whose loss or gradient is not
    /// finite is skipped and counted.
    pub(super) fn run(
        &mut self,
        model: &mut Mlp,
        batches: &Batches<'_>,
        regime: &mut dyn Regime,
        learning_rate: f64,
        report: &mut EpochReport,
        halt: &Halt,
    ) -> Result<(), EpochError> {
        match self {
            Self::Kernel(updater) => {
                updater.run(model, batches, regime, learning_rate, report, halt)
            }
            Self::Dfdx(updater) => updater.run(model, batches, regime, learning_rate, report, halt),
        }
    }
}

/// Passes, optimiser, and the memory for one mini-batch.
pub(super) struct Updater<P, O> {
    passes: P,
    adam: O,
    gradient: Vec<f32>,
    buffer: BatchBuffer,
}

impl<P: Passes, O: Optimizer> Updater<P, O> {
    fn new(model: &Mlp) -> Result<Self, ModelError> {
        let count = model.parameters.len();
        Ok(Self {
            passes: P::new(model),
            adam: O::new(count)?,
            gradient: vec![0.0; count],
            buffer: BatchBuffer::new(model.inputs()),
        })
    }

    fn restore(&mut self, model: &Mlp, adam: &AdamState) {
        self.passes.load(model);
        self.adam.restore(adam);
    }

    fn run(
        &mut self,
        model: &mut Mlp,
        batches: &Batches<'_>,
        regime: &mut dyn Regime,
        learning_rate: f64,
        report: &mut EpochReport,
        halt: &Halt,
    ) -> Result<(), EpochError> {
        let mut sum = LossTerms::default();
        for batch in 0..batches.len() {
            if halt.is_requested() {
                return Err(EpochError::Halted);
            }
            let batch = batches.lay_out(batch, regime, &mut self.passes, &mut self.buffer);
            let mut terms = LossTerms::default();
            self.passes.weight_gradient(
                batch.points,
                |logits, cotangent| terms = regime.loss(batch, logits, cotangent),
                &mut self.gradient,
            );
            if !terms.total.is_finite() || !all_finite(&self.gradient) {
                report.skipped_updates += 1;
                continue;
            }
            self.adam.update(model, &self.gradient, learning_rate)?;
            self.passes.load(model);
            sum.add(&terms);
        }
        report.loss = sum.mean(batches.len() - report.skipped_updates);
        Ok(())
    }
}

/// Whether no value is infinite or not a number.
fn all_finite(values: &[f32]) -> bool {
    values
        .iter()
        .fold(true, |finite, value| finite & value.is_finite())
}
