//! Training one model by a recipe.

use std::{io, time::Instant};

use super::{Event, Sink};
use crate::{
    counterfactual::Constraints,
    data::{DataError, Dataset},
    model::{Mlp, ModelError},
    session::Recipe,
    training::{EpochReport, Trainer},
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
    let mut background = parameters.background();
    background.fit(recipe.controls_at(1).parameters.searched_with(1), &dataset)?;
    let start = Instant::now();
    let mut history = Vec::new();
    while trainer.epoch() < parameters.epochs {
        let epoch = trainer.epoch() + 1;
        let controls = recipe.controls_at(epoch);
        let constraints = Constraints {
            mutability: dataset.mutability(&controls.mutability),
            domain: dataset.domains(controls.parameters.domain_sigmas as f32),
        };
        let generator = background.fit(controls.parameters.searched_with(epoch), &dataset)?;
        let report =
            trainer.train_epoch(&dataset, &constraints, &controls.parameters, &generator)?;
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

fn tell(sinks: &mut [&mut dyn Sink], event: Event<'_>) -> io::Result<()> {
    sinks.iter_mut().try_for_each(|sink| sink.take(event))
}
