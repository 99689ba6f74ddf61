//! What expressions can speak of: everything that a run shows.

mod weights;

use super::expression::{Expression, ExpressionError, Facts, Value};
use crate::{
    counterfactual::Exhaustion,
    data::{Mutability, nearest::hint},
    glossary,
    session::{ArmSnapshot, Example, Measure, Snapshot, Status},
    training::{EpochReport, Kind, LossTerms, Parameter},
};

/// What a fact is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The run.
    Run,
    /// An arm.
    Arm,
    /// A feature, in an arm if one is given.
    Feature,
    /// A feature in an arm.
    FeatureInArm,
    /// Two features in an arm.
    FeaturesInArm,
    /// The focused arm, or the one that is given.
    Focus,
}

impl Of {
    /// Whether it takes so many arguments.
    fn takes(self, count: usize) -> bool {
        match self {
            Self::Run => count == 0,
            Self::Arm => count == 1,
            Self::Feature => (1..=2).contains(&count),
            Self::FeatureInArm => count == 2,
            Self::FeaturesInArm => count == 3,
            Self::Focus => count <= 1,
        }
    }

    /// What it takes, for people.
    fn example(self) -> &'static str {
        match self {
            Self::Run => "",
            Self::Arm => "(ARM)",
            Self::Feature => "(FEATURE) or (FEATURE, ARM)",
            Self::FeatureInArm => "(FEATURE, ARM)",
            Self::FeaturesInArm => "(FEATURE, FEATURE, ARM)",
            Self::Focus => "or (ARM)",
        }
    }
}

/// All facts beside parameters: their names, what they are of, and what they say.
pub const FACTS: &[(&str, &str)] = &[
    ("epoch", "epochs trained"),
    ("arms", "number of arms"),
    ("running", "whether training goes on by itself"),
    ("finite", "whether losses and gradients are numbers"),
    ("inspected", "whether a sample is inspected"),
    ("inspected.row", "the inspected row of the test set"),
    ("has", "whether there is an arm of this name"),
    ("mature", "mature counterfactuals of the epoch"),
    ("mature.share", "their share of the searches, in %"),
    ("exhausted", "exhausted searches of the epoch"),
    ("exhausted.share", "their share of the searches, in %"),
    ("exhausted.rising", "those still rising"),
    ("exhausted.edge", "those at the edge of a domain"),
    ("exhausted.lock", "those held by a lock"),
    ("exhausted.stuck", "those that are stuck"),
    ("exhausted.overshooting", "those that overshoot"),
    ("nascent", "nascent counterfactuals of the epoch"),
    (
        "violations",
        "broken constraints; 0 unless there is a defect",
    ),
    ("skipped", "updates skipped since a loss was not finite"),
    ("loss", "total loss"),
    ("loss.class", "classification loss"),
    ("loss.div", "divergence"),
    ("loss.adv", "adversarial loss"),
    ("loss.reg", "ridge"),
    ("fgsm", "accuracy under the largest FGSM attack, in %"),
    ("pgd", "accuracy under the largest PGD attack, in %"),
    (
        "found.mature",
        "whether the inspected sample's search matured",
    ),
    ("found.probability", "its target probability at the end"),
    ("found.steps", "its steps"),
    ("found.cost", "its distance to the factual"),
    (
        "found.unlike",
        "% of the target class that are more typical of it",
    ),
    ("sensitivity", "a feature's share of the attribution, in %"),
    ("locked", "whether a feature must not change"),
    (
        "weights.ratio",
        "|weight of the first feature| / |weight of the second| of a linear model",
    ),
];

/// Measures of the scoreboard, by their names in expressions.
const MEASURES: [(&str, Measure); 8] = [
    ("accuracy", Measure::Accuracy),
    ("f1", Measure::F1),
    ("validity", Measure::Validity),
    ("ip", Measure::Ip),
    ("ip_star", Measure::IpStar),
    ("cost", Measure::Cost),
    ("redundancy", Measure::Redundancy),
    ("protected", Measure::Sensitivity),
];

/// What a measure is asked for: its value, its change in % against the first arm, or whether that is
/// significant.
const ASPECTS: [&str; 3] = ["", ".change", ".significant"];

/// Names of all facts, with those of the measures.
pub fn names() -> Vec<String> {
    let measures = MEASURES
        .iter()
        .flat_map(|(name, _)| ASPECTS.map(|aspect| format!("{name}{aspect}")));
    let facts = FACTS.iter().map(|(name, _)| (*name).to_owned());
    facts.chain(measures).collect()
}

/// Checks that an expression speaks only of what there is, with the right number of arguments.
///
/// # Errors
/// [`ExpressionError`] names the first that is not, and what resembles it.
pub fn check(expression: &Expression) -> Result<(), ExpressionError> {
    for (name, count) in expression.names() {
        let Some(of) = kind(&name) else {
            let names = names();
            let hint = hint(&name, names.iter().map(String::as_str));
            let message = format!("there is nothing called `{name}`{hint}");
            return Err(ExpressionError(message));
        };
        if !of.takes(count) {
            let message = format!("write `{name}` {}", of.example());
            return Err(ExpressionError(message.trim_end().to_owned()));
        }
    }
    Ok(())
}

