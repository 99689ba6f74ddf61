//! The scoreboard: all arms measured on the same test factuals.

use crate::{
    choices::choices,
    counterfactual::SearchParameters,
    data::{Mutability, Samples},
    evaluation::{
        accuracy::{accuracy, macro_f1},
        attribution::{Baseline, integrated_gradients},
        comparison::Comparison,
        published::{Published, PublishedComparison},
        rounds::{Evaluation, EvaluationError, Protocol, Round},
    },
    model::Mlp,
    training::Objective,
};

use super::Lockstep;

/// Rounds of a scoreboard's evaluation.
const ROUNDS: usize = 10;
/// Individuals per round.
const INDIVIDUALS: usize = 40;
/// Test samples whose attributions are averaged.
const ATTRIBUTED: usize = 200;

/// What is known about a measure.
pub struct MeasureFacts {
    /// Name shown to people.
    pub title: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Whether larger values are better; smaller ones are otherwise.
    pub more_is_better: bool,
    /// Its value in a round of counterfactuals; not a number if it is not of these.
    of: fn(&Round) -> f64,
    /// What the paper has.
    published: fn(&Published) -> Option<PublishedComparison>,
}

choices! {
    /// What is measured.
    pub enum Measure: MeasureFacts {
        /// Share of test samples predicted correctly.
        Accuracy = MeasureFacts {
                title: "accuracy",
                help: "share of test samples predicted correctly",
                more_is_better: true,
                of: |_| f64::NAN,
                published: |_| None,
            },
        /// Macro F1 on test samples.
        F1 = MeasureFacts {
                title: "F1 (macro)",
                help: "harmonic mean of precision and recall, averaged over the classes",
                more_is_better: true,
                of: |_| f64::NAN,
                published: |_| None,
            },
        /// Share of counterfactuals predicted as their target class.
        Validity = MeasureFacts {
                title: "validity",
                help: "share of counterfactuals that the model takes for the target class",
                more_is_better: true,
                of: |round| round.validity,
                published: |_| None,
            },
        /// Implausibility IP.
        Ip = MeasureFacts {
                title: "IP",
                help: "implausibility: distance of counterfactuals to real samples of the class",
                more_is_better: false,
                of: |round| round.ip,
                published: |known| Some(known.ip),
            },
        /// Distributional implausibility IP*.
        IpStar = MeasureFacts {
                title: "IP*",
                help: "implausibility: how well counterfactuals can be told from real samples",
                more_is_better: false,
                of: |round| round.ip_star.max(0.0),
                published: |known| Some(known.ip_star),
            },
        /// L1 distance to the factual.
        Cost = MeasureFacts {
                title: "cost",
                help: "how far counterfactuals are from their factuals",
                more_is_better: false,
                of: |round| round.cost,
                published: |known| Some(known.cost),
            },
        /// Share of features left as they were.
        Redundancy = MeasureFacts {
                title: "redundancy",
                help: "share of features that counterfactuals leave as they are",
                more_is_better: true,
                of: |round| round.redundancy,
                published: |_| None,
            },
        /// Share of the attribution that goes to protected features.
        Sensitivity = MeasureFacts {
                title: "protected",
                help: "sensitivity to features that may not change both ways: their share",
                more_is_better: false,
                of: |_| f64::NAN,
                published: |_| None,
            },
    }
}

impl Measure {
    /// Name shown to people.
    pub fn title(self) -> &'static str {
        self.facts().title
    }
}

/// One line of the scoreboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// What is measured.
    pub measure: Measure,
    /// Each arm's value; not a number where it cannot be said.
    pub values: Vec<f64>,
    /// Each arm but the first, the reference, and its difference from that; what cannot be said is
    /// not a number.
    pub comparisons: Vec<Comparison>,
}

