//! What another decision costs each group, and whether groups differ.

use ndarray::Axis;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::{Settings, Side, columns::columns, excludes_zero, grouping::Grouping, interval};
use crate::{
    choices::choices,
    counterfactual::{Search, SearchParameters},
    data::DataError,
    evaluation::{bootstrap, estimate::Estimate},
    random::{Purpose, stream},
    recourse::{Advice, Recourse},
};

/// Least number of people on either side of a difference that is judged.
pub const LEAST: usize = 20;
/// Probability at which a class is predicted.
const PREDICTED: f32 = 0.5;

/// What is known about a measure.
#[derive(Debug)]
pub struct MeasureFacts {
    /// Name shown to people.
    pub title: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Whether larger values are a heavier burden.
    pub more_is_worse: bool,
}

choices! {
    /// What is measured of the people in a group who are refused.
    pub enum Measure: MeasureFacts {
        /// Share with recourse.
        WithRecourse = MeasureFacts {
            title: "with recourse",
            help: "share of those refused for whom advice was found that reaches the threshold",
            more_is_worse: false,
        },
        /// Mean cost of that advice.
        Cost = MeasureFacts {
            title: "cost",
            help: "mean L1 distance, in model units, of that advice to what the person has now",
            more_is_worse: true,
        },
        /// Mean cost of being predicted as the class at all.
        Reach = MeasureFacts {
            title: "to the class",
            help: "mean cost of getting just as far as being predicted as the class",
            more_is_worse: true,
        },
        /// Mean number of steps.
        Steps = MeasureFacts {
            title: "steps",
            help: "mean number of the search's steps to that advice",
            more_is_worse: true,
        },
    }
}

impl Measure {
    /// Those that differ for the people; steps are the search's.
    pub const JUDGED: [Self; 3] = [Self::WithRecourse, Self::Cost, Self::Reach];
}

/// What recourse costs the groups, by one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Burden {
    /// Name of the model.
    pub side: String,
    /// The groups, in their order.
    pub groups: Vec<GroupBurden>,
    /// How the others differ from the group of reference.
    pub gaps: Vec<Gap>,
    /// Names of the columns in [`GroupBurden::carried`].
    pub columns: Vec<String>,
}

/// What recourse costs one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupBurden {
    /// People in it.
    pub rows: usize,
    /// Those of them who are refused.
    pub refused: usize,
    /// Those of these who were searched for.
    pub searched: usize,
    /// How many of these each measure is of, in the order of [`Measure::ALL`].
    pub counted: [usize; Measure::ALL.len()],
    /// The measures, in the order of [`Measure::ALL`], with bootstrapped errors.
    pub measures: [Estimate; Measure::ALL.len()],
    /// Each column's share of the cost, `(c,)`; not numbers without recourse.
    pub carried: Vec<f64>,
}

/// How a group differs from the one of reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// What is measured.
    pub measure: Measure,
    /// Position of the group.
    pub group: usize,
    /// By how much it is more.
    pub difference: Estimate,
    /// The interval of that.
    pub interval: [f64; 2],
    /// Whether that excludes 0, with enough people on both sides to tell.
    pub flagged: bool,
}

/// What was found for one person.
struct Person {
    /// Cost of advice that reaches the threshold, and the search's steps to it.
    served: Option<(f64, usize)>,
    /// Cost of being predicted as the class.
    reach: Option<f64>,
    /// How far each column moves.
    moved: Vec<f64>,
}

impl Person {
    /// What counts for a measure; nothing if the person doesn't.
    fn value(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::WithRecourse => Some(f64::from(u8::from(self.served.is_some()))),
            Measure::Cost => self.served.map(|(cost, _)| cost),
            Measure::Reach => self.reach,
            Measure::Steps => self.served.map(|(_, steps)| steps as f64),
        }
    }
}

