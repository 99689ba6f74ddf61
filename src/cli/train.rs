//! `ctui train`: train one model without a dashboard.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use serde::Serialize;

use super::{CliError, progress::Progress, setup::Setup, source};
use crate::{
    counterfactual::Backgrounds,
    dashboard::config::Defaults,
    evaluation::accuracy::accuracy,
    model::ModelError,
    recipe::Recipe,
    run::{RunDirectory, RunError, Sink, Trained, TrainedArm, model_file, train, train_with},
    training::{EpochReport, LossTerms, Preset},
};

/// Arguments of `ctui train`.
#[derive(Args, Clone, Debug)]
pub struct TrainArguments {
    #[command(flatten)]
    setup: Setup,
    /// Directory for the recipe, the metrics of every epoch, and the model
    #[arg(long, value_name = "DIR", value_parser = source::paths())]
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
    arm: &'a str,
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
    let (recipe, preset) = arguments.setup.recipe(false, &Defaults::default())?;
    let mut progress = Progress::new();
    let (trained, models) = match &arguments.out {
        None => (train(&recipe, &mut [&mut progress])?, Vec::new()),
        Some(path) => {
            let mut directory = RunDirectory::create(path, &recipe)
                .map_err(|error| CliError::writing(path, &error))?;
            let sinks: &mut [&mut dyn Sink] = &mut [&mut progress, &mut directory];
            let backgrounds = Backgrounds::new(recipe.seed());
            let backgrounds = backgrounds.kept_in(RunDirectory::autoencoder(path));
            let trained = train_with(&recipe, backgrounds, sinks)?;
            let models = write_models(&directory, &trained, &recipe)?;
            (trained, models)
        }
    };
    let outcomes: Vec<Outcome<'_>> = (0..trained.arms.len())
        .map(|arm| Outcome::new(&recipe, preset, &trained, arm, models.get(arm)))
        .collect();
    if arguments.json {
        return print_json(&outcomes, output).map_err(CliError::from);
    }
    (outcomes
        .iter()
        .try_for_each(|outcome| print(outcome, output)))
    .map_err(CliError::from)
}

/// Writes every arm's model; the files.
fn write_models(
    directory: &RunDirectory,
    trained: &Trained,
    recipe: &Recipe,
) -> Result<Vec<PathBuf>, CliError> {
    let write = |(position, arm): (usize, &TrainedArm)| {
        let file = model_file(&arm.model, &trained.dataset, &recipe.only(position))?;
        Ok(directory.write_model(&arm.name, &file)?)
    };
    trained.arms.iter().enumerate().map(write).collect()
}

impl<'a> Outcome<'a> {
    fn new(
        recipe: &Recipe,
        preset: Option<&'static Preset>,
        trained: &'a Trained,
        arm: usize,
        model: Option<&PathBuf>,
    ) -> Self {
        let (parameters, arm) = (&recipe.arms[arm].controls.parameters, &trained.arms[arm]);
        let last = arm.history.last();
        Self {
            preset: preset.map(|preset| preset.id),
            data: recipe.source.title(),
            arm: &arm.name,
            objective: parameters.objective.name(),
            seed: recipe.seed(),
            epochs: arm.history.len(),
            train_seconds: trained.seconds,
            accuracy: accuracy(&arm.model, &trained.dataset.train),
            test_accuracy: accuracy(&arm.model, &trained.dataset.test),
            loss: last.map_or_else(LossTerms::default, |report| report.loss),
            mature_share: arm.mature_share(),
            history: &arm.history,
            model: model.cloned(),
        }
    }
}

/// One arm as an object, several as `{"arms": […]}`.
fn print_json(outcomes: &[Outcome<'_>], output: &mut dyn Write) -> io::Result<()> {
    match outcomes {
        [outcome] => serde_json::to_writer(&mut *output, outcome)?,
        arms => serde_json::to_writer(&mut *output, &serde_json::json!({ "arms": arms }))?,
    }
    writeln!(output)
}

fn print(outcome: &Outcome<'_>, output: &mut dyn Write) -> io::Result<()> {
    writeln!(
        output,
        "{} ({}) trained on {}, seed {}",
        outcome.arm, outcome.objective, outcome.data, outcome.seed
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
            RunError::Recipe(error) => error.into(),
            RunError::Data(error) => error.into(),
            RunError::Model(error) => error.into(),
            RunError::TooFewPoints => CliError::Input(error.to_string()),
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
