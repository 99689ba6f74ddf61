//! What holds of arms side by side: none touches another, and a fork goes on as its parent would.

#![allow(clippy::unwrap_used)]

use ctui::{
    data::Mutability,
    random::{Purpose, stream},
    recipe::{Arm, Controls, Recipe, arms},
    run::train,
    session::{Lockstep, SessionError, Stroke},
    training::{HyperParameters, Objective, Preset},
};
use proptest::prelude::*;
use rand::RngExt;

/// Steps of random actions; more with `CTUI_STEPS`.
const STEPS: usize = 3000;

fn recipe(list: &str, seed: u64) -> Recipe {
    recipe_on("moon", list, seed)
}

/// A small run on the data set of a preset.
fn recipe_on(preset: &str, list: &str, seed: u64) -> Recipe {
    let preset = Preset::find(preset).unwrap();
    let parameters = HyperParameters {
        samples: 120,
        counterfactuals: 20,
        epochs: 8,
        max_steps: 10,
        hidden_units: 6,
        seed,
        ..preset.parameters()
    };
    Recipe {
        source: preset.source(None).unwrap(),
        drawing: Default::default(),
        arms: arms(list, &Controls::new(parameters)).unwrap(),
    }
}

fn weights(run: &Lockstep) -> Vec<Vec<f32>> {
    let models = run.models().into_iter();
    models.map(|model| model.parameters.clone()).collect()
}

/// The weights of all arms after so many epochs more.
fn after(run: &mut Lockstep, epochs: usize) -> Vec<Vec<f32>> {
    for _ in 0..epochs {
        run.train_epoch().unwrap();
    }
    weights(run)
}

/// Controls with another λ_div, learning rate and lock.
fn varied(run: &Lockstep, arm: usize, by: f64) -> Controls {
    let mut controls = run.applied(arm).controls.clone();
    controls.parameters.lambda_div = by;
    controls.parameters.learning_rate = 0.001 * (1.0 + by);
    controls.mutability[0] = Mutability::None;
    controls
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_change_leaves_the_other_arms_bits_alone(
        arm in 0..4_usize, before in 0..4_usize, back in 0..4_usize, seed in 0..9_u64,
    ) {
        let list = "BL,CT,AR,CD";
        let mut plain = Lockstep::new(recipe(list, seed)).unwrap();
        let mut changed = Lockstep::new(recipe(list, seed)).unwrap();
        after(&mut plain, before);
        after(&mut changed, before);
        let there = before.saturating_sub(back);
        plain.go_to(there).unwrap();
        changed.go_to(there).unwrap();
        let wanted = varied(&changed, arm, 2.0);
        changed.change(arm, &wanted).unwrap();
        let (plain, changed) = (after(&mut plain, 3), after(&mut changed, 3));
        for other in 0..4 {
            prop_assert_eq!(plain[other] == changed[other], other != arm, "arm {}", other);
        }
    }

    #[test]
    fn changes_after_the_epoch_gone_back_to_are_made_again_in_the_other_arms(
        at in 1..4_usize, there in 0..3_usize, seed in 0..9_u64,
    ) {
        let mut run = Lockstep::new(recipe("CT,CD", seed)).unwrap();
        after(&mut run, at);
        let wanted = varied(&run, 1, 1.5);
        run.change(1, &wanted).unwrap();
        let plain = after(&mut run, 5 - at);
        run.go_to(there.min(at - 1)).unwrap();
        let wanted = varied(&run, 0, 2.0);
        run.change(0, &wanted).unwrap();
        let again = 5 - run.epoch();
        let other = after(&mut run, again);
        prop_assert_eq!(&other[1], &plain[1]);
        prop_assert_ne!(&other[0], &plain[0]);
        let replayed = train(run.recipe(), &mut []).unwrap();
        let mut run = Lockstep::new(run.recipe().clone()).unwrap();
        prop_assert_eq!(&after(&mut run, 5)[1], &plain[1]);
        prop_assert_eq!(replayed.arms.len(), 2);
    }

    #[test]
    fn a_fork_goes_on_as_its_parent_would_until_it_is_changed(
        parent in 0..3_usize, trained in 0..6_usize, there in 0..6_usize, seed in 0..9_u64,
    ) {
        let mut plain = Lockstep::new(recipe("BL,CT,AR", seed)).unwrap();
        let expected = after(&mut plain, trained.min(there) + 4);
        let mut run = Lockstep::new(recipe("BL,CT,AR", seed)).unwrap();
        after(&mut run, trained);
        run.go_to(there).unwrap();
        let fork = run.fork(parent, "fork").unwrap();
        prop_assert_eq!(fork, 3);
        prop_assert_eq!(&weights(&run)[fork], &weights(&run)[parent]);
        let found = after(&mut run, 4);
        prop_assert_eq!(&found[..3], &expected[..]);
        prop_assert_eq!(&found[fork], &expected[parent]);
        let wanted = varied(&run, fork, 3.0);
        run.change(fork, &wanted).unwrap();
        let (found, expected) = (after(&mut run, 2), after(&mut plain, 2));
        prop_assert_eq!(&found[..3], &expected[..]);
        prop_assert_ne!(&found[fork], &expected[parent]);
        let recipe = run.recipe().clone();
        prop_assert_eq!(recipe.arms[fork].parent.as_ref().unwrap().epoch, trained.min(there));
        let mut again = Lockstep::new(recipe).unwrap();
        prop_assert_eq!(after(&mut again, run.epoch()), found);
    }

    #[test]
    fn arms_that_come_and_go_leave_the_others_bits_alone(
        trained in 0..5_usize, gone in 0..2_usize, seed in 0..9_u64,
    ) {
        let mut plain = Lockstep::new(recipe("BL,CT", seed)).unwrap();
        let mut run = Lockstep::new(recipe("BL,CT", seed)).unwrap();
        after(&mut plain, trained);
        after(&mut run, trained);
        let arm = run.recipe().arms[1].clone().with_method(Objective::Energy);
        let position = run.add(arm).unwrap();
        run.go_to(run.epoch()).unwrap();
        let mut all = Lockstep::new(recipe("BL,CT,CD", seed)).unwrap();
        prop_assert_eq!(&weights(&run), &after(&mut all, trained));
        let (with, without) = (after(&mut run, 2), after(&mut plain, 2));
        prop_assert_eq!(&with[..2], &without[..]);
        prop_assert_eq!(position, 2);
        run.remove(gone).unwrap();
        let (with, without) = (after(&mut run, 2), after(&mut plain, 2));
        prop_assert_eq!(&with[0], &without[1 - gone]);
    }
}

