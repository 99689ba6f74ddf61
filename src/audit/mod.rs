//! Who bears the cost of recourse, and what stands in for a feature that is protected.
//!
//! | module | question |
//! |---|---|
//! | [`columns`] | which features belong together? |
//! | [`grouping`] | who belongs together? |
//! | [`burden`] | what does another decision cost each group, and do groups differ? |
//! | [`proxies`] | from which columns can the group be told, and does the model turn to these? |
//!
//! Whatever is said of a difference is said with an interval, and all intervals of an [`Audit`] hold
//! together with the probability [`LEVEL`]: each is as wide as it must be for that (Bonferroni).

pub mod burden;
pub mod columns;
pub mod grouping;
pub mod linear;
pub mod proxies;

use ndarray::ArrayView2;

use crate::{
    counterfactual::{Constraints, Generator, SearchParameters},
    data::{DataError, Feature, Mutability},
    evaluation::estimate::Estimate,
    model::Mlp,
    recourse::Start,
};
use burden::{Burden, Gap, Measure};
use grouping::Grouping;
use proxies::Proxies;

/// Probability with which all intervals of an audit hold together: high, as what a model has learned from
/// few people differs between groups by chance, too.
pub const LEVEL: f64 = 0.999;

/// A model, and what its counterfactuals respect.
pub struct Side<'a> {
    /// Name shown to people.
    pub name: String,
    /// The classifier.
    pub model: &'a Mlp,
    /// The `d` features that it takes.
    pub features: &'a [Feature],
    /// How they may change.
    pub constraints: &'a Constraints,
    /// What makes counterfactuals.
    pub generator: &'a Generator,
    /// How they are searched.
    pub parameters: SearchParameters,
    /// The rows in model units, `(n, d)`, the same rows for every side.
    pub x: ArrayView2<'a, f32>,
    /// A row as a factual on its way to a class.
    pub start: &'a (dyn Fn(usize, usize) -> Start + Sync),
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The class that people wish for.
    pub target: usize,
    /// Most people of a group who are refused and searched for.
    pub most: usize,
    /// Most rows that proxies are looked for in.
    pub rows: usize,
    /// Seed of all draws.
    pub seed: u64,
}

/// What is known of all groupings.
#[derive(Clone, Debug, PartialEq)]
pub struct Audit {
    /// One per grouping, in their order.
    pub findings: Vec<Finding>,
    /// Half the width of every interval, in standard errors.
    pub width: f64,
}

/// What is known of one grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The column.
    pub column: String,
    /// Names of the groups.
    pub groups: Vec<String>,
    /// Position of the group that the others are compared with.
    pub reference: usize,
    /// What recourse costs each group, by each side.
    pub burdens: Vec<Burden>,
    /// Of each side but the first, how its gaps differ from those of the first.
    pub changes: Vec<Vec<Gap>>,
    /// What the group can be told from.
    pub proxies: Proxies,
}

/// Audits the `sides`, the first of which is the one that the others are compared with.
///
/// # Errors
/// [`DataError::Value`] for a relation with a column that there is not.
pub fn audit(
    sides: &[Side<'_>],
    groupings: &[Grouping],
    settings: &Settings,
) -> Result<Audit, DataError> {
    let width = width(statements(sides, groupings));
    let findings = groupings
        .iter()
        .map(|grouping| finding(sides, grouping, settings, width));
    Ok(Audit {
        findings: findings.collect::<Result<_, _>>()?,
        width,
    })
}

/// The columns of `features` that may not change both ways, as `mutability`, `(d,)`, says: first those
/// that may not change at all.
pub fn protected(features: &[Feature], mutability: &[Mutability]) -> Vec<String> {
    let kept = |wanted: fn(Mutability) -> bool| {
        let columns = columns::columns(features).into_iter();
        let held =
            columns.filter(move |(_, positions)| positions.iter().all(|&i| wanted(mutability[i])));
        held.map(|(name, _)| name)
    };
    kept(|mutability| mutability == Mutability::None)
        .chain(kept(|mutability| {
            matches!(mutability, Mutability::Increase | Mutability::Decrease)
        }))
        .collect()
}

fn finding(
    sides: &[Side<'_>],
    grouping: &Grouping,
    settings: &Settings,
    width: f64,
) -> Result<Finding, DataError> {
    let burdens = sides.iter().enumerate().map(|(position, side)| {
        let burden = Burden::of(side, grouping, settings, position)?;
        Ok(burden.judged(grouping.reference, width))
    });
    let burdens: Vec<Burden> = burdens.collect::<Result<_, DataError>>()?;
    let change = |burden: &Burden| burden.changes_from(&burdens[0], width);
    Ok(Finding {
        column: grouping.column.clone(),
        groups: grouping.names.clone(),
        reference: grouping.reference,
        changes: burdens.iter().skip(1).map(change).collect(),
        proxies: Proxies::of(sides, grouping, settings, width),
        burdens,
    })
}

/// How many statements an audit makes at most.
fn statements(sides: &[Side<'_>], groupings: &[Grouping]) -> usize {
    let columns = sides
        .first()
        .map_or(0, |side| columns::columns(side.features).len());
    let tables = 2 * sides.len() - 1;
    let of = |grouping: &Grouping| {
        let gaps = (grouping.names.len().saturating_sub(1)) * Measure::JUDGED.len() * tables;
        gaps + 1 + columns + (columns + 1) * sides.len().saturating_sub(1)
    };
    groupings.iter().map(of).sum()
}

/// Half the width, in standard errors, of intervals of which `statements` hold together with the
/// probability [`LEVEL`].
fn width(statements: usize) -> f64 {
    let tail = (1.0 - LEVEL) / (2.0 * statements.max(1) as f64);
    let outside = |z: f64| 0.5 * libm::erfc(z / std::f64::consts::SQRT_2);
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        match outside(middle) > tail {
            true => low = middle,
            false => high = middle,
        }
    }
    high
}

/// The interval of an estimate, `width` standard errors to either side.
fn interval(estimate: Estimate, width: f64) -> [f64; 2] {
    let reach = width * estimate.error;
    [estimate.value - reach, estimate.value + reach]
}

/// Whether an interval lies on one side of 0.
fn excludes_zero([lower, upper]: [f64; 2]) -> bool {
    lower > 0.0 || upper < 0.0
}
