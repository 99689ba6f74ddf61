//! All arms, trained in lock-step: same data, batches and factuals, and where their shapes agree the
//! same initial weights.

mod edit;
mod travel;

use std::sync::Arc;

use super::{
    History, SessionError,
    lane::{Lane, LaneId},
    strokes::Strokes,
};
use crate::{
    counterfactual::{Backgrounds, Constraints, Generator},
    data::{Canvas, Dataset, Loaded, drawing::is_trainable},
    halt::Halt,
    learner::Standing,
    model::Mlp,
    recipe::{Arm, Change, Recipe},
    training::{EpochReport, Objective, TrainerState},
};

/// Memory that the weights of past epochs may take, of all arms, in bytes.
const MEMORY: usize = 64 << 20;

/// The arms of one recipe, epoch by epoch.
///
/// This is a session without thread, clock or display: the same recipe and the same calls give the
/// same weights, bit for bit. Arms are named by their position; the first is the reference.
pub struct Lockstep {
    recipe: Recipe,
    canvas: Canvas,
    /// The data of the present epoch, and what tells them from others.
    dataset: Arc<Dataset>,
    stamp: u64,
    strokes: Strokes,
    notes: Arc<Vec<String>>,
    /// One for each arm of the recipe.
    lanes: Vec<Lane>,
    backgrounds: Backgrounds,
    /// Which data the backgrounds are of.
    learned: u64,
    /// Where all lanes are, or, after one was added, will be.
    epoch: usize,
    newest: usize,
    next_id: LaneId,
    halt: Halt,
}

impl Lockstep {
    /// Loads the recipe's data and draws the initial weights.
    ///
    /// # Errors
    /// [`SessionError`] if the recipe is none, the data cannot be had, the constraints don't fit
    /// them, or there is no memory for a model.
    pub fn new(mut recipe: Recipe) -> Result<Self, SessionError> {
        recipe.check()?;
        recipe.share_data();
        let Loaded { dataset, notes } = recipe.source.load_with_notes(&recipe.draw())?;
        recipe.drawing.check(&dataset)?;
        let mut canvas = Canvas::new(dataset);
        let (dataset, stamp) = canvas.at(&recipe.drawing, 1);
        let mut run = Self {
            backgrounds: Backgrounds::new(recipe.seed()),
            learned: stamp,
            lanes: Vec::new(),
            canvas,
            dataset,
            stamp,
            strokes: Strokes::default(),
            notes: Arc::new(notes),
            epoch: 0,
            newest: 0,
            next_id: 0,
            halt: Halt::default(),
            recipe,
        };
        for position in 0..run.recipe.arms.len() {
            run.open_lane(position)?;
        }
        run.prepare()?;
        Ok(run)
    }

    /// Loads the recipe's data and goes on from where a run of it stood, bit for bit.
    ///
    /// # Errors
    /// As [`Lockstep::new`]; also [`SessionError::Standing`] if that was a run of other models or arms.
    pub fn resume(standing: &Standing) -> Result<Self, SessionError> {
        let mut run = Self::new(standing.recipe.clone())?;
        let states = &standing.states;
        if states.len() != run.lanes.len() || states.iter().any(|s| s.epoch != standing.epoch()) {
            return Err(SessionError::Standing);
        }
        let (dataset, newest) = (run.dataset.clone(), standing.newest.max(standing.epoch()));
        let arms = run.recipe.arms.iter_mut();
        for (position, (lane, arm)) in run.lanes.iter_mut().zip(arms).enumerate() {
            let reports = standing
                .reports
                .get(position)
                .map_or(&[][..], Vec::as_slice);
            let past = (standing.present(position), reports);
            if !lane.resume(&dataset, arm, (&states[position], newest), past) {
                return Err(SessionError::Standing);
            }
        }
        (run.epoch, run.newest) = (standing.epoch(), newest);
        run.stage();
        run.prepare()?;
        Ok(run)
    }

    /// What the next epoch of every arm depends on besides the controls.
    pub fn states(&self) -> Vec<Arc<TrainerState>> {
        self.lanes.iter().map(|lane| lane.state.clone()).collect()
    }

    /// Counts the epochs up to `epoch` as this run's, though none is trained yet: going there trains
    /// them, under the changes that the recipe has for them.
    pub fn expect(&mut self, epoch: usize) {
        self.newest = self.newest.max(epoch);
    }

    /// Looks at `halt` all through an epoch.
    pub fn heed(&mut self, halt: &Halt) {
        self.halt = halt.clone();
        for lane in &mut self.lanes {
            lane.learner.heed(halt);
        }
    }

    /// Epochs trained.
    pub fn epoch(&self) -> usize {
        self.epoch
    }

    /// The last epoch that can be gone to.
    pub fn newest_epoch(&self) -> usize {
        self.newest
    }

