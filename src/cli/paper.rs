//! `ctui paper`: the paper's tables.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum, value_parser};
use serde_json::json;

use super::{CliError, monitor::Watch, overwrite::Overwrite, search::IpStarChoice};
use crate::{
    evaluation::rounds::IpStarOf,
    paper::{PaperError, Plan, Report, Results, TableKind},
    training::Preset,
};

/// Most seeds of one table.
const MAX_SEEDS: u64 = 1000;

/// What the columns of a comparison mean.
const LEGEND: &str =
    "−%: percent reduction, 100·(1 − mean of CT/BL over the rounds). ± rounds, as published: its standard
deviation over the rounds; * where the 0.5 and 99.5 % quantiles of the rounds' differences exclude 0.
± seeds: its standard error over the seeds, which contains data and training; * where Student's 99 %
interval excludes 0.";

/// Arguments of `ctui paper`.
#[derive(Args, Clone, Debug)]
pub struct PaperArguments {
    /// Which table
    #[arg(long, value_enum, default_value = "main")]
    table: Table,
    /// Data sets: ls, circ, moon, ol; with --data-dir also adult, california, credit, gmsc, mnist
    #[arg(
        long,
        value_name = "IDS",
        value_delimiter = ',',
        default_value = "ls,circ,moon,ol"
    )]
    datasets: Vec<String>,
    /// Folder with the files of adult, california, credit, gmsc and mnist
    #[arg(long, value_name = "DIR", value_parser = crate::cli::source::paths())]
    data_dir: Option<PathBuf>,
    /// Rounds per weight of the energy penalty, or of integrated gradients
    #[arg(long, value_name = "J", default_value_t = 100, value_parser = value_parser!(u32).range(1..=100_000))]
    rounds: u32,
    /// Individuals per round [default: 250 in the plane, 100 of a table, 25 images; 2500 for
    /// integrated gradients]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(2..=100_000))]
    individuals: Option<u32>,
    /// Seeds, such as 1,2,3 or 1..5; each draws its data and trains its models
    #[arg(long, value_name = "SEEDS", default_value = "1")]
    seeds: String,
    /// Epochs of training [default: the paper's 100]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=100_000))]
    epochs: Option<u32>,
    /// Step size of every search; the paper's text says 0.25, but its tables come out with 0.1
    #[arg(long, value_name = "η", default_value_t = 0.1)]
    search_step: f64,
    /// Length scale of the IP* kernel; the paper's text says 0.5, but its tables come out with 5
    #[arg(long, value_name = "ℓ", default_value_t = 5.0)]
    mmd_length_scale: f64,
    /// Standard deviations that domains reach; the paper's text says 3, but its tables come out
    /// with 2
    #[arg(long, value_name = "n", default_value_t = 2.0)]
    domain_sigmas: f64,
    /// How individuals are drawn, and rounds put together
    #[arg(long, value_enum, default_value = "published")]
    protocol: ProtocolChoice,
    /// Which counterfactuals of a factual and target class IP* compares with samples
    #[arg(long, value_enum, default_value = "all")]
    ip_star_of: IpStarChoice,
    /// Leave categories between yes and no in the evaluation too, instead of decoding them in every
    /// step of the search
    #[arg(long)]
    relaxed_categories: bool,
    /// Encode adult as the published tables were made: `education-num` is decoded with the categories
    /// of `education`
    #[arg(long)]
    as_published: bool,
    /// Weights of the energy penalty in the evaluation
    #[arg(
        long,
        value_name = "λ",
        value_delimiter = ',',
        default_value = "0.1,0.5,1,5,10"
    )]
    lambda_energy: Vec<f32>,
    /// Draw the figure of table robustness (accuracy against the strength of attacks) or sensitivity
    /// (integrated gradients of images) to an SVG file
    #[arg(long, value_name = "FILE", value_parser = crate::cli::source::paths())]
    svg: Option<PathBuf>,
    #[command(flatten)]
    overwrite: Overwrite,
    /// Print one JSON document
    #[arg(long, group = "format")]
    json: bool,
    /// Print CSV
    #[arg(long, group = "format")]
    csv: bool,
    /// Print a Markdown table
    #[arg(long, group = "format")]
    markdown: bool,
}

