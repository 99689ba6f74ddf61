//! Parameters and features.

use super::*;

#[test]
fn a_parameter_follows_the_arrow_keys_and_is_echoed() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(set(&stage.press("right")).parameters.lambda_div, 0.55);
        let commands = stage.press("shift-right");
        let controls = set(&commands).clone();
        assert_eq!(controls.parameters.lambda_div, 1.05);
        assert!(
            stage
                .screen()
                .contains("λ_div = 1.05 · from the next epoch")
        );
        let change = Change {
            epoch: 59,
            controls,
        };
        stage.publish(fixture::changed(58, change.clone()));
        assert!(!stage.screen().contains("applied at epoch"));
        assert!(stage.screen().contains("1.05 next epoch"));
        stage.publish(fixture::changed(59, change));
        let screen = stage.screen();
        assert!(screen.contains("λ_div = 1.05 · applied at epoch 59"));
        assert!(screen.contains("was 0.5"), "{screen}");
        assert!(!screen.contains("1.05 next epoch"), "{screen}");
    });
}

#[test]
fn after_the_last_epoch_a_change_says_how_training_goes_on() {
    with_dashboard(120, 40, |stage| {
        let mut snapshot = fixture::snapshot(100);
        snapshot.status = Status::Finished;
        stage.publish(snapshot);
        for (keys, label) in [("right", "λ_div = 0.55"), ("6 right", "x1 only up")] {
            stage.press(keys);
            let expected = format!("{label} · from the next epoch: Space trains on");
            assert!(stage.screen().contains(&expected), "{}", stage.screen());
        }
    });
}

#[test]
fn a_recipe_s_later_changes_are_followed() {
    with_dashboard(120, 40, |stage| {
        let mut controls = fixture::controls();
        controls.parameters.lambda_div = 1.5;
        controls.mutability[0] = Mutability::None;
        let change = Change {
            epoch: 60,
            controls,
        };
        stage.publish(fixture::changed(60, change.clone()));
        let screen = stage.screen();
        assert!(screen.contains("1.5 was 0.5"), "{screen}");
        assert!(screen.contains("✕"), "{screen}");
        assert!(!screen.contains("1.5 next epoch"), "{screen}");
        assert_eq!(set(&stage.press("right")).mutability[0], Mutability::None);
        let mut later = change.clone();
        later.controls.parameters.lambda_div = 2.0;
        later.epoch = 62;
        let mut wanted = change;
        wanted.controls.parameters.lambda_div = 1.55;
        wanted.epoch = 61;
        stage.publish(fixture::changed(60, wanted));
        stage.publish(fixture::changed(62, later));
        let screen = stage.screen();
        assert!(screen.contains("2 was 0.5"), "{screen}");
    });
}

#[test]
fn changes_are_taken_back_in_order() {
    with_dashboard(120, 40, |stage| {
        stage.press("right");
        stage.press("right");
        assert_eq!(set(&stage.press("u")).parameters.lambda_div, 0.55);
        assert_eq!(set(&stage.press("u")).parameters.lambda_div, 0.5);
        assert_eq!(stage.press("u"), []);
        assert!(stage.screen().contains("nothing to take back"));
        assert_eq!(set(&stage.press("U")).parameters.lambda_div, 0.55);
        assert_eq!(set(&stage.press("X")), &fixture::controls());
    });
}

#[test]
fn a_value_is_typed() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(
            set(&stage.press("enter 0 . 8 enter")).parameters.lambda_div,
            0.8
        );
        assert_eq!(stage.press("enter 9 9 enter"), []);
        assert!(stage.screen().contains("it takes a"), "{}", stage.screen());
        assert_eq!(
            set(&stage.press("backspace backspace 2 enter"))
                .parameters
                .lambda_div,
            2.0
        );
        assert_eq!(stage.press("enter 7 esc"), []);
        assert_eq!(set(&stage.press("x")).parameters.lambda_div, 0.5);
    });
}

#[test]
fn the_range_is_in_view_while_a_value_is_typed() {
    with_dashboard(100, 30, |stage| {
        assert!(!stage.screen().contains("0 to 10 · next epoch"));
        stage.press("enter 3");
        let screen = stage.screen();
        assert!(screen.contains("0 to 10 · next epoch"), "{screen}");
    });
}

#[test]
fn what_needs_a_restart_says_so_and_gets_it() {
    with_dashboard(120, 40, |stage| {
        let last = crate::training::TABLE
            .iter()
            .position(|parameter| parameter.name == "hidden_units")
            .unwrap();
        for _ in 0..last - 1 {
            stage.press("j");
        }
        assert_eq!(set(&stage.press("right")).parameters.hidden_units, 40);
        assert!(stage.screen().contains("width = 40 · after a restart (r)"));
        stage.publish(fixture::snapshot(58));
        assert!(stage.screen().contains("restart: r") && !stage.screen().contains("applied at"));
        let commands = stage.press("r");
        let [Command::Restart(recipe)] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert_eq!(
            (
                recipe.arms[1].controls.parameters.hidden_units,
                recipe.seed()
            ),
            (40, 1)
        );
        let commands = stage.press("R");
        let [Command::Restart(recipe)] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert_eq!(recipe.seed(), 2);
    });
}

#[test]
fn a_feature_is_locked() {
    with_dashboard(120, 40, |stage| {
        stage.press("6");
        assert_eq!(
            set(&stage.press("right")).mutability,
            [Mutability::Increase, Mutability::Both]
        );
        stage.press("right");
        assert_eq!(
            set(&stage.press("m")).mutability,
            [Mutability::None, Mutability::Both]
        );
        assert!(stage.screen().contains("x1 locked · from the next epoch"));
        assert_eq!(set(&stage.press("h")).mutability[0], Mutability::Decrease);
        assert_eq!(set(&stage.press("x")).mutability[0], Mutability::Both);
    });
}

#[test]
fn features_are_sorted_and_filtered() {
    with_dashboard(120, 40, |stage| {
        stage.publish(fixture::many_features(100));
        stage.press("6 s");
        assert!(stage.screen().contains("Features by attribution"));
        stage.press("/ 7 1");
        assert!(stage.screen().contains("gene 71") && !stage.screen().contains("gene 7 "));
        assert_eq!(
            set(&stage.press("enter right")).mutability[71],
            Mutability::Increase
        );
        stage.press("/ esc");
        assert!(!stage.screen().contains("/71"));
    });
}
