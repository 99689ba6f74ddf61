//! What a group can be told from, and whether a model turns to that.

use ndarray::{Array2, Axis};
use rand::seq::SliceRandom;

use super::{
    Settings, Side,
    columns::columns,
    excludes_zero,
    grouping::{Grouping, Values},
    interval,
    linear::{Prediction, Problem},
};
use crate::{
    data::Samples,
    evaluation::{
        attribution::{Baseline, attribution_shares},
        estimate::Estimate,
    },
    random::{Purpose, stream},
};

/// Rows whose attributions are averaged, and from how many features on a fifth of them.
const ATTRIBUTED: (usize, usize) = (1000, 200);
/// Least number of rows from which anything is predicted.
const LEAST: usize = 50;

/// What a column is told from.
#[derive(Clone, Debug, PartialEq)]
pub struct Proxies {
    /// How well all others together predict it; `None` with too few rows or columns.
    pub together: Option<Told>,
    /// Share of the rows that have the most frequent category; `None` for numbers.
    pub majority: Option<f64>,
    /// The others, those that tell most first.
    pub columns: Vec<Proxy>,
    /// What the sides' attributions are, the column itself first if they take it, and then the others
    /// in the order of `columns`.
    pub moved: Vec<Moved>,
}

/// How well a column is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The prediction.
    pub prediction: Prediction,
    /// The interval of the explained share of the variance.
    pub interval: [f64; 2],
    /// Whether that is above 0.
    pub flagged: bool,
}

/// A column that may stand in for another.
#[derive(Clone, Debug, PartialEq)]
pub struct Proxy {
    /// Its name.
    pub column: String,
    /// How well it tells the other alone.
    pub alone: Told,
    /// Its share of what all together explain.
    pub share: f64,
}

/// A column's share of the attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Its name.
    pub column: String,
    /// Its share by each side: of the absolute integrated gradients of the class that the first side
    /// predicts, 1 over all columns.
    pub shares: Vec<Estimate>,
    /// Of each side but the first, whether its share is another one than the first side's.
    pub flagged: Vec<bool>,
}

impl Proxies {
    /// What `grouping`'s column is told from, and where the sides' attention is.
    pub fn of(sides: &[Side<'_>], grouping: &Grouping, settings: &Settings, width: f64) -> Self {
        let mut found = Self {
            together: None,
            majority: majority(&grouping.values),
            columns: Vec::new(),
            moved: Vec::new(),
        };
        let Some(side) = sides.first() else {
            return found;
        };
        let rows = drawn(grouping, settings);
        let mut others = columns(side.features);
        others.retain(|(name, _)| *name != grouping.column);
        if rows.len() >= LEAST && !others.is_empty() {
            found.tell(side, grouping, (&rows, &others), (settings.seed, width));
        }
        found.moved = moved(sides, grouping, &found.columns, width);
        found
    }

    fn tell(
        &mut self,
        side: &Side<'_>,
        grouping: &Grouping,
        (rows, others): (&[usize], &[(String, Vec<usize>)]),
        (seed, width): (u64, f64),
    ) {
        let positions: Vec<usize> = others
            .iter()
            .flat_map(|(_, positions)| positions.clone())
            .collect();
        let x = side
            .x
            .select(Axis(0), rows)
            .select(Axis(1), &positions)
            .mapv(f64::from);
        let problem = Problem::new(x, outcomes(&grouping.values, rows), seed);
        let every: Vec<usize> = (0..positions.len()).collect();
        let shares = problem.shares();
        let mut first = 0;
        for (column, positions) in others {
            let own: Vec<usize> = (first..first + positions.len()).collect();
            first += positions.len();
            self.columns.push(Proxy {
                column: column.clone(),
                alone: Told::new(problem.predict(&own), width),
                share: own.iter().map(|&place| shares[place]).sum(),
            });
        }
        self.columns.sort_by(|a, b| {
            let size = |proxy: &Proxy| proxy.alone.prediction.r2.value;
            size(b).total_cmp(&size(a))
        });
        self.together = Some(Told::new(problem.predict(&every), width));
    }
}

impl Told {
    fn new(prediction: Prediction, width: f64) -> Self {
        let interval = interval(prediction.r2, width);
        Self {
            flagged: excludes_zero(interval) && interval[0] > 0.0,
            prediction,
            interval,
        }
    }
}

/// Rows with a value, as many as are looked at.
fn drawn(grouping: &Grouping, settings: &Settings) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..grouping.of.len())
        .filter(|&row| grouping.of[row].is_some())
        .collect();
    if rows.len() > settings.rows {
        rows.shuffle(&mut stream(settings.seed, Purpose::Evaluation, 1 << 41));
        rows.truncate(settings.rows);
        rows.sort_unstable();
    }
    rows
}

