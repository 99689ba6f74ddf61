//! Past epochs and slow motion.

use super::*;

#[test]
fn an_epoch_goes_by_in_slow_motion() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("."), [Command::Pause]);
        assert!(stage.screen().contains("both models predict"));
        assert_eq!(stage.press(". ."), []);
        assert!(stage.screen().contains("search step 1 of 30"));
        stage.press(",");
        assert!(stage.screen().contains("another class as target"));
        for _ in 0..13 {
            assert_eq!(stage.press("."), []);
        }
        assert!(
            stage.screen().contains("keeps its label"),
            "{}",
            stage.screen()
        );
        assert_eq!(stage.press("."), [Command::StepEpoch]);
        assert!(stage.screen().contains("epoch 57 is trained"));
        stage.press(".");
        assert_eq!(stage.press("space"), [Command::Run]);
        assert!(!stage.screen().contains("slow motion   predict"));
    });
}

#[test]
fn slow_motion_plays_by_itself_at_several_speeds() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("S"), [Command::Pause]);
        assert!(stage.screen().contains("a step per 250 ms"));
        stage.clock.advance(300);
        stage.turn();
        assert!(stage.screen().contains("another class as target"));
        assert_eq!(stage.press("+ +"), []);
        assert!(stage.screen().contains("a step per 60 ms"));
        for _ in 0..30 {
            stage.clock.advance(60);
            stage.turn();
        }
        assert_eq!(stage.worker.told(), [Command::StepEpoch]);
        stage.press("S");
        assert!(!stage.screen().contains("a step per"));
        stage.press("esc");
        assert!(stage.screen().contains("History"));
    });
}

#[test]
fn the_run_is_scrubbed_and_its_values_follow() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("["), [Command::Rewind(56)]);
        assert_eq!(
            stage.press("{ {"),
            [Command::Rewind(46), Command::Rewind(36)]
        );
        let mut past = fixture::snapshot(57);
        (past.epoch, past.status) = (36, Status::Paused);
        past.arms[1].applied.controls.parameters.lambda_div = 0.2;
        stage.publish(past);
        assert!(stage.screen().contains("going on overwrites the rest"));
        let wanted = stage.dashboard.app().controls().unwrap();
        assert_eq!(wanted.parameters.lambda_div, 0.2);
        assert_eq!(stage.press(")"), [Command::Rewind(57)]);
        assert_eq!(stage.press("]"), []);
        assert_eq!(stage.press("("), [Command::Rewind(0)]);
        assert_eq!(stage.press("n"), []);
        assert!(stage.screen().contains("still on the way to epoch 0"));
        assert_eq!(stage.press("space"), []);
        let paused = |epoch| Snapshot {
            epoch,
            status: Status::Paused,
            ..fixture::snapshot(57)
        };
        assert_eq!(stage.publish(paused(57)), []);
        assert_eq!(stage.publish(paused(0)), [Command::Run]);
    });
}
