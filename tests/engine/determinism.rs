//! The same recipe gives the same weights, bit for bit.

#![allow(clippy::unwrap_used)]

use std::{sync::Arc, time::Duration};

use ctui::{
    counterfactual::{Constraints, Generator},
    data::{Dataset, Feature, Mutability, Samples},
    model::Engine,
    random::{Purpose, stream},
    recipe::{Change, Controls, Recipe},
    run::train,
    session::{Command, Lockstep, Session, Snapshot, Status, View},
    training::{HyperParameters, Objective, Preset, Trainer},
};
use ndarray::Array2;
use rand::RngExt;

const PATIENCE: Duration = Duration::from_secs(60);

fn recipe(preset: &str, epochs: usize) -> Recipe {
    let preset = Preset::find(preset).unwrap();
    let mut parameters = preset.parameters();
    parameters.epochs = epochs;
    parameters.samples = 1000;
    parameters.counterfactuals = 700;
    Recipe::pair(
        preset.source(None).unwrap(),
        Controls {
            parameters,
            mutability: vec![Mutability::Both; 2],
        },
    )
}

/// Both arms' weights after training the recipe without a thread.
fn trained(recipe: Recipe) -> [Vec<f32>; 2] {
    let epochs = recipe.epochs();
    let mut run = Lockstep::new(recipe).unwrap();
    while run.epoch() < epochs {
        run.train_epoch().unwrap();
    }
    parameters(&run)
}

/// The weights of all arms.
fn parameters(run: &Lockstep) -> [Vec<f32>; 2] {
    let models = run.models();
    [0, 1].map(|arm: usize| models[arm].parameters.clone())
}

/// Both arms' weights in a snapshot.
fn weights(snapshot: &Snapshot) -> [Vec<f32>; 2] {
    [0, 1].map(|arm: usize| snapshot.arms[arm].model.parameters.clone())
}

/// The first snapshot that satisfies `condition`.
fn wait_for(session: &Session, condition: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    loop {
        let snapshot = session.snapshots().recv_timeout(PATIENCE).unwrap();
        if condition(&snapshot) {
            return snapshot;
        }
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| trained(recipe("circ", 4)))
    };
    assert_eq!(with(1), with(2));
}

/// Weights after training on many features, some of them constrained, so that every part of an
/// epoch is split.
fn trained_on_wide_data() -> Vec<f32> {
    let (n, d, k) = (1500, 300, 4);
    let mut random = stream(3, Purpose::Data, 0);
    let y: Vec<usize> = (0..n).map(|row| row % k).collect();
    let x = Array2::from_shape_fn((n, d), |(row, feature)| {
        let signal = if feature % k == y[row] { 0.3 } else { 0.0 };
        signal + random.random_range(-1.0_f32..1.0)
    });
    let train = Samples { x, y };
    let dataset = Dataset {
        name: "wide".into(),
        features: (0..d).map(|d| Feature::numeric(format!("x{d}"))).collect(),
        classes: (0..k).map(|class| class.to_string()).collect(),
        test: train.select(&[0]),
        train,
    };
    let parameters = HyperParameters {
        batch_size: 700,
        decision_threshold: 0.4,
        ..HyperParameters::default()
    };
    let mutability: Vec<Mutability> = Mutability::ALL.repeat(d / 4);
    let constraints = Constraints::on(&dataset, &mutability, 2.0);
    let mut trainer = Trainer::new(&dataset, &parameters).unwrap();
    for _ in 0..3 {
        let generator = Generator::Eccco;
        let report = trainer.train_epoch(&dataset, &constraints, &parameters, &generator);
        let report = report.unwrap();
        assert!(report.mature > 100 && report.exhausted > 100, "{report:?}");
    }
    trainer.model().parameters.clone()
}

#[test]
fn the_number_of_threads_does_not_matter_for_wide_data() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(trained_on_wide_data)
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(3));
}

