//! `ctui explain`: counterfactuals of a model's inputs.

mod answer;
mod chosen;
mod print;
mod report;
mod search;

use std::{io::Write, path::PathBuf};

use clap::{Args, value_parser};
use ndarray::{Array2, Axis};
use serde_json::json;

use super::{
    CliError,
    inputs::{Inputs, Loaded, Wanted},
    say,
    search::SearchArguments,
};
use crate::{ascii::Content, data::Rows, model::most_likely, recourse::Start};
use answer::Answer;
pub(super) use chosen::class;
use chosen::{choose, row_numbers};

/// Seed of what a generator draws.
const SEED: u64 = 1;

/// Arguments of `ctui explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Class to go to; `opposite`: the most likely of those that a row is not predicted as
    #[arg(long, value_name = "CLASS", allow_hyphen_values = true)]
    target: String,
    /// Rows or images to explain, counted from 0 below the header, such as 0-5,9 [default: all]
    #[arg(long, value_name = "ROWS")]
    rows: Option<String>,
    #[command(flatten)]
    search: SearchArguments,
    /// Weight of the generator's penalty [default: 5]
    #[arg(long, value_name = "λ")]
    lambda_energy: Option<String>,
    /// Change at most N columns, as cheaply as can be; the values themselves are searched then, without
    /// a generator
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=1000))]
    max_changed: Option<u32>,
    /// Up to K explanations that differ in the columns that they change (at most 3 columns each, unless
    /// --max-changed says otherwise)
    #[arg(long, value_name = "K", value_parser = value_parser!(u32).range(1..=1000))]
    diverse: Option<u32>,
    /// Also write a letter about the only row, of one page, as an HTML file
    #[arg(long, value_name = "FILE", value_parser = crate::cli::source::paths())]
    report: Option<PathBuf>,
    #[command(flatten)]
    overwrite: crate::cli::overwrite::Overwrite,
    /// For the letter: another model to ask, repeatable
    #[arg(long, value_name = "MODEL", requires = "report", value_parser = crate::cli::source::paths())]
    beside: Vec<PathBuf>,
    /// Print a table of counterfactuals as CSV
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// The rows that are asked about, and what is known of them.
struct Asked<'a> {
    rows: &'a Rows,
    classes: &'a [String],
    /// The predicted class of each row and its probability, `(n,)`.
    predicted: Vec<(usize, f32)>,
    /// Each row and where it is to go, `(n,)`.
    starts: Vec<Start>,
}

impl ExplainArguments {
    /// What is printed.
    pub(in crate::cli) fn content(&self) -> Content {
        match (self.json, self.csv) {
            (true, _) => Content::Json,
            (_, true) => Content::Data,
            _ => Content::Text,
        }
    }
}

/// Carries out `ctui explain`.
///
/// # Errors
/// [`CliError::Input`] for bad arguments or files, [`CliError::Other`] if the output cannot be
/// written.
pub fn run(arguments: &ExplainArguments, output: &mut dyn Write) -> Result<(), CliError> {
    if let Some(path) = &arguments.report {
        arguments.overwrite.check(path)?;
    }
    let wanted = arguments.rows.as_deref().map(row_numbers).transpose()?;
    let loaded = arguments.inputs.load(&Wanted {
        rows: wanted.clone(),
        labels: false,
    })?;
    let asked = Asked::of(&loaded, &arguments.target)?;
    let chosen = choose(&loaded.rows, wanted.as_deref())?;
    let (answers, unanswered) = arguments.answers(&loaded, &asked, &chosen)?;
    if let Some(path) = &arguments.report {
        arguments.write_report(path, &loaded, &asked, &answers)?;
    }
    if arguments.json {
        let explanations = answers.iter().map(|answer| asked.explanation(answer));
        let mut document = json!({ "counterfactuals": explanations.collect::<Vec<_>>() });
        if !unanswered.is_empty() {
            document["notes"] = json!(unanswered);
        }
        return writeln!(output, "{document}").map_err(CliError::from);
    }
    say(&unanswered)?;
    match arguments.csv {
        true => asked.write_csv(&answers, output)?,
        false => asked.print(&answers, output)?,
    }
    Ok(())
}

impl<'a> Asked<'a> {
    fn of(loaded: &'a Loaded, target: &str) -> Result<Self, CliError> {
        let (rows, known) = (&loaded.rows, &loaded.known);
        let probabilities = known.model.probabilities(rows.x.view());
        let target = chosen::target(&known.classes, target)?;
        let predicted = most_likely(probabilities.view());
        let predicted = predicted.into_iter().enumerate();
        Ok(Self {
            predicted: predicted
                .map(|(row, class)| (class, probabilities[[row, class]]))
                .collect(),
            starts: (0..rows.x.nrows())
                .map(|row| Start::read(rows, row, target.class(probabilities.row(row))))
                .collect(),
            rows,
            classes: &known.classes,
        })
    }

    /// The factuals of the rows at `positions`, `(n, d)`, and their targets.
    fn factuals(&self, positions: &[usize]) -> (Array2<f32>, Vec<usize>) {
        let targets = positions.iter().map(|&row| self.starts[row].target);
        (self.rows.x.select(Axis(0), positions), targets.collect())
    }
}
