//! `ctui audit`: what recourse costs groups of people.

mod json;
mod print;

use std::{io::Write, path::PathBuf};

use clap::{Args, value_parser};

use super::{
    CliError,
    explain::class,
    inputs::{Inputs, Loaded, Wanted},
    search::SearchArguments,
};
use crate::{
    audit::{Audit, Settings, Side, audit, grouping::Grouping, protected},
    counterfactual::{Generator, SearchParameters},
    data::constrain::listed,
    recourse::Start,
};

/// Rows that proxies are looked for in.
const ROWS: usize = 10_000;

/// Arguments of `ctui audit`.
#[derive(Args, Clone, Debug)]
pub struct AuditArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Another model to set it beside, such as one trained without counterfactuals
    #[arg(long, value_name = "MODEL")]
    baseline: Option<PathBuf>,
    /// Columns of the file by which people are grouped, repeatable; numbers are grouped by size
    /// [default: the features that may not change both ways]
    #[arg(long = "group", value_name = "COLUMNS", allow_hyphen_values = true)]
    groups: Vec<String>,
    /// Groups that numbers are divided into
    #[arg(long, value_name = "Q", default_value_t = 3, value_parser = value_parser!(u8).range(2..=8))]
    quantiles: u8,
    /// The class that people wish for [default: the last one, which is the positive one of two]
    #[arg(long, value_name = "CLASS", allow_hyphen_values = true)]
    target: Option<String>,
    /// Most people of a group who are searched for
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = value_parser!(u32).range(1..=1_000_000))]
    individuals: u32,
    #[command(flatten)]
    search: SearchArguments,
    /// Weight of the generator's penalty [default: 5]
    #[arg(long, value_name = "λ")]
    lambda_energy: Option<String>,
    /// Seed of all draws
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// A model with everything that a search needs.
struct Ready {
    loaded: Loaded,
    generator: Generator,
    parameters: SearchParameters,
}

/// Carries out `ctui audit`.
///
/// # Errors
/// [`CliError::Input`] for bad arguments or files, [`CliError::Other`] if the output cannot be
/// written.
pub fn run(arguments: &AuditArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let own = arguments.ready(&arguments.inputs)?;
    let baseline = arguments.baseline.as_ref();
    let baseline = baseline
        .map(|model| arguments.ready(&arguments.inputs.with_model(model)))
        .transpose()?;
    if let Some(baseline) = &baseline {
        check_alike(&own.loaded, &baseline.loaded)?;
    }
    let groupings = arguments.groupings(&own.loaded)?;
    let ready: Vec<&Ready> = baseline.iter().chain([&own]).collect();
    let target = match &arguments.target {
        Some(name) => class(&own.loaded.known.classes, name)?,
        None => own.loaded.known.classes.len().saturating_sub(1),
    };
    let settings = Settings {
        target,
        most: arguments.individuals as usize,
        rows: ROWS,
        seed: arguments.seed,
    };
    let found = audited(&ready, &groupings, &settings)?;
    let names = Names {
        target: &own.loaded.known.classes[target],
        sides: ready
            .iter()
            .map(|ready| ready.loaded.name.as_str())
            .collect(),
        threshold: own.parameters.decision_threshold,
    };
    match arguments.json {
        true => writeln!(output, "{}", json::document(&found, &names))?,
        false => print::print(&found, &names, output)?,
    }
    Ok(())
}

/// What things are called.
struct Names<'a> {
    /// The class that people wish for.
    target: &'a str,
    /// The models.
    sides: Vec<&'a str>,
    /// The probability that advice has to reach.
    threshold: f32,
}

fn audited(
    ready: &[&Ready],
    groupings: &[Grouping],
    settings: &Settings,
) -> Result<Audit, CliError> {
    let starts: Vec<_> = ready
        .iter()
        .map(|ready| {
            |row: usize, target: usize| -> Start { Start::read(&ready.loaded.rows, row, target) }
        })
        .collect();
    let sides: Vec<Side<'_>> = ready
        .iter()
        .zip(&starts)
        .map(|(ready, start)| Side {
            name: ready.loaded.name.clone(),
            model: &ready.loaded.known.model,
            features: &ready.loaded.known.features,
            constraints: &ready.loaded.constraints,
            generator: &ready.generator,
            parameters: ready.parameters.clone(),
            x: ready.loaded.rows.x.view(),
            start,
        })
        .collect();
    Ok(audit(&sides, groupings, settings)?)
}

impl AuditArguments {
    fn ready(&self, inputs: &Inputs) -> Result<Ready, CliError> {
        let loaded = inputs.load(&Wanted::default())?;
        Ok(Ready {
            generator: loaded.generator(&self.search, self.seed)?,
            parameters: self.search.parameters(self.lambda_energy.as_deref())?,
            loaded,
        })
    }

    /// By what people are grouped.
    fn groupings(&self, loaded: &Loaded) -> Result<Vec<Grouping>, CliError> {
        let rows = &loaded.rows;
        let mut names: Vec<String> = Vec::new();
        for text in &self.groups {
            let is_column = |name: &str| rows.columns().iter().any(|column| column == name);
            match listed(text, is_column) {
                Ok(listed) => names.extend(listed),
                Err(strange) => names.push(strange),
            }
        }
        if self.groups.is_empty() {
            names = protected(&loaded.known.features, &loaded.constraints.mutability);
        }
        if names.is_empty() {
            return Err(CliError::Input(
                "no feature of the model is protected; say by which columns to group with --group, such as --group sex,age".into(),
            ));
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
            .iter()
            .map(|name| self.grouping(loaded, name))
            .collect()
    }

    fn grouping(&self, loaded: &Loaded, name: &str) -> Result<Grouping, CliError> {
        let texts = loaded.rows.column(name)?;
        let quantiles = usize::from(self.quantiles);
        let features = &loaded.rows.features;
        let number = features
            .iter()
            .position(|feature| feature.is_number() && feature.name == name);
        let is_known = |row: &usize| texts[*row].is_some();
        let grouping = match number {
            Some(position) => {
                let value =
                    |row: usize| loaded.rows.number(row, position).filter(|_| is_known(&row));
                Grouping::of_numbers(name, (0..texts.len()).map(value).collect(), quantiles)
            }
            None => Grouping::of_texts(name, &texts, quantiles),
        };
        if grouping.names.len() < 2 {
            return Err(CliError::Input(format!(
                "--group {name}: all rows of {} have the same value, so that there are no groups to compare",
                loaded.rows.path.display()
            )));
        }
        Ok(grouping)
    }
}

/// Refuses models that do not take the same rows, or know other classes.
fn check_alike(own: &Loaded, baseline: &Loaded) -> Result<(), CliError> {
    let problem = if own.known.classes != baseline.known.classes {
        "know other classes"
    } else if own.rows.numbers != baseline.rows.numbers {
        "can take other rows, because values are missing"
    } else {
        return Ok(());
    };
    Err(CliError::Input(format!(
        "{} and {} {problem}; compare models that were trained on the same data",
        own.name, baseline.name
    )))
}
