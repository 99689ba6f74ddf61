//! The scoreboard: all arms measured on the same test factuals.

use crate::{
    choices::choices,
    data::Mutability,
    evaluation::{
        attribution::Baseline,
        comparison::Comparison,
        estimate::Estimate,
        measured::{Measured, Settings, measure},
        published::{Published, PublishedComparison},
        rounds::{Measure as Counted, Protocol},
    },
    model::Mlp,
    training::{Objective, Preset, TABLE},
};

use super::Lockstep;

/// Most test samples whose attributions are averaged, and from how many features on a fifth of them.
const ATTRIBUTED: (usize, usize) = (1000, 200);

/// What is known about a measure.
pub struct MeasureFacts {
    /// Name shown to people.
    pub title: &'static str,
    /// The name where there is room for six letters only.
    pub short: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Whether larger values are better; smaller ones are otherwise.
    pub more_is_better: bool,
    /// The measure of counterfactuals that it is, if it is one.
    counted: Option<Counted>,
    /// What the paper has of models trained and evaluated without constraints at `τ = 0.95`.
    published: fn(&Published) -> Option<PublishedComparison>,
}

choices! {
    /// What is measured.
    pub enum Measure: MeasureFacts {
        /// Share of test samples predicted correctly.
        Accuracy = MeasureFacts {
                title: "accuracy",
                short: "acc.",
                help: "share of test samples predicted correctly",
                more_is_better: true,
                counted: None,
                published: |_| None,
            },
        /// Macro F1 on test samples.
        F1 = MeasureFacts {
                title: "F1 (macro)",
                short: "F1",
                help: "harmonic mean of precision and recall, averaged over the classes",
                more_is_better: true,
                counted: None,
                published: |_| None,
            },
        /// Share of counterfactuals predicted as their target class.
        Validity = MeasureFacts {
                title: "validity",
                short: "valid",
                help: "share of counterfactuals that the model takes for the target class",
                more_is_better: true,
                counted: Some(Counted::Validity),
                published: |_| None,
            },
        /// Implausibility IP.
        Ip = MeasureFacts {
                title: "IP",
                short: "IP",
                help: "implausibility: distance of counterfactuals to real samples of the class",
                more_is_better: false,
                counted: Some(Counted::Ip),
                published: |known| Some(known.ip),
            },
        /// Distributional implausibility IP*.
        IpStar = MeasureFacts {
                title: "IP*",
                short: "IP*",
                help: "implausibility: how well counterfactuals can be told from real samples",
                more_is_better: false,
                counted: Some(Counted::IpStar),
                published: |known| Some(known.ip_star),
            },
        /// L1 distance to the factual.
        Cost = MeasureFacts {
                title: "cost",
                short: "cost",
                help: "how far counterfactuals are from their factuals",
                more_is_better: false,
                counted: Some(Counted::Cost),
                published: |_| None,
            },
        /// Share of features left as they were.
        Redundancy = MeasureFacts {
                title: "redundancy",
                short: "redun.",
                help: "share of features that counterfactuals leave as they are",
                more_is_better: true,
                counted: Some(Counted::Redundancy),
                published: |_| None,
            },
        /// Share of the attribution that goes to protected features.
        Sensitivity = MeasureFacts {
                title: "protected",
                short: "prot.",
                help: "share of the attribution that goes to features that may not change both ways",
                more_is_better: false,
                counted: None,
                published: |_| None,
            },
    }
}

impl Measure {
    /// Name shown to people.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// What its numbers are of: the protocol.
    pub fn origin(self, protocol: &Protocol) -> String {
        let searches = protocol.rounds * protocol.individuals * protocol.lambda_egy.len();
        let valid = match self {
            Self::Ip | Self::Cost | Self::Redundancy => ", valid ones only",
            Self::IpStar => ", valid or not",
            Self::Validity => "",
            Self::Accuracy | Self::F1 => return "of all test samples".to_owned(),
            Self::Sensitivity => return "by integrated gradients, test samples".to_owned(),
        };
        let generator = protocol.generator.kind().name();
        format!(
            "{searches} test searches, {generator}, T {}, τ {}{valid}",
            protocol.search.max_steps, protocol.search.decision_threshold
        )
    }
}

/// One line of the scoreboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// What is measured.
    pub measure: Measure,
    /// Each arm's value with its standard error; not a number where it cannot be said.
    pub values: Vec<Estimate>,
    /// Of each arm but the first, the reference, by how many percent it differs from that.
    pub changes: Vec<Change>,
}

/// How an arm's value differs from that of the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Percent, with its standard error.
    pub percent: Estimate,
    /// 0.5 and 99.5 % quantiles of the rounds' changes, in percent; not numbers without rounds.
    pub interval: [f64; 2],
    /// The published `*`: whether those of the rounds' differences exclude 0.
    pub significant: bool,
    /// What the paper has, where the run is comparable.
    pub published: Option<PublishedComparison>,
}