#[test]
fn both_arms_start_with_the_same_weights() {
    let run = Lockstep::new(recipe("moon", 1)).unwrap();
    let [baseline, counterfactual] = parameters(&run);
    assert_eq!(baseline, counterfactual);
}

#[test]
fn a_vanilla_second_arm_stays_equal_to_the_baseline() {
    let mut recipe = recipe("moon", 3);
    recipe.each(|controls| controls.parameters.objective = Objective::Vanilla);
    let [baseline, other] = trained(recipe);
    assert_eq!(baseline, other);
}

#[test]
fn a_session_gives_the_weights_of_a_run_without_one() {
    let recipe = recipe("moon", 12);
    let session = Session::spawn(recipe.clone()).unwrap();
    session.send(Command::Look(View {
        rate: 1000.0,
        resolution: (20, 10),
        ..View::default()
    }));
    session.send(Command::Delay(1));
    session.send(Command::Run);
    let last = wait_for(&session, |snapshot| snapshot.status == Status::Finished);
    assert_eq!(last.epoch, 12);
    assert_eq!(weights(&last), trained(recipe.clone()));
    assert_eq!(
        weights(&last)[1],
        train(&recipe.only(1), &mut [])
            .unwrap()
            .first()
            .model
            .parameters
    );
}

#[test]
fn a_live_change_is_recorded_and_replays() {
    let session = Session::spawn(recipe("circ", 10)).unwrap();
    for _ in 0..3 {
        session.send(Command::StepEpoch);
    }
    let before = wait_for(&session, |snapshot| snapshot.epoch == 3);
    let mut controls = before.arms[1].controls().clone();
    controls.parameters.lambda_div = 2.0;
    controls.mutability[0] = Mutability::None;
    session.send(Command::Set(vec![("CT".into(), controls.clone())]));
    let echo = wait_for(&session, |snapshot| {
        snapshot.arms[1].controls() == &controls
    });
    assert_eq!((echo.epoch, echo.arms[1].applied.epoch), (3, 4));
    assert_eq!(
        weights(&echo),
        weights(&before),
        "a change resets no weights"
    );
    session.send(Command::Run);
    let last = wait_for(&session, |snapshot| snapshot.status == Status::Finished);

    let recorded = (*last.recipe).clone();
    assert_eq!(recorded.arms[1].changes.len(), 1);
    assert_eq!(trained(recorded.clone()), weights(&last));
    let text = serde_json::to_string(&recorded).unwrap();
    assert_eq!(serde_json::from_str::<Recipe>(&text).unwrap(), recorded);

    let unchanged = trained(recipe("circ", 10));
    assert_eq!(unchanged[0], weights(&last)[0], "the baseline is untouched");
    assert_ne!(unchanged[1], weights(&last)[1], "the other arm is not");
}

#[test]
fn going_back_and_on_gives_the_same_weights_again() {
    let mut run = Lockstep::new(recipe("moon", 8)).unwrap();
    for _ in 0..8 {
        run.train_epoch().unwrap();
    }
    let last = parameters(&run);
    run.go_to(3).unwrap();
    assert_eq!((run.epoch(), run.newest_epoch()), (3, 8));
    run.go_to(8).unwrap();
    assert_eq!(parameters(&run), last);
    run.go_to(2).unwrap();
    for _ in 0..6 {
        run.train_epoch().unwrap();
    }
    assert_eq!(run.newest_epoch(), 8);
    assert_eq!(parameters(&run), last);
}

#[test]
fn a_change_after_going_back_replaces_what_came_after() {
    let mut run = Lockstep::new(recipe("moon", 8)).unwrap();
    for _ in 0..3 {
        run.train_epoch().unwrap();
    }
    let mut controls = run.applied(1).controls.clone();
    controls.parameters.lambda_adv = 1.0;
    run.change(1, &controls).unwrap();
    for _ in 0..3 {
        run.train_epoch().unwrap();
    }
    run.go_to(2).unwrap();
    assert_eq!(run.applied(1).controls.parameters.lambda_adv, 0.25);
    controls.parameters.lambda_adv = 3.0;
    run.change(1, &controls).unwrap();
    while run.epoch() < 8 {
        run.train_epoch().unwrap();
    }
    let epochs: Vec<usize> = run.recipe().arms[1]
        .changes
        .iter()
        .map(|change| change.epoch)
        .collect();
    assert_eq!(epochs, [3]);
    assert_eq!(trained(run.recipe().clone()), parameters(&run));
}

