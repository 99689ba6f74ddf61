//! Boundary and inspector.

use super::*;
use crate::dashboard::action::Panel;

#[test]
fn boundary_layers_are_switched() {
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        let stars = |stage: &mut Stage<'_>| stage.screen().matches('★').count();
        let before = stars(stage);
        stage.press("p");
        assert!(stars(stage) < before);
        let points = |stage: &mut Stage<'_>| stage.screen().matches('▴').count();
        let before = points(stage);
        stage.press("s s");
        assert!(points(stage) < before);
    });
}

#[test]
fn a_sample_is_picked_and_its_counterfactuals_are_shown() {
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        let first = look(&stage.press("i")).selected.unwrap();
        assert!(stage.screen().contains("searching …"));
        let app = stage.dashboard.app().clone();
        let mut found = fixture::snapshot(57);
        found.arms = (0..2).map(|arm| fixture::inspected(&app, arm)).collect();
        stage.publish(found);
        let screen = stage.screen();
        for text in [
            "row 0 of the test set (0 to 179)",
            "outcome",
            "✓ kept",
            "P(target)",
        ] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
        let right = look(&stage.press("right")).selected.unwrap();
        let moved = |row: usize| fixture::snapshot(57).dataset.test.x.row(row)[0];
        assert!(moved(right) > moved(first), "{first} {right}");
        let left = look(&stage.press("left")).selected.unwrap();
        assert!(moved(left) < moved(right), "{left} {right}");
        assert_eq!(look(&stage.press("w")).selected, Some(left + 1));
        assert_eq!(look(&stage.press("b")).selected, Some(left));
        assert_eq!(look(&stage.press("esc")).selected, None);
        assert!(!stage.screen().contains("Inspector") && stage.screen().contains("Losses"));
    });
}

#[test]
fn the_target_class_is_chosen() {
    with_dashboard(120, 40, |stage| {
        stage.publish(fixture::images());
        stage.press("1 i");
        assert!(
            stage.screen().contains("rows → columns"),
            "{}",
            stage.screen()
        );
        stage.press("v");
        assert!(stage.screen().contains("rows → diagonal"));
        stage.press("8 V");
        assert!(stage.screen().contains("rows → columns"));
    });
}

#[test]
fn the_zoomed_inspector_is_told_of_every_change() {
    for (width, height) in [(80, 24), (120, 40)] {
        with_dashboard(width, height, |stage| {
            stage.press("1 i 8 z");
            let found = |stage: &mut Stage<'_>| {
                let app = stage.dashboard.app().clone();
                let mut found = fixture::snapshot(57);
                found.arms = (0..2).map(|arm| fixture::inspected(&app, arm)).collect();
                stage.publish(found);
                !stage.screen().contains("searching …")
            };
            for key in ["w", "w", "b"] {
                let shown = stage.dashboard.app().inspector.row;
                let told = look(&stage.press(key)).selected;
                assert!(told.is_some() && told != shown, "{key}");
                assert!(found(stage), "{}", stage.screen());
            }
        });
    }
}

#[test]
fn rows_count_from_0_everywhere() {
    with_dashboard(120, 40, |stage| {
        command(stage, "inspect row=12");
        assert_eq!(stage.dashboard.app().view.selected, Some(12));
        assert_eq!(stage.dashboard.app().arrangement.focus, Panel::Inspector);
        let app = stage.dashboard.app().clone();
        let mut found = fixture::snapshot(57);
        found.arms = (0..2).map(|arm| fixture::inspected(&app, arm)).collect();
        stage.publish(found);
        assert!(stage.screen().contains("row 12 of the test set (0 to 179)"));
        command(stage, "inspect row=180");
        assert!(stage.screen().contains("count from 0 and end at 179"));
        assert_eq!(stage.dashboard.app().inspector.row, Some(12));
        stage.press("1");
        command(stage, "inspect row=180");
        assert_eq!(stage.dashboard.app().arrangement.focus, Panel::Boundary);
        assert!(!command(stage, "inspect row=13").is_empty());
        assert_eq!(look(&stage.press("right")).selected, Some(14));
    });
}