impl Score {
    /// An arm beside the reference; the reference beside itself differs in nothing.
    pub fn comparison(&self, arm: usize) -> Comparison {
        let against = arm.checked_sub(1).and_then(|arm| self.comparisons.get(arm));
        against.copied().unwrap_or_else(|| {
            let value = self.values.first().copied().unwrap_or(f64::NAN);
            Comparison {
                ct: value,
                bl: value,
                reduction: 0.0,
                ct_se: f64::NAN,
                bl_se: f64::NAN,
                se: f64::NAN,
                rounds_sd: f64::NAN,
                interval: [f64::NAN; 2],
                seed_se: f64::NAN,
                significant: false,
                significant_across_seeds: None,
                published: None,
            }
        })
    }
}

/// All arms' scores, and how sensitive they are to each feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoreboard {
    /// The epoch whose weights were measured.
    pub epoch: usize,
    /// The lines, in the order shown; none before the first measurement.
    pub scores: Vec<Score>,
    /// Why counterfactuals could not be measured, if so.
    pub problem: Option<String>,
    /// Per arm, each feature's share of the attribution by integrated gradients, `(d,)`.
    pub sensitivity: Vec<Vec<f32>>,
}

impl Scoreboard {
    /// Measures all models of a run as they are now.
    ///
    /// Counterfactuals are searched by ECCCo as in the paper's evaluation (`T = 50`, `τ = 0.95`,
    /// `λ_egy = 5`), in few rounds, under the constraints in force in each arm.
    pub fn measure(run: &Lockstep, published: Option<&Published>) -> Self {
        let test = &run.dataset().test;
        let models = run.models();
        let each =
            |measure: &dyn Fn(&Mlp) -> f64| models.iter().map(|model| measure(model)).collect();
        let mut scores = vec![
            plain(
                Measure::Accuracy,
                each(&|model| f64::from(accuracy(model, test))),
            ),
            plain(Measure::F1, each(&|model| f1(model, test))),
        ];
        let mut problem = None;
        match measure_rounds(run) {
            Ok(rounds) => scores.extend(compare(&rounds, &run.objectives(), published)),
            Err(error) => problem = Some(error.to_string()),
        }
        let sensitivity: Vec<_> = models.iter().map(|model| shares(model, test)).collect();
        let constraints = (0..run.arms()).map(|arm| run.constraints(arm));
        let locked =
            |mutability: &[Mutability]| mutability.iter().any(|one| *one != Mutability::Both);
        if constraints
            .clone()
            .any(|constraints| locked(&constraints.mutability))
        {
            let sums = protected_by_any(constraints.map(|constraints| &*constraints.mutability));
            let values = sensitivity.iter().map(|shares| protected(shares, &sums));
            scores.push(plain(Measure::Sensitivity, values.collect()));
        }
        Self {
            epoch: run.epoch(),
            scores,
            problem,
            sensitivity,
        }
    }
}

/// Which features may not change both ways in some arm.
fn protected_by_any<'a>(arms: impl Iterator<Item = &'a [Mutability]>) -> Vec<bool> {
    arms.fold(Vec::new(), |mut found, mutability| {
        found.resize(found.len().max(mutability.len()), false);
        for (found, mutability) in found.iter_mut().zip(mutability) {
            *found |= *mutability != Mutability::Both;
        }
        found
    })
}

/// The share of the attribution that goes to the features that are `locked`.
fn protected(shares: &[f32], locked: &[bool]) -> f64 {
    let pairs = shares.iter().zip(locked);
    pairs
        .filter(|(_, locked)| **locked)
        .map(|(&share, _)| f64::from(share))
        .sum()
}

fn f1(model: &Mlp, test: &Samples) -> f64 {
    f64::from(macro_f1(
        &model.predict(test.x.view()),
        &test.y,
        model.classes(),
    ))
}

/// A line without rounds to resample, so that nothing can be said of its error.
fn plain(measure: Measure, values: Vec<f64>) -> Score {
    let compare = |&arm: &f64| Comparison {
        se: f64::NAN,
        interval: [f64::NAN; 2],
        significant: false,
        ..Comparison::new(&[vec![arm]], &[vec![values[0]]], None)
    };
    Score {
        measure,
        comparisons: values.iter().skip(1).map(compare).collect(),
        values,
    }
}

