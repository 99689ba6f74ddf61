//! Searches from test samples, as they are shown.

use ndarray::{Array1, Axis};

use super::{Example, Lockstep, Trajectories, View, ways::advisable};
use crate::{
    counterfactual::{
        Categories, Generator, Search, SearchParameters, Trajectory, draw_neighbours,
    },
    data::Samples,
    model::Mlp,
    recourse::{Recourse, Start, Target},
    training::protected_neighbour,
};

/// Most target classes that an inspected sample is searched for.
const TARGETS: usize = 12;

/// Searches from example factuals, the same for every model, and from the selected one.
pub(super) fn search_examples(
    arm: usize,
    model: &Mlp,
    generator: &Generator,
    run: &Lockstep,
    view: &View,
) -> Trajectories {
    let dataset = run.dataset();
    let mut starts = examples(&dataset.test, dataset.classes.len(), view.examples);
    let others = starts.len();
    let selected = view.selected.filter(|row| *row < dataset.test.len());
    let probabilities = selected.map(|row| {
        let row = dataset.test.x.select(Axis(0), &[row]);
        model.probabilities(row.view()).row(0).to_owned()
    });
    let class = |target: Target| Some(target.class(probabilities.as_ref()?.view()));
    starts.extend(every_target(
        &dataset.test,
        dataset.classes.len(),
        selected,
        view.target.and_then(class),
    ));
    let (rows, targets): (Vec<usize>, Vec<usize>) = starts.into_iter().unzip();
    let parameters = SearchParameters {
        categories: Categories::Decoded,
        ..run.applied(arm).controls.parameters.search()
    };
    let found = Search {
        model,
        generator,
        constraints: run.constraints(arm),
        parameters: &parameters,
    }
    .trajectories(dataset.test.x.select(Axis(0), &rows).view(), &targets);
    let neighbours = neighbours(arm, run, &targets, &found);
    let mut examples: Vec<_> = rows
        .into_iter()
        .zip(found)
        .zip(neighbours)
        .map(|((row, trajectory), neighbour)| Example {
            row,
            trajectory,
            neighbour,
            advice: None,
            unlike: None,
        })
        .collect();
    let mut selected = examples.split_off(others);
    advise(arm, model, run, &mut selected);
    Trajectories {
        examples,
        selected,
        opposite: class(Target::Opposite),
    }
}

/// Brings the ends of searches to values that people can have.
fn advise(arm: usize, model: &Mlp, run: &Lockstep, searches: &mut [Example]) {
    let (dataset, threshold) = (run.dataset(), run.threshold(arm));
    let (features, constraints) = (&dataset.features, advisable(run, arm));
    let Ok(recourse) = Recourse::new(model, features, &constraints, threshold) else {
        return;
    };
    for search in searches {
        let Trajectory { target, points, .. } = &search.trajectory;
        let factual = dataset.test.x.row(search.row).to_vec();
        let start = Start::told(features, factual, *target);
        let end = points.rows().into_iter().next_back();
        search.advice = end.map(|end| recourse.snap(&start, &end.to_vec()));
    }
}

/// What training would contrast each mature counterfactual with, drawn and protected as there.
fn neighbours(
    arm: usize,
    run: &Lockstep,
    targets: &[usize],
    trajectories: &[Trajectory],
) -> Vec<Option<Array1<f32>>> {
    let dataset = run.dataset();
    let by_class = dataset.train.rows_by_class(dataset.classes.len());
    let seed = run.recipe().seed();
    let mutability = &run.constraints(arm).mutability;
    let drawn = draw_neighbours(&by_class, targets, seed, run.epoch() as u64 + 1);
    let protect = |(row, trajectory): (Option<usize>, &Trajectory)| {
        let last = trajectory.points.nrows().checked_sub(1)?;
        let found = trajectory.points.row(last);
        let mut neighbour = dataset.train.x.row(row?).to_owned();
        for ((value, &found), &mutability) in neighbour.iter_mut().zip(found).zip(mutability) {
            *value = protected_neighbour(*value, found, mutability);
        }
        trajectory.outcome.mature.then_some(neighbour)
    };
    drawn.into_iter().zip(trajectories).map(protect).collect()
}

/// The selected sample with each class but its own as target, and with the `wanted` one; nothing if
/// there is no such sample.
fn every_target(
    test: &Samples,
    classes: usize,
    selected: Option<usize>,
    wanted: Option<usize>,
) -> impl Iterator<Item = (usize, usize)> {
    let selected = selected.and_then(|row| Some((row, *test.y.get(row)?)));
    selected.into_iter().flat_map(move |(row, label)| {
        let others = move |&target: &usize| target != label && target < TARGETS;
        let targets = (0..classes).filter(move |one| others(one) || Some(*one) == wanted);
        targets.map(move |target| (row, target))
    })
}

/// The first test samples, taken from the classes in turn, each with the next class as target.
fn examples(test: &Samples, classes: usize, count: usize) -> Vec<(usize, usize)> {
    let by_class = test.rows_by_class(classes);
    let longest = by_class.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|place| {
            by_class
                .iter()
                .enumerate()
                .map(move |(class, rows)| (class, rows.get(place)))
        })
        .filter_map(|(class, row)| row.map(|&row| (row, (class + 1) % classes)))
        .take(count)
        .collect()
}
