//! What must hold for any model, any points and any constraints.

#![allow(clippy::unwrap_used)]

use ctui::{
    counterfactual::{Constraints, Counterfactuals, Generator, Search, SearchParameters},
    data::{Interval, Mutability},
    model::{Architecture, Engine, Mlp},
    random::{Purpose, stream},
};
use ndarray::Array2;
use proptest::prelude::*;
use rand::RngExt;

/// A search with everything random that a user could choose.
#[derive(Debug)]
struct Situation {
    model: Mlp,
    factuals: Array2<f32>,
    targets: Vec<usize>,
    constraints: Constraints,
    generator: Generator,
    parameters: SearchParameters,
}

impl Situation {
    fn search(&self) -> Search<'_> {
        Search {
            model: &self.model,
            generator: &self.generator,
            constraints: &self.constraints,
            parameters: &self.parameters,
        }
    }

    fn found(&self) -> Counterfactuals {
        self.search().run(self.factuals.view(), &self.targets)
    }
}

fn situation(seed: u64, d: usize, k: usize, hidden: Vec<usize>, n: usize, gain: f32) -> Situation {
    let mut random = stream(seed, Purpose::Data, 0);
    let architecture = Architecture {
        inputs: d,
        hidden,
        outputs: k,
    };
    let mut model = Mlp::glorot(architecture, &mut random);
    model
        .parameters
        .iter_mut()
        .for_each(|weight| *weight *= gain);
    let domain = (0..d)
        .map(|_| Interval {
            lower: random.random_range(-2.0..0.0),
            upper: random.random_range(0.0..2.0),
        })
        .collect();
    Situation {
        factuals: Array2::from_shape_fn((n, d), |_| random.random_range(-3.0..3.0)),
        targets: (0..n).map(|_| random.random_range(0..k)).collect(),
        constraints: Constraints {
            mutability: (0..d)
                .map(|_| Mutability::ALL[random.random_range(0..4)])
                .collect(),
            domain,
            groups: Vec::new(),
        },
        generator: [Generator::Generic, Generator::Eccco][random.random_range(0..2)].clone(),
        parameters: SearchParameters {
            max_steps: random.random_range(1..40),
            decision_threshold: random.random_range(0.3..0.99),
            step_size: random.random_range(0.01..5.0),
            ..SearchParameters::default()
        },
        model,
    }
}

fn situations() -> impl Strategy<Value = Situation> {
    let shapes = (
        any::<u64>(),
        1..7_usize,
        2..5_usize,
        prop::collection::vec(1..20_usize, 0..3),
    );
    (shapes, 1..40_usize, 0.1..20.0_f32)
        .prop_map(|((seed, d, k, hidden), n, gain)| situation(seed, d, k, hidden, n, gain))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_constraint_is_ever_broken(situation in situations()) {
        let found = situation.found();
        for ends in [&found.points, &found.nascent] {
            for (factual, end) in situation.factuals.rows().into_iter().zip(ends.rows()) {
                for (feature, (&from, &to)) in factual.iter().zip(end).enumerate() {
                    let domain = situation.constraints.domain[feature];
                    match situation.constraints.mutability[feature] {
                        Mutability::None => prop_assert_eq!(from.to_bits(), to.to_bits()),
                        Mutability::Increase => prop_assert!(to >= from),
                        Mutability::Decrease => prop_assert!(to <= from),
                        Mutability::Both => {}
                    }
                    prop_assert!(domain.contains(to) || !domain.contains(from));
                }
            }
        }
    }

    #[test]
    fn outcomes_are_what_they_say(situation in situations()) {
        let found = situation.found();
        let probabilities = situation.model.probabilities(found.points.view());
        for (row, outcome) in found.outcomes.iter().enumerate() {
            let probability = probabilities[[row, situation.targets[row]]];
            prop_assert!((probability - outcome.probability).abs() < 1e-4);
            prop_assert_eq!(outcome.mature, outcome.probability >= situation.parameters.decision_threshold);
            prop_assert!(outcome.mature || outcome.steps == situation.parameters.max_steps);
            if outcome.steps == 0 {
                prop_assert_eq!(found.points.row(row), situation.factuals.row(row));
            }
        }
    }

    #[test]
    fn nascent_counterfactuals_are_close_to_their_factuals(situation in situations()) {
        let found = situation.found();
        for (factual, nascent) in situation.factuals.rows().into_iter().zip(found.nascent.rows()) {
            let distance = factual.iter().zip(nascent).fold(0.0_f32, |max, (a, b)| max.max((a - b).abs()));
            prop_assert!(distance <= situation.parameters.epsilon);
        }
    }

    #[test]
    fn a_walk_ends_where_the_search_by_the_same_engine_ends(
        mut situation in situations(),
        engine in prop::sample::select(&Engine::ALL[..]),
    ) {
        situation.parameters.engine = engine;
        let found = situation.found();
        let trajectories = situation.search().trajectories(situation.factuals.view(), &situation.targets);
        for (row, trajectory) in trajectories.iter().enumerate() {
            prop_assert_eq!(trajectory.points.row(0), situation.factuals.row(row));
            prop_assert_eq!(trajectory.points.row(trajectory.outcome.steps), found.points.row(row));
            prop_assert_eq!(trajectory.points.row(trajectory.nascent), found.nascent.row(row));
            prop_assert_eq!(trajectory.probabilities.len(), trajectory.outcome.steps + 1);
            prop_assert_eq!(trajectory.outcome, found.outcomes[row]);
        }
    }
}

#[test]
fn no_points_are_no_problem() {
    let situation = situation(1, 2, 2, vec![4], 0, 1.0);
    assert!(situation.found().outcomes.is_empty());
}

#[test]
fn a_model_that_is_not_finite_moves_nothing_and_matures_nothing() {
    let mut situation = situation(1, 2, 2, vec![4], 10, 1.0);
    situation.model.parameters.fill(f32::NAN);
    let found = situation.found();
    assert!(found.outcomes.iter().all(|outcome| !outcome.mature));
    assert_eq!(found.nascent, situation.factuals);
}
