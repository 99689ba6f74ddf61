//! Why searches are exhausted: made so on purpose, on a model whose surface is known.

#![allow(clippy::unwrap_used)]

use ctui::{
    counterfactual::{Constraints, Exhaustion, Exhaustions, Generator, Search, SearchParameters},
    data::{Interval, Mutability},
    model::{Architecture, Engine, Mlp},
};
use ndarray::{Array2, array};

/// A linear model of two features: the second class where `slope · x1` is large.
fn model(slope: f32) -> Mlp {
    let architecture = Architecture {
        inputs: 2,
        hidden: Vec::new(),
        outputs: 2,
    };
    Mlp::from_parameters(architecture, vec![0.0, 0.0, slope, 0.0, 0.0, 0.0]).unwrap()
}

fn parameters(engine: Engine) -> SearchParameters {
    SearchParameters {
        max_steps: 20,
        decision_threshold: 0.99,
        step_size: 0.1,
        lambda_cost: 0.0,
        engine,
        ..SearchParameters::default()
    }
}

/// Why searches of the second class from x1 = −2 fail.
fn reasons(
    model: &Mlp,
    edit: impl Fn(&mut Constraints, &mut SearchParameters),
) -> Vec<Option<Exhaustion>> {
    let engines = [Engine::Kernel, Engine::Dfdx];
    let found = engines.map(|engine| {
        let (mut constraints, mut parameters) = (Constraints::none(2), parameters(engine));
        edit(&mut constraints, &mut parameters);
        let search = Search {
            model,
            generator: &Generator::Generic,
            constraints: &constraints,
            parameters: &parameters,
        };
        let factuals: Array2<f32> = array![[-2.0, 0.0], [-1.9, 1.0], [-2.1, -1.0]];
        let found = search.run(factuals.view(), &[1; 3]);
        let kept = search.trajectories(factuals.view(), &[1; 3]);
        let reasons: Vec<_> = found.outcomes.iter().map(|one| one.exhaustion).collect();
        let slowly: Vec<_> = kept.iter().map(|one| one.outcome.exhaustion).collect();
        assert_eq!(reasons, slowly);
        reasons
    });
    assert_eq!(found[0], found[1]);
    found.into_iter().next().unwrap()
}

#[test]
fn each_cause_is_told_from_the_others() {
    let model = model(2.0);
    let rising = reasons(&model, |_, _| {});
    assert_eq!(rising, [Some(Exhaustion::Rising); 3]);
    let edge = reasons(&model, |constraints, _| {
        constraints.domain[0] = Interval {
            lower: -3.0,
            upper: -1.5,
        };
    });
    assert_eq!(edge, [Some(Exhaustion::Edge); 3]);
    for mutability in [Mutability::None, Mutability::Decrease] {
        let lock = reasons(&model, |constraints, _| {
            constraints.mutability[0] = mutability;
        });
        assert_eq!(lock, [Some(Exhaustion::Lock); 3], "{mutability:?}");
    }
    let stuck = reasons(&model, |_, parameters| {
        (parameters.lambda_cost, parameters.max_steps) = (50.0, 21);
        parameters.step_size = 1e-9;
    });
    assert_eq!(stuck, [Some(Exhaustion::Stuck); 3]);
    let arrived = reasons(&model, |_, parameters| parameters.max_steps = 500);
    assert_eq!(arrived, [None; 3]);
}

#[test]
fn steps_that_are_too_large_overshoot() {
    let model = model(2.0);
    let found = reasons(&model, |_, parameters| {
        (parameters.lambda_cost, parameters.step_size) = (10.0, 0.3);
    });
    assert_eq!(found, [Some(Exhaustion::Overshooting); 3]);
}

#[test]
fn reasons_add_up() {
    let reasons = [Exhaustion::Edge, Exhaustion::Edge, Exhaustion::Rising];
    let counted: Exhaustions = reasons.into_iter().collect();
    let all: usize = Exhaustion::ALL.iter().map(|one| counted.of(*one)).sum();
    assert_eq!((all, counted.foremost()), (3, Some(Exhaustion::Edge)));
    let json = serde_json::to_string(&counted).unwrap();
    assert!(
        json.contains(r#""edge":2"#) && json.contains(r#""lock":0"#),
        "{json}"
    );
}
