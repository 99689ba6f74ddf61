//! `ctui compare`: runs beside each other.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use rayon::prelude::*;
use serde::Serialize;

use super::{CliError, source};
use crate::{
    evaluation::estimate::Estimate,
    paper::{Grid, number},
    run::{Past, PastError},
    session::{Measure, Scoreboard},
    text::printable,
    training::{EpochReport, Objective},
};

/// Most columns of a curve.
const COLUMNS: usize = 60;
/// What curves are drawn with, low to high.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// What is compared.
#[derive(Args, Clone, Debug)]
pub struct CompareArguments {
    /// Folders of runs, of `ctui train --out` or `:save`
    #[arg(value_name = "RUN", required = true, num_args = 1.., value_parser = source::paths())]
    runs: Vec<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// A run, with its arms measured as they are at its last checkpoint.
struct Measured {
    past: Past,
    objectives: Vec<Objective>,
    board: Scoreboard,
}

/// All of it, as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    runs: Vec<RunAnswer<'a>>,
}

#[derive(Serialize)]
struct RunAnswer<'a> {
    path: &'a Path,
    data: String,
    seed: u64,
    epoch: usize,
    epochs: usize,
    /// Over which counterfactuals are measured.
    rounds: Option<usize>,
    /// Why they could not be.
    problem: Option<&'a str>,
    arms: Vec<ArmAnswer<'a>>,
}

#[derive(Serialize)]
struct ArmAnswer<'a> {
    name: &'a str,
    objective: &'static str,
    scores: BTreeMap<String, &'a Estimate>,
    history: &'a [EpochReport],
}

/// A value of the last epoch: its name, and where it is.
type Last = (&'static str, fn(&EpochReport) -> f64);

/// Those that are terms of the loss, which not every objective has, by their positions.
const TERMS: std::ops::RangeInclusive<usize> = 1..=4;

const LASTS: [Last; 7] = [
    ("total loss", |report| report.loss.total.into()),
    ("classification", |report| report.loss.classification.into()),
    ("divergence", |report| report.loss.divergence.into()),
    ("adversarial", |report| report.loss.adversarial.into()),
    ("ridge", |report| report.loss.ridge.into()),
    ("mature share", |report| {
        match report.mature + report.exhausted {
            0 => f64::NAN,
            _ => report.mature_share().into(),
        }
    }),
    ("mean steps", |report| {
        match report.mature + report.exhausted {
            0 => f64::NAN,
            _ => report.mean_steps.into(),
        }
    }),
];

/// Measures the runs, and lays scoreboards and curves beside each other.
///
/// # Errors
/// [`CliError::Input`] for what is no run, or has nothing trained, or whose data have changed.
pub fn run(arguments: &CompareArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let pasts = arguments.runs.iter().map(|path| Past::read(path));
    let pasts = pasts.collect::<Result<Vec<_>, _>>()?;
    let runs = pasts.into_par_iter().map(Measured::of);
    let runs = runs.collect::<Result<Vec<_>, PastError>>()?;
    match arguments.json {
        true => {
            let runs = runs.iter().map(Measured::answer).collect();
            serde_json::to_writer(&mut *output, &Answer { runs }).map_err(io::Error::from)?;
            writeln!(output)?;
        }
        false => print(&runs, output)?,
    }
    Ok(())
}

impl Measured {
    fn of(past: Past) -> Result<Self, PastError> {
        let run = past.open()?;
        Ok(Self {
            objectives: run.objectives(),
            board: Scoreboard::measure(&run, None),
            past,
        })
    }

    fn arms(&self) -> impl Iterator<Item = (usize, &str)> {
        let arms = self.past.recipe().arms.iter().enumerate();
        arms.map(|(position, arm)| (position, arm.name.as_str()))
    }

    /// The report of an arm that it stands at.
    fn last(&self, arm: usize) -> Option<&EpochReport> {
        let mut reports = self.past.reports(arm).iter();
        reports.rfind(|report| report.epoch <= self.past.epoch())
    }

    fn value(&self, measure: Measure, arm: usize) -> Option<&Estimate> {
        let mut scores = self.board.scores.iter();
        scores
            .find(|score| score.measure == measure)?
            .values
            .get(arm)
    }

    fn answer(&self) -> RunAnswer<'_> {
        let arm = |(arm, name): (usize, _)| ArmAnswer {
            name,
            objective: self.objectives[arm].name(),
            scores: (self.board.scores.iter())
                .filter_map(|score| {
                    let name = score.measure.name().replace('-', "_");
                    Some((name, score.values.get(arm)?))
                })
                .collect(),
            history: self.past.reports(arm),
        };
        let recipe = self.past.recipe();
        RunAnswer {
            path: self.past.path(),
            data: recipe.source.title(),
            seed: recipe.seed(),
            epoch: self.past.epoch(),
            epochs: recipe.epochs(),
            rounds: self.board.protocol.as_ref().map(|protocol| protocol.rounds),
            problem: self.board.problem.as_deref(),
            arms: self.arms().map(arm).collect(),
        }
    }
}

