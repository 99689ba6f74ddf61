//! `ctui train`: train one model without a dashboard.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use serde::Serialize;

use super::{CliError, progress::Progress, setup::Setup};
use crate::{
    evaluation::accuracy::accuracy,
    model::ModelError,
    run::{RunDirectory, RunError, Sink, model_file, train, train_with},
    training::{EpochReport, LossTerms},
};

/// Arguments of `ctui train`.
#[derive(Args, Clone, Debug)]
pub struct TrainArguments {
    #[command(flatten)]
    setup: Setup,
    /// Directory for the recipe, the metrics of every epoch, and the model
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the result as one JSON document
    #[arg(long)]
    json: bool,
}

/// The result of a run, as JSON.
#[derive(Serialize)]
struct Outcome<'a> {
    preset: Option<&'static str>,
    data: String,
    objective: &'static str,
    seed: u64,
    epochs: usize,
    train_seconds: f64,
    accuracy: f32,
    test_accuracy: f32,
    loss: LossTerms,
    mature_share: f32,
    history: &'a [EpochReport],
    model: Option<PathBuf>,
}

/// Carries out `ctui train`; progress goes to standard error.
///
/// # Errors
/// [`CliError::Input`] for bad arguments or data, [`CliError::Other`] if something cannot be
/// written.
pub fn run(arguments: &TrainArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let (recipe, preset) = arguments.setup.recipe()?;
    let mut progress = Progress::new();
    let (trained, model) = match &arguments.out {
        None => (train(&recipe, &mut [&mut progress])?, None),
        Some(path) => {
            let mut directory = RunDirectory::create(path, &recipe)
                .map_err(|error| CliError::writing(path, &error))?;
            let sinks: &mut [&mut dyn Sink] = &mut [&mut progress, &mut directory];
            let background = recipe.controls.parameters.background();
            let background = background.kept_in(RunDirectory::autoencoder(path));
            let trained = train_with(&recipe, background, sinks)?;
            let model =
                directory.write_model(&model_file(&trained.model, &trained.dataset, &recipe)?)?;
            (trained, Some(model))
        }
    };
    let parameters = &recipe.controls.parameters;
    let outcome = Outcome {
        preset: preset.map(|preset| preset.id),
        data: recipe.source.title(),
        objective: parameters.objective.name(),
        seed: parameters.seed,
        epochs: trained.history.len(),
        train_seconds: trained.seconds,
        accuracy: accuracy(&trained.model, &trained.dataset.train),
        test_accuracy: accuracy(&trained.model, &trained.dataset.test),
        loss: trained
            .history
            .last()
            .map_or_else(LossTerms::default, |report| report.loss),
        mature_share: trained.mature_share(),
        history: &trained.history,
        model,
    };
    if arguments.json {
        return serde_json::to_writer(&mut *output, &outcome)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(output))
            .map_err(CliError::from);
    }
    print(&outcome, output).map_err(CliError::from)
}

fn print(outcome: &Outcome<'_>, output: &mut dyn Write) -> io::Result<()> {
    writeln!(
        output,
        "{} trained on {}, seed {}",
        outcome.objective, outcome.data, outcome.seed
    )?;
    writeln!(
        output,
        "  epochs          {:>8}  in {:.2} s",
        outcome.epochs, outcome.train_seconds
    )?;
    writeln!(
        output,
        "  accuracy        {:>8.4}  on training samples",
        outcome.accuracy
    )?;
    writeln!(
        output,
        "                  {:>8.4}  on test samples",
        outcome.test_accuracy
    )?;
    writeln!(output, "  loss            {:>8.4}", outcome.loss.total)?;
    writeln!(
        output,
        "  mature share    {:>8.4}  of all counterfactuals searched",
        outcome.mature_share
    )?;
    match &outcome.model {
        Some(path) => writeln!(output, "  model           {}", path.display()),
        None => Ok(()),
    }
}

impl From<RunError> for CliError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Data(error) => error.into(),
            RunError::Model(error) => error.into(),
            RunError::Sink(_) | RunError::Halted => Self::Other(error.to_string()),
        }
    }
}

impl From<ModelError> for CliError {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::Memory => Self::Other(error.to_string()),
            ModelError::Access { .. } | ModelError::Content { .. } => {
                Self::Input(error.to_string())
            }
        }
    }
}
