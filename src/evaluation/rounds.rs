//! The rounds of an evaluation: draw individuals, search their counterfactuals, measure.

use ndarray::{Array2, ArrayView2, Axis};
use rand::{Rng, RngExt, seq::index};
use rayon::prelude::*;

use super::{
    change::{cost, mean_over_rows, redundancy},
    energy::{energy, energy_differential},
    plausibility::{IP_TARGETS, LENGTH_SCALE, MMD_SAMPLES, Targets, ip_star},
};
use crate::{
    counterfactual::{Constraints, Generator, Outcome, Search, SearchParameters},
    data::{Samples, select_rows},
    model::{Mlp, most_likely},
    random::{Purpose, stream},
};

/// Values searched in one call; bounds the memory, whatever the number of rounds.
const VALUES_PER_SEARCH: usize = 1 << 24;

/// First of the random streams that choose the IP's target samples; rounds use those below.
const IP_TARGET_STREAMS: u64 = 1 << 47;

/// Weights of the energy penalty that the paper evaluates with.
pub const LAMBDA_EGY: [f32; 5] = [0.1, 0.5, 1.0, 5.0, 10.0];

/// How an evaluation draws, searches and measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Protocol {
    /// Rounds `J` per weight of the energy penalty.
    pub rounds: usize,
    /// Individuals per round.
    pub individuals: usize,
    /// The weights `λ_egy`.
    pub lambda_egy: Vec<f32>,
    /// What makes the counterfactuals.
    pub generator: Generator,
    /// The search; its `lambda_egy` is not used.
    pub search: SearchParameters,
    /// Whether one-hot groups are measured as the search leaves them, between their categories. They
    /// are decoded otherwise, as the method says; the published tables come out without.
    pub relaxed_categories: bool,
    /// Length scale ℓ of the IP* kernel.
    pub length_scale: f64,
    /// Seed of all draws.
    pub seed: u64,
}

impl Protocol {
    /// The paper's: ECCCo, 100 rounds, five weights, `T = 50`, `τ = 0.95`.
    pub fn paper(individuals: usize, seed: u64) -> Self {
        Self {
            rounds: 100,
            individuals,
            lambda_egy: LAMBDA_EGY.to_vec(),
            generator: Generator::Eccco,
            search: SearchParameters {
                max_steps: 50,
                decision_threshold: 0.95,
                ..SearchParameters::default()
            },
            relaxed_categories: false,
            length_scale: LENGTH_SCALE,
            seed,
        }
    }
}

/// The measures of one round: means over its individuals.
///
/// All but the validities are over valid counterfactuals, and not numbers if there is none (for
/// `ip_star`: fewer than two).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// Share whose counterfactual is predicted as the target class.
    pub validity: f64,
    /// Share whose counterfactual reached the decision threshold.
    pub strict_validity: f64,
    /// Implausibility IP.
    pub ip: f64,
    /// Distributional implausibility IP*.
    pub ip_star: f64,
    /// L1 distance to the factual.
    pub cost: f64,
    /// Share of features left as they were.
    pub redundancy: f64,
    /// Energy differential.
    pub energy_differential: f64,
}

/// Why there is nothing to evaluate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// A class without samples cannot be a target.
    #[error(
        "there are no samples of class {class} to compare counterfactuals with; evaluate on data that has every class"
    )]
    NoTarget {
        /// Position of the class.
        class: usize,
    },
    /// A class that is never predicted has no factuals.
    #[error(
        "the model predicts none of the {samples} samples as class {class}, so there is nothing to explain; evaluate on other data, or train the model further"
    )]
    NoFactual {
        /// Position of the class.
        class: usize,
        /// How many samples there are.
        samples: usize,
    },
    /// One class has no other to go to.
    #[error("a model of {classes} class has no counterfactuals; it needs at least two classes")]
    OneClass {
        /// Number of classes.
        classes: usize,
    },
}

/// A model and test samples, prepared for the rounds of a protocol (paper, section 4).
pub struct Evaluation<'a> {
    model: &'a Mlp,
    test: &'a Samples,
    constraints: &'a Constraints,
    protocol: &'a Protocol,
    /// Energies of the test samples' own classes, `(n,)`.
    energies: Vec<f64>,
    /// Rows by predicted class.
    predicted: Vec<Vec<usize>>,
    /// Rows by true class.
    actual: Vec<Vec<usize>>,
    /// Samples of each class for the IP.
    targets: Vec<Targets>,
}

/// What a round draws.
struct Draw {
    target: usize,
    /// Rows of the individuals.
    rows: Vec<usize>,
    /// Rows of target samples that IP* compares with.
    compared: Vec<usize>,
}

/// The individuals of one round, searched.
struct Searched<'a> {
    /// `(n, d)`.
    factuals: ArrayView2<'a, f32>,
    /// Their counterfactuals, `(n, d)`.
    points: ArrayView2<'a, f32>,
    /// The counterfactuals' logits, `(n, k)`.
    logits: ArrayView2<'a, f32>,
    /// How the searches ended, `(n,)`.
    outcomes: &'a [Outcome],
}

