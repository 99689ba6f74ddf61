//! Finished runs over the charts.

use std::path::{Path, PathBuf};

use super::*;
use crate::{
    recipe::Recipe,
    run::{Run, RunDirectory},
};

/// Trains a baseline and CT on a few moons, and keeps the run in a folder called `name`.
fn kept(folder: &Path, name: &str) -> PathBuf {
    let preset = crate::training::Preset::find("moon").unwrap();
    let mut parameters = preset.parameters();
    (
        parameters.samples,
        parameters.counterfactuals,
        parameters.epochs,
    ) = (100, 20, 30);
    let source = preset.source(None).unwrap();
    let recipe = Recipe::pair(source, crate::recipe::Controls::new(parameters));
    let path = folder.join(name);
    let mut directory = RunDirectory::create(&path, &recipe, false).unwrap();
    Run::new(&recipe).train(&mut [&mut directory]).unwrap();
    path
}

/// Takes what happens until nothing is read any more.
fn wait(stage: &mut Stage<'_>) {
    for _ in 0..500 {
        stage.turn();
        if stage.dashboard.app().overlays.awaited.is_empty() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("nothing was read");
}

#[test]
fn a_finished_run_lies_over_the_charts_until_it_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = kept(folder.path(), "yesterday");
    with_dashboard(120, 40, |stage| {
        stage.press("2");
        let before = stage.screen();
        command(stage, &format!("overlay {}", path.display()));
        wait(stage);
        let screen = stage.screen();
        for text in [
            "total: 1 yesterday CT",
            "mature: 1 yesterday CT",
            "1 is yesterday",
        ] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
        let tags = |screen: &str| screen.lines().filter(|line| line.contains('1')).count();
        stage.press("z j");
        let zoomed = stage.screen();
        assert!(
            zoomed.contains("classification: 1 yesterday CT"),
            "{zoomed}"
        );
        assert!(tags(&zoomed) > 1, "{zoomed}");
        stage.press("k z");
        command(stage, "overlay none");
        let screen = stage.screen();
        assert!(!screen.contains("yesterday CT"), "{screen}");
        stage.clock.advance(10_000);
        stage.press("2");
        let chart = |screen: &str| {
            screen
                .lines()
                .skip(20)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(chart(&stage.screen())[..15], chart(&before)[..15]);
    });
}

#[test]
fn what_is_no_run_is_refused_and_only_so_many_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a", "b", "c"].map(|name| kept(folder.path(), name));
    with_dashboard(120, 40, |stage| {
        command(stage, &format!("overlay {}", folder.path().display()));
        wait(stage);
        let screen = stage.screen();
        assert!(screen.contains("holds no run"), "{screen}");
        for path in &paths {
            command(stage, &format!("overlay {}", path.display()));
            wait(stage);
        }
        command(stage, "overlay d");
        assert!(
            stage
                .screen()
                .contains("3 runs lie over the charts already")
        );
        std::fs::write(paths[0].join("checkpoint"), "torn").unwrap();
        command(stage, &format!("overlay {}", paths[0].display()));
        wait(stage);
        let overlays = &stage.dashboard.app().overlays;
        assert_eq!(overlays.shown.len(), 3);
        assert!(stage.screen().contains("checkpoint"));
        command(stage, "overlay none");
        command(stage, "overlay none");
        assert!(stage.screen().contains("no run lies over the charts"));
    });
}