#[test]
fn both_outcomes_are_shown_in_every_width() {
    for (width, height) in [(80, 24), (100, 30), (120, 40), (140, 40), (200, 60)] {
        with_dashboard(width, height, |stage| {
            stage.press("1 i 8");
            for steps in [1, 12, 30, 500] {
                let app = stage.dashboard.app().clone();
                let mut found = fixture::snapshot(57);
                found.arms = (0..2)
                    .map(|arm| {
                        let mut state = fixture::inspected(&app, arm);
                        let mut trajectories = state.trajectories.as_ref().clone();
                        let search = &mut trajectories.selected[0];
                        search.trajectory.outcome.mature = arm == 0;
                        search.trajectory.outcome.steps = steps;
                        search.advice.as_mut().unwrap().mature = arm == 0;
                        state.trajectories = Arc::new(trajectories);
                        state
                    })
                    .collect();
                stage.publish(found);
                let screen = stage.screen();
                let line = screen.lines().find(|line| line.contains("  outcome"));
                let line = line.and_then(|line| line.split_once("outcome"));
                let (_, line) = line.unwrap_or_else(|| panic!("{screen}"));
                assert!(line.contains('★') && line.contains('✗'), "{width}: {line}");
                assert_eq!(line.matches(&steps.to_string()).count(), 2, "{line}");
            }
        });
    }
}

#[test]
fn what_is_lost_in_rounding_is_said() {
    with_dashboard(140, 40, |stage| {
        stage.press("1 i 8 z");
        let app = stage.dashboard.app().clone();
        let mut found = fixture::snapshot(57);
        found.arms = (0..2).map(|arm| fixture::inspected(&app, arm)).collect();
        let mut searches = found.arms[1].trajectories.as_ref().clone();
        searches.selected[0].trajectory.outcome.mature = true;
        searches.selected[0].advice.as_mut().unwrap().mature = false;
        found.arms[1].trajectories = Arc::new(searches);
        stage.publish(found);
        let screen = stage.screen();
        assert!(screen.contains("CT: no advice"), "{screen}");
        assert!(screen.contains("(lost in rounding)"), "{screen}");
    });
}

#[test]
fn the_largest_changes_come_first_where_not_all_features_fit() {
    with_dashboard(120, 40, |stage| {
        stage.publish(fixture::many_features(9));
        stage.press("1 i");
        let screen = stage.screen();
        assert!(screen.contains("largest changes first"), "{screen}");
        let changes: Vec<f32> = screen
            .lines()
            .filter(|line| line.contains("gene ") && line.contains('✓'))
            .filter_map(|line| line.split_whitespace().find(|word| word.starts_with('+')))
            .filter_map(|change| change.parse().ok())
            .collect();
        assert!(changes.len() > 1, "{screen}");
        assert!(changes.is_sorted_by(|a, b| a >= b), "{changes:?}");
    });
}

#[test]
fn planes_of_many_features_are_chosen() {
    use crate::session::Axes;
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        assert_eq!(stage.press("x"), []);
        assert!(stage.screen().contains("both features are on the screen"));
        let commands = stage.publish(fixture::many_features(5));
        assert_eq!(look(&commands).axes, Axes::PrincipalComponents);
        assert_eq!(look(&stage.press("a")).axes, Axes::Features(0, 1));
        assert_eq!(look(&stage.press("x")).axes, Axes::Features(2, 1));
        assert_eq!(look(&stage.press("Y")).axes, Axes::Features(2, 0));
        assert_eq!(look(&stage.press("Y")).axes, Axes::Features(2, 4));
        assert_eq!(look(&stage.press("y")).axes, Axes::Features(2, 0));
        assert_eq!(look(&stage.press("X")).axes, Axes::Features(1, 0));
        assert_eq!(look(&stage.press("a")).axes, Axes::PrincipalComponents);
    });
}

#[test]
fn other_layers_are_switched() {
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        let count = |stage: &mut Stage<'_>, glyph: char| stage.screen().matches(glyph).count();
        assert_eq!(count(stage, '◎'), 0);
        stage.press("N");
        assert!(count(stage, '◎') > 1);
        let lower = count(stage, '▴');
        stage.press("c");
        assert!(count(stage, '▴') < lower && count(stage, '•') > 0);
        stage.press("c c");
        assert_eq!(count(stage, '▴'), lower);
        let plain = stage.screen();
        stage.press("F");
        let flat = stage.screen();
        assert_ne!(flat, plain);
        stage.press("f F F g g");
        assert_eq!(stage.screen(), plain);
    });
}
