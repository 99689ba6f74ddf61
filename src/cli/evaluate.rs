//! `ctui evaluate`: measure a model and its counterfactuals.

use std::io::{self, Write};

use clap::{Args, ValueEnum, value_parser};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    CliError,
    inputs::{Inputs, Loaded, Wanted},
    search::{IpStarChoice, SearchArguments},
};
use crate::{
    evaluation::{
        attribution::Baseline,
        estimate::Estimate,
        measured::{Measured, Settings, measure},
        plausibility::LENGTH_SCALE,
        rounds::{Measure, Protocol},
    },
    run::known::Known,
    text::printable,
};

/// What the columns of the attributions mean.
const ATTRIBUTION_LEGEND: &str =
    "± is the standard error. share: of the absolute integrated gradients of the samples' own labels, 1 in
all. sensitivity: their means as the paper normalises them, |g| / (max g − min g) for two features,
else (g − min g) / (max g − min g).";

/// Arguments of `ctui evaluate`.
#[derive(Args, Clone, Debug)]
pub struct EvaluateArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Rounds per weight of the energy penalty
    #[arg(long, value_name = "J", default_value_t = 100, value_parser = value_parser!(u32).range(1..=100_000))]
    rounds: u32,
    /// Individuals per round
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = value_parser!(u32).range(2..=100_000))]
    individuals: u32,
    /// Weights of the energy penalty
    #[arg(
        long,
        value_name = "λ",
        value_delimiter = ',',
        default_value = "0.1,0.5,1,5,10"
    )]
    lambda_energy: Vec<String>,
    #[command(flatten)]
    search: SearchArguments,
    /// Which counterfactuals of a factual and target class IP* compares with samples
    #[arg(long, value_enum, default_value = "all")]
    ip_star_of: IpStarChoice,
    /// Length scale of the IP* kernel
    #[arg(long, value_name = "ℓ", default_value_t = LENGTH_SCALE)]
    mmd_length_scale: f64,
    /// Seed of all draws
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Strengths of the attacks, in model units
    #[arg(
        long,
        value_name = "ε",
        value_delimiter = ',',
        default_value = "0,0.01,0.02,0.03,0.04,0.05,0.06,0.07,0.08,0.09,0.1"
    )]
    attack_epsilon: Vec<f32>,
    /// Whether projected gradient descent starts at random
    #[arg(long, value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set)]
    pgd_random_start: bool,
    /// Where the paths of integrated gradients begin
    #[arg(long, value_enum, default_value = "uniform")]
    ig_baseline: IgBaseline,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl EvaluateArguments {
    /// Whether one JSON document is printed.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum IgBaseline {
    /// The origin of model units
    Zero,
    /// Uniform between −1 and 1 in model units
    Uniform,
}

/// All measures, as JSON.
#[derive(Serialize)]
struct Measures {
    accuracy: f32,
    f1: f32,
    /// Why the measures of counterfactuals are `null`, if they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_counterfactuals: Option<String>,
    /// Directions of classes, from and to, that have no factuals or no real samples.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<[String; 2]>,
    #[serde(flatten)]
    counterfactuals: Map<String, Value>,
    standard_errors: Map<String, Value>,
    fgsm: Vec<RobustAccuracy>,
    pgd: Vec<RobustAccuracy>,
    integrated_gradients: Map<String, Value>,
    attribution_share: Map<String, Value>,
    sensitivity: Map<String, Value>,
}

#[derive(Serialize)]
struct RobustAccuracy {
    epsilon: f32,
    accuracy: f32,
}

/// Carries out `ctui evaluate`.
///
/// # Errors
/// [`CliError::Input`] for bad arguments or files, [`CliError::Other`] if the output cannot be
/// written.
pub fn run(arguments: &EvaluateArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let mut protocol = arguments.protocol()?;
    let loaded = arguments.inputs.load(&Wanted {
        rows: None,
        labels: true,
    })?;
    protocol.generator = loaded.generator(&arguments.search, arguments.seed)?;
    let Loaded {
        known,
        rows,
        constraints,
        ..
    } = loaded;
    let samples = rows.into_samples()?;
    let settings = arguments.settings(protocol);
    let measured = measure(&known.model, &samples, &constraints, &settings);
    let measures = Measures::new(&measured, &known, &settings.epsilons);
    if arguments.json {
        let document = serde_json::to_string(&measures).map_err(io::Error::from)?;
        return writeln!(output, "{document}").map_err(CliError::from);
    }
    print(&measures, output).map_err(CliError::from)
}

impl EvaluateArguments {
    fn protocol(&self) -> Result<Protocol, CliError> {
        let weight = |text: &String| {
            let parameters = self.search.parameters(Some(text))?;
            Ok(parameters.lambda_egy)
        };
        let lambda_egy: Result<Vec<f32>, CliError> =
            self.lambda_energy.iter().map(weight).collect();
        if !(self.mmd_length_scale.is_finite() && self.mmd_length_scale > 0.0) {
            return Err(CliError::Input(format!(
                "--mmd-length-scale {}: it takes a number above 0",
                self.mmd_length_scale
            )));
        }
        let bad = self
            .attack_epsilon
            .iter()
            .find(|epsilon| !(0.0..=1e6).contains(*epsilon));
        if let Some(epsilon) = bad {
            return Err(CliError::Input(format!(
                "--attack-epsilon {epsilon}: it takes numbers from 0 to 1000000"
            )));
        }
        Ok(Protocol {
            rounds: self.rounds as usize,
            lambda_egy: lambda_egy?,
            search: self.search.parameters(None)?,
            ip_star_of: self.ip_star_of.into(),
            length_scale: self.mmd_length_scale,
            complete: false,
            ..Protocol::even(self.individuals as usize, self.seed)
        })
    }

