//! Training one model by a recipe.

use std::{io, time::Instant};

use super::{Event, Sink};
use crate::{
    counterfactual::{Background, Generator, GeneratorKind},
    data::{DataError, Dataset},
    model::{Mlp, ModelError},
    session::Recipe,
    training::{EpochError, EpochReport, Trainer},
};

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Something is wrong with the data.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Something is wrong with the model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A sink could not take note.
    #[error("cannot write down the run's progress: {0}")]
    Sink(#[from] io::Error),
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
    pub dataset: Dataset,
    /// The model.
    pub model: Mlp,
    /// One report per epoch.
    pub history: Vec<EpochReport>,
    /// Wall time of the training loop alone, in seconds.
    pub seconds: f64,
}

impl Trained {
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

/// Trains one model by a recipe, changes included, and tells the sinks of every epoch.
///
/// The weights are those of a session's arm of the same objective, bit for bit.
///
/// # Errors
/// [`RunError`] if the data or memory for the model cannot be had, or a sink fails.
pub fn train(recipe: &Recipe, sinks: &mut [&mut dyn Sink]) -> Result<Trained, RunError> {
    train_with(recipe, recipe.controls.parameters.background(), sinks)
}

/// As [`train`], with generators that learn from the data by `background`.
///
/// # Errors
/// As [`train`]; also if what was learned cannot be kept.
pub fn train_with(
    recipe: &Recipe,
    mut background: Background,
    sinks: &mut [&mut dyn Sink],
) -> Result<Trained, RunError> {
    let parameters = &recipe.controls.parameters;
    let loaded = recipe.source.load_with_notes(&parameters.draw())?;
    let dataset = loaded.dataset;
    let mut trainer = Trainer::new(&dataset, parameters)?;
    tell(
        sinks,
        Event::Started {
            dataset: &dataset,
            notes: &loaded.notes,
            epochs: parameters.epochs,
        },
    )?;
    let first = recipe.controls_at(1).parameters.searched_with(1);
    fit(&mut background, first, &dataset, sinks)?;
    let start = Instant::now();
    let mut history = Vec::new();
    let mut applied = recipe.controls_at(1);
    let mut constraints = applied.constraints(&dataset);
    while trainer.epoch() < parameters.epochs {
        let epoch = trainer.epoch() + 1;
        let controls = recipe.controls_at(epoch);
        let parameters = &controls.parameters;
        if controls != applied {
            constraints = controls.constraints(&dataset);
            applied = controls;
        }
        let kind = parameters.searched_with(epoch);
        let generator = fit(&mut background, kind, &dataset, sinks)?;
        let report = trainer.train_epoch(&dataset, &constraints, parameters, &generator)?;
        tell(sinks, Event::Epoch(&report))?;
        history.push(report);
    }
    let seconds = start.elapsed().as_secs_f64();
    tell(sinks, Event::Finished { seconds })?;
    Ok(Trained {
        model: trainer.model().clone(),
        dataset,
        history,
        seconds,
    })
}

/// The generator of `kind`; tells the sinks how far it is if that takes a while.
fn fit(
    background: &mut Background,
    kind: GeneratorKind,
    dataset: &Dataset,
    sinks: &mut [&mut dyn Sink],
) -> Result<Generator, RunError> {
    loop {
        let fitted = background.advance(kind, &dataset.train, dataset.classes.len())?;
        if let Some(generator) = fitted {
            return Ok(generator);
        }
        if let Some(done) = background.progress() {
            tell(sinks, Event::Fitting { done })?;
        }
    }
}

fn tell(sinks: &mut [&mut dyn Sink], event: Event<'_>) -> io::Result<()> {
    sinks.iter_mut().try_for_each(|sink| sink.take(event))
}
