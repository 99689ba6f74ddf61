//! `ctui tune`: settings that fit one's own data.

use std::{io::Write, path::PathBuf, thread};

use clap::{Args, value_parser};
use serde_json::json;

use super::{CliError, signals::Interrupt, sweep::Bar};
use crate::{
    shell,
    sweep::{
        self, Drive, Effort, Group, MEASURES, Protocol, Setting, Settings, Store, TOLERANCE, Tuned,
        tune, tuning_cells,
    },
    text::number_of,
};

/// Arguments of `ctui tune`.
#[derive(Args, Clone, Debug)]
pub struct TuneArguments {
    /// A CSV or IDX file, or the name of a synthetic data set
    #[arg(long, value_name = "FILE")]
    data: String,
    /// The CSV file's label column [default: label or target]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// A value for all runs, such as epochs=50; repeatable
    #[arg(long = "set", value_name = "NAME=VALUE")]
    assignments: Vec<String>,
    /// Features that must not change
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    immutable: Vec<String>,
    /// Combinations that are drawn
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = value_parser!(u32).range(1..=10_000))]
    samples: u32,
    /// Seeds that the last stage of the race runs with
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = value_parser!(u32).range(1..=100))]
    seeds: u32,
    /// Cells at a time, a thread each [default: one per core]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=1024))]
    jobs: Option<u32>,
    /// Keep all runs in this folder, and go on where it ended
    #[arg(long, value_name = "DIR", value_parser = crate::cli::source::paths())]
    out: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl TuneArguments {
    /// Whether one JSON document is printed.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }
}

/// Carries out `ctui tune`; progress goes to standard error.
///
/// # Errors
/// [`CliError::Input`] for data that cannot be had, [`CliError::Interrupted`] after Ctrl-C.
pub fn run(arguments: &TuneArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let base = arguments.base()?;
    let effort = Effort {
        samples: arguments.samples as usize,
        seeds: arguments.seeds as usize,
        fresh: 5,
        protocol: Protocol::default(),
    };
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let interrupt = Interrupt::new()?;
    let drive = Drive {
        jobs: arguments.jobs.map_or_else(cores, |jobs| jobs as usize),
        fail_fast: false,
        retry_failed: false,
        measures: MEASURES.to_vec(),
        protocol: effort.protocol,
        halt: interrupt.halt(),
    };
    let folder = tempfile::tempdir()?;
    let store = Store::create(arguments.out.as_deref().unwrap_or(folder.path()))?;
    let bar = Bar::of_race(tuning_cells(effort));
    let tuned = tune(&base, effort, &drive, &store, &bar)?;
    bar.finish();
    match tuned {
        None => Err(CliError::Interrupted(match &arguments.out {
            Some(path) => format!(
                "interrupted; the same command goes on with what is in {}",
                path.display()
            ),
            None => "interrupted; with --out DIR the runs would have been kept".into(),
        })),
        Some(tuned) if arguments.json => {
            writeln!(output, "{}", arguments.as_json(&tuned))?;
            Ok(())
        }
        Some(tuned) => arguments.print(&tuned, output),
    }
}

impl TuneArguments {
    fn base(&self) -> Result<Settings, CliError> {
        let mut base = Settings::from([("data".into(), Setting::Text(self.data.clone()))]);
        if let Some(label) = &self.label {
            base.insert("label".into(), Setting::Text(label.clone()));
        }
        if !self.immutable.is_empty() {
            base.insert("immutable".into(), Setting::Names(self.immutable.clone()));
        }
        for assignment in &self.assignments {
            let (name, value) = assignment.split_once('=').ok_or_else(|| {
                CliError::Input(format!("--set {assignment}: write it as name=value"))
            })?;
            base.insert(name.trim().into(), Setting::Text(value.trim().into()));
        }
        Ok(base)
    }

