//! `ctui explain`: counterfactuals of a model's inputs.

use std::io::{self, Write};

use clap::Args;
use ndarray::{ArrayView1, Axis};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    CliError,
    inputs::{Inputs, Loaded, Wanted},
    search::SearchArguments,
};
use crate::{
    counterfactual::{Counterfactuals, Search},
    data::{Kind, Rows, canonical, image, nearest::hint},
    evaluation::change::{UNMOVED, cost},
    text::printable,
};

/// Seed of what a generator draws.
const SEED: u64 = 1;

/// Arguments of `ctui explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Class to go to
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
    x: Vec<Value>,
    x_ae: Vec<Value>,
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
    let wanted = arguments.rows.as_deref().map(row_numbers).transpose()?;
    let loaded = arguments.inputs.load(&Wanted {
        rows: wanted.clone(),
        labels: false,
    })?;
    let target = class(&loaded.known.classes, &arguments.target)?;
    let chosen = choose(&loaded.rows, wanted.as_deref())?;
    let targets = vec![target; chosen.len()];
    let factuals = loaded.rows.x.select(Axis(0), &chosen);
    let search = Search {
        model: &loaded.known.model,
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

/// Most rows that can be chosen by number.
const MOST_ROWS: usize = 1_000_000;

/// The numbers in a list such as `0-5,9`, in its order.
fn row_numbers(text: &str) -> Result<Vec<usize>, CliError> {
    let wrong = |why: &str| {
        CliError::Input(format!(
            "--rows {text}: {why}; write row numbers and ranges, such as 0-5,9"
        ))
    };
    let mut numbers = Vec::new();
    for part in text.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<usize>();
        let (Ok(first), Ok(last)) = (number(first), number(last)) else {
            return Err(wrong(&format!("`{part}` is no row number")));
        };
        if first > last {
            return Err(wrong(&format!("`{part}` ends before it begins")));
        }
        if last - first >= MOST_ROWS - numbers.len() {
            return Err(wrong(&format!("more than {MOST_ROWS} rows")));
        }
        numbers.extend(first..=last);
    }
    Ok(numbers)
}

/// Positions of the wanted rows among those that could be read.
fn choose(rows: &Rows, wanted: Option<&[usize]>) -> Result<Vec<usize>, CliError> {
    let Some(wanted) = wanted else {
        return Ok((0..rows.numbers.len()).collect());
    };
    let find = |row: &usize| {
        rows.numbers.binary_search(row).map_err(|_| {
            CliError::Input(format!(
                "--rows {row}: a value is missing in this row of {}; fill it in, or let `missing = \"impute\"` in a schema beside the file do it",
                rows.path.display()
            ))
        })
    };
    wanted.iter().map(find).collect()
}

/// The class called `name`, however its number is written.
fn class(classes: &[String], name: &str) -> Result<usize, CliError> {
    let exact = classes.iter().position(|known| known == name);
    let same = |known: &String| canonical(known) == canonical(name);
    exact
        .or_else(|| classes.iter().position(same))
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
    let (point, outcome) = (found.points.row(position), found.outcomes[position]);
    let told = Told {
        rows: &loaded.rows,
        row: loaded.rows.numbers.binary_search(&row).unwrap_or(position),
        factual,
    };
    Explanation {
        row,
        target: loaded.known.classes[target].clone(),
        mature: outcome.mature,
        steps: outcome.steps,
        probability: outcome.probability,
        x: told.values(point),
        x_ae: told.values(found.nascent.row(position)),
        cost: cost(factual, point),
        changed: told.changes(point),
    }
}

/// A row and what is told of points that began at it.
struct Told<'a> {
    rows: &'a Rows,
    /// Position among the rows.
    row: usize,
    /// Its values in model units, `(d,)`.
    factual: ArrayView1<'a, f32>,
}

impl Told<'_> {
    /// A value of `point` in units of the file: the file's own if it did not change, a rounded one
    /// otherwise.
    fn value(&self, point: ArrayView1<'_, f32>, feature: usize) -> f64 {
        match (point[feature] - self.factual[feature]).abs() < UNMOVED {
            true => self.before(feature),
            false => self.rows.features[feature].told(point[feature]),
        }
    }

    /// The value of the file.
    fn before(&self, feature: usize) -> f64 {
        let number = self.rows.number(self.row, feature);
        number.unwrap_or_else(|| self.rows.features[feature].told(self.factual[feature]))
    }

    fn values(&self, point: ArrayView1<'_, f32>) -> Vec<Value> {
        let features = 0..self.rows.features.len();
        features
            .map(|feature| number(self.value(point, feature)))
            .collect()
    }

    /// What changed, by feature: from and to, in units of the file; categories by name.
    fn changes(&self, point: ArrayView1<'_, f32>) -> Map<String, Value> {
        let mut changed = Map::new();
        for (position, feature) in self.rows.features.iter().enumerate() {
            let (from, to) = (self.factual[position], point[position]);
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
                    let ends = [self.before(position), self.value(point, position)].map(number);
                    changed.insert(feature.name.clone(), json!(ends));
                }
            }
        }
        changed
    }
}

/// A number as JSON, a whole one without a point.
fn number(value: f64) -> Value {
    match value.fract() == 0.0 && value.abs() < 1e15 {
        true => json!(value as i64),
        false => json!(value),
    }
}

/// A value as people read it.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) => printable(text).into_owned(),
        Value::Null => "none of the known".into(),
        other => other.to_string(),
    }
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
            printable(&explanation.target),
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
                        "  {}: {} → {}",
                        printable(feature),
                        short(&ends[0]),
                        short(&ends[1])
                    )?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbers_and_ranges() {
        assert_eq!(row_numbers("0-2,9, 4").unwrap(), [0, 1, 2, 9, 4]);
        for wrong in ["", "a", "-1", "3-1", "1-", "0-99999999999"] {
            assert!(row_numbers(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn classes_are_found_however_they_are_written() {
        let classes = ["-1", "1", "yes", "007"].map(String::from);
        for (name, expected) in [("-1", 0), ("+1", 1), ("1.0", 1), ("yes", 2), ("007", 3)] {
            assert_eq!(class(&classes, name).unwrap(), expected);
        }
        let message = class(&classes, "yess").unwrap_err().to_string();
        assert!(message.contains("did you mean `yes`"), "{message}");
    }
}
