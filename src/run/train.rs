//! Training the arms of a recipe.

use std::{io, sync::Arc, time::Instant};

use rayon::prelude::*;

use super::{Event, Sink};
use crate::{
    counterfactual::{Backgrounds, Constraints, Generator, Search, SearchParameters},
    data::{Canvas, DataError, Dataset, Loaded, drawing::is_trainable},
    halt::Halt,
    learner::{Learner, Standing},
    model::{Mlp, ModelError},
    recipe::{Arm, Recipe, RecipeError},
    training::{EpochError, EpochReport},
};

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Something is wrong with the recipe.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// Something is wrong with the data.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Something is wrong with the model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A sink could not take note.
    #[error(transparent)]
    Sink(#[from] io::Error),
    /// The points that were drawn before the first epoch do not suffice.
    #[error("every class needs three drawn points before the first epoch")]
    TooFewPoints,
    /// Where a run stood is no state of these models.
    #[error("the checkpoint does not fit the recipe: it is of other arms, layers or features")]
    Standing,
    /// The end was asked for.
    #[error("the run was interrupted")]
    Halted,
}

impl From<EpochError> for RunError {
    fn from(error: EpochError) -> Self {
        match error {
            EpochError::Model(error) => error.into(),
            EpochError::Halted => Self::Halted,
        }
    }
}

/// A finished run.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The data.
    pub dataset: Arc<Dataset>,
    /// The arms, in the recipe's order; never none.
    pub arms: Vec<TrainedArm>,
    /// Wall time of the training loop alone, in seconds.
    pub seconds: f64,
}

impl Trained {
    /// The first arm.
    pub fn first(&self) -> &TrainedArm {
        &self.arms[0]
    }
}

/// An arm of a finished run.
#[derive(Clone, Debug)]
pub struct TrainedArm {
    /// Its name.
    pub name: String,
    /// The model.
    pub model: Mlp,
    /// One report per epoch.
    pub history: Vec<EpochReport>,
    /// What counterfactuals respect under the controls of the last epoch.
    pub constraints: Constraints,
    /// The generator that it last searched with; generic if it never did.
    pub generator: Generator,
    /// The numbers of Eq. 1 in the last epoch.
    pub parameters: SearchParameters,
}

impl TrainedArm {
    /// The search as in the last epoch of training.
    pub fn search(&self) -> Search<'_> {
        Search {
            model: &self.model,
            generator: &self.generator,
            constraints: &self.constraints,
            parameters: &self.parameters,
        }
    }

    /// Share of all searches of the run that matured; 0 if there was none.
    pub fn mature_share(&self) -> f32 {
        let (mature, searched) = self
            .history
            .iter()
            .fold((0, 0), |(mature, searched), report| {
                (
                    mature + report.mature,
                    searched + report.mature + report.exhausted,
                )
            });
        if searched == 0 {
            0.0
        } else {
            mature as f32 / searched as f32
        }
    }
}

/// Trains all arms of a recipe, changes included, epoch by epoch, and tells the sinks of each.
///
/// The weights are those of a session's arms, bit for bit.
///
/// # Errors
/// [`RunError`] if the recipe is none, the data or memory for a model cannot be had, or a sink
/// fails.
pub fn train(recipe: &Recipe, sinks: &mut [&mut dyn Sink]) -> Result<Trained, RunError> {
    Run::new(recipe).train(sinks)
}

/// As [`train`], with generators that learn from the data by `backgrounds`.
///
/// # Errors
/// As [`train`]; also if what was learned cannot be kept.
pub fn train_with(
    recipe: &Recipe,
    backgrounds: Backgrounds,
    sinks: &mut [&mut dyn Sink],
) -> Result<Trained, RunError> {
    Run::new(recipe).with(backgrounds).train(sinks)
}

/// A run to come.
pub struct Run<'a> {
    recipe: Recipe,
    backgrounds: Backgrounds,
    halt: Halt,
    standing: Option<&'a Standing>,
}

