//! Locked, rising and falling features and one-hot groups hold for tables, through search and
//! decoding, whatever the generator.

#![allow(clippy::unwrap_used)]

use std::sync::{Arc, LazyLock};

use ctui::{
    counterfactual::{Categories, Constraints, Generator, GeneratorKind, Search, SearchParameters},
    data::{Dataset, Kind, Mutability, Source},
    evaluation::rounds::{Evaluation, Protocol},
    model::Mlp,
    recipe::{Controls, Recipe},
    run::train,
    training::HyperParameters,
};
use ndarray::ArrayView1;
use proptest::prelude::*;

/// A table with numbers, categories, and directional features, and a model of it.
fn table() -> (Dataset, Mlp) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let source = Source::file(&folder.join("loan-approval.csv"), None);
    let parameters = HyperParameters {
        epochs: 15,
        counterfactuals: 200,
        batch_size: 100,
        ..HyperParameters::default()
    };
    let controls = Controls {
        parameters,
        mutability: Vec::new(),
    };
    let recipe = Recipe::pair(source, controls);
    let trained = train(&recipe.only(1), &mut []).unwrap();
    let model = trained.first().model.clone();
    (Arc::unwrap_or_clone(trained.dataset), model)
}

/// Whether every one-hot group of `point` is in one category.
fn is_decoded(constraints: &Constraints, point: ArrayView1<'_, f32>) -> bool {
    let in_one = |values: Vec<f32>| {
        let ones = values.iter().filter(|&&value| value == 1.0).count();
        ones == 1 && values.iter().all(|&value| value == 0.0 || value == 1.0)
    };
    let mut groups = constraints.groups.iter();
    groups.all(|group| in_one(group.clone().map(|feature| point[feature]).collect()))
}

fn parameters() -> SearchParameters {
    SearchParameters {
        max_steps: 50,
        step_size: 10.0,
        categories: Categories::Decoded,
        ..SearchParameters::default()
    }
}

/// The schema's constraints, with every member of the first group locked if `locked`.
fn constraints(dataset: &Dataset, locked: bool) -> Constraints {
    let mut constraints = Constraints::on(dataset, &[], 2.0);
    if locked {
        let group = constraints.groups[0].clone();
        constraints.mutability[group].fill(Mutability::None);
    }
    constraints
}

#[test]
fn constraints_hold_through_search_and_decoding() {
    let (dataset, model) = table();
    let factuals = dataset.test.x.view();
    let targets: Vec<usize> = dataset.test.y.iter().map(|class| 1 - class).collect();
    let own: Vec<Mutability> = dataset.features.iter().map(|f| f.mutability).collect();
    assert!(own.contains(&Mutability::Increase) || own.contains(&Mutability::Decrease));
    for kind in GeneratorKind::ALL {
        let generator = Generator::fit(kind, &dataset.train, 2, 1).unwrap();
        for locked in [false, true] {
            let constraints = constraints(&dataset, locked);
            let groups = &constraints.groups;
            assert!(groups.len() > 1);
            let search = Search {
                model: &model,
                generator: &generator,
                constraints: &constraints,
                parameters: &parameters(),
            };
            let found = search.run(factuals, &targets);
            let mut changes = vec![0; groups.len()];
            for ends in [&found.points, &found.nascent] {
                for (from, to) in factuals.rows().into_iter().zip(ends.rows()) {
                    let (from, to) = (from.to_vec(), to.to_vec());
                    assert!(!constraints.violated(&from, &to), "{kind:?}");
                    for (group, changes) in groups.iter().zip(&mut changes) {
                        let mut values = to[group.clone()].to_vec();
                        *changes += usize::from(values != from[group.clone()]);
                        values.sort_by(f32::total_cmp);
                        assert_eq!(values.pop(), Some(1.0), "{kind:?} half-changes a group");
                        assert!(values.iter().all(|&value| value == 0.0));
                    }
                }
            }
            assert!(
                !locked || changes[0] == 0,
                "{kind:?} changes a locked group"
            );
            assert!(
                changes[1..].iter().any(|&count| count > 0),
                "{kind:?} changes no group"
            );
            let probabilities = model.probabilities(found.points.view());
            for (row, outcome) in found.outcomes.iter().enumerate() {
                let probability = probabilities[[row, targets[row]]];
                assert!((probability - outcome.probability).abs() < 1e-4);
                assert_eq!(
                    outcome.mature,
                    outcome.probability >= parameters().decision_threshold
                );
            }
        }
    }
}

