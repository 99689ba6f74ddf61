//! A recipe that is played again.

use super::*;
use crate::{dashboard::state::replay::State, recipe::Parent};

/// The fixture's session with a change at epoch 30 and a fork after 40, which has a change at 45.
fn recorded() -> Recipe {
    let mut recipe = Recipe::clone(&fixture::snapshot(0).recipe);
    for arm in &mut recipe.arms {
        (arm.parent, arm.changes) = (None, Vec::new());
    }
    recipe.arms.truncate(2);
    let changed = |arm: &crate::recipe::Arm, epoch, lambda| {
        let mut controls = arm.controls_at(epoch).clone();
        controls.parameters.lambda_div = lambda;
        Change { epoch, controls }
    };
    let first = changed(&recipe.arms[1], 30, 2.0);
    recipe.arms[1].changes = vec![first];
    let mut fork = recipe.arms[1].clone();
    fork.name = "other".into();
    fork.parent = Some(Parent {
        arm: "CT".into(),
        epoch: 40,
    });
    let mut second = changed(&fork, 45, 2.0);
    second.controls.mutability = vec![Mutability::None, Mutability::Both];
    fork.changes.push(second);
    recipe.arms.push(fork);
    recipe
}

/// What the worker shows of the first arms of that session.
fn shown(epoch: usize, arms: usize) -> Snapshot {
    let mut snapshot = fixture::snapshot(epoch);
    let mut recipe = recorded();
    recipe.arms.truncate(arms);
    for arm in &mut recipe.arms {
        arm.changes.retain(|change| change.epoch <= epoch);
    }
    while snapshot.arms.len() < arms {
        let last = snapshot.arms.last().unwrap().clone();
        snapshot.arms.push(last);
    }
    snapshot.arms.truncate(arms);
    for (shown, arm) in snapshot.arms.iter_mut().zip(&recipe.arms) {
        shown.name.clone_from(&arm.name);
    }
    snapshot.recipe = std::sync::Arc::new(recipe);
    snapshot
}

#[test]
fn a_session_is_played_with_its_changes_and_forks() {
    with_dashboard(120, 40, |stage| {
        stage.dashboard.core.replay(State::new(recorded(), 2.0));
        let [
            Command::Delay(50),
            Command::Restart(opening),
            Command::RunTo(40),
        ] = &stage.worker.told()[..]
        else {
            panic!("to the first fork, at twice the pace");
        };
        assert_eq!(opening.arms.len(), 2, "the fork is still to come");
        stage.publish(shown(0, 2));
        assert!(stage.screen().contains("replay ×2"), "{}", stage.screen());
        assert_eq!(stage.press(">"), [Command::Delay(25)]);
        assert_eq!(
            stage.press("< <"),
            [Command::Delay(50), Command::Delay(100)]
        );
        stage.publish(shown(29, 2));
        assert!(!stage.screen().contains("λ_div 0.5 → 2"));
        assert_eq!(stage.publish(shown(33, 2)), []);
        let told = "epoch 30 · CT: λ_div 0.5 → 2";
        assert_eq!(
            stage.screen().matches(told).count(),
            2,
            "{}",
            stage.screen()
        );
        let commands = stage.publish(shown(40, 2));
        let [Command::Add(arm), Command::RunTo(100)] = &commands[..] else {
            panic!("the fork, then to the end: {commands:?}");
        };
        assert_eq!((arm.name.as_str(), arm.changes.len()), ("other", 2));
        assert!(stage.screen().contains("epoch 40 · other forked off CT"));
        stage.publish(shown(47, 3));
        assert!(stage.screen().contains("epoch 45 · other: x1 locked"));
        assert_eq!(stage.publish(shown(100, 3)), [Command::Delay(50)]);
        let screen = stage.screen();
        assert!(screen.contains("replay ended"), "{screen}");
        assert!(screen.contains("the replay has ended at epoch 100; the run is yours now"));
    });
}

#[test]
fn whoever_changes_something_takes_over() {
    with_dashboard(120, 40, |stage| {
        stage.dashboard.core.replay(State::new(recorded(), 1.0));
        stage.publish(shown(20, 2));
        let mut changed = shown(21, 2);
        let mut recipe = recorded();
        recipe.arms.truncate(2);
        recipe.arms[1].changes[0].epoch = 21;
        changed.recipe = std::sync::Arc::new(recipe);
        assert_eq!(stage.publish(changed), [Command::Delay(50)]);
        assert!(
            stage
                .screen()
                .contains("the replay has ended, the run is yours")
        );
        assert!(stage.press(">").is_empty());
    });
}