impl<'a> Run<'a> {
    /// A run of `recipe` from its first epoch.
    pub fn new(recipe: &Recipe) -> Self {
        Self {
            recipe: recipe.clone(),
            backgrounds: Backgrounds::new(recipe.seed()),
            halt: Halt::default(),
            standing: None,
        }
    }

    /// A run that goes on from where one stood, bit for bit as if that had never stopped.
    pub fn resume(standing: &'a Standing) -> Self {
        Self {
            standing: Some(standing),
            ..Self::new(&standing.recipe)
        }
    }

    /// Generators learn from the data by `backgrounds`.
    pub fn with(self, backgrounds: Backgrounds) -> Self {
        Self {
            backgrounds,
            ..self
        }
    }

    /// Ends in the middle of an epoch, which then counts as not trained, once `halt` asks for it.
    pub fn heed(self, halt: &Halt) -> Self {
        Self {
            halt: halt.clone(),
            ..self
        }
    }

    /// Trains all arms, and tells the sinks of each epoch.
    ///
    /// # Errors
    /// As [`train_with`]; [`RunError::Standing`] if what it goes on from is a state of other models;
    /// [`RunError::Halted`] after the sinks were told where it stands, if the end was asked for.
    pub fn train(self, sinks: &mut [&mut dyn Sink]) -> Result<Trained, RunError> {
        let mut recipe = self.recipe;
        recipe.check()?;
        recipe.share_data();
        let Loaded { dataset, notes } = recipe.source.load_with_notes(&recipe.draw())?;
        recipe.drawing.check(&dataset)?;
        let mut canvas = Canvas::new(dataset);
        let (dataset, stamp) = canvas.at(&recipe.drawing, 1);
        if !recipe.drawing.is_empty() && !is_trainable(&dataset) {
            return Err(RunError::TooFewPoints);
        }
        let mut arms = (recipe.arms.iter())
            .map(|arm| Running::new(&dataset, arm, &self.halt))
            .collect::<Result<Vec<_>, _>>()?;
        let done = match self.standing {
            Some(standing) => restore(&mut arms, standing)?,
            None => 0,
        };
        let started = Event::Started {
            dataset: &dataset,
            notes: &notes,
            epochs: recipe.epochs(),
            arms: arms.len(),
        };
        tell(sinks, started)?;
        let mut preparation = Preparation {
            dataset,
            stamp,
            backgrounds: self.backgrounds,
        };
        preparation.follow(&mut arms, canvas.at(&recipe.drawing, done.max(1)));
        preparation.prepare(&mut arms, done.max(1), sinks)?;
        let start = Instant::now();
        for epoch in done + 1..=recipe.epochs() {
            preparation.follow(&mut arms, canvas.at(&recipe.drawing, epoch));
            preparation.prepare(&mut arms, epoch, sinks)?;
            epoch_of_all(&mut arms, &recipe, epoch, sinks, &preparation.dataset)?;
        }
        let seconds = start.elapsed().as_secs_f64();
        tell(sinks, Event::Finished { seconds })?;
        let arms = arms.into_iter().map(Running::finish).collect();
        Ok(Trained {
            arms,
            dataset: preparation.dataset,
            seconds,
        })
    }
}