/// The outcomes, `(rows, q)`: a number, or 1 in the column of the category.
fn outcomes(values: &Values, rows: &[usize]) -> Array2<f64> {
    match values {
        Values::Numbers(numbers) => Array2::from_shape_fn((rows.len(), 1), |(place, _)| {
            numbers[rows[place]].unwrap_or(0.0)
        }),
        Values::Categories(names, of) => {
            Array2::from_shape_fn((rows.len(), names.len()), |(place, name)| {
                f64::from(u8::from(of[rows[place]] == Some(name)))
            })
        }
    }
}

fn majority(values: &Values) -> Option<f64> {
    let Values::Categories(names, of) = values else {
        return None;
    };
    let known = of.iter().flatten().count();
    let most = (0..names.len())
        .map(|name| of.iter().filter(|of| **of == Some(name)).count())
        .max()?;
    Some(most as f64 / known as f64)
}

/// The attributions of the grouping's own column and of the others.
fn moved(sides: &[Side<'_>], grouping: &Grouping, others: &[Proxy], width: f64) -> Vec<Moved> {
    let shares: Vec<Vec<(String, Estimate)>> = attributions(sides);
    let names = std::iter::once(&grouping.column).chain(others.iter().map(|proxy| &proxy.column));
    let one = |name: &String| {
        let of = |side: &Vec<(String, Estimate)>| {
            let found = side.iter().find(|(known, _)| known == name);
            found.map(|(_, share)| *share)
        };
        let shares: Vec<Estimate> = shares.iter().map(of).collect::<Option<_>>()?;
        let differs = |share: &Estimate| {
            let change = Estimate {
                value: share.value - shares[0].value,
                error: share.error.hypot(shares[0].error),
            };
            excludes_zero(interval(change, width))
        };
        Some(Moved {
            column: name.clone(),
            flagged: shares.iter().skip(1).map(differs).collect(),
            shares,
        })
    };
    names.filter_map(one).collect()
}

/// Every column's share of the attribution, by each side.
fn attributions(sides: &[Side<'_>]) -> Vec<Vec<(String, Estimate)>> {
    let Some(first) = sides.first() else {
        return Vec::new();
    };
    let (most, many) = ATTRIBUTED;
    let most = if first.features.len() > many {
        most / 5
    } else {
        most
    };
    let rows: Vec<usize> = spread(first.x.nrows(), most);
    let y = first.model.predict(first.x.select(Axis(0), &rows).view());
    let of = |side: &Side<'_>| {
        let samples = Samples {
            x: side.x.select(Axis(0), &rows),
            y: y.clone(),
        };
        let shares = attribution_shares(side.model, &samples, Baseline::Uniform(1));
        let sum = |(name, positions): (String, Vec<usize>)| {
            let own = || positions.iter().map(|&position| shares[position]);
            let share = Estimate {
                value: own().map(|share| share.value).sum(),
                error: own().map(|share| share.error).sum(),
            };
            (name, share)
        };
        columns(side.features).into_iter().map(sum).collect()
    };
    sides.iter().map(of).collect()
}

/// Up to `most` of `n` rows, evenly spread.
fn spread(n: usize, most: usize) -> Vec<usize> {
    let count = n.min(most);
    (0..count).map(|place| place * n / count).collect()
}
