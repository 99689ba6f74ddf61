//! Both arms, trained in lock-step: same initial weights, data and batches.

use std::sync::Arc;

use super::{
    Change, Controls, History, Recipe, SessionError,
    timeline::{Moment, Timeline},
};
use crate::{
    counterfactual::{Background, Constraints, Generator},
    data::{Dataset, Loaded},
    halt::Halt,
    model::Mlp,
    training::{Effect, EpochReport, HyperParameters, Objective, TABLE, Trainer},
};

/// The baseline arm and the counterfactual arm of one recipe.
///
/// This is a session without thread, clock or display: the same recipe and the same calls give the
/// same weights, bit for bit.
pub struct Lockstep {
    recipe: Recipe,
    dataset: Arc<Dataset>,
    notes: Arc<Vec<String>>,
    trainers: [Trainer; 2],
    background: Background,
    /// The last generator that was ready.
    generator: Generator,
    timeline: Timeline,
    /// Changes that the recipe brought along and that are still to come.
    pending: Vec<Change>,
    applied: Change,
    /// Those of `applied`.
    constraints: Constraints,
    newest: usize,
    /// Both arms' reports of the present epoch.
    present: [EpochReport; 2],
}

impl Lockstep {
    /// Loads the recipe's data and draws the initial weights.
    ///
    /// # Errors
    /// [`SessionError`] if the data cannot be had, the constraints don't fit them, or there is no
    /// memory for the model.
    pub fn new(mut recipe: Recipe) -> Result<Self, SessionError> {
        let parameters = &recipe.controls.parameters;
        let Loaded { dataset, notes } = recipe.source.load_with_notes(&parameters.draw())?;
        let trainers = [
            Trainer::new(&dataset, parameters)?,
            Trainer::new(&dataset, parameters)?,
        ];
        recipe.controls.mutability = dataset.mutability(&recipe.controls.mutability);
        for change in &mut recipe.changes {
            change.controls.mutability = dataset.mutability(&change.controls.mutability);
        }
        recipe.changes.sort_by_key(|change| change.epoch);
        let pending = std::mem::take(&mut recipe.changes);
        let mut run = Self {
            timeline: Timeline::new(moment(&trainers, Default::default())),
            applied: Change {
                epoch: 1,
                controls: recipe.controls.clone(),
            },
            constraints: recipe.controls.constraints(&dataset),
            dataset: Arc::new(dataset),
            notes: Arc::new(notes),
            background: recipe.controls.parameters.background(),
            generator: Generator::Generic,
            recipe,
            trainers,
            pending,
            newest: 0,
            present: Default::default(),
        };
        run.prepare()?;
        Ok(run)
    }

    /// Looks at `halt` all through an epoch.
    pub fn heed(&mut self, halt: &Halt) {
        for trainer in &mut self.trainers {
            trainer.heed(halt);
        }
    }

    /// Epochs trained.
    pub fn epoch(&self) -> usize {
        self.trainers[0].epoch()
    }

    /// The last epoch that can be gone to.
    pub fn newest_epoch(&self) -> usize {
        self.newest
    }

    /// The first epoch whose weights are kept.
    pub fn oldest_epoch(&self) -> usize {
        self.timeline.oldest()
    }

    /// The data.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// Remarks on what was left out or decided when reading the data.
    pub fn notes(&self) -> &Arc<Vec<String>> {
        &self.notes
    }

    /// Baseline and counterfactual model.
    pub fn models(&self) -> [&Mlp; 2] {
        [self.trainers[0].model(), self.trainers[1].model()]
    }

    /// Both models as they were at an earlier epoch, or at the nearest before it whose weights are
    /// kept, and which epoch that was.
    pub fn models_at(&self, epoch: usize) -> Option<(usize, [&Mlp; 2])> {
        let [baseline, counterfactual] = &self.timeline.before(epoch)?.states;
        Some((baseline.epoch, [&baseline.model, &counterfactual.model]))
    }

    /// The objectives that both arms were trained with in the present epoch; before the first, those
    /// to come.
    pub fn objectives(&self) -> [Objective; 2] {
        let trained = self.recipe.controls_at(self.epoch().max(1));
        [Objective::Vanilla, trained.parameters.objective]
    }

    /// The controls in force, and since when.
    pub fn applied(&self) -> &Change {
        &self.applied
    }

    /// What reproduces this run so far.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Reports of all epochs.
    pub fn history(&self) -> History {
        self.timeline.history()
    }

    /// Both arms' reports of the present epoch.
    pub fn reports(&self) -> [EpochReport; 2] {
        self.present.clone()
    }

    /// What counterfactuals respect under the controls in force.
    pub fn constraints(&self) -> &Constraints {
        &self.constraints
    }

    /// The generator under the controls in force; `None` until it is [ready](Lockstep::prepare).
    pub fn generator(&self) -> Option<&Generator> {
        let wanted = self.applied.controls.parameters.generator;
        Some(&self.generator).filter(|generator| generator.kind() == wanted)
    }

    /// Share of an autoencoder's fitting that is done, while the generator in force waits for it.
    pub fn fitting(&self) -> Option<f32> {
        self.background
            .progress()
            .filter(|_| self.generator().is_none())
    }

