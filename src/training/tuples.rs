//! The tuples of one epoch (Alg. 1): factuals drawn, counterfactuals searched, neighbours chosen.

use ndarray::Array2;
use rand::{RngExt, seq::index};
use rayon::prelude::*;

use super::{EpochReport, regime::Epoch};
use crate::{
    counterfactual::{Constraints, Counterfactuals, Search, draw_neighbours},
    data::{Mutability, Samples, rows_at_once, select_rows},
    random::{Purpose, stream},
};

/// `m` tuples, ready for the objective.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tuples {
    /// Real samples of the target class, protected, `(m, d)`.
    pub neighbours: Array2<f32>,
    /// Mature counterfactuals, or the neighbour where the search was exhausted, `(m, d)`.
    pub counterfactuals: Array2<f32>,
    /// Nascent counterfactuals, `(m, d)`.
    pub nascent: Array2<f32>,
    /// Target classes, `(m,)`.
    pub targets: Vec<usize>,
    /// True labels of the factuals, `(m,)`.
    pub factual_labels: Vec<usize>,
}

impl Tuples {
    /// Draws factuals, targets and neighbours for an epoch and searches the counterfactuals;
    /// notes in `report` how that went.
    ///
    /// A target is uniform over the classes other than the one that the model predicts for the
    /// factual; classes without training samples are no targets. `None` if the end is asked for
    /// before all are found.
    pub fn draw(epoch: &Epoch<'_>, report: &mut EpochReport) -> Option<Self> {
        let (factuals, targets) = draw_factuals(epoch);
        let &Epoch {
            model,
            train,
            constraints,
            parameters,
            generator,
            halt,
            ..
        } = epoch;
        let by_class = train.rows_by_class(model.classes());
        let epoch = epoch.number as u64;
        let found = Search {
            model,
            generator: &generator.at_epoch(report.epoch),
            constraints,
            parameters: &parameters.search(),
        }
        .run_unless(halt, factuals.x.view(), &targets)?;
        record(
            report,
            &factuals.x,
            &found,
            constraints,
            parameters.max_steps,
        );
        let neighbours: Vec<usize> = draw_neighbours(&by_class, &targets, parameters.seed, epoch)
            .into_iter()
            .map(Option::unwrap_or_default)
            .collect();
        let mut tuples = Self {
            neighbours: select_rows(&train.x, &neighbours),
            counterfactuals: found.points,
            nascent: found.nascent,
            targets,
            factual_labels: factuals.y,
        };
        let mature: Vec<bool> = found
            .outcomes
            .iter()
            .map(|outcome| outcome.mature)
            .collect();
        tuples.reconcile(&mature, &constraints.mutability);
        Some(tuples)
    }

    /// Puts neighbours in place of exhausted counterfactuals, and protects constrained features of
    /// the others' neighbours.
    fn reconcile(&mut self, mature: &[bool], mutability: &[Mutability]) {
        let (width, at_once) = (mutability.len().max(1), rows_at_once(mutability.len()));
        let slices = (self.neighbours.as_slice_mut()).zip(self.counterfactuals.as_slice_mut());
        let Some((neighbours, counterfactuals)) = slices else {
            return;
        };
        neighbours
            .par_chunks_mut(at_once * width)
            .zip(counterfactuals.par_chunks_mut(at_once * width))
            .zip(mature.par_chunks(at_once))
            .for_each(|((neighbours, counterfactuals), mature)| {
                let rows = neighbours.chunks_exact_mut(width);
                let rows = rows.zip(counterfactuals.chunks_exact_mut(width));
                for ((neighbour, counterfactual), &mature) in rows.zip(mature) {
                    if mature {
                        protect(neighbour, counterfactual, mutability);
                    } else {
                        counterfactual.copy_from_slice(neighbour);
                    }
                }
            });
    }
}

/// Protects the constrained features of a `neighbour`, `(d,)`.
fn protect(neighbour: &mut [f32], counterfactual: &[f32], mutability: &[Mutability]) {
    for ((neighbour, &found), &mutability) in
        neighbour.iter_mut().zip(counterfactual).zip(mutability)
    {
        *neighbour = protected_neighbour(*neighbour, found, mutability);
    }
}

/// The point-mass prior of constrained features: a neighbour's value that the counterfactual could
/// not have moved to is replaced by the counterfactual's, so that it is never penalised.
pub fn protected_neighbour(neighbour: f32, counterfactual: f32, mutability: Mutability) -> f32 {
    match mutability {
        Mutability::Both => neighbour,
        Mutability::Increase => neighbour.max(counterfactual),
        Mutability::Decrease => neighbour.min(counterfactual),
        Mutability::None => counterfactual,
    }
}

