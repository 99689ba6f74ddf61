//! `ctui report`: a run as a page to hand out.

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;

use super::{CliError, overwrite::Overwrite, progress::Progress, recipe::read_recipe, source};
use crate::{
    dashboard::{
        handout,
        share::{Look, Shared, is_code},
        state::inspector,
    },
    recipe::Recipe,
    run::{Event, Past, Sink, is_begun},
    session::{Command, Lockstep, Rehearsal, Snapshot, View},
    text::printable,
};

/// Ways that a person is told, unless a code says otherwise.
const WAYS: usize = 3;

/// Which run, and where the page goes.
#[derive(Args, Clone, Debug)]
pub struct ReportArguments {
    /// A run's folder, a recipe, or a code (ctui1:…); what of it is not trained yet is trained first
    #[arg(value_name = "RUN", value_parser = source::paths())]
    run: PathBuf,
    /// The page [default: called as the run, with the ending .html]
    #[arg(long, short, value_name = "FILE", value_parser = source::paths())]
    out: Option<PathBuf>,
    /// The test sample that is advised, counted from 0 [default: that of the code, or the first]
    #[arg(long, value_name = "N")]
    row: Option<usize>,
    #[command(flatten)]
    overwrite: Overwrite,
}

/// Trains what is not trained, measures, and writes the page.
///
/// # Errors
/// [`CliError::Input`] for what is no run, recipe or code, whose data are not here, or a page that is
/// there already; [`CliError::Other`] if it cannot be written.
pub fn run(arguments: &ReportArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| default_name(&arguments.run));
    arguments.overwrite.check(&path)?;
    let (run, mut look) = begin(&arguments.run)?;
    let test = run.dataset().test.len();
    if let Some(row) = arguments.row.filter(|&row| row >= test) {
        return Err(CliError::Input(format!(
            "--row {row}: there are {test} test samples, counted from 0"
        )));
    }
    if look.inspector.row.is_none() {
        look.inspector = inspector::State {
            row: Some(0),
            ways: WAYS,
            ..inspector::State::default()
        };
    }
    look.inspector.row = arguments.row.or(look.inspector.row);
    let page = page(run, look);
    (arguments.overwrite).write(&path, |file| file.write_all(page.as_bytes()))?;
    writeln!(output, "{}", printable(&path.display().to_string()))?;
    Ok(())
}

/// The name of the run with another ending, in the present folder.
fn default_name(run: &Path) -> PathBuf {
    let code = run.to_str().is_some_and(is_code);
    let whole = run.canonicalize().unwrap_or_else(|_| run.to_owned());
    let stem = match whole.is_dir() {
        true => whole.file_name(),
        false => whole.file_stem(),
    };
    let stem = stem.filter(|_| !code).unwrap_or("report".as_ref());
    let mut name = stem.to_owned();
    name.push(".html");
    name.into()
}

/// The run where it is told of, and what a code shows of it.
fn begin(run: &Path) -> Result<(Lockstep, Look), CliError> {
    if let Some(code) = run.to_str().filter(|text| is_code(text)) {
        let shared = Shared::decode(code).map_err(|error| CliError::Input(error.to_string()))?;
        let epochs = match shared.epoch {
            0 => shared.recipe.epochs(),
            epoch => epoch,
        };
        return Ok((train(shared.recipe, epochs)?, shared.look));
    }
    if run.is_dir() && is_begun(run) {
        let past = Past::read(run)?;
        if past.epoch() > 0 {
            return Ok((past.open()?, Look::default()));
        }
    }
    let recipe = read_recipe(run, true)?;
    let epochs = recipe.epochs();
    Ok((train(recipe, epochs)?, Look::default()))
}

/// Trains a recipe from its first epoch on, and says how far it is.
fn train(recipe: Recipe, epochs: usize) -> Result<Lockstep, CliError> {
    let mut run = Lockstep::new(recipe)?;
    let (dataset, notes) = (run.dataset().clone(), run.notes().clone());
    let mut progress = Progress::new();
    progress.take(Event::Started {
        dataset: &dataset,
        notes: &notes,
        epochs,
        arms: run.arms(),
    })?;
    let start = Instant::now();
    while run.epoch() < epochs {
        run.train_epoch()?;
        for (position, arm) in run.recipe().arms.iter().enumerate() {
            let report = run.report(position);
            let arm = &arm.name;
            progress.take(Event::Epoch { arm, report })?;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    progress.take(Event::Finished { seconds })?;
    Ok(run)
}

/// The page of a run as it stands.
fn page(run: Lockstep, look: Look) -> String {
    let mut worker = Rehearsal::of(run);
    let glance = worker.glance();
    worker.tell(Command::Look(view(&glance, &look)));
    let snapshot = worker.snapshot();
    let shared = Shared {
        recipe: snapshot.recipe.as_ref().clone(),
        epoch: snapshot.epoch,
        look,
        lesson: None,
    };
    handout::page(&snapshot, &shared)
}

fn view(snapshot: &Snapshot, look: &Look) -> View {
    let inspector = &look.inspector;
    View {
        axes: look.boundary.plane(snapshot.dataset.dimensions()),
        selected: inspector.row,
        target: inspector.wished(),
        ways: inspector.wanted_ways(snapshot),
        ..View::default()
    }
}