impl Burden {
    /// What recourse costs the groups by `side`; `index` tells the draws of several sides apart.
    ///
    /// # Errors
    /// [`DataError::Value`] for a relation with a column that there is not.
    pub fn of(
        side: &Side<'_>,
        grouping: &Grouping,
        settings: &Settings,
        index: usize,
    ) -> Result<Self, DataError> {
        let predicted = side.model.predict(side.x);
        let refused: Vec<bool> = predicted
            .iter()
            .map(|&class| class != settings.target)
            .collect();
        let drawn: Vec<Vec<usize>> = (0..grouping.names.len())
            .map(|group| draw(grouping, &refused, group, settings))
            .collect();
        let people = found(side, &drawn.concat(), settings)?;
        let columns = columns(side.features);
        let mut people = people.as_slice();
        let mut groups = Vec::new();
        for (group, drawn) in drawn.iter().enumerate() {
            let (own, rest) = people.split_at(drawn.len());
            people = rest;
            let is_own = |row: &usize| grouping.of[*row] == Some(group);
            let rows = (0..refused.len()).filter(is_own);
            groups.push(GroupBurden {
                rows: rows.clone().count(),
                refused: rows.filter(|&row| refused[row]).count(),
                ..measured(
                    own,
                    columns.len(),
                    settings.seed,
                    (index * 64 + group) as u64,
                )
            });
        }
        Ok(Self {
            side: side.name.clone(),
            groups,
            gaps: Vec::new(),
            columns: columns.into_iter().map(|(name, _)| name).collect(),
        })
    }

    /// With the gaps between `reference` and the other groups, in intervals of `width` standard errors.
    pub(super) fn judged(mut self, reference: usize, width: f64) -> Self {
        let others = (0..self.groups.len()).filter(|&group| group != reference);
        let pairs = others.flat_map(|group| Measure::JUDGED.map(|measure| (group, measure)));
        self.gaps = pairs
            .map(|(group, measure)| {
                let [from, to] = [reference, group].map(|group| &self.groups[group]);
                let enough = from.counted(measure).min(to.counted(measure)) >= LEAST;
                Gap::new(
                    measure,
                    group,
                    difference(from.measure(measure), to.measure(measure)),
                    (width, enough),
                )
            })
            .collect();
        self
    }

    /// How the gaps differ from those of the `baseline`.
    pub(super) fn changes_from(&self, baseline: &Self, width: f64) -> Vec<Gap> {
        let pairs = self.gaps.iter().zip(&baseline.gaps);
        pairs
            .map(|(gap, before)| {
                let change = difference(before.difference, gap.difference);
                let enough = [self, baseline].iter().all(|burden| {
                    let reference = burden.groups.iter().map(|group| group.counted(gap.measure));
                    reference.min().unwrap_or(0) >= LEAST
                });
                Gap::new(gap.measure, gap.group, change, (width, enough))
            })
            .collect()
    }
}

impl GroupBurden {
    /// A measure with its bootstrapped error.
    pub fn measure(&self, measure: Measure) -> Estimate {
        self.measures[measure as usize]
    }

    /// How many people a measure is of.
    pub fn counted(&self, measure: Measure) -> usize {
        self.counted[measure as usize]
    }
}

impl Gap {
    fn new(
        measure: Measure,
        group: usize,
        difference: Estimate,
        (width, enough): (f64, bool),
    ) -> Self {
        let interval = interval(difference, width);
        Self {
            measure,
            group,
            difference,
            interval,
            flagged: enough && excludes_zero(interval),
        }
    }
}

/// The difference of two estimates of different people.
fn difference(from: Estimate, to: Estimate) -> Estimate {
    Estimate {
        value: to.value - from.value,
        error: to.error.hypot(from.error),
    }
}

/// Some of those of a group who are refused, in ascending order.
fn draw(grouping: &Grouping, refused: &[bool], group: usize, settings: &Settings) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..refused.len())
        .filter(|&row| refused[row] && grouping.of[row] == Some(group))
        .collect();
    if rows.len() > settings.most {
        let mut random = stream(settings.seed, Purpose::Evaluation, group as u64);
        rows.shuffle(&mut random);
        rows.truncate(settings.most);
        rows.sort_unstable();
    }
    rows
}

