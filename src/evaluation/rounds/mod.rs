//! The rounds of an evaluation: draw individuals, search their counterfactuals, measure
//! (published protocol of arXiv 2601.16205).

mod draw;
mod measure;
mod protocol;
mod searched;

use ndarray::Axis;
use rayon::prelude::*;

pub use draw::Direction;
pub use measure::{Measure, Round};
pub use protocol::{Directions, IpStarOf, LAMBDA_EGY, Protocol};

use self::{
    draw::{Draw, Individuals, all_directions, ip_targets},
    searched::Searched,
};
use super::{
    energy::energy,
    plausibility::{IP_TARGETS, Targets},
};
use crate::{
    counterfactual::{Constraints, Search, SearchParameters},
    data::{Samples, select_rows},
    model::{Mlp, most_likely},
    random::{Purpose, stream},
};

/// Values searched in one call; bounds the memory, whatever the number of rounds.
const VALUES_PER_SEARCH: usize = 1 << 24;

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

impl EvaluationError {
    /// The message with the names of the `classes`.
    pub fn of_classes(&self, classes: &[String]) -> String {
        let name = |class: usize| match classes.get(class) {
            Some(name) => format!("`{name}`"),
            None => class.to_string(),
        };
        match self {
            Self::NoTarget { class } => format!(
                "there are no samples of class {} to compare counterfactuals with; evaluate on data that has every class",
                name(*class)
            ),
            Self::NoFactual { class, samples } => format!(
                "the model predicts none of the {samples} samples as class {}, so there is nothing to explain; evaluate on other data, or train the model further",
                name(*class)
            ),
            Self::OneClass { .. } => self.to_string(),
        }
    }
}

/// A model and test samples, prepared for the rounds of a protocol.
///
/// For each weight of the energy penalty every individual has a factual and a target class, the
/// same in all rounds and for all models. Each round draws the individuals' test samples, with
/// replacement, from those that the model predicts as their factual classes.
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

impl<'a> Evaluation<'a> {
    /// Prepares the target classes.
    ///
    /// # Errors
    /// [`EvaluationError`] if a class has no samples, or none is predicted as it; of a protocol that
    /// need not be complete only if no direction is left for that.
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
        if protocol.complete || impossible(&predicted, &actual).len() == classes * (classes - 1) {
            refuse_missing(&predicted, &actual)?;
        }
        let targets = actual.iter().enumerate().map(|(class, rows)| {
            let rows = ip_targets(rows, class, IP_TARGETS, protocol.seed);
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

    /// Directions that are left out, because nothing is predicted as the factual class, or no sample
    /// is of the target class.
    pub fn left_out(&self) -> Vec<Direction> {
        impossible(&self.predicted, &self.actual)
    }

    /// The rounds `m_r`: each averaged over the weights of the energy penalty.
    pub fn run(&self) -> Vec<Round> {
        let weights = 0..self.protocol.lambda_egy.len();
        average(
            &weights
                .map(|weight| self.rounds(weight))
                .collect::<Vec<_>>(),
        )
    }

    /// The rounds with the weight at `position` of the protocol's list.
    pub fn rounds(&self, position: usize) -> Vec<Round> {
        let left_out = self.left_out();
        let possible = |direction| !left_out.contains(&direction);
        let individuals =
            Individuals::draw(self.protocol, self.model.classes(), position, possible);
        let values = self.protocol.individuals.max(1) * self.test.x.ncols().max(1);
        let at_once = (VALUES_PER_SEARCH / values).max(1);
        let draws: Vec<Draw> = (0..self.protocol.rounds)
            .map(|round| {
                let index = (position as u64) << 32 | round as u64;
                let mut random = stream(self.protocol.seed, Purpose::Evaluation, index);
                Draw::new(&individuals, &self.predicted, &self.actual, &mut random)
            })
            .collect();
        draws
            .chunks(at_once)
            .flat_map(|draws| self.measure_all(position, &individuals, draws))
            .collect()
    }

    /// One search for all of `draws`; then each round is measured.
    fn measure_all(
        &self,
        position: usize,
        individuals: &Individuals,
        draws: &[Draw],
    ) -> Vec<Round> {
        let n = individuals.target.len();
        let rows: Vec<usize> = draws.iter().flat_map(|d| d.rows.iter().copied()).collect();
        let targets = individuals.target.repeat(draws.len());
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
        let found = search.run(factuals.view(), &targets);
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
                searched.measure(self, individuals, draw)
            })
            .collect()
    }
}

/// Directions without a factual or without a real sample of the target class, given test rows by
/// `predicted` and by `actual` class.
fn impossible(predicted: &[Vec<usize>], actual: &[Vec<usize>]) -> Vec<Direction> {
    let mut directions = all_directions(actual.len());
    directions.retain(|&(from, to)| predicted[from].is_empty() || actual[to].is_empty());
    directions
}

fn refuse_missing(predicted: &[Vec<usize>], actual: &[Vec<usize>]) -> Result<(), EvaluationError> {
    if let Some(class) = actual.iter().position(Vec::is_empty) {
        return Err(EvaluationError::NoTarget { class });
    }
    let samples = actual.iter().map(Vec::len).sum();
    match predicted.iter().position(Vec::is_empty) {
        Some(class) => Err(EvaluationError::NoFactual { class, samples }),
        None => Ok(()),
    }
}

/// Round by round, the mean over weights of the energy penalty, each of which has as many rounds.
pub fn average(by_weight: &[Vec<Round>]) -> Vec<Round> {
    let rounds = by_weight.iter().map(Vec::len).min().unwrap_or(0);
    let round = |round: usize| {
        let here: Vec<Round> = by_weight.iter().map(|rounds| rounds[round]).collect();
        Round::mean(&here)
    };
    (0..rounds).map(round).collect()
}
