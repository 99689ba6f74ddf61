//! Looking at a sweep, and opening one of its combinations.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::*;
use crate::sweep::{CellResult, Score, Setting, Settings, Store};

/// Keeps a result as a sweep does.
fn keep(folder: &Path, reg: f64, generator: &str, seed: u64, ip: f64) -> PathBuf {
    let store = Store::create(folder).unwrap();
    let name: String = generator
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(8)
        .collect();
    let address = format!("{reg}{name}{seed}").replace('.', "");
    let result = CellResult {
        address: address.clone(),
        settings: Settings::from([
            ("preset".into(), Setting::Text("moon".into())),
            ("lambda_reg".into(), Setting::Number(reg)),
            ("generator".into(), Setting::Text(generator.into())),
        ]),
        seed,
        scores: [(Score::Ip, ip), (Score::Accuracy, 0.97)].into(),
        error: None,
        seconds: 1.5,
        version: "0".into(),
    };
    store.keep(&result).unwrap();
    store.folder(&address).join("cell.json")
}

/// Takes what happens until `text` is on the screen.
fn wait(stage: &mut Stage<'_>, text: &str) -> String {
    for _ in 0..500 {
        stage.turn();
        let screen = stage.screen();
        if screen.contains(text) {
            return screen;
        }
        stage.clock.advance(50);
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("no {text}: {}", stage.screen());
}

#[test]
fn a_running_sweep_is_followed_sorted_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (seed, noise) in [(3, -0.1), (4, 0.1)] {
        keep(path, 0.1, "eccco", seed, 1.0 + noise);
        keep(path, 0.5, "eccco", seed, 2.0 + noise);
    }
    with_dashboard(120, 40, |stage| {
        command(stage, &format!("sweep {}", path.display()));
        let screen = wait(stage, "2 combinations in 4 cells");
        assert!(
            screen.contains("1.00 ± 0.10") && !screen.contains("preset "),
            "{screen}"
        );
        assert!(
            !screen.contains("generator "),
            "it does not differ yet: {screen}"
        );
        keep(path, 0.1, "revise", 3, 7.0);
        let screen = wait(stage, "3 combinations in 5 cells");
        let line = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
        assert!(
            line("1.00 ±") < line("2.00 ±") && line("2.00 ±") < line("revise"),
            "{screen}"
        );
        stage.press("r");
        let screen = stage.screen();
        let line = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
        assert!(line("revise") < line("1.00 ±"), "{screen}");
        stage.press("tab");
        assert!(stage.screen().contains("share of the variance"));
        stage.press("tab");
        let screen = stage.screen();
        assert!(
            screen.contains("mean ip over") && screen.contains("7.00"),
            "{screen}"
        );
        stage.press("x");
        assert_ne!(stage.screen(), screen);
        stage.press("tab home");
        let mut told = stage.press("enter");
        for _ in 0..500 {
            if stage.dashboard.app().mode == Mode::Normal {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
            stage.turn();
            told.extend(stage.worker.told());
        }
        let restarts = (told.into_iter()).filter(|command| matches!(command, Command::Restart(_)));
        let recipe = restarted(restarts.collect());
        assert_eq!(recipe.arms.len(), 2);
        let parameters = &recipe.arms[1].controls.parameters;
        assert_eq!((parameters.seed, parameters.lambda_reg), (3, 0.1));
    });
}

#[test]
fn damaged_and_hostile_results_are_lines_and_esc_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    keep(path, 0.1, "a\u{1b}[2J", 1, 1.0);
    keep(path, 0.2, &"long ".repeat(5000), 1, 1e300);
    let torn = keep(path, 0.3, "eccco", 1, 1.0);
    fs::write(torn, "{").unwrap();
    with_dashboard(80, 24, |stage| {
        command(stage, &format!("sweep {}", path.display()));
        let screen = wait(stage, "left out");
        assert!(
            screen.contains("a\\u{1b}[2J") && !screen.contains('\u{1b}'),
            "{screen}"
        );
        stage.press("tab tab tab enter");
        let screen = wait(stage, "generator");
        assert!(stage.dashboard.app().mode != Mode::Normal, "{screen}");
        stage.press("esc");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
        command(stage, "sweep 'no such folder'");
        wait(stage, "no folder of a sweep");
    });
}
