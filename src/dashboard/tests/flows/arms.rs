//! Focusing, forking, adding, dropping and renaming arms.

use super::*;

fn with_four(script: impl FnOnce(&mut Stage<'_>)) {
    with_dashboard(120, 40, |stage| {
        let app = stage.dashboard.app().clone();
        stage.publish(fixture::four(&app, 57));
        script(stage);
    });
}

#[test]
fn parameters_are_those_of_the_focused_arm() {
    with_four(|stage| {
        let commands = stage.press("5 right");
        let [Command::Set(all)] = &commands[..] else {
            panic!("{commands:?}")
        };
        let changed = |all: &[(String, crate::recipe::Controls)]| -> Vec<bool> {
            let lambda = all
                .iter()
                .map(|(_, controls)| controls.parameters.lambda_div);
            lambda.map(|lambda| lambda != 0.5).collect()
        };
        assert_eq!(changed(all), [false, true, false, false]);
        stage.press("o");
        assert!(
            stage.screen().contains("Parameters AR"),
            "{}",
            stage.screen()
        );
        let commands = stage.press("right");
        let [Command::Set(all)] = &commands[..] else {
            panic!("{commands:?}")
        };
        assert_eq!(changed(all), [false, true, true, false]);
        let commands = stage.press("A right");
        let [Command::Set(all)] = &commands[..] else {
            panic!("{commands:?}")
        };
        assert_eq!(changed(all), [true; 4]);
    });
}

#[test]
fn arms_come_and_go_by_commands() {
    with_dashboard(120, 40, |stage| {
        let fork = Command::Fork {
            arm: "CT".into(),
            name: "what-if".into(),
        };
        assert_eq!(command(stage, "fork what-if"), [fork]);
        assert_eq!(command(stage, "fork CT"), []);
        assert!(
            stage.screen().contains("`CT` already"),
            "{}",
            stage.screen()
        );
        assert_eq!(command(stage, "fork a/b"), []);
        assert!(
            matches!(&command(stage, "arm add ar")[..], [Command::Add(arm)] if arm.name == "AR")
        );
        assert_eq!(command(stage, "arm add nothing"), []);
        assert_eq!(command(stage, "arm drop BL"), [Command::Drop("BL".into())]);
        assert_eq!(command(stage, "arm drop XX"), []);
        let renamed = Command::Rename {
            arm: "CT".into(),
            name: "mine".into(),
        };
        assert_eq!(command(stage, "arm rename mine"), [renamed]);
        let commands = command(stage, "arms ablation");
        let [Command::Restart(recipe)] = &commands[..] else {
            panic!("{commands:?}")
        };
        let names: Vec<_> = recipe.arms.iter().map(|arm| arm.name.as_str()).collect();
        assert_eq!(names, ["BL", "CT", "AR", "CD"]);
    });
    with_four(|stage| {
        assert_eq!(command(stage, "fork fifth"), []);
        assert!(
            stage.screen().contains("4 arms already"),
            "{}",
            stage.screen()
        );
    });
}

#[test]
fn every_arm_has_a_letter_of_its_own() {
    with_four(|stage| {
        let app = stage.dashboard.app();
        let letters = app.letters(app.snapshot.as_ref().unwrap());
        assert_eq!(letters, ['B', 'C', 'A', 'l']);
    });
}
