//! The scoreboard: both arms measured on the same test factuals.

use crate::{
    counterfactual::SearchParameters,
    data::{Mutability, Samples},
    evaluation::{
        accuracy::{accuracy, macro_f1},
        attribution::{Baseline, integrated_gradients},
        comparison::Comparison,
        published::{Published, PublishedComparison},
        rounds::{Evaluation, Protocol, Round},
    },
    model::Mlp,
};

use super::Lockstep;

/// Rounds of a scoreboard's evaluation.
const ROUNDS: usize = 10;
/// Individuals per round.
const INDIVIDUALS: usize = 40;
/// Test samples whose attributions are averaged.
const ATTRIBUTED: usize = 200;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Share of test samples predicted correctly.
    Accuracy,
    /// Macro F1 on test samples.
    F1,
    /// Share of counterfactuals predicted as their target class.
    Validity,
    /// Implausibility IP.
    Ip,
    /// Distributional implausibility IP*.
    IpStar,
    /// L1 distance to the factual.
    Cost,
    /// Share of features left as they were.
    Redundancy,
    /// Share of the attribution that goes to protected features.
    Sensitivity,
}

impl Measure {
    /// All measures, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Accuracy,
        Self::F1,
        Self::Validity,
        Self::Ip,
        Self::IpStar,
        Self::Cost,
        Self::Redundancy,
        Self::Sensitivity,
    ];

    /// Name shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::F1 => "F1 (macro)",
            Self::Validity => "validity",
            Self::Ip => "IP",
            Self::IpStar => "IP*",
            Self::Cost => "cost",
            Self::Redundancy => "redundancy",
            Self::Sensitivity => "protected",
        }
    }

    /// One line of help.
    pub fn help(self) -> &'static str {
        match self {
            Self::Accuracy => "share of test samples predicted correctly",
            Self::F1 => "harmonic mean of precision and recall, averaged over the classes",
            Self::Validity => "share of counterfactuals that the model takes for the target class",
            Self::Ip => "implausibility: distance of counterfactuals to real samples of the class",
            Self::IpStar => {
                "implausibility: how well counterfactuals can be told from real samples"
            }
            Self::Cost => "how far counterfactuals are from their factuals",
            Self::Redundancy => "share of features that counterfactuals leave as they are",
            Self::Sensitivity => {
                "sensitivity to features that may not change both ways: their share"
            }
        }
    }

    /// Whether larger values are better; smaller ones are otherwise.
    pub fn more_is_better(self) -> bool {
        !matches!(
            self,
            Self::Ip | Self::IpStar | Self::Cost | Self::Sensitivity
        )
    }

    fn of(self, round: &Round) -> f64 {
        match self {
            Self::Validity => round.validity,
            Self::Ip => round.ip,
            Self::IpStar => round.ip_star.max(0.0),
            Self::Cost => round.cost,
            Self::Redundancy => round.redundancy,
            Self::Accuracy | Self::F1 | Self::Sensitivity => f64::NAN,
        }
    }

    fn published(self, published: &Published) -> Option<PublishedComparison> {
        match self {
            Self::Ip => Some(published.ip),
            Self::IpStar => Some(published.ip_star),
            Self::Cost => Some(published.cost),
            _ => None,
        }
    }
}

/// One line of the scoreboard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// What is measured.
    pub measure: Measure,
    /// Both arms and their difference; what cannot be said is not a number.
    pub comparison: Comparison,
}

/// Both arms' scores, and how sensitive they are to each feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoreboard {
    /// The epoch whose weights were measured.
    pub epoch: usize,
    /// The lines, in the order shown; none before the first measurement.
    pub scores: Vec<Score>,
    /// Why counterfactuals could not be measured, if so.
    pub problem: Option<String>,
    /// Per arm, each feature's share of the attribution by integrated gradients, `(d,)`.
    pub sensitivity: [Vec<f32>; 2],
}