/// What is found for the people in `rows`.
fn found(side: &Side<'_>, rows: &[usize], settings: &Settings) -> Result<Vec<Person>, DataError> {
    let served = advised(side, rows, settings, side.parameters.decision_threshold)?;
    let reached = advised(
        side,
        rows,
        settings,
        side.parameters.decision_threshold.min(PREDICTED),
    )?;
    let columns = columns(side.features);
    let person = |place: usize| {
        let (advice, steps) = &served[place];
        let (reach, _) = &reached[place];
        let row = rows[place];
        let move_of =
            |&position: &usize| f64::from((advice.point[position] - side.x[[row, position]]).abs());
        let moved = |(_, positions): &(String, Vec<usize>)| positions.iter().map(move_of).sum();
        Person {
            moved: columns.iter().map(moved).collect(),
            served: advice.mature.then_some((advice.cost, *steps)),
            reach: reach.mature.then_some(reach.cost),
        }
    };
    Ok((0..rows.len()).map(person).collect())
}

/// Advice for each of `rows` that has to reach a `threshold`, and the search's steps.
fn advised(
    side: &Side<'_>,
    rows: &[usize],
    settings: &Settings,
    threshold: f32,
) -> Result<Vec<(Advice, usize)>, DataError> {
    let recourse = Recourse::new(side.model, side.features, side.constraints, threshold)?;
    let search = Search {
        model: side.model,
        generator: side.generator,
        constraints: side.constraints,
        parameters: &SearchParameters {
            decision_threshold: threshold,
            ..side.parameters.clone()
        },
    };
    let factuals = side.x.select(Axis(0), rows);
    let found = search.run(factuals.view(), &vec![settings.target; rows.len()]);
    let advice = |place: usize| {
        let start = (side.start)(rows[place], settings.target);
        let point = found.points.row(place).to_vec();
        (recourse.snap(&start, &point), found.outcomes[place].steps)
    };
    Ok((0..rows.len()).into_par_iter().map(advice).collect())
}

/// The measures of a group of people; its rows are not counted.
fn measured(people: &[Person], columns: usize, seed: u64, index: u64) -> GroupBurden {
    let mut random = stream(seed, Purpose::Bootstrap, index);
    let values = |measure: Measure| -> Vec<f64> {
        let values = people.iter().filter_map(|one| one.value(measure));
        values.collect()
    };
    let measures = Measure::ALL.map(|measure| {
        let values = values(measure);
        let mean = |places: &[usize]| {
            let drawn = places.iter().map(|&place| values[place]);
            drawn.sum::<f64>() / places.len() as f64
        };
        let error = bootstrap::standard_error(values.len(), &mut random, mean);
        Estimate {
            value: bootstrap::mean(&values),
            error: match measure {
                Measure::WithRecourse => error.max(least_error(&values)),
                Measure::Cost | Measure::Reach | Measure::Steps => error,
            },
        }
    });
    let served = people.iter().filter(|one| one.served.is_some());
    let total = |column: usize| served.clone().map(|one| one.moved[column]).sum::<f64>();
    let totals: Vec<f64> = (0..columns).map(total).collect();
    let all: f64 = totals.iter().sum();
    GroupBurden {
        rows: 0,
        refused: 0,
        searched: people.len(),
        counted: Measure::ALL.map(|measure| values(measure).len()),
        measures,
        carried: totals.into_iter().map(|total| total / all).collect(),
    }
}

/// Standard error of a share whose cases and others are each one more (Agresti and Coull 1998): a
/// sample of all or none does not prove that it is so of everyone.
fn least_error(values: &[f64]) -> f64 {
    let n = values.len() as f64 + 2.0;
    let share = (values.iter().sum::<f64>() + 1.0) / n;
    (share * (1.0 - share) / n).sqrt()
}
