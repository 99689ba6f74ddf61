//! The command line, and what leaves the program.

use super::*;

#[test]
fn parameters_and_features_are_set_by_command() {
    with_dashboard(120, 40, |stage| {
        let commands = command(stage, "set lambda_div 0.8");
        assert_eq!(set(&commands).parameters.lambda_div, 0.8);
        assert!(stage.screen().contains("λ_div = 0.8 · from the next epoch"));
        let mutability = |stage: &mut Stage<'_>, line| set(&command(stage, line)).mutability[0];
        assert_eq!(mutability(stage, "lock x1"), Mutability::None);
        assert_eq!(mutability(stage, "increase x1"), Mutability::Increase);
        assert_eq!(mutability(stage, "decrease x1"), Mutability::Decrease);
        assert_eq!(mutability(stage, "unlock x1"), Mutability::Both);
        assert_eq!(command(stage, "lock x3"), []);
        assert!(
            stage
                .screen()
                .contains("there is no feature `x3`; there are x1, x2")
        );
        assert_eq!(command(stage, "set lambda_div 80"), []);
        assert!(stage.screen().contains("it takes a number from 0 to 10"));
        assert_eq!(command(stage, "toggle-run"), [Command::Pause]);
    });
}

#[test]
fn parameters_go_by_other_words() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(
            set(&command(stage, "set tau 0.6"))
                .parameters
                .decision_threshold,
            0.6
        );
        assert_eq!(
            set(&command(stage, "set lr 0.01")).parameters.learning_rate,
            0.01
        );
        assert_eq!(
            set(&command(stage, "set maxiter 9")).parameters.max_steps,
            9
        );
        stage.press(": s e t space t a u");
        assert!(stage.screen().contains("decision_threshold: target-class"));
    });
}

#[test]
fn commands_are_completed_recalled_and_refused() {
    with_dashboard(120, 40, |stage| {
        stage.press(": s e t space l a m b d a _ d tab");
        assert!(
            stage.screen().contains(":set lambda_div "),
            "{}",
            stage.screen()
        );
        assert!(stage.screen().contains("a number from 0 to 10 · now 0.5"));
        stage.press("0 . 7 enter : up");
        assert!(stage.screen().contains(":set lambda_div 0.7"));
        stage.press("esc : q u i t t enter");
        assert!(stage.screen().contains("did you mean `quit`?"));
        stage.press("backspace enter");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
    });
}

#[test]
fn the_picture_is_kept() {
    with_dashboard(120, 40, |stage| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("picture.txt");
        command(stage, &format!("export {}", path.display()));
        let picture = std::fs::read_to_string(&path).unwrap();
        assert!(picture.contains("Counterfactual training"));
        assert!(
            !picture.contains(":export"),
            "the command line is closed by then"
        );
        command(stage, "export picture.gif");
        assert!(stage.screen().contains("the screen ends in .svg or .txt"));
    });
}

#[test]
fn the_command_and_the_recipe_are_copied() {
    with_dashboard(120, 40, |stage| {
        let copied = |stage: &mut Stage<'_>, key: &str| {
            stage.keys.send(Input::Key(event(key))).unwrap();
            match stage.turn() {
                Request::Copy(text) => text,
                other => panic!("a copy, not {other:?}"),
            }
        };
        let command = copied(stage, "K");
        assert!(
            command.starts_with("ctui --preset moon --set "),
            "{command}"
        );
        let recipe: Recipe = serde_json::from_str(&copied(stage, "J")).unwrap();
        assert_eq!(recipe.source.title(), "Moons");
    });
}

#[test]
fn the_command_line_is_edited_at_any_place() {
    with_dashboard(120, 40, |stage| {
        stage.press(": s e t space l a m b d a _ d i v space 7 left 0 . right end");
        stage.press("ctrl-w 0 . 9 home right right right right delete l");
        assert!(
            stage.screen().contains(":set l▏ambda_div 0.9"),
            "{}",
            stage.screen()
        );
        assert_eq!(set(&stage.press("enter")).parameters.lambda_div, 0.9);
        stage.press(": q u i t ctrl-u");
        assert!(stage.screen().contains(" :▏ "), "{}", stage.screen());
        stage.press("esc enter 7 left 0 . enter");
        let typed = stage.dashboard.app().controls().unwrap();
        assert_eq!(typed.parameters.lambda_div, 0.7);
    });
}

#[test]
fn a_page_and_a_picture_are_handed_out_while_training_rests() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let export = |stage: &mut Stage<'_>, name: &str| {
        command(stage, &format!("export {}", path(name).display()));
    };
    with_dashboard(140, 40, |stage| {
        for name in ["run.html", "run.png"] {
            export(stage, name);
            assert!(stage.screen().contains("pause first"), "{}", stage.screen());
            assert!(!path(name).exists());
        }
        command(stage, "inspect row=4");
        let mut paused = fixture::snapshot(57);
        paused.status = Status::Paused;
        let app = stage.dashboard.app();
        paused.arms = (0..2).map(|arm| fixture::inspected(app, arm)).collect();
        stage.publish(paused);
        export(stage, "run.html");
        assert!(
            stage.screen().contains("the page is in"),
            "{}",
            stage.screen()
        );
        let page = std::fs::read_to_string(path("run.html")).unwrap();
        let options = roxmltree::ParsingOptions {
            allow_dtd: true,
            ..Default::default()
        };
        let document = roxmltree::Document::parse_with_options(&page, options).unwrap();
        let texts = document.descendants().filter_map(|node| node.text());
        let text: String = texts.collect();
        for part in [
            "Moons after 57 epochs",
            "Boundary of CT over x1 and x2",
            "test sample 4, which is advised below",
            "About row 4 of the test samples of Moons",
            "ctui ctui1:",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }

        export(stage, "run.png");
        assert!(
            stage
                .screen()
                .contains("the picture of the boundaries is in")
        );
        let picture = image::open(path("run.png")).unwrap();
        assert!(picture.width() > 2 * picture.height());

        std::fs::write(path("mine.html"), "mine").unwrap();
        export(stage, "mine.html");
        assert!(stage.screen().contains("is there already"));
        assert_eq!(std::fs::read_to_string(path("mine.html")).unwrap(), "mine");
    });
}