fn print(runs: &[Measured], output: &mut dyn Write) -> io::Result<()> {
    for (run, position) in runs.iter().zip(1..) {
        let recipe = run.past.recipe();
        writeln!(
            output,
            "{position}. {}: {}, seed {}, epoch {} of {}",
            printable(&run.past.path().display().to_string()),
            printable(&recipe.source.title()),
            recipe.seed(),
            run.past.epoch(),
            recipe.epochs()
        )?;
        if let Some(problem) = &run.board.problem {
            writeln!(output, "   without counterfactuals: {}", printable(problem))?;
        }
    }
    let source = |run: &Measured| run.past.recipe().source.clone();
    if runs.iter().any(|run| source(run) != source(&runs[0])) {
        writeln!(
            output,
            "\nThe runs are of different data, so their scores do not compare."
        )?;
    }
    scores(runs, output)?;
    lasts(runs, output)?;
    curves(runs, output)
}

/// A table with a column per arm of every run.
fn table(runs: &[Measured], first: &str) -> Grid {
    let names = runs.iter().zip(1..).flat_map(|(run, position)| {
        run.arms()
            .map(move |(_, arm)| format!("{position} {}", printable(arm)))
    });
    let header: Vec<String> = std::iter::once(first.to_owned()).chain(names).collect();
    Grid::new(&header.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A row of it.
fn row(runs: &[Measured], name: &str, cell: impl Fn(&Measured, usize) -> String) -> Vec<String> {
    let cells = runs
        .iter()
        .flat_map(|run| run.arms().map(|(arm, _)| cell(run, arm)));
    std::iter::once(name.to_owned()).chain(cells).collect()
}

fn scores(runs: &[Measured], output: &mut dyn Write) -> io::Result<()> {
    let mut grid = table(runs, "score");
    for measure in Measure::ALL {
        let found = |run: &Measured, arm| run.value(measure, arm).is_some();
        if runs.iter().any(|run| found(run, 0)) {
            grid.rows.push(row(runs, measure.title(), |run, arm| {
                run.value(measure, arm).map_or_else(String::new, with_error)
            }));
        }
    }
    let rounds = runs.iter().find_map(|run| run.board.protocol.as_ref());
    writeln!(
        output,
        "\nScores on test samples, of counterfactuals over {} rounds, ± standard errors:\n\n{}",
        rounds.map_or(0, |protocol| protocol.rounds),
        grid.to_text()
    )
}

fn with_error(estimate: &Estimate) -> String {
    match estimate.error.is_finite() {
        true => format!("{} ± {}", number(estimate.value), number(estimate.error)),
        false => number(estimate.value),
    }
}

fn lasts(runs: &[Measured], output: &mut dyn Write) -> io::Result<()> {
    let mut grid = table(runs, "last epoch");
    for (position, (name, value)) in LASTS.into_iter().enumerate() {
        let has = |objective: Objective| {
            !TERMS.contains(&position) || objective.facts().terms.contains(&position)
        };
        let cell = |run: &Measured, arm: usize| {
            let last = run.last(arm).filter(|_| has(run.objectives[arm]));
            number(last.map_or(f64::NAN, value))
        };
        grid.rows.push(row(runs, name, cell));
    }
    writeln!(output, "{}", grid.to_text())
}

/// The total loss of every arm over its epochs, all on one scale.
fn curves(runs: &[Measured], output: &mut dyn Write) -> io::Result<()> {
    let longest = runs.iter().map(|run| run.past.epoch()).max().unwrap_or(1);
    let curve = |run: &Measured, arm| means(run.past.reports(arm), longest);
    let mut lines = Vec::new();
    for (run, position) in runs.iter().zip(1..) {
        let arms = run.arms();
        lines.extend(arms.map(|(arm, name)| (format!("{position} {name}"), curve(run, arm))));
    }
    let finite = || lines.iter().flat_map(|(_, curve)| curve).flatten().copied();
    let (low, high) = (
        finite().fold(f64::MAX, f64::min),
        finite().fold(f64::MIN, f64::max),
    );
    if low > high {
        return Ok(());
    }
    writeln!(
        output,
        "Total loss over epochs 1 to {longest}, from {} to {}:\n",
        number(low),
        number(high)
    )?;
    let width = lines.iter().map(|(name, _)| name.chars().count()).max();
    for (name, curve) in &lines {
        let glyph = |value: &Option<f64>| value.map_or(' ', |value| level(value, low, high));
        let drawn: String = curve.iter().map(glyph).collect();
        let name = printable(name);
        writeln!(output, "{name:<0$}  {drawn}", width.unwrap_or(0))?;
    }
    Ok(())
}

/// Means of the finite losses over equal stretches of the epochs up to `longest`.
fn means(reports: &[EpochReport], longest: usize) -> Vec<Option<f64>> {
    let columns = longest.clamp(1, COLUMNS);
    let mut sums = vec![(0.0, 0.0); columns];
    for report in reports
        .iter()
        .filter(|report| report.loss.total.is_finite())
    {
        let column = report.epoch.saturating_sub(1) * columns / longest.max(1);
        if let Some((sum, count)) = sums.get_mut(column) {
            *sum += f64::from(report.loss.total);
            *count += 1.0;
        }
    }
    let mean = |(sum, count): (f64, f64)| (count > 0.0).then(|| sum / count);
    sums.into_iter().map(mean).collect()
}

fn level(value: f64, low: f64, high: f64) -> char {
    let share = if high > low {
        (value - low) / (high - low)
    } else {
        0.0
    };
    let last = LEVELS.len() - 1;
    LEVELS[((share * last as f64).round() as usize).min(last)]
}

impl From<PastError> for CliError {
    fn from(error: PastError) -> Self {
        match error {
            PastError::Directory(error) => error.into(),
            PastError::Untrained(_) | PastError::Session { .. } => Self::Input(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::LossTerms;

    #[test]
    fn curves_of_any_length_share_columns_and_hide_what_is_no_number() {
        let report = |epoch, total| EpochReport {
            epoch,
            loss: LossTerms {
                total,
                ..LossTerms::default()
            },
            ..EpochReport::default()
        };
        let reports: Vec<_> = (1..=100).map(|epoch| report(epoch, epoch as f32)).collect();
        let drawn = means(&reports, 200);
        assert_eq!(drawn.len(), COLUMNS);
        assert_eq!(drawn.iter().flatten().count(), COLUMNS / 2);
        assert_eq!(
            means(&[report(1, 2.0), report(2, f32::NAN)], 2),
            [Some(2.0), None]
        );
        assert_eq!(means(&[], 0), [None]);
        assert_eq!((level(1.0, 1.0, 3.0), level(3.0, 1.0, 3.0)), ('▁', '█'));
        assert_eq!(level(1.0, 1.0, 1.0), '▁');
    }
}