impl Change {
    /// No difference, as of the reference from itself.
    const NONE: Self = Self {
        percent: Estimate {
            value: 0.0,
            error: f64::NAN,
        },
        interval: [f64::NAN; 2],
        significant: false,
        published: None,
    };

    /// The change from one value to another, whose errors are independent.
    fn between(from: Estimate, to: Estimate) -> Self {
        let ratio = to.value / from.value;
        let errors = [from, to].map(|one| one.error / one.value);
        Self {
            percent: Estimate {
                value: 100.0 * (ratio - 1.0),
                error: 100.0 * ratio.abs() * errors[0].hypot(errors[1]),
            },
            ..Self::NONE
        }
    }

    /// What `rounds` rounds of the same draws say.
    fn of_rounds(found: &Comparison, rounds: usize) -> Self {
        let [lower, upper] = found.interval;
        Self {
            percent: Estimate {
                value: -found.reduction,
                error: found.rounds_sd / (rounds as f64).sqrt(),
            },
            interval: [-upper, -lower],
            significant: found.significant,
            published: None,
        }
    }
}

impl Score {
    /// How an arm differs from the reference.
    pub fn change(&self, arm: usize) -> Change {
        let against = arm.checked_sub(1).and_then(|arm| self.changes.get(arm));
        against.copied().unwrap_or(Change::NONE)
    }
}

/// All arms' scores, and what they look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoreboard {
    /// The epoch whose weights were measured.
    pub epoch: usize,
    /// The lines, in the order shown; none before the first measurement.
    pub scores: Vec<Score>,
    /// Why counterfactuals could not be measured, if so.
    pub problem: Option<String>,
    /// How counterfactuals were drawn, searched and measured.
    pub protocol: Option<Protocol>,
    /// Per arm, each feature's share of the attribution by integrated gradients, `(d,)`.
    pub shares: Vec<Vec<f32>>,
}

impl Scoreboard {
    /// Measures all models of a run as they are now, each under the constraints in force in its arm:
    /// as `ctui evaluate` does ([`measure`]), in fewer rounds ([`Protocol::probe`]).
    pub fn measure(run: &Lockstep, preset: Option<&Preset>) -> Self {
        let features = run.dataset().dimensions();
        let settings = settings(features, run.recipe().seed());
        let one = |(arm, model): (usize, &Mlp)| {
            measure(model, &run.dataset().test, run.constraints(arm), &settings)
        };
        let found: Vec<Measured> = run.models().into_iter().enumerate().map(one).collect();
        let problem = found.iter().find_map(|one| one.rounds.as_ref().err());
        let mut scores = vec![
            plain(Measure::Accuracy, found.iter().map(|one| one.accuracy)),
            plain(Measure::F1, found.iter().map(|one| one.f1)),
        ];
        if problem.is_none() {
            scores.extend(counted(run, &found, preset));
        }
        let locked = locked_in_any(run);
        if locked.contains(&true) {
            let shares = found.iter().map(|one| share_of(&one.shares, &locked));
            scores.push(plain(Measure::Sensitivity, shares));
        }
        let shares = |one: &Measured| one.shares.iter().map(|it| it.value as f32).collect();
        Self {
            epoch: run.epoch(),
            scores,
            problem: problem.map(ToString::to_string),
            shares: found.iter().map(shares).collect(),
            protocol: Some(settings.protocol),
        }
    }
}

/// How a run's models are measured while one looks on.
fn settings(features: usize, seed: u64) -> Settings {
    let (most, many) = ATTRIBUTED;
    Settings {
        protocol: Protocol::probe(features, seed),
        epsilons: Vec::new(),
        random_start: None,
        baseline: Baseline::Uniform(seed),
        attributed: if features > many { most / 5 } else { most },
    }
}

/// Which features may not change both ways in some arm.
fn locked_in_any(run: &Lockstep) -> Vec<bool> {
    let mut found = vec![false; run.dataset().dimensions()];
    for arm in 0..run.arms() {
        let mutability = &run.constraints(arm).mutability;
        for (found, mutability) in found.iter_mut().zip(mutability) {
            *found |= *mutability != Mutability::Both;
        }
    }
    found
}

/// The share of the attribution that goes to the features that are `locked`.
fn share_of(shares: &[Estimate], locked: &[bool]) -> Estimate {
    let pairs = shares.iter().zip(locked);
    let those = || pairs.clone().filter(|(_, locked)| **locked);
    Estimate {
        value: those().map(|(share, _)| share.value).sum(),
        error: those().map(|(share, _)| share.error).sum(),
    }
}

