//! Panels, help, messages, colours.

use super::*;
use crate::{data::Source, training::TABLE};

#[test]
fn help_is_searched() {
    with_dashboard(80, 24, |stage| {
        stage.press("? r e s t a r t");
        let screen = stage.screen();
        assert!(
            screen.contains("start again with the same seed"),
            "{screen}"
        );
        assert!(!screen.contains("focus the next panel"));
        stage.press("esc");
        assert!(!stage.screen().contains("start again with the same seed"));
    });
}

#[test]
fn panels_are_zoomed_hidden_and_turned_to() {
    with_dashboard(120, 40, |stage| {
        assert!(matches!(stage.press("1 z").as_slice(), [Command::Look(_)]));
        assert!(!stage.screen().contains("Objective"));
        stage.press("esc 2 2");
        assert!(stage.screen().contains("Losses"));
        stage.press("Z");
        assert!(!stage.screen().contains("2 Losses"));
        stage.press("tab 2");
        assert!(stage.screen().contains("Losses"));
    });
}

#[test]
fn the_field_fits_the_plot_after_a_resize() {
    with_dashboard(120, 40, |stage| {
        stage.dashboard.terminal().backend_mut().resize(200, 60);
        stage
            .keys
            .send(Input::Action(Action::Resize {
                columns: 200,
                rows: 60,
            }))
            .unwrap();
        stage.turn();
        let commands = stage.worker.told();
        let [Command::Look(view)] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert!(
            view.resolution.0 > 60 && view.resolution.1 > 60,
            "{:?}",
            view.resolution
        );
    });
}

#[test]
fn colours_and_lines_are_chosen() {
    with_dashboard(120, 40, |stage| {
        command(stage, "theme light");
        assert_eq!(stage.dashboard.app().theme.name(), ThemeName::Light);
        stage.press("t");
        assert_eq!(stage.dashboard.app().theme.name(), ThemeName::Colorblind);
        command(stage, "marker ascii");
        assert!(
            stage.screen().contains("+ 1 Baseline"),
            "{}",
            stage.screen()
        );
        stage.press("T");
        assert!(!stage.screen().contains("+ 1 Baseline"));
    });
}

#[test]
fn messages_are_listed() {
    with_dashboard(120, 40, |stage| {
        stage.press("right u");
        let mut read = fixture::snapshot(60);
        read.notes = Arc::new(vec!["3 rows without a label left out".into()]);
        stage.publish(read);
        stage.press("M");
        let screen = stage.screen();
        for message in [
            "λ_div = 0.55 · from the next epoch",
            "taken back",
            "3 rows without",
        ] {
            assert!(screen.contains(message), "{message}: {screen}");
        }
        stage.press("esc");
        assert!(!stage.screen().contains("3 rows without"));
    });
}

#[test]
fn a_list_on_a_small_screen_keeps_the_baseline_in_sight() {
    for (width, height) in [(80, 24), (60, 20)] {
        for key in ["5", "6", "7"] {
            with_dashboard(width, height, |stage| {
                stage.press(key);
                let screen = stage.screen();
                for accuracy in ["99.4 %", "98.6 %"] {
                    assert!(screen.contains(accuracy), "{key}: {screen}");
                }
            });
        }
    }
}

#[test]
fn rows_out_of_sight_are_announced() {
    with_dashboard(80, 24, |stage| {
        stage.press("5");
        let screen = stage.screen();
        let announced = |screen: &str, arrow: char| {
            let mut lines = screen.lines();
            lines.any(|line| line.contains(arrow) && line.contains(" more "))
        };
        assert!(announced(&screen, '↓'), "{screen}");
        for _ in 0..TABLE.len() {
            stage.press("j");
        }
        let screen = stage.screen();
        assert!(
            announced(&screen, '↑') && !announced(&screen, '↓'),
            "{screen}"
        );
        stage.publish(fixture::many_features(40));
        stage.press("6");
        assert!(announced(&stage.screen(), '↓'), "{}", stage.screen());
    });
}

#[test]
fn what_numbers_are_of_is_said() {
    with_dashboard(200, 60, |stage| {
        let screen = stage.screen();
        for text in ["also nascent", "unweighted"] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
        stage.press("2 z");
        let screen = stage.screen();
        for text in ["terms before their weights", "total, weighted"] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
    });
}

#[test]
fn noise_and_sample_size_are_not_those_of_a_file() {
    with_dashboard(200, 60, |stage| {
        let listed = |stage: &mut Stage<'_>| {
            let screen = stage.screen();
            let mut lines = screen.lines();
            lines.any(|line| line.contains("│  σ  "))
        };
        stage.press("5 z");
        assert!(listed(stage), "{}", stage.screen());
        let mut file = fixture::snapshot(57);
        let mut recipe = file.recipe.as_ref().clone();
        recipe.source = Source::Csv {
            path: "people.csv".into(),
            format: Default::default(),
            label: None,
        };
        file.recipe = Arc::new(recipe);
        stage.publish(file);
        assert!(!listed(stage), "{}", stage.screen());
        assert_eq!(command(stage, "set noise 0.3"), []);
        assert!(stage.screen().contains("synthetic data only"));
    });
}
