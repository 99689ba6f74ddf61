//! `ctui evaluate`: measure a model and its counterfactuals.

use std::io::{self, Write};

use clap::{Args, ValueEnum, value_parser};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    CliError,
    inputs::{Inputs, Loaded},
    search::SearchArguments,
};
use crate::{
    data::{Feature, Samples},
    evaluation::{
        accuracy::{macro_f1, share_equal},
        attribution::{Baseline, class_attributions, label_attributions, sensitivities},
        bootstrap::{RESAMPLES, mean, resampled_means, standard_deviation},
        plausibility::LENGTH_SCALE,
        robustness::{Attack, accuracy_curve},
        rounds::{Evaluation, EvaluationError, Protocol, Round},
    },
    model::Mlp,
    random::{Purpose, stream},
};

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
    /// Measure categories as the search leaves them, between yes and no, instead of decoded
    #[arg(long)]
    relaxed_categories: bool,
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
    #[serde(flatten)]
    counterfactuals: Map<String, Value>,
    standard_errors: Map<String, Value>,
    fgsm: Vec<RobustAccuracy>,
    pgd: Vec<RobustAccuracy>,
    integrated_gradients: Map<String, Value>,
    sensitivity: Map<String, Value>,
}

#[derive(Serialize)]
struct RobustAccuracy {
    epsilon: f32,
    accuracy: f32,
}

/// A measure of counterfactuals, by its name in JSON and its title.
struct Measure {
    name: &'static str,
    title: &'static str,
    of: fn(&Round) -> f64,
}

/// The measures of counterfactuals.
const MEASURES: [Measure; 7] = [
    measure("validity", "validity", |r| r.validity),
    measure("strict_validity", "strict validity", |r| r.strict_validity),
    measure("ip", "IP", |r| r.ip),
    measure("ip_star", "IP*", |r| r.ip_star),
    measure("cost", "cost", |r| r.cost),
    measure("redundancy", "redundancy", |r| r.redundancy),
    measure("energy_differential", "energy differential", |r| {
        r.energy_differential
    }),
];

const fn measure(name: &'static str, title: &'static str, of: fn(&Round) -> f64) -> Measure {
    Measure { name, title, of }
}

impl Measure {
    /// Values of the rounds in which it is defined.
    fn defined(&self, rounds: &[Round]) -> Vec<f64> {
        let values = rounds.iter().map(self.of);
        values.filter(|value| value.is_finite()).collect()
    }
}

/// Carries out `ctui evaluate`.
///
/// # Errors
/// [`CliError::Input`] for bad arguments or files, [`CliError::Other`] if the output cannot be
/// written.
pub fn run(arguments: &EvaluateArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let mut protocol = arguments.protocol()?;
    let loaded = arguments.inputs.load()?;
    protocol.generator = loaded.generator(&arguments.search, arguments.seed)?;
    let Loaded {
        model,
        rows,
        classes,
        constraints,
        ..
    } = loaded;
    let features = rows.features.clone();
    let samples = rows.into_samples()?;
    let rounds = Evaluation::new(&model, &samples, &constraints, &protocol)?.run();
    let measures = arguments.measure(&model, &samples, &rounds, &features, &classes);
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
            relaxed_categories: self.relaxed_categories,
            length_scale: self.mmd_length_scale,
            ..Protocol::paper(self.individuals as usize, self.seed)
        })
    }

    fn measure(
        &self,
        model: &Mlp,
        samples: &Samples,
        rounds: &[Round],
        features: &[Feature],
        classes: &[String],
    ) -> Measures {
        let predicted = model.predict(samples.x.view());
        let mut random = stream(self.seed, Purpose::Bootstrap, 0);
        let pgd = Attack::Pgd {
            random_start: self.pgd_random_start.then_some(self.seed),
        };
        let baseline = match self.ig_baseline {
            IgBaseline::Zero => Baseline::Zero,
            IgBaseline::Uniform => Baseline::Uniform(self.seed),
        };
        let by_class = class_attributions(model, samples.x.view(), baseline);
        let by_class = classes.iter().zip(by_class.rows());
        let sensitivity = sensitivities(&label_attributions(model, samples, baseline));
        let names = features.iter().map(|feature| feature.name.clone());
        Measures {
            accuracy: share_equal(&predicted, &samples.y),
            f1: macro_f1(&predicted, &samples.y, model.classes()),
            counterfactuals: by_measure(|measure| mean(&measure.defined(rounds))),
            standard_errors: by_measure(|measure| {
                let values = measure.defined(rounds);
                standard_deviation(&resampled_means(&values, RESAMPLES, &mut random))
            }),
            fgsm: self.curve(model, samples, Attack::Fgsm),
            pgd: self.curve(model, samples, pgd),
            integrated_gradients: by_class
                .map(|(class, mean)| (class.clone(), json!(mean.to_vec())))
                .collect(),
            sensitivity: names
                .zip(sensitivity.into_iter().map(Value::from))
                .collect(),
        }
    }

    fn curve(&self, model: &Mlp, samples: &Samples, attack: Attack) -> Vec<RobustAccuracy> {
        let accuracies = accuracy_curve(model, samples, attack, &self.attack_epsilon);
        let points = self.attack_epsilon.iter().zip(accuracies);
        points
            .map(|(&epsilon, accuracy)| RobustAccuracy { epsilon, accuracy })
            .collect()
    }
}

/// A number for every measure, by its name.
fn by_measure(mut number: impl FnMut(&Measure) -> f64) -> Map<String, Value> {
    MEASURES
        .iter()
        .map(|measure| (measure.name.to_owned(), Value::from(number(measure))))
        .collect()
}

fn print(measures: &Measures, output: &mut dyn Write) -> io::Result<()> {
    let number = |map: &Map<String, Value>, name: &str| {
        map.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN)
    };
    writeln!(output, "{:<20}{:>9.4}", "accuracy", measures.accuracy)?;
    writeln!(output, "{:<20}{:>9.4}", "macro F1", measures.f1)?;
    for Measure { name, title, .. } in &MEASURES {
        let value = number(&measures.counterfactuals, name);
        let error = number(&measures.standard_errors, name);
        writeln!(output, "{title:<20}{value:>9.4} ± {error:.4}")?;
    }
    writeln!(output, "\n{:<20}{:>9}{:>9}", "accuracy at ε", "FGSM", "PGD")?;
    for (fgsm, pgd) in measures.fgsm.iter().zip(&measures.pgd) {
        let (epsilon, fgsm, pgd) = (fgsm.epsilon, fgsm.accuracy, pgd.accuracy);
        writeln!(output, "{epsilon:<20}{fgsm:>9.4}{pgd:>9.4}")?;
    }
    writeln!(output, "\nsensitivity")?;
    for feature in measures.sensitivity.keys() {
        let value = number(&measures.sensitivity, feature);
        writeln!(output, "{feature:<20}{value:>9.4}")?;
    }
    Ok(())
}

impl From<EvaluationError> for CliError {
    fn from(error: EvaluationError) -> Self {
        Self::Input(error.to_string())
    }
}
