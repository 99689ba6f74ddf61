//! `ctui explain`: counterfactuals of a model's inputs.

use std::io::{self, Write};

use clap::Args;
use ndarray::{ArrayView1, Axis};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    CliError,
    inputs::{Inputs, Loaded},
    search::SearchArguments,
};
use crate::{
    counterfactual::{Counterfactuals, Search},
    data::{Feature, Kind, image, nearest::hint},
    evaluation::change::{UNMOVED, cost},
};

/// Seed of what a generator draws.
const SEED: u64 = 1;

/// Arguments of `ctui explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Class to go to
    #[arg(long, value_name = "CLASS")]
    target: String,
    /// Rows or images to explain, counted from 0 below the header [default: all]
    #[arg(long, value_name = "ROWS", value_delimiter = ',')]
    rows: Option<Vec<usize>>,
    #[command(flatten)]
    search: SearchArguments,
    /// Weight of the generator's penalty [default: 5]
    #[arg(long, value_name = "λ")]
    lambda_energy: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// One counterfactual in units of the file.
#[derive(Serialize)]
struct Explanation {
    row: usize,
    target: String,
    mature: bool,
    steps: usize,
    probability: f32,
    x: Vec<f32>,
    x_ae: Vec<f32>,
    cost: f64,
    changed: Map<String, Value>,
}

/// Carries out `ctui explain`.
///
/// # Errors
/// [`CliError::Input`] for bad arguments or files, [`CliError::Other`] if the output cannot be
/// written.
pub fn run(arguments: &ExplainArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let parameters = arguments
        .search
        .parameters(arguments.lambda_energy.as_deref())?;
    let loaded = arguments.inputs.load()?;
    let target = class(&loaded.classes, &arguments.target)?;
    let chosen = arguments.choose(&loaded)?;
    let targets = vec![target; chosen.len()];
    let factuals = loaded.rows.x.select(Axis(0), &chosen);
    let search = Search {
        model: &loaded.model,
        generator: &loaded.generator(&arguments.search, SEED)?,
        constraints: &loaded.constraints,
        parameters: &parameters,
    };
    let found = search.run(factuals.view(), &targets);
    let explanations: Vec<Explanation> = (0..chosen.len())
        .map(|i| {
            let number = loaded.rows.numbers[chosen[i]];
            explain(&loaded, number, target, factuals.row(i), &found, i)
        })
        .collect();
    if arguments.json {
        let document = json!({ "counterfactuals": explanations });
        return writeln!(output, "{document}").map_err(CliError::from);
    }
    let images = image::shape(&loaded.rows.features).is_some();
    print(&explanations, images, output).map_err(CliError::from)
}

impl ExplainArguments {
    /// Positions of the chosen rows among those that could be read.
    fn choose(&self, loaded: &Loaded) -> Result<Vec<usize>, CliError> {
        let numbers = &loaded.rows.numbers;
        let Some(wanted) = &self.rows else {
            return Ok((0..numbers.len()).collect());
        };
        let find = |row: &usize| {
            numbers.binary_search(row).map_err(|_| {
                let last = numbers.last().copied().unwrap_or(0);
                CliError::Input(format!(
                    "--rows {row}: the file has no usable row of this number; rows count from 0 and end at {last}"
                ))
            })
        };
        wanted.iter().map(find).collect()
    }
}

fn class(classes: &[String], name: &str) -> Result<usize, CliError> {
    classes
        .iter()
        .position(|known| known == name)
        .ok_or_else(|| {
            CliError::Input(format!(
                "--target {name}: there is no such class{}; the model knows {}",
                hint(name, classes.iter().map(String::as_str)),
                classes.join(", ")
            ))
        })
}

fn explain(
    loaded: &Loaded,
    row: usize,
    target: usize,
    factual: ArrayView1<'_, f32>,
    found: &Counterfactuals,
    position: usize,
) -> Explanation {
    let features = &loaded.rows.features;
    let (point, outcome) = (found.points.row(position), found.outcomes[position]);
    let in_file_units = |point: ArrayView1<'_, f32>| {
        let values = features.iter().zip(point);
        values
            .map(|(feature, &value)| feature.scale.to_file(value) as f32)
            .collect()
    };
    Explanation {
        row,
        target: loaded.classes[target].clone(),
        mature: outcome.mature,
        steps: outcome.steps,
        probability: outcome.probability,
        x: in_file_units(point),
        x_ae: in_file_units(found.nascent.row(position)),
        cost: cost(factual, point),
        changed: changes(features, factual, point),
    }
}

/// What changed, by feature: from and to, in units of the file; categories by name.
fn changes(
    features: &[Feature],
    factual: ArrayView1<'_, f32>,
    point: ArrayView1<'_, f32>,
) -> Map<String, Value> {
    let mut changed = Map::new();
    for (position, feature) in features.iter().enumerate() {
        let (from, to) = (factual[position], point[position]);
        if (from - to).abs() < UNMOVED {
            continue;
        }
        match &feature.kind {
            Kind::Category { group, category } => {
                let ends = changed
                    .entry(group.clone())
                    .or_insert_with(|| json!([null, null]));
                ends[usize::from(to > from)] = json!(category);
            }
            Kind::Numeric | Kind::Pixel => {
                let ends = [from, to].map(|value| feature.scale.to_file(value) as f32);
                changed.insert(feature.name.clone(), json!(ends));
            }
        }
    }
    changed
}

/// A value as people read it: numbers with the digits that `f32` has.
fn short(value: &Value) -> String {
    let number = value.as_f64().map(|number| (number as f32).to_string());
    number.unwrap_or_else(|| value.to_string())
}

/// One line per counterfactual and, but of images, one per feature that changed.
fn print(explanations: &[Explanation], images: bool, output: &mut dyn Write) -> io::Result<()> {
    for explanation in explanations {
        let how = if explanation.mature {
            "mature"
        } else {
            "exhausted"
        };
        writeln!(
            output,
            "row {} to {}: {how} after {} steps, probability {:.3}, cost {:.3}",
            explanation.row,
            explanation.target,
            explanation.steps,
            explanation.probability,
            explanation.cost
        )?;
        match images {
            true => writeln!(
                output,
                "  {} of {} pixels changed; --json has them",
                explanation.changed.len(),
                explanation.x.len()
            )?,
            false => {
                for (feature, ends) in &explanation.changed {
                    writeln!(
                        output,
                        "  {feature}: {} → {}",
                        short(&ends[0]),
                        short(&ends[1])
                    )?;
                }
            }
        }
    }
    Ok(())
}