    fn settings(&self, protocol: Protocol) -> Settings {
        Settings {
            protocol,
            epsilons: self.attack_epsilon.clone(),
            random_start: self.pgd_random_start.then_some(self.seed),
            baseline: match self.ig_baseline {
                IgBaseline::Zero => Baseline::Zero,
                IgBaseline::Uniform => Baseline::Uniform(self.seed),
            },
            attributed: usize::MAX,
        }
    }
}

impl Measures {
    /// Everything `measured`, by the names of features and classes.
    fn new(measured: &Measured, known: &Known, epsilons: &[f32]) -> Self {
        let (features, classes) = (&known.features, &known.classes);
        let estimates = |number: fn(Estimate) -> f64| -> Map<String, Value> {
            let pair = |measure: Measure| {
                let name = measure.name().to_owned();
                (name, json!(number(measured.estimate(measure))))
            };
            Measure::ALL.into_iter().map(pair).collect()
        };
        let by_feature = |values: Vec<f64>| -> Map<String, Value> {
            let names = features.iter().map(|feature| feature.name.clone());
            names.zip(values.into_iter().map(Value::from)).collect()
        };
        let curve = |accuracies: &[Estimate]| {
            let points = epsilons.iter().zip(accuracies);
            let point = |(&epsilon, accuracy): (&f32, &Estimate)| RobustAccuracy {
                epsilon,
                accuracy: accuracy.value as f32,
            };
            points.map(point).collect()
        };
        let mut standard_errors = estimates(|estimate| estimate.error);
        standard_errors.insert("accuracy".into(), json!(measured.accuracy.error));
        standard_errors.insert("f1".into(), json!(measured.f1.error));
        let by_class = classes.iter().zip(measured.attributions.rows());
        Self {
            accuracy: measured.accuracy.value as f32,
            f1: measured.f1.value as f32,
            no_counterfactuals: measured
                .rounds
                .as_ref()
                .err()
                .map(|reason| reason.of_classes(classes)),
            left_out: measured
                .left_out
                .iter()
                .map(|&(from, to)| [classes[from].clone(), classes[to].clone()])
                .collect(),
            counterfactuals: estimates(|estimate| estimate.value),
            standard_errors,
            fgsm: curve(&measured.fgsm),
            pgd: curve(&measured.pgd),
            integrated_gradients: by_class
                .map(|(class, mean)| (class.clone(), json!(mean.to_vec())))
                .collect(),
            attribution_share: by_feature(measured.shares.iter().map(|s| s.value).collect()),
            sensitivity: by_feature(measured.sensitivity.clone()),
        }
    }
}

/// A number of four decimals, or a dash where nothing can be said.
fn shown(number: f64) -> String {
    match number.is_finite() {
        true => format!("{number:.4}"),
        false => "–".into(),
    }
}

/// Which directions the measures of counterfactuals leave out, and why.
fn left_out(directions: &[[String; 2]]) -> Option<String> {
    let [from, to] = directions.first()?;
    let count = match directions.len() {
        1 => "one direction is".to_owned(),
        several => format!("{several} directions are"),
    };
    Some(format!(
        "of the counterfactuals {count} left out, such as from `{from}` to `{to}`: the model predicts no sample as the one, or the data has no sample of the other"
    ))
}

fn print(measures: &Measures, output: &mut dyn Write) -> io::Result<()> {
    let number = |map: &Map<String, Value>, name: &str| {
        map.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN)
    };
    for (title, name, value) in [
        ("accuracy", "accuracy", measures.accuracy),
        ("macro F1", "f1", measures.f1),
    ] {
        let error = shown(number(&measures.standard_errors, name));
        writeln!(output, "{title:<20}{value:>9.4} ± {error}")?;
    }
    if let Some(reason) = &measures.no_counterfactuals {
        writeln!(output, "no counterfactuals: {}", printable(reason))?;
    }
    if let Some(note) = left_out(&measures.left_out) {
        writeln!(output, "{}", printable(&note))?;
    }
    let measured = match measures.no_counterfactuals {
        None => &Measure::ALL[..],
        Some(_) => &[],
    };
    for measure in measured {
        let value = shown(number(&measures.counterfactuals, measure.name()));
        let error = shown(number(&measures.standard_errors, measure.name()));
        writeln!(output, "{:<20}{value:>9} ± {error}", measure.title())?;
    }
    writeln!(output, "\n{:<20}{:>9}{:>9}", "accuracy at ε", "FGSM", "PGD")?;
    for (fgsm, pgd) in measures.fgsm.iter().zip(&measures.pgd) {
        let (epsilon, fgsm, pgd) = (fgsm.epsilon, fgsm.accuracy, pgd.accuracy);
        writeln!(output, "{epsilon:<20}{fgsm:>9.4}{pgd:>9.4}")?;
    }
    let (share, sensitivity) = ("share", "sensitivity");
    writeln!(output, "\n{:<20}{share:>9}{sensitivity:>14}", "attribution")?;
    for feature in measures.sensitivity.keys() {
        let share = shown(number(&measures.attribution_share, feature));
        let sensitivity = shown(number(&measures.sensitivity, feature));
        let feature = printable(feature);
        writeln!(output, "{feature:<20}{share:>9}{sensitivity:>14}")?;
    }
    writeln!(output, "\n{ATTRIBUTION_LEGEND}")
}
