//! The brush, by keys and by mouse.

use super::*;
use crate::{dashboard::panels::boundary::pick, session::Stroke};

fn points(commands: &[Command]) -> usize {
    let count = |command: &Command| match command {
        Command::Draw(Stroke::Add(points)) => points.len(),
        _ => 0,
    };
    commands.iter().map(count).sum()
}

#[test]
fn two_hundred_points_are_drawn_by_keys_and_mouse() {
    with_dashboard(120, 40, |stage| {
        stage.press("1 D");
        assert_eq!(stage.dashboard.app().mode, Mode::Draw);
        let one = stage.press("right right shift-up enter");
        assert_eq!(points(&one), 1);
        stage.press("2 ] ]");
        let sprays = stage.press("enter up enter left enter down enter right enter");
        assert_eq!(points(&sprays), 100);
        let Some(Command::Draw(Stroke::Add(drawn))) = sprays.first() else {
            panic!("{sprays:?}");
        };
        assert!(drawn.iter().all(|(_, class)| *class == 1), "{drawn:?}");
        let plots = pick::plots(stage.dashboard.app()).unwrap();
        let plot = plots[0].1;
        let click = crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left);
        let mut clicked = 0;
        for offset in 0..5 {
            let (column, row) = (plot.x + 3 + offset, plot.y + 2);
            clicked += points(&stage.mouse(click, column.into(), row.into()));
        }
        assert_eq!(clicked, 100);
        assert!(stage.screen().contains("20 at once"), "{}", stage.screen());
    });
}

#[test]
fn strokes_are_taken_back_and_points_removed() {
    with_dashboard(80, 24, |stage| {
        stage.press("1 D enter");
        assert_eq!(stage.press("u"), [Command::Draw(Stroke::TakeBack)]);
        assert_eq!(stage.press("U"), [Command::Draw(Stroke::Again)]);
        assert!(matches!(
            stage.press("backspace")[..],
            [Command::Draw(Stroke::Erase { .. })]
        ));
        stage.press("esc");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
        assert!(matches!(
            command(stage, "point 0.5 -1 class=1")[..],
            [Command::Draw(Stroke::Add(_))]
        ));
        assert_eq!(command(stage, "point 0.5 -1 class=9"), []);
        assert!(restarted(command(stage, "empty-plane")).drawing.alone);
    });
}

#[test]
fn data_are_saved_and_what_cannot_be_drawn_on_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.csv");
    with_dashboard(120, 40, |stage| {
        command(stage, &format!("data save {}", path.display()));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("x1,x2,label\n"), "{text}");
        stage.publish(fixture::images());
        stage.press("1 D");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
        let message = stage.dashboard.app().message.clone().unwrap().text;
        assert!(message.contains("two numeric features"), "{message}");
    });
}