#[test]
fn a_change_at_the_newest_epoch_outlasts_going_back_and_forth() {
    let mut run = Lockstep::new(recipe("moon", 8)).unwrap();
    for _ in 0..3 {
        run.train_epoch().unwrap();
    }
    let mut controls = run.applied(1).controls.clone();
    controls.parameters.lambda_adv = 1.0;
    run.change(1, &controls).unwrap();
    run.go_to(1).unwrap();
    assert_eq!(run.applied(1).controls.parameters.lambda_adv, 0.25);
    run.go_to(3).unwrap();
    assert_eq!(run.applied(1).controls.parameters.lambda_adv, 1.0);
    while run.epoch() < 8 {
        run.train_epoch().unwrap();
    }
    assert_eq!(trained(run.recipe().clone()), parameters(&run));
}

#[test]
fn epochs_whose_weights_were_dropped_are_trained_again_with_all_that_is_shown_of_them() {
    let mut recipe = recipe("moon", 1500);
    recipe.each(|controls| {
        controls.parameters.samples = 40;
        controls.parameters.counterfactuals = 4;
    });
    let mut run = Lockstep::new(recipe).unwrap();
    let mut seen = Vec::new();
    for _ in 0..1500 {
        let reports = run.train_epoch().unwrap();
        seen.push((reports, parameters(&run)));
    }
    for epoch in [1499, 700, 701, 1, 1500] {
        run.go_to(epoch).unwrap();
        let (reports, models) = &seen[epoch - 1];
        assert_eq!(&run.reports(), reports, "epoch {epoch}");
        assert_eq!(&parameters(&run), models);
        assert!(!run.reports()[1].steps_to_maturity.is_empty());
    }
}

#[test]
fn parameters_that_need_a_restart_wait_for_it() {
    let mut run = Lockstep::new(recipe("moon", 8)).unwrap();
    let mut controls = run.applied(1).controls.clone();
    controls.parameters.hidden_units = 64;
    controls.parameters.seed = 99;
    controls.parameters.lambda_reg = 0.7;
    run.change(1, &controls).unwrap();
    let applied = &run.applied(1).controls.parameters;
    assert_eq!(
        (applied.hidden_units, applied.seed, applied.lambda_reg),
        (32, 1, 0.7)
    );
}

#[test]
fn both_engines_train_the_same_models_up_to_rounding() {
    let with = |engine| {
        let mut recipe = recipe("moon", 2);
        recipe.each(|controls| controls.parameters.engine = engine);
        trained(recipe)
    };
    let (ours, theirs) = (with(Engine::Kernel), with(Engine::Dfdx));
    for (ours, theirs) in ours.iter().flatten().zip(theirs.iter().flatten()) {
        assert!((ours - theirs).abs() < 5e-3, "{ours} {theirs}");
    }
}

#[test]
fn a_run_can_change_its_engine() {
    let mut recipe = recipe("ls", 4);
    let kernel = trained(recipe.clone());
    for arm in &mut recipe.arms {
        let mut controls = arm.controls.clone();
        controls.parameters.engine = Engine::Dfdx;
        arm.changes.push(Change { epoch: 3, controls });
    }
    let mixed = trained(recipe);
    assert_ne!(kernel, mixed);
    for (kernel, mixed) in kernel.iter().flatten().zip(mixed.iter().flatten()) {
        assert!((kernel - mixed).abs() < 5e-3, "{kernel} {mixed}");
    }
}