/// A line without rounds.
fn plain(measure: Measure, values: impl Iterator<Item = Estimate>) -> Score {
    let values: Vec<Estimate> = values.collect();
    let others = values.iter().skip(1);
    Score {
        measure,
        changes: others.map(|one| Change::between(values[0], *one)).collect(),
        values,
    }
}

/// The lines of counterfactuals.
fn counted(run: &Lockstep, found: &[Measured], preset: Option<&Preset>) -> Vec<Score> {
    let published = preset.and_then(|preset| Published::find(preset.id));
    let comparable = |arm: usize| {
        let preset = preset.filter(|preset| is_as_published(run, preset, arm))?;
        (preset.id == published?.id).then_some(published?)
    };
    let line = |measure: &Measure| {
        let counted = measure.facts().counted?;
        let change = |arm: usize| {
            let compared = found[arm].compare(&found[0], counted);
            let rounds = found[0].rounds.as_ref().map_or(0, Vec::len);
            Change {
                published: comparable(arm).and_then(measure.facts().published),
                ..Change::of_rounds(&compared, rounds)
            }
        };
        Some(Score {
            measure: *measure,
            values: found.iter().map(|one| one.estimate(counted)).collect(),
            changes: (1..found.len()).map(change).collect(),
        })
    };
    Measure::ALL.iter().filter_map(line).collect()
}

/// Whether an arm and the reference were trained as the paper's models were: the preset's values
/// throughout, no constraints, CT beside the baseline. The probe's τ is that of the published tables.
fn is_as_published(run: &Lockstep, preset: &Preset, arm: usize) -> bool {
    let wanted = preset.parameters();
    let free = ["seed", "epochs", "objective"];
    let same = |arm: usize, objective: Objective| {
        let recipe = &run.recipe().arms[arm];
        let changes = recipe.changes.iter().map(|change| &change.controls);
        std::iter::once(&recipe.controls)
            .chain(changes)
            .all(|controls| {
                let mut known = TABLE.iter().filter(|known| !free.contains(&known.name));
                controls.parameters.objective == objective
                    && controls
                        .mutability
                        .iter()
                        .all(|one| *one == Mutability::Both)
                    && known.all(|known| known.get(&controls.parameters) == known.get(&wanted))
            })
    };
    same(0, Objective::Vanilla) && same(arm, Objective::Full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        recipe::{Controls, Recipe},
        training::HyperParameters,
    };

    fn small(preset: &Preset) -> Lockstep {
        let mut parameters = preset.parameters();
        (parameters.samples, parameters.counterfactuals) = (200, 20);
        run(preset, parameters)
    }

    fn run(preset: &Preset, parameters: HyperParameters) -> Lockstep {
        let source = preset.source(None).unwrap();
        let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
        run.train_epoch().unwrap();
        run
    }

    #[test]
    fn attribution_of_protected_features_is_measured_once_there_are_some() {
        let mut run = small(Preset::find("moon").unwrap());
        let found = |board: &Scoreboard| {
            let mut scores = board.scores.iter();
            let score = scores.find(|score| score.measure == Measure::Sensitivity);
            score.map(|score| score.values.iter().map(|one| one.value as f32).collect())
        };
        assert_eq!(found(&Scoreboard::measure(&run, None)), None::<Vec<f32>>);
        let mut controls = run.applied(1).controls.clone();
        controls.mutability = vec![Mutability::Both, Mutability::None];
        run.change(1, &controls).unwrap();
        let board = Scoreboard::measure(&run, None);
        let shares = board.shares.iter().map(|shares| shares[1]).collect();
        assert_eq!(found(&board), Some(shares));
    }

    #[test]
    fn published_values_stand_only_beside_comparable_runs() {
        let preset = Preset::find("moon").unwrap();
        let shown = |run: &Lockstep| -> Vec<Measure> {
            let board = Scoreboard::measure(run, Some(preset));
            let known = board.scores.iter();
            let known = known.filter(|score| score.change(1).published.is_some());
            known.map(|score| score.measure).collect()
        };
        assert_eq!(shown(&small(preset)), []);
        let mut whole = run(preset, preset.parameters());
        assert_eq!(shown(&whole), [Measure::Ip, Measure::IpStar]);
        let mut controls = whole.applied(1).controls.clone();
        controls.mutability = vec![Mutability::None, Mutability::Both];
        whole.change(1, &controls).unwrap();
        assert_eq!(shown(&whole), []);
    }

    #[test]
    fn errors_of_a_change_are_propagated() {
        let [from, to] = [(2.0, 0.1), (1.0, 0.05)].map(|(value, error)| Estimate { value, error });
        let change = Change::between(from, to);
        assert_eq!(change.percent.value, -50.0);
        assert!((change.percent.error - 50.0 * 0.05 * 2f64.sqrt()).abs() < 1e-9);
    }
}
