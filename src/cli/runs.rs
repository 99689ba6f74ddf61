//! `ctui runs`: which runs there are.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use rayon::prelude::*;
use serde::Serialize;

use super::{CliError, source, watch};
use crate::{
    paper::{Grid, number},
    run::{ArmScore, Past, runs_in},
    text::printable,
};

/// Where runs are looked for.
#[derive(Args, Clone, Debug)]
pub struct RunsArguments {
    /// Folders of runs, or folders that such are in [default: the present one, and where the dashboard
    /// keeps interrupted runs]
    #[arg(value_name = "DIR", value_parser = source::paths())]
    folders: Vec<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// The list, as JSON.
#[derive(Serialize)]
struct Found<'a> {
    runs: &'a [Listed],
}

/// A run in the list.
#[derive(Serialize)]
struct Listed {
    path: PathBuf,
    /// `running`, `finished`, `unfinished`, or `damaged`.
    state: &'static str,
    data: Option<String>,
    epoch: usize,
    epochs: usize,
    arms: Vec<Arm>,
    /// Why it cannot be read, or has no scores.
    problem: Option<String>,
}

/// An arm in the list.
#[derive(Serialize)]
struct Arm {
    name: String,
    objective: &'static str,
    /// On test samples.
    accuracy: Option<f32>,
    loss: Option<f32>,
    mature_share: Option<f32>,
}

/// Lists the runs that are found; the scores are of their last checkpoints.
///
/// # Errors
/// [`CliError::Input`] for a folder that cannot be read.
pub fn run(arguments: &RunsArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let mut paths = Vec::new();
    for folder in folders(arguments) {
        paths.extend(runs_in(&folder).map_err(|error| {
            CliError::Input(format!("cannot look into {}: {error}", folder.display()))
        })?);
    }
    let runs: Vec<Listed> = paths.par_iter().map(|path| Listed::of(path)).collect();
    if arguments.json {
        serde_json::to_writer(&mut *output, &Found { runs: &runs })
            .map_err(std::io::Error::from)?;
        return Ok(writeln!(output)?);
    }
    print(&runs, output)
}

fn folders(arguments: &RunsArguments) -> Vec<PathBuf> {
    if !arguments.folders.is_empty() {
        return arguments.folders.clone();
    }
    let kept = watch::unfinished().filter(|folder| folder.is_dir());
    std::iter::once(PathBuf::from(".")).chain(kept).collect()
}

impl Listed {
    fn of(path: &Path) -> Self {
        match Past::read(path) {
            Ok(past) => Self::whole(&past),
            Err(error) => Self {
                path: path.to_owned(),
                state: "damaged",
                data: None,
                epoch: 0,
                epochs: 0,
                arms: Vec::new(),
                problem: Some(error.to_string()),
            },
        }
    }

    fn whole(past: &Past) -> Self {
        let (epoch, epochs) = (past.epoch(), past.recipe().epochs());
        let (scores, problem) = match past.scores() {
            _ if epoch == 0 => (Vec::new(), None),
            Ok(scores) => (scores, None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        Self {
            path: past.path().to_owned(),
            state: match past.is_running() {
                true => "running",
                false if epoch < epochs => "unfinished",
                false => "finished",
            },
            data: Some(past.recipe().source.title()),
            epoch,
            epochs,
            arms: Arm::all(past, &scores),
            problem,
        }
    }
}

impl Arm {
    fn all(past: &Past, scores: &[ArmScore]) -> Vec<Self> {
        let arms = past.recipe().arms.iter().enumerate();
        arms.map(|(position, arm)| {
            let score = scores.get(position);
            let report = score.map(|score| &score.report);
            let searched = report.filter(|report| report.mature + report.exhausted > 0);
            let controls = arm.controls_at(past.epoch().max(1));
            Self {
                name: arm.name.clone(),
                objective: controls.parameters.objective.name(),
                accuracy: score.map(|score| score.accuracy),
                loss: report.map(|report| report.loss.total),
                mature_share: searched.map(|report| report.mature_share()),
            }
        })
        .collect()
    }
}

/// A line per arm, and after them what is damaged.
fn print(runs: &[Listed], output: &mut dyn Write) -> Result<(), CliError> {
    if runs.is_empty() {
        writeln!(
            output,
            "no runs here; `ctui train --out DIR` begins one, and `:save DIR` keeps the dashboard's"
        )?;
        return Ok(());
    }
    let header = [
        "run",
        "data",
        "state",
        "epoch",
        "arm",
        "objective",
        "loss",
        "accuracy",
        "mature",
    ];
    let mut grid = Grid::new(&header);
    for run in runs.iter().filter(|run| run.state != "damaged") {
        grid.rows.extend(rows(run));
    }
    if !grid.rows.is_empty() {
        write!(output, "{}", grid.to_text())?;
    }
    for run in runs {
        if let Some(problem) = &run.problem {
            let what = match run.state {
                "damaged" => "damaged",
                _ => "without scores",
            };
            writeln!(output, "{what}: {}", printable(problem))?;
        }
    }
    Ok(())
}

fn rows(run: &Listed) -> Vec<Vec<String>> {
    let cell = |value: Option<f32>| number(f64::from(value.unwrap_or(f32::NAN)));
    let arms = run.arms.iter().enumerate();
    arms.map(|(position, arm)| {
        let first = [
            run.path.display().to_string(),
            run.data.clone().unwrap_or_default(),
            run.state.to_owned(),
            format!("{}/{}", run.epoch, run.epochs),
        ];
        let first = first.map(|cell| match position {
            0 => printable(&cell).into_owned(),
            _ => String::new(),
        });
        let rest = [
            printable(&arm.name).into_owned(),
            arm.objective.to_owned(),
            cell(arm.loss),
            cell(arm.accuracy),
            cell(arm.mature_share),
        ];
        first.into_iter().chain(rest).collect()
    })
    .collect()
}