#[test]
fn trajectories_are_decoded_in_every_step() {
    let (dataset, model) = table();
    let constraints = constraints(&dataset, false);
    let few = dataset.test.select(&(0..40).collect::<Vec<_>>());
    let targets: Vec<usize> = few.y.iter().map(|class| 1 - class).collect();
    for kind in GeneratorKind::ALL {
        let generator = Generator::fit(kind, &dataset.train, 2, 1).unwrap();
        let x = few.x.view();
        let search = Search {
            model: &model,
            generator: &generator,
            constraints: &constraints,
            parameters: &parameters(),
        };
        let found = search.run(x, &targets);
        let trajectories = search.trajectories(x, &targets);
        for (row, trajectory) in trajectories.iter().enumerate() {
            let last = trajectory.points.nrows() - 1;
            assert_eq!(
                trajectory.points.row(last),
                found.points.row(row),
                "{kind:?}"
            );
            assert_eq!(trajectory.outcome, found.outcomes[row], "{kind:?}");
            for (step, point) in trajectory.points.rows().into_iter().enumerate() {
                assert!(is_decoded(&constraints, point), "{kind:?} step {step}");
            }
        }
    }
}

#[test]
fn an_evaluation_measures_decoded_counterfactuals_unless_asked_for_relaxed_ones() {
    let (dataset, model) = table();
    let categorical = |constraints: &mut Constraints| {
        for (feature, mutability) in dataset.features.iter().zip(&mut constraints.mutability) {
            if !matches!(feature.kind, Kind::Category { .. }) {
                *mutability = Mutability::None;
            }
        }
    };
    let mut protocol = Protocol {
        rounds: 4,
        ..Protocol::paper(50, 1)
    };
    protocol.search.step_size = 10.0;
    let mut constraints = constraints(&dataset, false);
    categorical(&mut constraints);
    let costs = |relaxed_categories: bool| -> Vec<f64> {
        let mut protocol = protocol.clone();
        if relaxed_categories {
            protocol.search.categories = Categories::Relaxed;
        }
        let evaluation = Evaluation::new(&model, &dataset.test, &constraints, &protocol).unwrap();
        let rounds: Vec<_> = (0..5)
            .flat_map(|weight| evaluation.rounds(weight))
            .collect();
        let costs = rounds
            .iter()
            .map(|round| round.cost * 50.0 * round.validity);
        costs.filter(|cost| cost.is_finite()).collect()
    };
    let whole =
        |cost: &f64| (cost - cost.round()).abs() < 1e-3 && (cost.round() as u64).is_multiple_of(2);
    let decoded = costs(false);
    assert!(decoded.iter().any(|&cost| cost > 0.0));
    assert!(
        decoded.iter().all(whole),
        "a changed category costs 2: {decoded:?}"
    );
    assert!(!costs(true).iter().all(whole));
}

static TABLE: LazyLock<(Dataset, Mlp)> = LazyLock::new(table);

/// All generators that search, fitted to the table.
static GENERATORS: LazyLock<Vec<Generator>> = LazyLock::new(|| {
    let kinds = GeneratorKind::ALL.into_iter();
    let searching = kinds.filter(|kind| *kind != GeneratorKind::Omniscient);
    searching
        .map(|kind| Generator::fit(kind, &TABLE.0.train, 2, 1).unwrap())
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What the rule to stop sees is the decoded point: a search is mature exactly if the point that
    /// it ends at is there, and one that is not has taken all of its steps.
    #[test]
    fn searches_are_exhausted_only_after_all_steps(
        threshold in 0.5_f32..0.999,
        step_size in 0.05_f32..3.0,
        max_steps in 1_usize..20,
        lambda_egy in 0.0_f32..10.0,
        generator in 0..GeneratorKind::ALL.len() - 1,
        locked in any::<bool>(),
    ) {
        let (dataset, model) = &*TABLE;
        let few = dataset.test.select(&(0..33).collect::<Vec<_>>());
        let targets: Vec<usize> = few.y.iter().map(|class| 1 - class).collect();
        let constraints = constraints(dataset, locked);
        let parameters = SearchParameters {
            max_steps,
            decision_threshold: threshold,
            step_size,
            lambda_egy,
            ..parameters()
        };
        let found = Search {
            model,
            generator: &GENERATORS[generator],
            constraints: &constraints,
            parameters: &parameters,
        }
        .run(few.x.view(), &targets);
        let probabilities = model.probabilities(found.points.view());
        for (row, outcome) in found.outcomes.iter().enumerate() {
            prop_assert!(outcome.mature || outcome.steps == max_steps, "{outcome:?}");
            prop_assert_eq!(outcome.mature, outcome.probability >= threshold);
            prop_assert!((probabilities[[row, targets[row]]] - outcome.probability).abs() < 1e-4);
            prop_assert!(is_decoded(&constraints, found.points.row(row)));
            prop_assert!(is_decoded(&constraints, found.nascent.row(row)));
        }
    }
}
