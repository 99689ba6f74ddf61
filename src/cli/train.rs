//! `ctui train`: train one model without a dashboard.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;

use super::{CliError, plain::Lines, progress::Progress, setup::Setup, signals::Interrupt, source};
use crate::{
    counterfactual::Backgrounds,
    dashboard::config::Defaults,
    evaluation::accuracy::accuracy,
    model::ModelError,
    recipe::Recipe,
    run::{
        Begun, DirectoryError, Run, RunDirectory, RunError, Sink, Trained, TrainedArm, model_file,
        train,
    },
    shell::quote,
    training::{EpochReport, LossTerms, Preset},
};

/// Arguments of `ctui train`.
#[derive(Args, Clone, Debug)]
pub struct TrainArguments {
    #[command(flatten)]
    setup: Setup,
    /// Directory for the recipe, the metrics of every epoch, a checkpoint, and the model
    #[arg(long, value_name = "DIR", value_parser = source::paths())]
    out: Option<PathBuf>,
    /// Begin anew in a directory that holds a run already, which is lost
    #[arg(long, requires = "out")]
    force: bool,
    /// Go on with the run of a directory where it stopped, as if it never had
    #[arg(long, value_name = "DIR", value_parser = source::paths(), conflicts_with_all = super::setup::NAMES, conflicts_with_all = ["out", "force"])]
    resume: Option<PathBuf>,
    /// Print a line per epoch and per change, for those who listen
    #[arg(long, conflicts_with = "json")]
    plain: bool,
    /// Print the result as one JSON document
    #[arg(long)]
    json: bool,
}

impl TrainArguments {
    /// Whether one JSON document is printed.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }
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

/// Carries out `ctui train`; progress goes to standard error, unless plain lines are wished.
///
/// # Errors
/// [`CliError::Input`] for bad arguments or data, [`CliError::Other`] if something cannot be
/// written.
pub fn run(arguments: &TrainArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let (recipe, preset, trained, models) = match (&arguments.resume, &arguments.out) {
        (Some(path), _) => {
            let (directory, begun) = RunDirectory::resume(path)?;
            let mut progress = progress(arguments.plain, begun.recipe(), output);
            let (trained, models) = train_in(directory, &begun, progress.as_mut())?;
            drop(progress);
            (begun.recipe().clone(), None, trained, models)
        }
        (None, out) => {
            let (recipe, preset) = arguments.setup.recipe(false, &Defaults::default())?;
            let mut progress = progress(arguments.plain, &recipe, output);
            let (trained, models) = match out {
                None => (train(&recipe, &mut [progress.as_mut()])?, Vec::new()),
                Some(path) => {
                    let directory = RunDirectory::create(path, &recipe, arguments.force)?;
                    train_in(directory, &Begun::Recipe(recipe.clone()), progress.as_mut())?
                }
            };
            drop(progress);
            (recipe, preset, trained, models)
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

/// What shows how far the run is: `plain` lines among the output, or else progress on standard error.
fn progress<'a>(plain: bool, recipe: &Recipe, output: &'a mut dyn Write) -> Box<dyn Sink + 'a> {
    match plain {
        true => Box::new(Lines::new(recipe, output)),
        false => Box::new(Progress::new()),
    }
}

/// Trains what was begun, keeps it in `directory`, and writes the models; their files. A signal ends it
/// where it can go on.
fn train_in(
    mut directory: RunDirectory,
    begun: &Begun,
    progress: &mut dyn Sink,
) -> Result<(Trained, Vec<PathBuf>), CliError> {
    let interrupt = Interrupt::new()
        .map_err(|error| CliError::Other(format!("cannot listen to signals: {error}")))?;
    let recipe = begun.recipe();
    let run = match begun {
        Begun::Recipe(recipe) => Run::new(recipe),
        Begun::Standing(standing) => Run::resume(standing),
    };
    let backgrounds = Backgrounds::new(recipe.seed()).kept_in(directory.autoencoder());
    let run = run.with(backgrounds).heed(&interrupt.halt());
    let sinks: &mut [&mut dyn Sink] = &mut [progress, &mut directory];
    match run.train(sinks) {
        Err(RunError::Halted) => {
            let _ = writeln!(
                io::stderr(),
                "interrupted; {}",
                how_to_go_on(directory.path())
            );
            Err(CliError::Signal(interrupt.signal()))
        }
        Err(RunError::Sink(error)) => {
            let how = how_to_go_on(directory.path());
            Err(CliError::Other(format!("{error}; stopped, and {how}")))
        }
        outcome => {
            let trained = outcome?;
            let models = write_models(&directory, &trained, recipe)?;
            Ok((trained, models))
        }
    }
}

fn how_to_go_on(path: &Path) -> String {
    let path = quote(&path.display().to_string());
    format!("`ctui train --resume {path}` goes on")
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
            RunError::TooFewPoints | RunError::Standing => Self::Input(error.to_string()),
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

impl From<DirectoryError> for CliError {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Held { .. } => Self::Other(error.to_string()),
            _ => Self::Input(error.to_string()),
        }
    }
}
