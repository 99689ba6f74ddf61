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

#[test]
fn a_colour_of_the_losses_is_a_term_whichever_arm_s() {
    with_dashboard(120, 40, |stage| {
        stage.press("2 z");
        let theme = stage.dashboard.app().theme.clone();
        let buffer = stage.dashboard.terminal().backend().buffer().clone();
        let panel = buffer.content().iter().skip(3 * 120).take(36 * 120);
        let coloured = |style: ratatui::style::Style| {
            let cells = panel.clone();
            cells.filter(|cell| Some(cell.fg) == style.fg).count()
        };
        assert_eq!(coloured(theme.arm(0)), 0);
        assert!(theme.terms.iter().all(|term| coloured(*term) > 10));
        assert!(!theme.terms.contains(&theme.arm(0)));
    });
}