/// Factuals of an epoch, drawn without replacement, and their target classes: uniform over the
/// classes other than the one that the model predicts.
pub(super) fn draw_factuals(epoch: &Epoch<'_>) -> (Samples, Vec<usize>) {
    let &Epoch {
        model,
        train,
        parameters,
        ..
    } = epoch;
    let (seed, number) = (parameters.seed, epoch.number as u64);
    let count = parameters.counterfactuals.min(train.len());
    let mut random = stream(seed, Purpose::Factuals, number);
    let rows = index::sample(&mut random, train.len(), count).into_vec();
    let factuals = train.select(&rows);
    let by_class = train.rows_by_class(model.classes());
    let predicted = model.predict(factuals.x.view());
    let targets = draw_targets(&predicted, &by_class, seed, number);
    (factuals, targets)
}

/// A target per prediction: uniform over the other classes that have samples.
fn draw_targets(predicted: &[usize], by_class: &[Vec<usize>], seed: u64, epoch: u64) -> Vec<usize> {
    let mut random = stream(seed, Purpose::Targets, epoch);
    let present: Vec<usize> = (0..by_class.len())
        .filter(|&class| !by_class[class].is_empty())
        .collect();
    predicted
        .iter()
        .map(|&class| {
            let others = present.len() - usize::from(!by_class[class].is_empty());
            let chosen = random.random_range(0..others.max(1));
            let mut candidates = present.iter().filter(|&&other| other != class);
            candidates.nth(chosen).copied().unwrap_or(class)
        })
        .collect()
}

/// Counts how the searches ended.
fn record(
    report: &mut EpochReport,
    factuals: &Array2<f32>,
    found: &Counterfactuals,
    constraints: &Constraints,
    max_steps: usize,
) {
    report.steps_to_maturity = vec![0; max_steps + 1];
    let mut steps = 0;
    for outcome in &found.outcomes {
        steps += outcome.steps;
        if outcome.mature {
            report.mature += 1;
            report.steps_to_maturity[outcome.steps] += 1;
        } else {
            report.exhausted += 1;
            report.exhaustions.extend(outcome.exhaustion);
        }
    }
    report.mean_steps = steps as f32 / found.outcomes.len().max(1) as f32;
    let ends = |row: usize| {
        let [factual, point, nascent] =
            [factuals, &found.points, &found.nascent].map(|array| array.row(row));
        let broken = [&point, &nascent].into_iter().any(|end| {
            let slices = factual.as_slice().zip(end.as_slice());
            slices.is_some_and(|(factual, end)| constraints.violated(factual, end))
        });
        [nascent != factual, broken].map(usize::from)
    };
    let counts = (0..found.outcomes.len())
        .into_par_iter()
        .with_min_len(rows_at_once(factuals.ncols()))
        .map(ends)
        .reduce(
            || [0, 0],
            |one, other| [one[0] + other[0], one[1] + other[1]],
        );
    [report.nascent, report.violations] = counts;
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn constrained_features_of_neighbours_are_protected() {
        assert_eq!(protected_neighbour(1.0, 2.0, Mutability::Both), 1.0);
        assert_eq!(protected_neighbour(1.0, 2.0, Mutability::Increase), 2.0);
        assert_eq!(protected_neighbour(3.0, 2.0, Mutability::Increase), 3.0);
        assert_eq!(protected_neighbour(3.0, 2.0, Mutability::Decrease), 2.0);
        assert_eq!(protected_neighbour(1.0, 2.0, Mutability::None), 2.0);
    }

    #[test]
    fn an_exhausted_counterfactual_contributes_no_divergence() {
        let mut tuples = Tuples {
            neighbours: array![[1.0, 2.0], [3.0, 4.0]],
            counterfactuals: array![[5.0, 6.0], [7.0, 8.0]],
            ..Tuples::default()
        };
        tuples.reconcile(&[false, true], &[Mutability::None, Mutability::Both]);
        assert_eq!(tuples.counterfactuals, array![[1.0, 2.0], [7.0, 8.0]]);
        assert_eq!(tuples.neighbours, array![[1.0, 2.0], [7.0, 4.0]]);
    }

    #[test]
    fn targets_differ_from_predictions_and_cover_the_other_classes() {
        let by_class = vec![vec![0], vec![1], vec![], vec![2]];
        let targets = draw_targets(&[1; 200], &by_class, 5, 1);
        assert!(targets.iter().all(|target| [0, 3].contains(target)));
        let zeros = targets.iter().filter(|&&target| target == 0).count();
        assert!((70..130).contains(&zeros), "{zeros}");
    }
}