#[test]
fn four_arms_are_the_same_on_one_thread_and_on_two() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| {
            let mut run = Lockstep::new(recipe("ablation", 1)).unwrap();
            after(&mut run, 3);
            run.fork(1, "fork").unwrap_err();
            run.remove(0).unwrap();
            run.fork(0, "fork").unwrap();
            after(&mut run, 2)
        })
    };
    assert_eq!(with(1), with(2));
}

#[test]
fn arms_that_cannot_be_had_change_nothing() {
    let mut run = Lockstep::new(recipe("BL,CT", 1)).unwrap();
    let before = run.recipe().clone();
    assert!(matches!(run.fork(0, "CT"), Err(SessionError::Arm(_))));
    assert!(matches!(run.fork(0, "a/b"), Err(SessionError::Arm(_))));
    assert!(run.rename(0, "CT").is_err());
    assert_eq!((run.recipe(), run.arms()), (&before, 2));
    run.remove(1).unwrap();
    assert!(run.remove(0).is_err());
    assert_eq!(run.arms(), 1);
}

/// Any of the four things that can be done to a drawing.
fn stroke(random: &mut impl RngExt) -> Stroke {
    let mut place = || {
        [
            random.random_range(-3.0..3.0),
            random.random_range(-3.0..3.0),
        ]
    };
    let (near, other) = (place(), place());
    match random.random_range(0..6) {
        0..3 => Stroke::Add(vec![(near, 0), (other, 1)]),
        3 => Stroke::Erase {
            near,
            unit: [1.0, 1.0],
        },
        4 => Stroke::TakeBack,
        _ => Stroke::Again,
    }
}

/// Does something to a session; refusals are fine, panics are not.
fn act(run: &mut Lockstep, random: &mut impl RngExt) -> Result<(), SessionError> {
    let arm = random.random_range(0..run.arms());
    match random.random_range(0..14) {
        0..5 => run.train_epoch().map(drop),
        5 => run.go_to(random.random_range(0..12)),
        6 => run.approach(random.random_range(0..12)).map(drop),
        7 => {
            let wanted = varied(run, arm, random.random_range(0.0..3.0));
            run.change(arm, &wanted)
        }
        8 => run
            .fork(arm, ["a", "b", "c", "d"][random.random_range(0..4)])
            .map(drop),
        9 => {
            let objective = Objective::ALL[random.random_range(0..Objective::ALL.len())];
            let controls = run.recipe().arms[arm].controls.clone();
            run.add(Arm::new(controls).with_method(objective)).map(drop)
        }
        10 => Ok(run.remove(arm)?),
        11 => run.draw(stroke(random)).map(drop),
        12 => {
            let preset = ["ls", "circ", "moon", "ol"][random.random_range(0..4)];
            *run = Lockstep::new(Recipe {
                source: Preset::find(preset).unwrap().source(None).unwrap(),
                drawing: Default::default(),
                ..run.recipe().clone()
            })?;
            Ok(())
        }
        _ => Ok(run.rename(arm, ["e", "f", "", "a"][random.random_range(0..4)])?),
    }
}

#[test]
fn random_actions_never_panic_and_recipes_stay_true() {
    let steps = std::env::var("CTUI_STEPS");
    let steps = steps.map_or(STEPS, |steps| steps.parse().unwrap());
    let mut random = stream(5, Purpose::Evaluation, 0);
    let mut run = Lockstep::new(recipe("BL,CT", 1)).unwrap();
    for step in 0..steps {
        match act(&mut run, &mut random) {
            Ok(()) | Err(SessionError::Arm(_)) => {}
            Err(error) => unreachable!("step {step}: {error}"),
        }
        assert_eq!(run.arms(), run.recipe().arms.len());
        run.recipe().check().unwrap();
        if run.epoch() > 14 || step % 100 == 99 {
            run.go_to(run.newest_epoch()).unwrap();
            let mut again = Lockstep::new(run.recipe().clone()).unwrap();
            assert_eq!(after(&mut again, run.epoch()), weights(&run), "step {step}");
            let list = ["CT", "BL,CT", "CD,AR,CT", "BL,CT,AR,CD"][step % 4];
            let preset = ["moon", "circ", "ls"][step % 3];
            run = Lockstep::new(recipe_on(preset, list, step as u64)).unwrap();
        }
    }
}

#[test]
fn what_was_set_before_the_first_epoch_stays_after_going_back_to_it() {
    let mut run = Lockstep::new(recipe("BL,CT", 1)).unwrap();
    let wanted = varied(&run, 1, 2.0);
    run.change(1, &wanted).unwrap();
    after(&mut run, 3);
    run.go_to(0).unwrap();
    let found = after(&mut run, 2);
    assert_eq!(run.recipe().arms[1].changes.len(), 1);
    let mut again = Lockstep::new(run.recipe().clone()).unwrap();
    assert_eq!(after(&mut again, 2), found);
}