    fn print(&self, tuned: &Tuned, output: &mut dyn Write) -> Result<(), CliError> {
        writeln!(
            output,
            "Judged on {} seeds that the search has not seen, means ± standard errors:\n",
            tuned.baseline.seeds.len()
        )?;
        let header: Vec<&str> = MEASURES.iter().map(|score| score.name()).collect();
        let header: Vec<&str> = ["", "front"].into_iter().chain(header).collect();
        let mut grid = crate::paper::Grid::new(&header);
        grid.rows.push(row("baseline", "", &tuned.baseline));
        for (position, group) in tuned.finalists.iter().enumerate() {
            let front = if tuned.front.contains(&position) {
                "*"
            } else {
                ""
            };
            grid.rows
                .push(row(&format!("CT {}", position + 1), front, group));
        }
        write!(output, "{}", grid.to_text())?;
        writeln!(
            output,
            "\n* no other is better in accuracy, IP and IP* at once"
        )?;
        for (position, group) in tuned.finalists.iter().enumerate() {
            writeln!(
                output,
                "CT {}: {}",
                position + 1,
                sweep::describe(&self.varied(group))
            )?;
        }
        self.conclude(tuned, output)
    }

    /// The settings that were searched.
    fn varied(&self, group: &Group) -> Settings {
        let fixed = ["data", "label", "immutable"];
        let searched = group
            .settings
            .iter()
            .filter(|(name, _)| !fixed.contains(&name.as_str()));
        searched
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    fn conclude(&self, tuned: &Tuned, output: &mut dyn Write) -> Result<(), CliError> {
        let tolerance = number_of((100.0 * TOLERANCE).round() as usize, "percentage point");
        match tuned.best() {
            Some(best) => {
                writeln!(
                    output,
                    "\nThe best keeps the baseline's accuracy within {tolerance} and is more plausible in IP and IP*. To see it:"
                )?;
                writeln!(output, "  {}", self.command(best))?;
            }
            None => {
                writeln!(
                    output,
                    "\nNo settings were found with lower IP and IP* at an accuracy within {tolerance} of the baseline's."
                )?;
                if let Some(nearest) = tuned.finalists.first() {
                    writeln!(output, "The nearest: {}", gap(nearest, &tuned.baseline))?;
                }
            }
        }
        Ok(())
    }

    /// The command that opens a combination in the dashboard.
    fn command(&self, group: &Group) -> String {
        let mut words = vec!["ctui".to_owned(), "--data".into(), quoted(&self.data)];
        if let Some(label) = &self.label {
            words.extend(["--label".into(), quoted(label)]);
        }
        if !self.immutable.is_empty() {
            words.extend(["--immutable".into(), quoted(&self.immutable.join(","))]);
        }
        for (name, value) in self.varied(group) {
            words.extend(["--set".into(), quoted(&format!("{name}={}", value.text()))]);
        }
        words.join(" ")
    }

    fn as_json(&self, tuned: &Tuned) -> serde_json::Value {
        let scores = |group: &Group| -> serde_json::Value {
            let score = |(score, e): (&sweep::Score, &sweep::Estimate)| {
                (
                    score.name().to_owned(),
                    json!({"mean": e.mean, "se": e.error}),
                )
            };
            group
                .scores
                .iter()
                .map(score)
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let finalist = |(position, group): (usize, &Group)| {
            json!({
                "settings": group.settings,
                "scores": scores(group),
                "front": tuned.front.contains(&position),
                "command": self.command(group),
            })
        };
        json!({
            "baseline": scores(&tuned.baseline),
            "seeds": tuned.baseline.seeds,
            "finalists": tuned.finalists.iter().enumerate().map(finalist).collect::<Vec<_>>(),
            "best": tuned.best().map(|best| json!({
                "settings": best.settings, "scores": scores(best), "command": self.command(best),
            })),
        })
    }
}

fn quoted(text: &str) -> String {
    shell::quote(text)
}

fn row(name: &str, front: &str, group: &Group) -> Vec<String> {
    let cell = |score: &sweep::Score| match group.scores.get(score) {
        Some(estimate) => estimate.to_string(),
        None => "–".into(),
    };
    let mut row = vec![name.to_owned(), front.to_owned()];
    row.extend(MEASURES.iter().map(cell));
    row
}

/// How far a combination is from what was looked for.
fn gap(group: &Group, baseline: &Group) -> String {
    let mean = |group: &Group, score| group.scores.get(&score).map_or(f64::NAN, |e| e.mean);
    let points =
        100.0 * (mean(group, sweep::Score::Accuracy) - mean(baseline, sweep::Score::Accuracy));
    let change = |score| 100.0 * (mean(group, score) / mean(baseline, score) - 1.0);
    format!(
        "accuracy {points:+.1} points, IP {:+.0} %, IP* {:+.0} %",
        change(sweep::Score::Ip),
        change(sweep::Score::IpStar)
    )
}
