//! What recourse costs groups.

use ratatui::{buffer::Buffer, layout::Rect};

use super::*;
use crate::{
    dashboard::{action::Panel, panels, theme::Level, widgets::Marker},
    session::{BurdenView, Burdens},
};

/// A snapshot with other burdens.
fn with(change: impl FnOnce(&mut Burdens)) -> Snapshot {
    let mut snapshot = fixture::snapshot(57);
    let mut burdens = snapshot.burdens.as_ref().clone();
    change(&mut burdens);
    snapshot.burdens = Arc::new(burdens);
    snapshot
}

fn view(column: &str, target: Option<usize>) -> BurdenView {
    BurdenView {
        column: Some(column.into()),
        target,
    }
}

#[test]
fn groups_are_measured_while_they_are_looked_at() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.dashboard.app().view.burden, None);
        assert!(!stage.screen().contains("Burden"));
        let asked = look(&stage.press("9")).burden.clone();
        assert_eq!(asked, Some(BurdenView::default()));
        let screen = stage.screen();
        for text in ["by x2 → lower", "-0.9 to 0.2", "1.80*", "carried by"] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
        let asked = look(&stage.press("right")).burden.clone();
        assert_eq!(asked, Some(view("x1", None)));
        assert!(stage.screen().contains("not measured yet"));
        stage.publish(with(|burdens| {
            burdens.view = view("x1", None);
            burdens.column = "x1".into();
        }));
        assert!(
            stage.screen().contains("by x1 → lower"),
            "{}",
            stage.screen()
        );
        let asked = look(&stage.press("v")).burden.clone();
        assert_eq!(asked, Some(view("x1", Some(0))));
        assert_eq!(look(&stage.press("Z")).burden, None);
        assert!(!stage.screen().contains("9 Burden"));
    });
}

#[test]
fn columns_are_chosen_by_name() {
    with_dashboard(120, 40, |stage| {
        command(stage, "group-by x3");
        assert!(
            stage.screen().contains("there is no column x3"),
            "{}",
            stage.screen()
        );
        let commands = command(stage, "group-by x1");
        assert_eq!(look(&commands).burden, Some(view("x1", None)));
        assert_eq!(stage.dashboard.app().arrangement.focus, Panel::Burden);
        stage.publish(with(|burdens| {
            burdens.view = view("x1", None);
            burdens.columns = vec!["age".into()];
        }));
        let asked = stage.dashboard.app().view.burden.clone();
        assert_eq!(asked, Some(BurdenView::default()), "the column is gone");
    });
}

#[test]
fn it_takes_the_place_of_the_inspector_where_there_is_no_room_for_both() {
    for (width, height, both) in [(120, 40, false), (200, 60, true)] {
        with_dashboard(width, height, |stage| {
            stage.press("8");
            let shows = |stage: &Stage<'_>, panel| stage.dashboard.app().arrangement.shows(panel);
            stage.press("9");
            assert_eq!(shows(stage, Panel::Inspector), both);
            stage.press("8");
            assert_eq!(shows(stage, Panel::Burden), both);
        });
    }
}

#[test]
fn all_lines_are_reached_on_a_small_screen() {
    with_dashboard(80, 24, |stage| {
        stage.press("9");
        assert!(stage.screen().contains(" more "), "{}", stage.screen());
        let seen = |stage: &mut Stage<'_>| stage.screen().contains("not compared.");
        assert!(!seen(stage));
        for _ in 0..40 {
            stage.press("down");
        }
        assert!(seen(stage), "{}", stage.screen());
        stage.press("up");
        assert!(stage.screen().contains("↓1 more"), "{}", stage.screen());
    });
}

#[test]
fn why_there_is_nothing_is_said() {
    type Change = fn(&mut Burdens);
    let cases: [(Change, &str); 4] = [
        (|burdens| *burdens = Burdens::default(), "not measured yet"),
        (
            |burdens| (burdens.finding, burdens.columns) = (None, Vec::new()),
            "pixels make no groups of people",
        ),
        (|burdens| burdens.finding = None, "x2 is the same in all"),
        (
            |burdens| {
                burdens.finding = None;
                burdens.problem = Some("a \u{1b}defect".into());
            },
            "not measured: a ",
        ),
    ];
    for (change, text) in cases {
        with_dashboard(80, 24, |stage| {
            stage.press("9");
            stage.publish(with(change));
            assert!(stage.screen().contains(text), "{text}: {}", stage.screen());
        });
    }
}

#[test]
fn any_room_will_do() {
    let mut app = fixture::app(120, 40, Level::Off, Marker::Ascii);
    let mut small = with(|burdens| {
        let finding = burdens.finding.as_mut().unwrap();
        finding.burdens.truncate(1);
        finding.changes.clear();
        finding.proxies.moved[0].shares.truncate(1);
        finding.groups[0] = "漢字".repeat(20);
    });
    small.arms.truncate(1);
    for snapshot in [
        fixture::snapshot(57),
        small,
        fixture::images(),
        fixture::four(&app, 57),
    ] {
        app.snapshot = Some(Arc::new(snapshot));
        for width in [0, 1, 2, 3, 10, 20, 30, 40, 60, 100, 150, 300] {
            for height in [0, 1, 2, 3, 9, 50] {
                let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
                let area = buffer.area;
                panels::render(Panel::Burden, &app, area, &mut buffer);
            }
        }
    }
}
