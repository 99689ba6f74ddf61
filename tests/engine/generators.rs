//! Every generator keeps its promises on data that it was fitted to.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use ctui::{
    counterfactual::{
        Constraints, Counterfactuals, Generator, GeneratorKind, Search, SearchParameters,
        draw_neighbours,
    },
    data::{Dataset, Interval, Mutability},
    model::Mlp,
    recipe::{Controls, Recipe},
    run::train,
    session::Lockstep,
    training::{Objective, Preset},
};
use ndarray::{Array2, Axis};

const SEED: u64 = 3;

fn recipe(kind: GeneratorKind, epochs: usize) -> Recipe {
    let preset = Preset::find("moon").unwrap();
    let mut parameters = preset.parameters();
    parameters.epochs = epochs;
    parameters.samples = 1000;
    parameters.counterfactuals = 600;
    parameters.generator = kind;
    parameters.seed = SEED;
    Recipe::pair(
        preset.source(None).unwrap(),
        Controls {
            parameters,
            mutability: vec![Mutability::Both; 2],
        },
    )
}

/// Moons, and a model that was trained on them a little.
fn moons() -> (Dataset, Mlp) {
    let mut recipe = recipe(GeneratorKind::Generic, 10);
    recipe.each(|controls| controls.parameters.objective = Objective::Vanilla);
    let trained = train(&recipe.only(1), &mut []).unwrap();
    let model = trained.first().model.clone();
    (Arc::unwrap_or_clone(trained.dataset), model)
}

/// The second arm's model, trained by itself.
fn trained(recipe: &Recipe) -> Mlp {
    let trained = train(&recipe.only(1), &mut []).unwrap();
    trained.first().model.clone()
}

/// What a search starts from: test samples, each with the other class as target.
fn starts(dataset: &Dataset) -> (Array2<f32>, Vec<usize>) {
    let targets = dataset.test.y.iter().map(|class| 1 - class).collect();
    (dataset.test.x.clone(), targets)
}

fn searched(generator: &Generator, constraints: &Constraints) -> (Counterfactuals, Array2<f32>) {
    let (dataset, model) = moons();
    let (factuals, targets) = starts(&dataset);
    let parameters = SearchParameters::default();
    let found = Search {
        model: &model,
        generator,
        constraints,
        parameters: &parameters,
    }
    .run(factuals.view(), &targets);
    (found, factuals)
}

fn fitted(kind: GeneratorKind) -> Generator {
    Generator::fit(kind, &moons().0.train, 2, SEED).unwrap()
}

/// The first feature as `mutability` says, both between −0.8 and 1.6.
fn constrained(mutability: Mutability) -> Constraints {
    let domain = Interval {
        lower: -0.8,
        upper: 1.6,
    };
    Constraints {
        mutability: vec![mutability, Mutability::Both],
        domain: vec![domain; 2],
        groups: Vec::new(),
    }
}

#[test]
fn no_generator_breaks_a_constraint() {
    for kind in GeneratorKind::ALL {
        let generator = fitted(kind);
        for mutability in Mutability::ALL {
            let constraints = constrained(mutability);
            let (found, factuals) = searched(&generator, &constraints);
            for ends in [&found.points, &found.nascent] {
                for (factual, end) in factuals.rows().into_iter().zip(ends.rows()) {
                    let (from, to) = (factual.to_vec(), end.to_vec());
                    assert!(
                        !constraints.violated(&from, &to),
                        "{kind:?}: {from:?} to {to:?}"
                    );
                }
            }
            let moved = found.points != factuals;
            assert!(moved, "{kind:?} moves nothing");
        }
    }
}

#[test]
fn every_walk_starts_at_its_factual_and_ends_where_the_search_does() {
    let (dataset, model) = moons();
    let (factuals, targets) = starts(&dataset);
    let constraints = constrained(Mutability::Increase);
    let parameters = SearchParameters::default();
    for kind in GeneratorKind::ALL {
        let generator = fitted(kind);
        let (found, _) = searched(&generator, &constraints);
        let trajectories = Search {
            model: &model,
            generator: &generator,
            constraints: &constraints,
            parameters: &parameters,
        }
        .trajectories(factuals.view(), &targets);
        for (row, trajectory) in trajectories.iter().enumerate() {
            assert_eq!(trajectory.points.row(0), factuals.row(row), "{kind:?}");
            let last = trajectory.points.row(trajectory.points.nrows() - 1);
            assert_eq!(last, found.points.row(row), "{kind:?}");
            assert_eq!(
                trajectory.points.row(trajectory.nascent),
                found.nascent.row(row),
                "{kind:?}"
            );
            assert_eq!(trajectory.outcome, found.outcomes[row], "{kind:?}");
        }
    }
}