/// Each arm's rounds.
fn measure_rounds(run: &Lockstep) -> Result<Vec<Vec<Round>>, EvaluationError> {
    let protocol = Protocol {
        rounds: ROUNDS,
        lambda_egy: vec![SearchParameters::default().lambda_egy],
        ..Protocol::paper(INDIVIDUALS, run.recipe().seed())
    };
    let arms = run.models().into_iter().enumerate();
    arms.map(|(arm, model)| {
        Evaluation::new(model, &run.dataset().test, run.constraints(arm), &protocol)
            .map(|evaluation| evaluation.run())
    })
    .collect()
}

fn compare<'a>(
    arms: &'a [Vec<Round>],
    objectives: &'a [Objective],
    published: Option<&'a Published>,
) -> impl Iterator<Item = Score> + 'a {
    use Measure::{Cost, Ip, IpStar, Redundancy, Validity};
    [Validity, Ip, IpStar, Cost, Redundancy]
        .into_iter()
        .map(move |measure| {
            let rounds: Vec<Vec<Vec<f64>>> = (arms.iter())
                .map(|rounds| {
                    vec![
                        rounds
                            .iter()
                            .map(|round| (measure.facts().of)(round))
                            .collect(),
                    ]
                })
                .collect();
            let published = |arm: usize| match (objectives[0], objectives[arm]) {
                (Objective::Vanilla, Objective::Full) => (measure.facts().published)(published?),
                _ => None,
            };
            let compare = |arm: usize| Comparison::new(&rounds[arm], &rounds[0], published(arm));
            Score {
                measure,
                values: rounds.iter().map(|rounds| mean(&rounds[0])).collect(),
                comparisons: (1..rounds.len()).map(compare).collect(),
            }
        })
}

/// The mean of those values that are numbers.
fn mean(values: &[f64]) -> f64 {
    let defined = || values.iter().filter(|value| value.is_finite());
    defined().sum::<f64>() / defined().count() as f64
}

/// Each feature's share of the attribution `(d,)`: mean absolute integrated gradients of the logit of
/// a sample's own label, from the origin, over their sum.
fn shares(model: &Mlp, test: &Samples) -> Vec<f32> {
    let rows: Vec<usize> = (0..test.len().min(ATTRIBUTED)).collect();
    let some = test.select(&rows);
    let origin = Baseline::Zero.draw(some.x.dim(), 0);
    let found = integrated_gradients(model, some.x.view(), origin.view(), &some.y);
    let sums = found.mapv(f32::abs).sum_axis(ndarray::Axis(0));
    let all = sums.sum().max(f32::MIN_POSITIVE);
    sums.iter().map(|sum| sum / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        recipe::{Controls, Recipe},
        training::Preset,
    };

    #[test]
    fn sensitivity_to_protected_features_is_measured_once_there_are_some() {
        let preset = Preset::find("moon").unwrap();
        let mut parameters = preset.parameters();
        (parameters.samples, parameters.counterfactuals) = (200, 20);
        let source = preset.source(None).unwrap();
        let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
        run.train_epoch().unwrap();
        let found = |board: &Scoreboard| {
            let mut scores = board.scores.iter();
            let score = scores.find(|score| score.measure == Measure::Sensitivity);
            score.map(|score| score.values.clone())
        };
        assert_eq!(found(&Scoreboard::measure(&run, None)), None);
        let mut controls = run.applied(1).controls.clone();
        controls.mutability = vec![Mutability::Both, Mutability::None];
        run.change(1, &controls);
        let board = Scoreboard::measure(&run, None);
        let shares = [0, 1].map(|arm: usize| f64::from(board.sensitivity[arm][1]));
        assert_eq!(found(&board), Some(shares.to_vec()));
    }
}
