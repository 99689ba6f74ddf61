//! Recordings of the screen, played again.

use std::{fs, path::Path};

use super::*;
use crate::dashboard::tests::cast::Cast;

/// The recording at `path`, of which the last picture is the screen's.
fn shows_the_screen(stage: &mut Stage<'_>, path: &Path) -> Cast {
    let cast = Cast::read(&fs::read_to_string(path).unwrap());
    let trimmed = |text: &str| {
        let lines: Vec<_> = text.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_owned()
    };
    assert_eq!(trimmed(&cast.last()), trimmed(&stage.screen()));
    cast
}

#[test]
fn a_recording_shows_what_the_screen_showed() {
    with_dashboard(120, 40, |stage| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lecture.cast");
        command(stage, &format!("record {}", path.display()));
        assert!(stage.screen().contains("● recording lecture.cast"));
        let begun = shows_the_screen(stage, &path);
        assert_eq!(begun.events.len(), 1, "the whole screen, once");
        stage.turn();
        assert_eq!(shows_the_screen(stage, &path).events.len(), 1);

        stage.press("2 z");
        command(stage, "set lambda_div 0.8");
        shows_the_screen(stage, &path);
        stage.dashboard.terminal().backend_mut().resize(80, 24);
        let resize = Action::Resize {
            columns: 80,
            rows: 24,
        };
        stage.keys.send(Input::Action(resize)).unwrap();
        stage.turn();
        assert!(stage.screen().contains("● rec"), "{}", stage.screen());
        stage.publish(fixture::snapshot(58));
        let cast = shows_the_screen(stage, &path);
        assert_eq!(cast.of("r").collect::<Vec<_>>(), ["80x24"]);
        let marks: Vec<_> = cast.of("m").collect();
        assert!(
            marks.contains(&"λ_div = 0.8 · from the next epoch"),
            "{marks:?}"
        );
        assert!((cast.seconds() - 0.28).abs() < 0.121, "{}", cast.seconds());
    });
}

#[test]
fn a_recording_ends_by_command_and_with_the_dashboard() {
    with_dashboard(120, 40, |stage| {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["a.cast", "b.cast"].map(|name| folder.path().join(name));
        command(stage, "record");
        assert!(stage.screen().contains("nothing is being recorded"));
        command(stage, &format!("record {}", first.display()));
        command(stage, &format!("record {}", second.display()));
        assert!(stage.screen().contains("a.cast is being recorded"));
        assert!(!second.exists());
        command(stage, "record stop");
        assert!(stage.screen().contains("asciinema play"));
        assert!(!stage.screen().contains("● rec"));
        let ended = shows_the_screen(stage, &first);
        stage.press("2");
        let still = Cast::read(&fs::read_to_string(&first).unwrap());
        assert_eq!(still.events.len(), ended.events.len());
        assert_eq!(still.of("x").count(), 0);

        command(stage, &format!("record {}", second.display()));
        stage.keys.send(Input::Key(event("ctrl-c"))).unwrap();
        assert_eq!(stage.turn(), Request::Quit);
        let cast = Cast::read(&fs::read_to_string(&second).unwrap());
        assert_eq!(cast.events.last().unwrap().1, "x");
        assert_eq!(cast.of("x").collect::<Vec<_>>(), ["0"]);
    });
}

#[test]
fn a_recording_takes_no_other_files_place() {
    with_dashboard(120, 40, |stage| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.cast");
        fs::write(&path, "mine").unwrap();
        command(stage, &format!("record {}", path.display()));
        assert!(stage.screen().contains("the same again replaces it"));
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        command(stage, &format!("record {}", path.display()));
        shows_the_screen(stage, &path);
        command(stage, "record");
        command(stage, &format!("record {}", path.display()));
        assert!(
            stage.screen().contains("the same again replaces it"),
            "what was recorded cannot be had again"
        );
        command(stage, "record mine.txt");
        assert!(stage.screen().contains("a recording ends in .cast"));
        command(stage, "record /nowhere/a.cast");
        assert!(
            stage
                .screen()
                .contains("the folder /nowhere does not exist")
        );
    });
}