/// What the fact called `name` is of.
fn kind(name: &str) -> Option<Of> {
    match name {
        "epoch" | "arms" | "running" | "finite" | "inspected" | "inspected.row" => {
            return Some(Of::Run);
        }
        "sensitivity" => return Some(Of::FeatureInArm),
        "locked" => return Some(Of::Feature),
        "weights.ratio" => return Some(Of::FeaturesInArm),
        _ => {}
    }
    if FACTS.iter().any(|(known, _)| *known == name) || measure(name).is_some() {
        return Some(Of::Arm);
    }
    glossary::parameter(name).map(|_| Of::Focus)
}

/// The measure and the aspect that `name` asks for.
fn measure(name: &str) -> Option<(Measure, &'static str)> {
    let parts = MEASURES.iter().flat_map(|(known, measure)| {
        ASPECTS.map(|aspect| (format!("{known}{aspect}"), (*measure, aspect)))
    });
    let mut found = parts.filter(|(known, _)| known == name);
    found.next().map(|(_, found)| found)
}

/// A run as expressions see it.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// How things stand.
    pub snapshot: &'a Snapshot,
    /// Position of the focused arm.
    pub focused: usize,
    /// The inspected row, and its target if one was chosen.
    pub inspected: Option<(usize, Option<usize>)>,
}

impl Facts for Observed<'_> {
    fn value(&self, name: &str, arguments: &[String]) -> Result<Value, ExpressionError> {
        let snapshot = self.snapshot;
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let of =
            kind(name).ok_or_else(|| ExpressionError(format!("no fact is called `{name}`")))?;
        Ok(match (of, arguments.as_slice()) {
            (Of::Run, []) => self.of_run(name),
            (Of::Arm, [arm]) if name == "has" => Value::Truth(self.arm(arm).is_ok()),
            (Of::Arm, [arm]) => self.of_arm(name, self.arm(arm)?),
            (Of::Feature, [feature]) => self.locked(self.feature(feature)?, self.focused),
            (Of::Feature, [feature, arm]) => self.locked(self.feature(feature)?, self.arm(arm)?),
            (Of::FeatureInArm, [feature, arm]) => {
                let (feature, arm) = (self.feature(feature)?, self.arm(arm)?);
                let shares = snapshot.scoreboard.shares.get(arm);
                let share = shares.and_then(|shares| shares.get(feature)).copied();
                percent(share)
            }
            (Of::FeaturesInArm, [one, other, arm]) => {
                let features = [self.feature(one)?, self.feature(other)?];
                let model = &snapshot.arms[self.arm(arm)?].model;
                Value::Number(weights::ratio(model, features)?)
            }
            (Of::Focus, []) => self.parameter(name, self.focused)?,
            (Of::Focus, [arm]) => self.parameter(name, self.arm(arm)?)?,
            _ => return Err(ExpressionError(format!("write `{name}` {}", of.example()))),
        })
    }
}