/// Puts all arms where a run stood; after which epoch that is.
fn restore(arms: &mut [Running<'_>], standing: &Standing) -> Result<usize, RunError> {
    let epoch = standing.epoch();
    if arms.len() != standing.states.len() {
        return Err(RunError::Standing);
    }
    for (position, (arm, state)) in arms.iter_mut().zip(&standing.states).enumerate() {
        if !arm.learner.fits(state) || state.epoch != epoch {
            return Err(RunError::Standing);
        }
        arm.learner.restore(state);
        let reports = standing.reports.get(position).into_iter().flatten();
        let past = reports.filter(|report| report.epoch <= epoch);
        arm.history = past.cloned().collect();
    }
    Ok(epoch)
}

/// Trains an epoch of all arms, or of none, and tells the sinks.
fn epoch_of_all(
    arms: &mut [Running<'_>],
    recipe: &Recipe,
    epoch: usize,
    sinks: &mut [&mut dyn Sink],
    dataset: &Dataset,
) -> Result<(), RunError> {
    let trained = arms.par_iter_mut().try_for_each(|arm| arm.train(dataset));
    if trained.is_err() {
        arms.iter_mut().for_each(|arm| arm.undo(epoch));
    }
    if let Err(EpochError::Halted) = trained {
        reach(arms, recipe, true, sinks)?;
    }
    trained?;
    for arm in arms.iter() {
        if let Some(report) = arm.history.last() {
            let arm = &arm.plan.name;
            tell(sinks, Event::Epoch { arm, report })?;
        }
    }
    Ok(reach(arms, recipe, epoch >= recipe.epochs(), sinks)?)
}

/// Tells the sinks where the arms stand.
fn reach(
    arms: &[Running<'_>],
    recipe: &Recipe,
    last: bool,
    sinks: &mut [&mut dyn Sink],
) -> io::Result<()> {
    let standing = || Standing {
        recipe: recipe.clone(),
        newest: arms.first().map_or(0, |arm| arm.learner.epochs()),
        states: (arms.iter())
            .map(|arm| Arc::new(arm.learner.state()))
            .collect(),
        reports: Vec::new(),
    };
    let standing = &standing;
    tell(sinks, Event::Reached { standing, last })
}

/// An arm in training.
struct Running<'a> {
    plan: &'a Arm,
    learner: Learner,
    history: Vec<EpochReport>,
}

impl<'a> Running<'a> {
    fn new(dataset: &Dataset, plan: &'a Arm, halt: &Halt) -> Result<Self, ModelError> {
        let mut learner = Learner::new(dataset, plan.controls_at(1))?;
        learner.heed(halt);
        Ok(Self {
            plan,
            learner,
            history: Vec::new(),
        })
    }

    fn train(&mut self, dataset: &Dataset) -> Result<(), EpochError> {
        self.history.push(self.learner.train_epoch(dataset)?);
        Ok(())
    }

    /// Takes `epoch` back, if it was trained.
    fn undo(&mut self, epoch: usize) {
        if self.learner.epochs() == epoch {
            self.learner.undo();
            self.history.pop();
        }
    }

    fn finish(self) -> TrainedArm {
        TrainedArm {
            name: self.plan.name.clone(),
            model: self.learner.model().clone(),
            history: self.history,
            constraints: self.learner.constraints().clone(),
            generator: self
                .learner
                .generator()
                .unwrap_or(&Generator::Generic)
                .clone(),
            parameters: self.learner.applied().controls.parameters.search(),
        }
    }
}

/// What is done before an epoch.
struct Preparation {
    dataset: Arc<Dataset>,
    stamp: u64,
    backgrounds: Backgrounds,
}

impl Preparation {
    /// Has the arms learn from the data of another epoch, where points were drawn since.
    fn follow(&mut self, arms: &mut [Running<'_>], (dataset, stamp): (Arc<Dataset>, u64)) {
        if stamp != self.stamp {
            arms.iter_mut().for_each(|arm| arm.learner.refit(&dataset));
            self.backgrounds.forget();
            (self.dataset, self.stamp) = (dataset, stamp);
        }
    }

    /// Puts the controls of `epoch` in force, and fits the generators that it searches with; tells
    /// the sinks how far they are if that takes a while.
    fn prepare(
        &mut self,
        arms: &mut [Running<'_>],
        epoch: usize,
        sinks: &mut [&mut dyn Sink],
    ) -> Result<(), RunError> {
        for arm in arms {
            let (since, controls) = arm.plan.at(epoch);
            arm.learner.apply(&self.dataset, since, controls);
            let Some(kind) = arm.learner.needs() else {
                continue;
            };
            let background = self.backgrounds.of(controls.parameters.latent_size);
            while !arm.learner.prepare(kind, &self.dataset, background)? {
                if let Some(done) = background.progress() {
                    tell(sinks, Event::Fitting { done })?;
                }
            }
        }
        Ok(())
    }
}

fn tell(sinks: &mut [&mut dyn Sink], event: Event<'_>) -> io::Result<()> {
    sinks.iter_mut().try_for_each(|sink| sink.take(event))
}
