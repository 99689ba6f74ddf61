//! Choosing data.

use super::*;

#[test]
fn other_data_are_chosen_by_command() {
    with_dashboard(120, 40, |stage| {
        let recipe = restarted(command(stage, "data circles noise=0.2 samples=600"));
        assert_eq!(recipe.source.title(), "Circles");
        let parameters = &recipe.arms[1].controls.parameters;
        assert_eq!((parameters.noise, parameters.samples), (0.2, 600));
        assert_eq!(parameters.lambda_div, 0.5, "the other values stay");
        let recipe = restarted(command(stage, "preset ol"));
        let own = Preset::find("ol").unwrap().parameters();
        assert_eq!(recipe.arms[1].controls.parameters, own);
        assert_eq!(restarted(command(stage, "seed 7")).seed(), 7);
        assert_eq!(command(stage, "data circels"), []);
        assert!(stage.screen().contains("did you mean `circles`?"));
        assert_eq!(command(stage, "preset adult"), []);
        assert!(
            stage.screen().contains("Adult does not come with ctui"),
            "{}",
            stage.screen()
        );
        assert_eq!(command(stage, "data moon label=y"), []);
        assert!(stage.screen().contains("label is for files"));
    });
}

#[test]
fn data_that_cannot_be_read_leave_the_run_alone() {
    with_dashboard(120, 40, |stage| {
        let recipe = restarted(command(stage, "data missing.csv"));
        let mut snapshot = fixture::snapshot(58);
        snapshot.refused = Some(Arc::new(Refused {
            recipe,
            reason: "missing.csv: no such file".into(),
        }));
        stage.publish(snapshot);
        let screen = stage.screen();
        assert!(screen.contains("missing.csv: no such file"), "{screen}");
        assert!(screen.contains("running") && screen.contains("Moons"));
    });
}

#[test]
fn the_list_shows_the_values_of_the_new_run() {
    with_dashboard(120, 40, |stage| {
        stage.press("right");
        let recipe = restarted(command(stage, "preset ol"));
        stage.publish(fixture::snapshot(59));
        let mut begun = fixture::snapshot(0);
        for (arm, planned) in begun.arms.iter_mut().zip(&recipe.arms) {
            arm.applied.controls.parameters = planned.controls.parameters.clone();
        }
        begun.recipe = Arc::new(recipe);
        stage.publish(begun);
        assert!(
            stage.screen().contains("λ_reg         0.25"),
            "{}",
            stage.screen()
        );
        assert_eq!(
            stage.press("u"),
            [],
            "changes of another run cannot be taken back"
        );
    });
}

#[test]
fn data_are_picked_from_a_list() {
    with_dashboard(120, 40, |stage| {
        stage.press("d");
        assert!(stage.screen().contains("two interleaving half circles"));
        stage.press("j");
        assert!(
            stage.screen().contains("Gaussian blobs on a circle"),
            "{}",
            stage.screen()
        );
        let recipe = restarted(stage.press("right - enter"));
        assert_eq!(recipe.source.title(), "Blobs");
        let parameters = &recipe.arms[1].controls.parameters;
        assert_eq!((parameters.noise, parameters.samples), (0.45, 4000));
        stage.press("d esc");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
        let commands = stage.press("d g k k k k k k k k k k k k k k k k k k k enter");
        assert_eq!(restarted(commands).source.title(), "Linearly separable");
    });
}

#[test]
fn data_that_need_a_file_say_where_to_get_it() {
    with_dashboard(120, 40, |stage| {
        stage.press("d k k k k enter");
        assert!(
            stage.screen().contains("does not come with ctui"),
            "{}",
            stage.screen()
        );
        assert_eq!(stage.worker.told(), []);
    });
}

#[test]
fn files_are_previewed_once_they_are_read() {
    with_dashboard(120, 40, |stage| {
        stage.press("d");
        stage.press("down ".repeat(60).trim());
        for _ in 0..500 {
            stage.turn();
            if stage.screen().contains("features ·") {
                break;
            }
            assert!(stage.screen().contains("reading …"), "{}", stage.screen());
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let screen = stage.screen();
        assert!(screen.contains("features ·"), "{screen}");
        assert!(screen.contains("▸ sample_data/moons.csv"), "{screen}");
    });
}
