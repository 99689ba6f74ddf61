//! Running, pausing, speed, leaving.

use super::*;

#[test]
fn both_arms_are_on_the_first_screen() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        with_dashboard(width, height, |stage| {
            let screen = stage.screen();
            let titles = match width {
                80 => ["Baseline · 99.4 %", "Counterfactual training · 98.6 %"],
                120 => ["Baseline · 99.4 %", "Counterfactual training · 98.6 %"],
                _ => [
                    "Baseline · accuracy 99.4 %",
                    "Counterfactual training · accuracy 98.6 %",
                ],
            };
            let alike = titles.iter().all(|title| screen.contains(title));
            assert!(alike, "{screen}");
            assert!(screen.contains('★') && screen.contains("epoch 57 of 100"));
        });
    }
}

#[test]
fn space_pauses_and_goes_on() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("space"), [Command::Pause]);
        assert!(stage.screen().contains("paused"));
        assert_eq!(stage.press("space"), [Command::Run]);
        stage.publish(Snapshot {
            status: Status::Paused,
            ..fixture::snapshot(58)
        });
        stage.publish(fixture::snapshot(58));
        assert_eq!(stage.press("n"), [Command::StepEpoch]);
    });
}

#[test]
fn beyond_the_planned_epochs_no_plan_is_shown() {
    with_dashboard(120, 40, |stage| {
        stage.publish(fixture::snapshot(100));
        assert!(stage.screen().contains("epoch 100 of 100"));
        stage.publish(fixture::snapshot(101));
        assert!(stage.screen().contains("epoch 101  8.4 ms/epoch"));
    });
}

#[test]
fn the_speed_is_changed() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("+"), [Command::Delay(20)]);
        assert_eq!(stage.press("-"), [Command::Delay(50)]);
        stage.press("+ + + +");
        assert!(stage.screen().contains("already at full speed"));
    });
}

#[test]
fn leaving_and_suspending_are_asked_for() {
    with_dashboard(80, 24, |stage| {
        stage.keys.send(Input::Key(event("ctrl-z"))).unwrap();
        assert_eq!(stage.turn(), Request::Suspend);
        stage.keys.send(Input::Resumed).unwrap();
        assert_eq!(stage.turn(), Request::Redraw);
        stage.keys.send(Input::Terminate(15)).unwrap();
        assert_eq!(stage.turn(), Request::Quit);
    });
}

#[test]
fn a_lost_worker_is_shown() {
    with_dashboard(80, 24, |stage| {
        stage.worker.sender.take();
        stage.turn();
        assert!(
            stage.screen().contains("Training has stopped"),
            "{}",
            stage.screen()
        );
        assert_eq!(stage.press("space"), []);
    });
}

#[test]
fn many_events_make_one_frame_and_frames_keep_their_distance() {
    with_dashboard(80, 24, |stage| {
        stage.clock.advance(40);
        stage.keys.send(Input::Key(event("-"))).unwrap();
        stage.dashboard.turn().unwrap();
        let before = stage.screen();
        for _ in 0..50 {
            stage.keys.send(Input::Key(event("-"))).unwrap();
        }
        stage.dashboard.turn().unwrap();
        assert_eq!(stage.screen(), before, "a second frame came at once");
        stage.clock.advance(40);
        stage.dashboard.turn().unwrap();
        assert!(stage.screen().contains("slowest"));
    });
}

#[test]
fn leaving_asks_once_if_changes_are_in_no_file() {
    let changed = || {
        let mut snapshot = fixture::snapshot(60);
        let mut recipe = snapshot.recipe.as_ref().clone();
        recipe.arms[1].changes.push(Change {
            epoch: 58,
            controls: fixture::controls(),
        });
        snapshot.recipe = Arc::new(recipe);
        snapshot
    };
    let quits = |stage: &mut Stage<'_>, key: &str| {
        stage.keys.send(Input::Key(event(key))).unwrap();
        stage.turn() == Request::Quit
    };
    with_dashboard(120, 40, |stage| {
        stage.publish(changed());
        assert!(!quits(stage, "q"));
        assert!(
            stage.screen().contains("1 change is not saved"),
            "{}",
            stage.screen()
        );
        assert!(quits(stage, "q"));
    });
    with_dashboard(120, 40, |stage| {
        stage.publish(changed());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        command(stage, &format!("save {}", path.display()));
        assert!(path.join("checkpoint").exists(), "{}", stage.screen());
        assert!(quits(stage, "q"));
    });
    with_dashboard(120, 40, |stage| {
        stage.publish(changed());
        assert!(quits(stage, "ctrl-c"));
    });
}

#[test]
fn a_long_run_is_not_given_up_without_asking() {
    let long = || {
        let mut snapshot = fixture::snapshot(60);
        snapshot.newest_epoch = 60;
        snapshot.epoch_time = std::time::Duration::from_secs(30);
        snapshot
    };
    with_dashboard(120, 40, |stage| {
        stage.publish(long());
        for key in ["r", "R"] {
            assert_eq!(stage.press(key), []);
            let asked = format!("of training are not saved · :save DIR keeps · {key} again");
            assert!(stage.screen().contains(&asked), "{}", stage.screen());
        }
        assert!(matches!(stage.press("R")[..], [Command::Restart(_), ..]));
    });
    with_dashboard(120, 40, |stage| {
        stage.publish(long());
        for expected in [Request::None, Request::Quit] {
            stage.keys.send(Input::Key(event("q"))).unwrap();
            assert_eq!(stage.turn(), expected);
        }
    });
}