#[test]
fn omniscient_equals_the_neighbour() {
    let (dataset, _) = moons();
    let (_, targets) = starts(&dataset);
    let (found, factuals) = searched(&fitted(GeneratorKind::Omniscient), &Constraints::none(2));
    let by_class = dataset.train.rows_by_class(2);
    let neighbours: Vec<usize> = draw_neighbours(&by_class, &targets, SEED, 0)
        .into_iter()
        .flatten()
        .collect();
    assert!((neighbours.iter().zip(&targets)).all(|(&row, &class)| dataset.train.y[row] == class));
    assert_eq!(found.points, dataset.train.x.select(Axis(0), &neighbours));

    let locked = Constraints {
        mutability: vec![Mutability::None, Mutability::Both],
        ..Constraints::none(2)
    };
    let (kept, _) = searched(&fitted(GeneratorKind::Omniscient), &locked);
    assert_eq!(kept.points.column(0), factuals.column(0));
    assert_eq!(kept.points.column(1), found.points.column(1));
}

#[test]
fn with_omniscient_counterfactuals_there_is_no_divergence() {
    for mutability in Mutability::ALL {
        let mut recipe = recipe(GeneratorKind::Omniscient, 3);
        recipe.each(|controls| controls.mutability[0] = mutability);
        let trained = train(&recipe, &mut []).unwrap();
        for report in &trained.arms[1].history {
            assert!(report.loss.divergence.abs() < 1e-6, "{mutability:?}");
            assert_ne!(report.loss.ridge, 0.0);
            assert_eq!(report.violations, 0);
        }
    }
}

#[test]
fn gravity_pulls_towards_the_target_class() {
    let (dataset, _) = moons();
    let (_, targets) = starts(&dataset);
    let distance = |points: &Array2<f32>| {
        let mut sum = 0.0;
        for (point, &target) in points.rows().into_iter().zip(&targets) {
            for (sample, &class) in dataset.train.x.rows().into_iter().zip(&dataset.train.y) {
                if class == target {
                    sum += (&sample - &point).mapv(f32::abs).sum();
                }
            }
        }
        sum
    };
    let (plain, _) = searched(&fitted(GeneratorKind::Generic), &Constraints::none(2));
    let (pulled, _) = searched(&fitted(GeneratorKind::Gravitational), &Constraints::none(2));
    let (plain, pulled) = (distance(&plain.points), distance(&pulled.points));
    assert!(pulled < 0.9 * plain, "{pulled} against {plain}");
}

#[test]
fn wachter_prefers_to_change_what_varies_most() {
    let (mut dataset, model) = moons();
    dataset
        .train
        .x
        .column_mut(1)
        .mapv_inplace(|value| 0.01 * value);
    let weighted = Generator::fit(GeneratorKind::Wachter, &dataset.train, 2, SEED).unwrap();
    let (factuals, targets) = starts(&dataset);
    let parameters = SearchParameters {
        lambda_cost: 0.05,
        ..SearchParameters::default()
    };
    let change = |generator: &Generator| {
        let found = Search {
            model: &model,
            generator,
            constraints: &Constraints::none(2),
            parameters: &parameters,
        }
        .run(factuals.view(), &targets);
        let change = (&found.points - &factuals).mapv(f32::abs);
        change.column(1).sum() / change.sum()
    };
    let (plain, weighted) = (change(&Generator::Generic), change(&weighted));
    assert!(weighted < 0.9 * plain, "{weighted} against {plain}");
}

#[test]
fn no_generator_depends_on_the_number_of_threads() {
    for kind in GeneratorKind::ALL {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| trained(&recipe(kind, 3)))
        };
        assert_eq!(with(1), with(2), "{kind:?}");
    }
}

#[test]
fn a_session_trains_with_every_generator_as_a_run_does() {
    for kind in GeneratorKind::ALL {
        let recipe = recipe(kind, 3);
        let mut run = Lockstep::new(recipe.clone()).unwrap();
        while run.epoch() < 3 {
            run.train_epoch().unwrap();
        }
        assert_eq!(run.generator(1).unwrap().kind(), kind);
        assert_eq!(run.models()[1], &trained(&recipe), "{kind:?}");
    }
}