    /// Does a small part of what the generator in force has to learn from the data first; says
    /// whether it is ready. Training an epoch does all that is left.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for it.
    pub fn prepare(&mut self) -> Result<bool, SessionError> {
        let wanted = self.applied.controls.parameters.generator;
        if self.generator().is_none()
            && let Some(generator) = (self.background).advance(
                wanted,
                &self.dataset.train,
                self.dataset.classes.len(),
            )?
        {
            self.generator = generator;
        }
        Ok(self.generator().is_some())
    }

    /// Changes the controls from the next epoch on.
    ///
    /// Parameters that take effect only with a restart keep their values. The change becomes part
    /// of the recipe; what came after the present epoch is forgotten.
    pub fn change(&mut self, controls: &Controls) {
        let wanted = Controls {
            parameters: keep_until_restart(&controls.parameters, &self.recipe.controls.parameters),
            mutability: self.dataset.mutability(&controls.mutability),
        };
        if wanted == self.applied.controls {
            return;
        }
        self.apply(self.epoch() + 1, wanted);
        self.forget_future();
        let first = self.applied.epoch;
        self.recipe.changes.retain(|change| change.epoch < first);
        self.recipe.changes.push(self.applied.clone());
    }

    /// Trains both arms for one epoch, under the changes that the recipe has for it.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for an update, or the end was asked for: then nothing
    /// was trained.
    pub fn train_epoch(&mut self) -> Result<[EpochReport; 2], SessionError> {
        self.forget_future();
        let epoch = self.epoch() + 1;
        while self
            .pending
            .first()
            .is_some_and(|change| change.epoch <= epoch)
        {
            let change = self.pending.remove(0);
            self.change(&change.controls);
        }
        self.advance()?;
        let moment = moment(&self.trainers, self.reports());
        self.timeline.push(moment);
        self.newest = self.epoch();
        Ok(self.reports())
    }

    /// Goes to the end of an earlier or later epoch of this run, kept in range, and puts its controls
    /// back in force; at the newest epoch, those that were set for the next.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for training again what is not kept.
    pub fn go_to(&mut self, epoch: usize) -> Result<(), SessionError> {
        while !self.approach(epoch)? {}
        Ok(())
    }

    /// Goes to the nearest kept epoch on the way to `epoch`, or trains one epoch again; whether that
    /// has led there.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for training again what is not kept.
    pub fn approach(&mut self, epoch: usize) -> Result<bool, SessionError> {
        let epoch = epoch.min(self.newest);
        let present = self.epoch();
        let on_the_way = |kept: usize| kept > present || epoch < present;
        match self.timeline.before(epoch) {
            Some(kept) if on_the_way(kept.epoch()) => {
                for (trainer, state) in self.trainers.iter_mut().zip(&kept.states) {
                    trainer.restore(state);
                }
                self.present = kept.reports.clone();
            }
            _ if present < epoch => {
                self.recall(present + 1);
                self.advance()?;
            }
            _ => {}
        }
        let present = self.epoch();
        let newer = usize::from(present == self.newest);
        self.recall(present + newer);
        Ok(present == epoch)
    }

    /// Puts the controls back in force with which `epoch` was trained.
    fn recall(&mut self, epoch: usize) {
        let epoch = epoch.max(1);
        let changes = self.recipe.changes.iter().rev();
        let since = changes
            .map(|change| change.epoch)
            .find(|&since| since <= epoch);
        let controls = self.recipe.controls_at(epoch).clone();
        self.apply(since.unwrap_or(1), controls);
    }

    /// Puts `controls` in force, which are so since `epoch`.
    fn apply(&mut self, epoch: usize, controls: Controls) {
        if controls != self.applied.controls {
            self.constraints = controls.constraints(&self.dataset);
        }
        self.applied = Change { epoch, controls };
    }

    /// After going back, training on overwrites what came after.
    fn forget_future(&mut self) {
        let epoch = self.epoch();
        if self.newest > epoch {
            self.newest = epoch;
            self.timeline.truncate(&self.present);
            self.recipe.changes.retain(|change| change.epoch <= epoch);
            self.pending.clear();
        }
    }

    /// One epoch of both arms under the controls in force, or nothing at all.
    fn advance(&mut self) -> Result<(), SessionError> {
        while !self.prepare()? {}
        let [baseline, counterfactual] = &mut self.trainers;
        let parameters = &self.applied.controls.parameters;
        let vanilla = HyperParameters {
            objective: Objective::Vanilla,
            ..parameters.clone()
        };
        let (data, constraints, generator) = (&self.dataset, &self.constraints, &self.generator);
        let before = [baseline.state(), counterfactual.state()];
        let trained = baseline
            .train_epoch(data, constraints, &vanilla, generator)
            .and_then(|first| {
                let second =
                    counterfactual.train_epoch(data, constraints, parameters, generator)?;
                Ok([first, second])
            });
        if trained.is_err() {
            baseline.restore(&before[0]);
            counterfactual.restore(&before[1]);
        }
        self.present = trained?;
        Ok(())
    }
}

/// `wanted`, but with the present values of all parameters that need a restart.
fn keep_until_restart(wanted: &HyperParameters, present: &HyperParameters) -> HyperParameters {
    let mut merged = wanted.clone();
    for parameter in TABLE
        .iter()
        .filter(|parameter| parameter.effect == Effect::Restart)
    {
        let _ = parameter.set(&mut merged, parameter.get(present));
    }
    merged
}

fn moment(trainers: &[Trainer; 2], reports: [EpochReport; 2]) -> Moment {
    Moment {
        states: [trainers[0].state(), trainers[1].state()],
        reports,
    }
}