    /// The first epoch whose weights are kept of all arms.
    pub fn oldest_epoch(&self) -> usize {
        let oldest = self.lanes.iter().map(|lane| lane.timeline.oldest());
        oldest.max().unwrap_or(0)
    }

    /// The data without what was drawn on them.
    pub fn base(&self) -> &Arc<Dataset> {
        self.canvas.base()
    }

    /// The data that the present epoch was trained with, or, at the newest, that the next one will
    /// be.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// Remarks on what was left out or decided when reading the data.
    pub fn notes(&self) -> &Arc<Vec<String>> {
        &self.notes
    }

    /// Number of arms.
    pub fn arms(&self) -> usize {
        self.lanes.len()
    }

    /// The models, one per arm.
    pub fn models(&self) -> Vec<&Mlp> {
        self.lanes.iter().map(|lane| lane.learner.model()).collect()
    }

    /// An arm's model as it was at an earlier epoch, or at the nearest before it whose weights are
    /// kept, and which epoch that was.
    pub fn model_at(&self, arm: usize, epoch: usize) -> Option<(usize, &Mlp)> {
        self.lanes.get(arm)?.model_at(epoch)
    }

    /// The objectives that the arms were trained with in the present epoch; before the first, those
    /// to come.
    pub fn objectives(&self) -> Vec<Objective> {
        let trained = |arm: &Arm| arm.controls_at(self.epoch.max(1)).parameters.objective;
        self.recipe.arms.iter().map(trained).collect()
    }

    /// An arm's controls in force, and since when.
    pub fn applied(&self, arm: usize) -> &Change {
        self.lanes[arm].learner.applied()
    }

    /// What reproduces this run so far.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Reports of all epochs.
    pub fn history(&self) -> History {
        let lanes = self.lanes.iter();
        History {
            reports: lanes.map(|lane| lane.timeline.reports()).collect(),
        }
    }

    /// The arms' reports of the present epoch.
    pub fn reports(&self) -> Vec<EpochReport> {
        self.lanes.iter().map(|lane| lane.present.clone()).collect()
    }

    /// An arm's report of the present epoch.
    pub fn report(&self, arm: usize) -> &EpochReport {
        &self.lanes[arm].present
    }

    /// What an arm's counterfactuals respect under the controls in force.
    pub fn constraints(&self, arm: usize) -> &Constraints {
        self.lanes[arm].learner.constraints()
    }

    /// The probability at which an arm's counterfactuals reach their targets.
    pub(super) fn threshold(&self, arm: usize) -> f32 {
        let parameters = &self.applied(arm).controls.parameters;
        parameters.search().decision_threshold
    }

    /// An arm's generator under the controls in force; `None` until it is
    /// [ready](Lockstep::prepare).
    pub fn generator(&self, arm: usize) -> Option<&Generator> {
        self.lanes[arm].learner.generator()
    }

    /// Whether all generators in force are ready.
    pub fn is_prepared(&self) -> bool {
        !self.is_trainable()
            || self
                .lanes
                .iter()
                .all(|lane| lane.learner.generator().is_some())
    }

    /// Whether there is enough to train and to test with, as there may not be of points that are drawn
    /// one by one.
    pub fn is_trainable(&self) -> bool {
        self.recipe.drawing.is_empty() || is_trainable(&self.dataset)
    }

    /// Share of an autoencoder's fitting that is done, while a generator in force waits for it.
    pub fn fitting(&self) -> Option<f32> {
        self.backgrounds.progress().filter(|_| !self.is_prepared())
    }

    /// Does a small part of what the generators in force have to learn from the data first; says
    /// whether they are ready. Training an epoch does all that is left.
    ///
    /// # Errors
    /// [`SessionError`] if there is no memory for it.
    pub fn prepare(&mut self) -> Result<bool, SessionError> {
        if !self.is_trainable() {
            return Ok(true);
        }
        self.learn_from(self.stamp);
        for lane in &mut self.lanes {
            if !lane.prepare(&self.dataset, &mut self.backgrounds)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
    /// Makes the lane for the recipe's arm at `position`.
    fn open_lane(&mut self, position: usize) -> Result<(), SessionError> {
        let arm = &mut self.recipe.arms[position];
        arm.each_controls(|controls| {
            controls.mutability = self.dataset.mutability(&controls.mutability);
        });
        let data = (self.dataset.as_ref(), self.stamp);
        let mut lane = Lane::new(self.next_id, data, arm)?;
        lane.learner.heed(&self.halt);
        self.lanes.push(lane);
        self.next_id += 1;
        Ok(())
    }

    /// Has generators learn from the data that `stamp` tells.
    fn learn_from(&mut self, stamp: u64) {
        if std::mem::replace(&mut self.learned, stamp) != stamp {
            self.backgrounds.forget();
        }
    }

    /// What tells an arm apart from those that were or will be at its position.
    pub(super) fn id(&self, arm: usize) -> LaneId {
        self.lanes[arm].id
    }
}