impl<'a> Evaluation<'a> {
    /// Prepares the target classes.
    ///
    /// # Errors
    /// [`EvaluationError`] if a class has no samples, or none is predicted as it.
    pub fn new(
        model: &'a Mlp,
        test: &'a Samples,
        constraints: &'a Constraints,
        protocol: &'a Protocol,
    ) -> Result<Self, EvaluationError> {
        let classes = model.classes();
        if classes < 2 {
            return Err(EvaluationError::OneClass { classes });
        }
        let actual = test.rows_by_class(classes);
        let logits = model.logits(test.x.view());
        let mut predicted = vec![Vec::new(); classes];
        for (row, class) in most_likely(logits.view()).into_iter().enumerate() {
            predicted[class].push(row);
        }
        if let Some(class) = actual.iter().position(Vec::is_empty) {
            return Err(EvaluationError::NoTarget { class });
        }
        if let Some(class) = predicted.iter().position(Vec::is_empty) {
            let samples = test.len();
            return Err(EvaluationError::NoFactual { class, samples });
        }
        let targets = actual.iter().enumerate().map(|(class, rows)| {
            let index = IP_TARGET_STREAMS + class as u64;
            let mut random = stream(protocol.seed, Purpose::Evaluation, index);
            let rows = some_of(rows, IP_TARGETS, &mut random);
            Targets::new(select_rows(&test.x, &rows).view())
        });
        let own_classes = logits.rows().into_iter().zip(&test.y);
        Ok(Self {
            targets: targets.collect(),
            energies: own_classes
                .map(|(logits, &class)| energy(logits, class))
                .collect(),
            model,
            test,
            constraints,
            protocol,
            predicted,
            actual,
        })
    }

    /// The rounds of all weights, weight by weight.
    pub fn run(&self) -> Vec<Round> {
        (0..self.protocol.lambda_egy.len())
            .flat_map(|position| self.rounds(position))
            .collect()
    }

    /// The rounds with the weight at `position` of the protocol's list.
    pub fn rounds(&self, position: usize) -> Vec<Round> {
        let values = self.protocol.individuals.max(1) * self.test.x.ncols().max(1);
        let at_once = (VALUES_PER_SEARCH / values).max(1);
        let draws: Vec<Draw> = (0..self.protocol.rounds)
            .map(|round| self.draw(position, round))
            .collect();
        draws
            .chunks(at_once)
            .flat_map(|draws| self.measure_all(position, draws))
            .collect()
    }

    fn draw(&self, position: usize, round: usize) -> Draw {
        let index = (position as u64) << 32 | round as u64;
        let mut random = stream(self.protocol.seed, Purpose::Evaluation, index);
        let classes = self.model.classes();
        let factual = random.random_range(0..classes);
        let target = (factual + random.random_range(1..classes)) % classes;
        let candidates = &self.predicted[factual];
        Draw {
            target,
            compared: some_of(&self.actual[target], MMD_SAMPLES, &mut random),
            rows: (0..self.protocol.individuals)
                .map(|_| candidates[random.random_range(0..candidates.len())])
                .collect(),
        }
    }

    /// One search for all of `draws`; then each round is measured.
    fn measure_all(&self, position: usize, draws: &[Draw]) -> Vec<Round> {
        let n = self.protocol.individuals;
        let rows: Vec<usize> = draws.iter().flat_map(|d| d.rows.iter().copied()).collect();
        let targets: Vec<usize> = draws.iter().flat_map(|d| vec![d.target; n]).collect();
        let factuals = select_rows(&self.test.x, &rows);
        let parameters = SearchParameters {
            lambda_egy: self.protocol.lambda_egy[position],
            ..self.protocol.search.clone()
        };
        let search = Search {
            model: self.model,
            generator: &self.protocol.generator,
            constraints: self.constraints,
            parameters: &parameters,
        };
        let mut found = search.run(factuals.view(), &targets);
        if !self.protocol.relaxed_categories {
            search.decode(factuals.view(), &targets, &mut found);
        }
        let logits = self.model.logits(found.points.view());
        draws
            .par_iter()
            .enumerate()
            .map(|(round, draw)| {
                let here = ndarray::Slice::from(round * n..(round + 1) * n);
                let searched = Searched {
                    factuals: factuals.slice_axis(Axis(0), here),
                    points: found.points.slice_axis(Axis(0), here),
                    logits: logits.slice_axis(Axis(0), here),
                    outcomes: &found.outcomes[round * n..(round + 1) * n],
                };
                self.measure(draw, searched)
            })
            .collect()
    }

    fn measure(&self, draw: &Draw, searched: Searched<'_>) -> Round {
        let predicted = most_likely(searched.logits);
        let valid: Vec<usize> = (0..predicted.len())
            .filter(|&row| predicted[row] == draw.target)
            .collect();
        let mature = searched.outcomes.iter().filter(|outcome| outcome.mature);
        let share = |count: usize| count as f64 / predicted.len() as f64;
        let (factuals, points) = (
            pick(searched.factuals, &valid),
            pick(searched.points, &valid),
        );
        let (from, to) = (factuals.view(), points.view());
        let compared = pick(self.test.x.view(), &draw.compared);
        let (first, _) = to.split_at(Axis(0), valid.len().min(MMD_SAMPLES));
        let energies = valid
            .iter()
            .map(|&row| energy(searched.logits.row(row), draw.target));
        let compared_energies = draw.compared.iter().map(|&row| self.energies[row]);
        Round {
            validity: share(valid.len()),
            strict_validity: share(mature.count()),
            ip: self.targets[draw.target].mean_implausibility(to),
            ip_star: ip_star(first, compared.view(), self.protocol.length_scale),
            cost: mean_over_rows(from, to, cost),
            redundancy: mean_over_rows(from, to, redundancy),
            energy_differential: energy_differential(
                &energies.collect::<Vec<_>>(),
                &compared_energies.collect::<Vec<_>>(),
            ),
        }
    }
}

fn pick(points: ArrayView2<'_, f32>, rows: &[usize]) -> Array2<f32> {
    points.select(Axis(0), rows)
}

/// At most `most` of `rows`, drawn without replacement.
fn some_of(rows: &[usize], max: usize, random: &mut impl Rng) -> Vec<usize> {
    let chosen = index::sample(random, rows.len(), rows.len().min(max));
    chosen.into_iter().map(|position| rows[position]).collect()
}
