//! The tour, from start to end by Enter alone.

use std::{thread, time::Duration};

use ctui::dashboard::lesson::Lesson;
use portable_pty::PtySize;

use crate::stage::{Stage, cells};

/// The words on the screen, without frames, in one line.
fn words(screen: &str) -> String {
    let inner = |line: &str| {
        let kept: String = line
            .chars()
            .map(|c| {
                if "│┌┐└┘╭╮╰╯─".contains(c) {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    screen.lines().map(inner).collect::<Vec<_>>().join(" ")
}

/// What of a text stands outside of braces.
fn fixed(text: &str) -> Vec<String> {
    let parts = text
        .split('{')
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| part.len() > 3)
        .collect()
}

fn play(columns: u16, rows: u16) {
    let lesson = Lesson::open("tour").unwrap();
    let mut stage = Stage::new(env!("CARGO_BIN_EXE_ctui"), &["lesson", "tour"]);
    stage.wait_for("1/8");
    stage
        .screen
        .lock()
        .unwrap()
        .screen_mut()
        .set_size(cells(rows), cells(columns));
    let size = PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    };
    stage.terminal.resize(size).unwrap();
    for (index, step) in lesson.steps.iter().enumerate() {
        let number = format!(" {}/{} ", index + 1, lesson.steps.len());
        stage.wait_for(&number);
        let parts = fixed(&step.say.plain());
        stage.wait(&format!("all of card {number}"), |screen| {
            let shown = words(&screen.contents());
            parts.iter().all(|part| shown.contains(part.as_str()))
        });
        for _ in 0..60 {
            stage.type_keys("\r");
            thread::sleep(Duration::from_millis(400));
            if !stage.text().contains(&number) {
                break;
            }
        }
    }
    stage.wait("the end", |screen| !screen.contents().contains(" 8/8 "));
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
}

#[test]
fn the_tour_is_played_by_enter_alone_on_a_small_screen() {
    play(80, 24);
}

#[test]
fn the_tour_is_played_by_enter_alone_on_a_large_screen() {
    play(120, 40);
}

#[test]
fn the_tour_is_offered_until_it_is_declined() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().to_str().unwrap();
    let start = || {
        let program = env!("CARGO_BIN_EXE_ctui");
        Stage::new("env", &[&format!("XDG_STATE_HOME={state}"), program])
    };
    let mut stage = start();
    stage.wait_for(":tour");
    stage.type_keys("\x1b");
    stage.wait("no offer", |screen| !screen.contents().contains(":tour"));
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
    let mut stage = start();
    stage.wait_for("Counterfactual training");
    stage.wait_for("★");
    assert!(!stage.text().contains(":tour"));
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
}
