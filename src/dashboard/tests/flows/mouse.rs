//! The mouse in what opens over the screen, and on the run's history.

use crossterm::event::MouseEventKind::{ScrollDown, ScrollUp};

use super::*;

#[test]
fn a_click_on_a_key_does_what_the_key_does() {
    with_dashboard(80, 24, |stage| {
        stage.press("? r e s t a r t");
        assert!(matches!(
            stage.click("start again with the same seed")[..],
            [Command::Restart(_)]
        ));
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
        stage.press("? t y p e space a");
        stage.click("type a value");
        assert!(matches!(stage.dashboard.app().mode, Mode::Entry(_)));
        stage.press("esc ?");
        stage.click(" ctui ");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
    });
}

#[test]
fn the_wheel_goes_through_help() {
    with_dashboard(80, 24, |stage| {
        stage.press("?");
        let before = stage.screen();
        stage.mouse(ScrollDown, 40, 12);
        assert_ne!(stage.screen(), before);
        stage.mouse(ScrollUp, 40, 12);
        assert_eq!(stage.screen(), before);
    });
}

#[test]
fn data_are_chosen_by_clicks() {
    with_dashboard(120, 40, |stage| {
        stage.press("d");
        assert_eq!(stage.click("Spirals"), []);
        assert!(stage.screen().contains("▸ Spirals"), "{}", stage.screen());
        stage.mouse(ScrollUp, 20, 20);
        assert!(stage.screen().contains("▸ XOR"), "{}", stage.screen());
        assert_eq!(restarted(stage.click("▸ XOR")).source.title(), "XOR");
    });
}

#[test]
fn a_message_that_is_too_long_is_read_below_the_list() {
    with_dashboard(120, 40, |stage| {
        let mut read = fixture::snapshot(60);
        let long = "a remark about every single one of the many columns ".repeat(3);
        read.notes = Arc::new(vec![format!("{long}until here"), "short".into()]);
        stage.publish(read);
        stage.press("M");
        assert!(!stage.screen().contains("until here"));
        stage.click("a remark about");
        assert!(stage.screen().contains("until here"), "{}", stage.screen());
        stage.mouse(ScrollDown, 60, 20);
        assert!(!stage.screen().contains("until here"));
    });
}

#[test]
fn the_history_is_clicked_and_scrolled() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.mouse(ScrollUp, 60, 1), [Command::Rewind(56)]);
        let Command::Rewind(epoch) = stage.mouse(event_click(), 40, 1)[0] else {
            panic!("no epoch is gone to");
        };
        assert!((20..40).contains(&epoch), "{epoch}");
        assert_eq!(command(stage, "rewind 7"), [Command::Rewind(7)]);
        assert_eq!(command(stage, "rewind 900"), [Command::Rewind(57)]);
    });
}

fn event_click() -> crossterm::event::MouseEventKind {
    crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left)
}
