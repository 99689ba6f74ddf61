//! What the mouse does: it chooses panels, lines and samples, and scrolls.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::{
    action::{Action, Panel},
    app::{App, Mode},
    panels::{boundary::pick, features, parameters, tabs},
};

/// Lines of help per step of the wheel.
const PAGE: i32 = 3;

/// What an event of the mouse means where it happened.
pub fn actions(app: &App, event: MouseEvent) -> Vec<Action> {
    let at = Position::new(event.column, event.row);
    match (event.kind, &app.mode) {
        (MouseEventKind::ScrollDown, Mode::Help(_)) => vec![Action::Move(PAGE)],
        (MouseEventKind::ScrollUp, Mode::Help(_)) => vec![Action::Move(-PAGE)],
        (MouseEventKind::ScrollDown, Mode::Normal) => scroll(app, at, 1),
        (MouseEventKind::ScrollUp, Mode::Normal) => scroll(app, at, -1),
        (MouseEventKind::Down(MouseButton::Left), Mode::Normal) => click(app, at),
        _ => Vec::new(),
    }
}

/// The panel at a place, and where it is.
fn panel(app: &App, at: Position) -> Option<(Panel, Rect)> {
    let panels = app.layout()?.panels;
    panels.into_iter().find(|(_, area)| area.contains(at))
}

fn scroll(app: &App, at: Position, lines: i32) -> Vec<Action> {
    match panel(app, at) {
        Some((panel, _)) => vec![Action::Focus(panel), Action::Move(lines)],
        None => Vec::new(),
    }
}

fn click(app: &App, at: Position) -> Vec<Action> {
    let Some(layout) = app.layout() else {
        return Vec::new();
    };
    if layout.header.contains(at) {
        return vec![Action::ToggleRun];
    }
    if layout.tabs.contains(at) {
        let tab = tabs::at(layout.tabs, at.x);
        return tab.map(Action::Focus).into_iter().collect();
    }
    let Some((panel, area)) = panel(app, at) else {
        return Vec::new();
    };
    let mut actions = vec![Action::Focus(panel)];
    let line = match panel {
        Panel::Parameters => parameters::at(app, area, at.y),
        Panel::Features => features::at(app, area, at.y),
        _ => None,
    };
    actions.extend(line.map(Action::Select));
    let sample = pick::at(app, at.x, at.y).filter(|_| panel == Panel::Boundary);
    actions.extend(sample.map(|row| Action::Inspect { row }));
    actions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{tests::fixture, theme::Level, widgets::Marker};
    use crossterm::event::KeyModifiers;

    fn at(app: &App, kind: MouseEventKind, column: u16, row: u16) -> Vec<Action> {
        let modifiers = KeyModifiers::NONE;
        actions(
            app,
            MouseEvent {
                kind,
                column,
                row,
                modifiers,
            },
        )
    }

    const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

    #[test]
    fn clicks_choose_tabs_panels_and_lines() {
        let small = fixture::app(80, 24, Level::Rgb, Marker::Braille);
        assert_eq!(at(&small, CLICK, 14, 1), [Action::Focus(Panel::Losses)]);
        let boundary = at(&small, CLICK, 20, 10);
        assert!(matches!(
            boundary[..],
            [Action::Focus(Panel::Boundary), Action::Inspect { .. }]
        ));
        assert_eq!(at(&small, CLICK, 1, 10), [Action::Focus(Panel::Boundary)]);
        assert_eq!(at(&small, CLICK, 5, 0), [Action::ToggleRun]);
        let large = fixture::app(120, 40, Level::Rgb, Marker::Braille);
        let place = |panel: Panel| {
            let panels = large.layout().unwrap().panels;
            panels
                .into_iter()
                .find(|(known, _)| *known == panel)
                .unwrap()
                .1
        };
        let list = place(Panel::Parameters);
        assert_eq!(
            at(&large, CLICK, list.x + 3, list.y + 2),
            [Action::Focus(Panel::Parameters), Action::Select(0)]
        );
        let heading = [Action::Focus(Panel::Parameters)];
        assert_eq!(at(&large, CLICK, list.x + 3, list.y + 1), heading);
        let features = place(Panel::Features);
        assert_eq!(
            at(&large, CLICK, features.x + 3, features.y + 3),
            [Action::Focus(Panel::Features), Action::Select(1)]
        );
    }

    #[test]
    fn the_wheel_moves_lines_and_motion_does_nothing() {
        let app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
        let list = [Action::Focus(Panel::Parameters), Action::Move(1)];
        assert_eq!(at(&app, MouseEventKind::ScrollDown, 110, 5), list);
        assert_eq!(at(&app, MouseEventKind::Moved, 110, 5), []);
        assert_eq!(at(&app, CLICK, 500, 500), []);
        let mut help = app.clone();
        help.mode = Mode::Help(Default::default());
        assert_eq!(
            at(&help, MouseEventKind::ScrollUp, 5, 5),
            [Action::Move(-3)]
        );
    }
}
