//! Losses, counterfactuals, scoreboard.

use super::*;

#[test]
fn losses_are_switched_scaled_and_smoothed() {
    with_dashboard(120, 40, |stage| {
        stage.press("2 z g s");
        assert!(stage.screen().contains("log mean of 5"));
        let marks = |stage: &mut Stage<'_>| stage.screen().matches("━ ").count();
        let before = marks(stage);
        stage.press("j x");
        assert_eq!(marks(stage), before - 1);
        stage.press("x s s g");
        assert!(marks(stage) == before && !stage.screen().contains("log "));
    });
}

#[test]
fn steps_to_maturity_take_the_place_of_shares() {
    with_dashboard(120, 40, |stage| {
        stage.press("3 v");
        assert!(stage.screen().contains("steps to mature, mean 6.6"));
        stage.press("v");
        assert!(!stage.screen().contains("steps to mature"));
    });
}

#[test]
fn the_scoreboard_explains_the_selected_measure() {
    with_dashboard(200, 60, |stage| {
        stage.press("7 j j j");
        let screen = stage.screen();
        for text in [
            "BL 1.710 ± 0.0051, CT 1.370 ± 0.0041,",
            "10000 test searches",
            "eccco, T 50, τ 0.95",
            "valid ones only",
            "implausibility",
            "published: BL 1.71",
        ] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
    });
    with_dashboard(120, 40, |stage| {
        stage.press("7 j j j");
        let screen = stage.screen();
        for text in ["BL 1.710 ± 0.0051", "10000 test searches", "τ 0.95"] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
    });
}