impl Observed<'_> {
    fn arm(&self, name: &str) -> Result<usize, ExpressionError> {
        let arms = &self.snapshot.arms;
        let known = || arms.iter().map(|arm| arm.name.as_str());
        known().position(|known| known == name).ok_or_else(|| {
            let known: Vec<_> = known().collect();
            ExpressionError(format!(
                "there is no arm `{name}`; there are {}",
                known.join(", ")
            ))
        })
    }

    fn feature(&self, name: &str) -> Result<usize, ExpressionError> {
        let features = &self.snapshot.dataset.features;
        let known = || features.iter().map(|feature| feature.name.as_str());
        known().position(|known| known == name).ok_or_else(|| {
            ExpressionError(format!(
                "there is no feature `{name}`{}",
                hint(name, known())
            ))
        })
    }

    fn of_run(&self, name: &str) -> Value {
        let snapshot = self.snapshot;
        match name {
            "epoch" => count(snapshot.epoch),
            "arms" => count(snapshot.arms.len()),
            "running" => Value::Truth(snapshot.status == Status::Running),
            "finite" => Value::Truth(!matches!(
                snapshot.status,
                Status::NonFinite(_) | Status::Failed(_)
            )),
            "inspected" => Value::Truth(self.inspected.is_some()),
            _ => Value::Number(self.inspected.map_or(f64::NAN, |(row, _)| row as f64)),
        }
    }

    fn of_arm(&self, name: &str, position: usize) -> Value {
        let arm = &self.snapshot.arms[position];
        if let Some((measure, aspect)) = measure(name) {
            return self.score(measure, aspect, position);
        }
        match name.split_once('.') {
            Some(("found", aspect)) => self.found(aspect, position),
            Some(("loss", term)) => loss(&arm.report.loss, term),
            None if name == "loss" => loss(&arm.report.loss, ""),
            _ => match name {
                "fgsm" => percent(arm.robustness.fgsm.last().copied()),
                "pgd" => percent(arm.robustness.pgd.last().copied()),
                _ => counted(&arm.report, name),
            },
        }
    }

    fn score(&self, measure: Measure, aspect: &str, position: usize) -> Value {
        let scores = &self.snapshot.scoreboard.scores;
        let Some(score) = scores.iter().find(|score| score.measure == measure) else {
            return Value::Number(f64::NAN);
        };
        let change = score.change(position);
        match aspect {
            ".change" => Value::Number(change.percent.value),
            ".significant" => Value::Truth(change.significant),
            _ => {
                let value = score.values.get(position).map(|estimate| estimate.value);
                Value::Number(value.unwrap_or(f64::NAN))
            }
        }
    }

    fn example(&self, position: usize) -> Option<&Example> {
        let (row, target) = self.inspected?;
        let searches = &self.snapshot.arms[position].trajectories.selected;
        let of_row = || searches.iter().filter(|example| example.row == row);
        let wanted = of_row().find(|example| Some(example.trajectory.target) == target);
        wanted.or_else(|| of_row().next())
    }

    fn found(&self, aspect: &str, position: usize) -> Value {
        let Some(example) = self.example(position) else {
            return match aspect {
                "mature" => Value::Truth(false),
                _ => Value::Number(f64::NAN),
            };
        };
        let outcome = example.trajectory.outcome;
        match aspect {
            "mature" => Value::Truth(outcome.mature),
            "probability" => Value::Number(f64::from(outcome.probability)),
            "steps" => count(outcome.steps),
            "unlike" => percent(example.unlike),
            _ => Value::Number(example.trajectory.cost().into()),
        }
    }

    fn locked(&self, feature: usize, position: usize) -> Value {
        let mutability = &self.snapshot.arms[position].controls().mutability;
        let mutability = mutability.get(feature).copied().unwrap_or_default();
        Value::Truth(mutability == Mutability::None)
    }

    fn parameter(&self, name: &str, position: usize) -> Result<Value, ExpressionError> {
        let parameter =
            Parameter::find(name).map_err(|error| ExpressionError(error.to_string()))?;
        let arm: &ArmSnapshot = &self.snapshot.arms[position];
        let parameters = &arm.controls().parameters;
        Ok(match parameter.kind {
            Kind::Choice(_) => Value::Word(parameter.format(parameters)),
            Kind::Real | Kind::Integer => Value::Number(parameter.get(parameters)),
        })
    }
}

fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

fn percent(share: Option<f32>) -> Value {
    Value::Number(100.0 * f64::from(share.unwrap_or(f32::NAN)))
}

fn loss(terms: &LossTerms, term: &str) -> Value {
    let value = match term {
        "class" => terms.classification,
        "div" => terms.divergence,
        "adv" => terms.adversarial,
        "reg" => terms.ridge,
        _ => terms.total,
    };
    Value::Number(f64::from(value))
}

fn counted(report: &EpochReport, name: &str) -> Value {
    let searched = (report.mature + report.exhausted) as f64;
    let share = |part: usize| Value::Number(100.0 * part as f64 / searched);
    let because = |reason| count(report.exhaustions.of(reason));
    match name {
        "mature" => count(report.mature),
        "mature.share" => share(report.mature),
        "exhausted" => count(report.exhausted),
        "exhausted.share" => share(report.exhausted),
        "exhausted.rising" => because(Exhaustion::Rising),
        "exhausted.edge" => because(Exhaustion::Edge),
        "exhausted.lock" => because(Exhaustion::Lock),
        "exhausted.stuck" => because(Exhaustion::Stuck),
        "exhausted.overshooting" => because(Exhaustion::Overshooting),
        "nascent" => count(report.nascent),
        "violations" => count(report.violations),
        "skipped" => count(report.skipped_updates),
        _ => Value::Number(f64::NAN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<String> {
        let expression = Expression::parse(text).unwrap();
        check(&expression).err().map(|error| error.to_string())
    }

    #[test]
    fn only_what_there_is_can_be_spoken_of() {
        let sound = [
            "epoch >= 60 and ip.change(CT) <= -20",
            "lambda_div > 1 or tau(CT) < 0.5 or generator == 'eccco'",
            "locked(age) and locked(age, CT) and sensitivity(age, CT) < 10",
            "weights.ratio(age, income, CT) < weights.ratio(age, income, BL)",
            "exhausted.lock(CT) > 0 and found.cost(CT) < 3 and has(fork)",
        ];
        for text in sound {
            assert_eq!(refused(text), None, "{text}");
        }
        let near = refused("ip.chnage(CT) < 0").unwrap();
        assert!(near.contains("did you mean `ip.change`"), "{near}");
        assert_eq!(refused("ip < 0").as_deref(), Some("write `ip` (ARM)"));
        assert_eq!(refused("epoch(CT) < 0").as_deref(), Some("write `epoch`"));
    }

    #[test]
    fn every_fact_is_known_by_its_name() {
        for name in names() {
            assert!(kind(&name).is_some(), "{name}");
        }
    }
}