impl Scoreboard {
    /// Measures both models of a run as they are now.
    ///
    /// Counterfactuals are searched by ECCCo as in the paper's evaluation (`T = 50`, `τ = 0.95`,
    /// `λ_egy = 5`), in few rounds, under the constraints in force.
    pub fn measure(run: &Lockstep, published: Option<&Published>) -> Self {
        let test = &run.dataset().test;
        let models = run.models();
        let mut scores = vec![
            plain(
                Measure::Accuracy,
                models.map(|model| f64::from(accuracy(model, test))),
            ),
            plain(Measure::F1, models.map(|model| f1(model, test))),
        ];
        let mut problem = None;
        match measure_rounds(run) {
            Ok([baseline, arm]) => scores.extend(compare(&baseline, &arm, published)),
            Err(reason) => problem = Some(reason),
        }
        let sensitivity = models.map(|model| shares(model, test));
        let mutability = &run.constraints().mutability;
        if mutability.iter().any(|one| *one != Mutability::Both) {
            let sums = [0, 1].map(|arm| protected(&sensitivity[arm], mutability));
            scores.push(plain(Measure::Sensitivity, sums));
        }
        Self {
            epoch: run.epoch(),
            scores,
            problem,
            sensitivity,
        }
    }
}

/// The share of the attribution that goes to features which may not change both ways.
fn protected(shares: &[f32], mutability: &[Mutability]) -> f64 {
    let pairs = shares.iter().zip(mutability);
    pairs
        .filter(|(_, mutability)| **mutability != Mutability::Both)
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
fn plain(measure: Measure, [baseline, arm]: [f64; 2]) -> Score {
    let comparison = Comparison {
        se: f64::NAN,
        interval: [f64::NAN; 2],
        significant: false,
        ..Comparison::new(&[vec![arm]], &[vec![baseline]], None)
    };
    Score {
        measure,
        comparison,
    }
}

fn measure_rounds(run: &Lockstep) -> Result<[Vec<Round>; 2], String> {
    let protocol = Protocol {
        rounds: ROUNDS,
        lambda_egy: vec![SearchParameters::default().lambda_egy],
        ..Protocol::paper(INDIVIDUALS, run.recipe().controls.parameters.seed)
    };
    let [baseline, arm] = run.models().map(|model| {
        Evaluation::new(model, &run.dataset().test, run.constraints(), &protocol)
            .map(|evaluation| evaluation.run())
            .map_err(|error| error.to_string())
    });
    Ok([baseline?, arm?])
}

fn compare<'a>(
    baseline: &'a [Round],
    arm: &'a [Round],
    published: Option<&'a Published>,
) -> impl Iterator<Item = Score> + 'a {
    use Measure::{Cost, Ip, IpStar, Redundancy, Validity};
    [Validity, Ip, IpStar, Cost, Redundancy]
        .into_iter()
        .map(move |measure| {
            let values =
                |rounds: &[Round]| vec![rounds.iter().map(|round| measure.of(round)).collect()];
            let published = published.and_then(|published| measure.published(published));
            Score {
                measure,
                comparison: Comparison::new(&values(arm), &values(baseline), published),
            }
        })
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
        session::{Controls, Recipe},
        training::Preset,
    };

    #[test]
    fn sensitivity_to_protected_features_is_measured_once_there_are_some() {
        let preset = Preset::find("moon").unwrap();
        let mut parameters = preset.parameters();
        (parameters.samples, parameters.counterfactuals) = (200, 20);
        let mut run = Lockstep::new(Recipe {
            source: preset.source(None).unwrap(),
            controls: Controls {
                parameters,
                mutability: Vec::new(),
            },
            changes: Vec::new(),
        })
        .unwrap();
        run.train_epoch().unwrap();
        let found = |board: &Scoreboard| {
            let mut scores = board.scores.iter();
            let score = scores.find(|score| score.measure == Measure::Sensitivity);
            score.map(|score| [score.comparison.bl, score.comparison.ct])
        };
        assert_eq!(found(&Scoreboard::measure(&run, None)), None);
        let mut controls = run.applied().controls.clone();
        controls.mutability = vec![Mutability::Both, Mutability::None];
        run.change(&controls);
        let board = Scoreboard::measure(&run, None);
        let shares = [0, 1].map(|arm| f64::from(board.sensitivity[arm][1]));
        assert_eq!(found(&board), Some(shares));
    }
}
