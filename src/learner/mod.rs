//! One arm in training: the one loop that the dashboard, `train` and the paper's tables share.

mod standing;

pub use standing::Standing;

use crate::{
    counterfactual::{Background, Constraints, Generator, GeneratorKind},
    data::Dataset,
    halt::Halt,
    model::{Mlp, ModelError},
    recipe::{Change, Controls},
    training::{Ensemble, EpochError, EpochReport, TrainerState},
};

/// A model in training, and the controls in force.
pub struct Learner {
    trainer: Ensemble,
    applied: Change,
    /// Those of `applied`.
    constraints: Constraints,
    /// The last generator that was ready.
    generator: Generator,
    /// Where it stood before the last epoch.
    before: Option<TrainerState>,
}

impl Learner {
    /// A learner with new weights, under the controls of the first epoch.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for the model.
    pub fn new(dataset: &Dataset, controls: &Controls) -> Result<Self, ModelError> {
        Ok(Self {
            trainer: Ensemble::new(dataset, &controls.parameters)?,
            constraints: controls.constraints(dataset),
            generator: Generator::Generic,
            before: None,
            applied: Change {
                epoch: 1,
                controls: controls.clone(),
            },
        })
    }

    /// Looks at `halt` all through an epoch.
    pub fn heed(&mut self, halt: &Halt) {
        self.trainer.heed(halt);
    }

    /// The model as it is now.
    pub fn model(&self) -> &Mlp {
        self.trainer.model()
    }

    /// Epochs trained.
    pub fn epochs(&self) -> usize {
        self.trainer.epoch()
    }

    /// The controls in force, and since when.
    pub fn applied(&self) -> &Change {
        &self.applied
    }

    /// What counterfactuals respect under the controls in force.
    pub fn constraints(&self) -> &Constraints {
        &self.constraints
    }

    /// The generator under the controls in force; `None` until it is [ready](Learner::prepare).
    pub fn generator(&self) -> Option<&Generator> {
        self.ready(self.applied.controls.parameters.generator)
    }

    /// Puts `controls` in force, which are so since `epoch`.
    pub fn apply(&mut self, dataset: &Dataset, epoch: usize, controls: &Controls) {
        if *controls != self.applied.controls {
            self.constraints = controls.constraints(dataset);
            self.applied.controls.clone_from(controls);
        }
        self.applied.epoch = epoch;
    }

    /// Learns from `dataset` from now on, which has the same features and classes as the data before:
    /// domains are those of its samples, and generators learn anew.
    pub fn refit(&mut self, dataset: &Dataset) {
        self.constraints = self.applied.controls.constraints(dataset);
        self.generator = Generator::Generic;
    }

    /// A copy of all that the next epoch depends on besides the controls.
    pub fn state(&self) -> TrainerState {
        self.trainer.state()
    }

    /// Goes back to a state of a learner of the same architecture.
    pub fn restore(&mut self, state: &TrainerState) {
        self.trainer.restore(state);
    }

    /// Whether `state` is that of a learner of the same architecture.
    pub fn fits(&self, state: &TrainerState) -> bool {
        self.trainer.fits(state)
    }

    /// Does a small part of what a generator has to learn from the data; whether it is ready.
    ///
    /// # Errors
    /// [`ModelError`] if there is no memory for it, or what was learned cannot be kept.
    pub fn prepare(
        &mut self,
        kind: GeneratorKind,
        dataset: &Dataset,
        background: &mut Background,
    ) -> Result<bool, ModelError> {
        if self.ready(kind).is_none()
            && let Some(generator) =
                background.advance(kind, &dataset.train, dataset.classes.len())?
        {
            self.generator = generator;
        }
        Ok(self.ready(kind).is_some())
    }

    /// The generator that the next epoch searches with under the controls in force, if it searches.
    pub fn needs(&self) -> Option<GeneratorKind> {
        let parameters = &self.applied.controls.parameters;
        parameters.searched_with(self.epochs() + 1)
    }

    /// Trains an epoch with the generator that is ready, or nothing at all.
    ///
    /// # Errors
    /// [`EpochError`] if there is no memory for it, or the end was asked for.
    pub fn train_epoch(&mut self, dataset: &Dataset) -> Result<EpochReport, EpochError> {
        let before = self.trainer.state();
        let (constraints, controls) = (&self.constraints, &self.applied.controls);
        let (parameters, generator) = (&controls.parameters, &self.generator);
        let trained = (self.trainer).train_epoch(dataset, constraints, parameters, generator);
        match trained {
            Ok(_) => self.before = Some(before),
            Err(_) => self.trainer.restore(&before),
        }
        trained
    }

    /// Takes the last epoch back, if one was trained.
    pub fn undo(&mut self) {
        if let Some(before) = self.before.take() {
            self.trainer.restore(&before);
        }
    }

    fn ready(&self, wanted: GeneratorKind) -> Option<&Generator> {
        Some(&self.generator).filter(|generator| generator.kind() == wanted)
    }
}