impl PaperArguments {
    /// Whether one JSON document is printed.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }
}

/// Protocols of the evaluation.
#[derive(ValueEnum, Clone, Copy, Debug)]
enum ProtocolChoice {
    /// That of the published tables: every round holds all directions of classes, weights of the
    /// penalty count alike, ± is the standard deviation over the rounds
    Published,
}

impl ProtocolChoice {
    fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Table {
    /// Plausibility, cost and validity of CT against BL
    Main,
    /// Shares of valid counterfactuals
    Validity,
    /// Integrated gradients of the protected feature
    Sensitivity,
    /// Accuracy under attack
    Robustness,
    /// CT, CD and AR against BL
    Ablation,
    /// Generators and penalties of the training against penalties of the evaluation
    Grid,
}

/// Carries out `ctui paper`; progress goes to standard error.
///
/// # Errors
/// [`CliError::Input`] for unknown data sets and values out of range, [`CliError::Other`] if
/// something cannot be written, or after Ctrl-C, when what is finished has been printed.
pub fn run(arguments: &PaperArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let plan = arguments.plan()?;
    if arguments.svg.is_some() && !plan.table.has_figure() {
        return Err(CliError::Input(format!(
            "--svg: there is no figure of table {}; draw robustness or sensitivity",
            plan.table.name()
        )));
    }
    if let Some(path) = &arguments.svg {
        arguments.overwrite.check(path)?;
    }
    plan.check()?;
    let watch = Watch::new(plan.units())?;
    let results = plan.carry_out(&watch)?;
    watch.finish();
    let report = plan.table.report(&plan, &results);
    arguments.print(&plan, &results, &report, watch.seconds(), output)?;
    arguments.draw(&report)?;
    match results.interrupted {
        true => Err(CliError::Other(format!(
            "interrupted: {} of {} data sets and seeds are finished",
            results.finished.len(),
            plan.subjects().len()
        ))),
        false => Ok(()),
    }
}

impl PaperArguments {
    fn plan(&self) -> Result<Plan, CliError> {
        let positive = |name: &str, value: f64| match value.is_finite() && value > 0.0 {
            true => Ok(value),
            false => Err(CliError::Input(format!(
                "--{name} {value}: it takes a number above 0"
            ))),
        };
        for &weight in &self.lambda_energy {
            if !(0.0..=1e6).contains(&weight) {
                return Err(CliError::Input(format!(
                    "--lambda-energy {weight}: it takes numbers from 0 to 1000000"
                )));
            }
        }
        let presets = self.datasets.iter().map(|id| Preset::find(id));
        Ok(Plan {
            data: self.data_dir.clone(),
            seeds: parse_seeds(&self.seeds)?,
            rounds: self.rounds as usize,
            individuals: self.individuals.map(|n| n as usize),
            lambda_egy: self.lambda_energy.clone(),
            search_step: positive("search-step", self.search_step)?,
            length_scale: positive("mmd-length-scale", self.mmd_length_scale)?,
            domain_sigmas: positive("domain-sigmas", self.domain_sigmas)?,
            relaxed_categories: self.relaxed_categories,
            as_published: self.as_published,
            ip_star_of: self.ip_star_of.into(),
            epochs: self.epochs.map(|n| n as usize),
            ..Plan::new(self.table.kind(), presets.collect::<Result<_, _>>()?)
        })
    }

    /// Draws the figure where it was asked for.
    fn draw(&self, report: &Report) -> Result<(), CliError> {
        let Some(path) = &self.svg else {
            return Ok(());
        };
        let Some(figure) = &report.figure else {
            return Err(CliError::Input(
                "--svg: there is nothing to draw; table sensitivity draws images, such as mnist"
                    .into(),
            ));
        };
        self.overwrite
            .write(path, |output| output.write_all(figure.as_bytes()))
    }

    fn print(
        &self,
        plan: &Plan,
        results: &Results,
        report: &Report,
        seconds: f64,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        if self.json {
            let protocol = self.protocol.name();
            return writeln!(
                output,
                "{}",
                as_json(plan, protocol, results, report, seconds)
            );
        }
        if self.csv {
            return report.grid.write_csv(output);
        }
        if self.markdown {
            return write!(output, "{}", report.grid.to_markdown());
        }
        writeln!(output, "{}", describe(plan))?;
        write!(output, "\n{}", report.grid.to_text())?;
        if let Some(chart) = &report.chart {
            write!(output, "\n{chart}")?;
        }
        if plan.table.has_comparisons() {
            writeln!(output, "\n{LEGEND}")?;
        }
        for remark in results.remarks() {
            writeln!(output, "n/a: {remark}")?;
        }
        writeln!(output, "{seconds:.1} s")
    }
}

impl Table {
    fn kind(self) -> TableKind {
        TableKind::ALL[self as usize]
    }
}

fn as_json(
    plan: &Plan,
    protocol: &str,
    results: &Results,
    report: &Report,
    seconds: f64,
) -> serde_json::Value {
    json!({
        "rows": report.rows,
        "seconds": seconds,
        "table": plan.table.name(),
        "version": env!("CARGO_PKG_VERSION"),
        "interrupted": results.interrupted,
        "remarks": results.remarks(),
        "protocol": {
            "name": protocol,
            "ip_star_of": plan.ip_star_of.name(),
            "seeds": plan.seeds,
            "rounds": plan.rounds,
            "individuals": plan.individuals,
            "lambda_energy": plan.lambda_egy,
            "search_step": plan.search_step,
            "mmd_length_scale": plan.length_scale,
            "domain_sigmas": plan.domain_sigmas,
            "relaxed_categories": plan.relaxed_categories,
            "as_published": plan.as_published,
            "epochs": plan.epochs,
        },
    })
}

fn describe(plan: &Plan) -> String {
    format!(
        "table `{}`, published protocol, seeds {:?}, {} rounds per λ_egy of {:?}, η {}, ℓ {}, domains {} σ{}, ctui {}",
        plan.table.name(),
        plan.seeds,
        plan.rounds,
        plan.lambda_egy,
        plan.search_step,
        plan.length_scale,
        plan.domain_sigmas,
        match (plan.relaxed_categories, plan.ip_star_of) {
            (false, IpStarOf::All) => "",
            (true, IpStarOf::All) => ", categories relaxed",
            (false, IpStarOf::Valid) => ", IP* of valid ones",
            (true, IpStarOf::Valid) => ", categories relaxed, IP* of valid ones",
        },
        env!("CARGO_PKG_VERSION"),
    )
}

/// Seeds from a list of numbers and ranges, such as `1,2,7..9`; ranges include their ends.
fn parse_seeds(text: &str) -> Result<Vec<u64>, CliError> {
    let refuse = || {
        CliError::Input(format!(
            "--seeds {text}: it takes numbers and ranges such as 1,2,3 or 1..5, at most {MAX_SEEDS} seeds"
        ))
    };
    let mut seeds = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once("..").unwrap_or((part, part));
        let last = last.strip_prefix('=').unwrap_or(last);
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| refuse());
        let (first, last) = (number(first)?, number(last)?);
        if first > last || last - first >= MAX_SEEDS {
            return Err(refuse());
        }
        seeds.extend(first..=last);
    }
    let mut distinct = seeds.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < seeds.len() || seeds.len() as u64 > MAX_SEEDS {
        return Err(refuse());
    }
    Ok(seeds)
}

impl From<PaperError> for CliError {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::Data(error) => error.into(),
            PaperError::Training(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_lists_and_ranges() {
        assert_eq!(parse_seeds("1..3, 7").unwrap(), [1, 2, 3, 7]);
        assert_eq!(parse_seeds("5..=5").unwrap(), [5]);
        for wrong in ["", "1..", "3..1", "a", "1,1", "0..1000000000000", "1,,2"] {
            assert!(parse_seeds(wrong).is_err(), "{wrong}");
        }
    }
}
