//! What the mouse does: it chooses panels, lines and samples, and scrolls.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::{
    action::{Action, Brush, Panel},
    keymap::Context,
    panels::{
        boundary::pick, features, help, history, messages, parameters, picker, scoreboard, sweep,
        tabs,
    },
    state::{self, App, Mode},
};

/// Lines per step of the wheel in long lists.
const PAGE: i32 = 3;

/// What an event of the mouse means where it happened.
pub fn actions(app: &App, event: MouseEvent) -> Vec<Action> {
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => scroll(app, at, 1),
        MouseEventKind::ScrollUp => scroll(app, at, -1),
        MouseEventKind::Down(MouseButton::Left) => match &app.mode {
            Mode::Help(state) => click_help(app, state, at),
            Mode::Picker(state) => click_picker(app, state, at),
            Mode::Sweep(state) => click_sweep(app, state, at),
            Mode::Messages(state) => click_messages(app, *state, at),
            Mode::Entry(_) | Mode::Command(_) | Mode::Code(_) => vec![Action::Back],
            Mode::Filter => vec![Action::Submit],
            Mode::Draw => click_drawing(app, at),
            Mode::Normal => click(app, at),
        },
        _ => Vec::new(),
    }
}

/// The wheel moves through what is open, or through what it is over.
fn scroll(app: &App, at: Position, lines: i32) -> Vec<Action> {
    match app.mode {
        Mode::Help(_) | Mode::Messages(_) => return vec![Action::Move(PAGE * lines)],
        Mode::Picker(_) | Mode::Sweep(_) => return vec![Action::Move(lines)],
        Mode::Command(_) => return vec![Action::Complete(lines)],
        Mode::Entry(_) | Mode::Filter | Mode::Code(_) => return Vec::new(),
        Mode::Draw => {
            let size = if lines > 0 {
                Brush::Larger
            } else {
                Brush::Smaller
            };
            return vec![Action::Brush(size)];
        }
        Mode::Normal => {}
    }
    if strip(app, at).is_some() {
        return vec![Action::Scrub(lines)];
    }
    match panel(app, at) {
        Some((Panel::Boundary, _)) | None => Vec::new(),
        Some((panel, _)) => vec![Action::Focus(panel), Action::Move(lines)],
    }
}

/// A click on a key does what the key does, where that is possible; one beside the list closes it.
fn click_help(app: &App, state: &state::help::State, at: Position) -> Vec<Action> {
    if !help::popup(Rect::from(app.size)).contains(at) {
        return vec![Action::Back];
    }
    let Some(binding) = help::at(app, state, at) else {
        return Vec::new();
    };
    let action = binding.action.clone();
    match binding.context {
        Context::Everywhere | Context::Always => vec![Action::Back, action],
        Context::Panel(panel) => vec![Action::Back, Action::Focus(panel), action],
        _ => Vec::new(),
    }
}

/// A click selects data, a second one trains on them; one beside the list closes it.
fn click_picker(app: &App, state: &state::picker::State, at: Position) -> Vec<Action> {
    if !picker::popup(Rect::from(app.size)).contains(at) {
        return vec![Action::Back];
    }
    match picker::at(app, state, at) {
        Some(index) if index == state.selected() => vec![Action::Submit],
        Some(index) => vec![Action::Select(index)],
        None => Vec::new(),
    }
}

/// A click selects a combination, a second one opens it; one beside the table closes it.
fn click_sweep(app: &App, state: &state::sweep::State, at: Position) -> Vec<Action> {
    if !sweep::popup(Rect::from(app.size)).contains(at) {
        return vec![Action::Back];
    }
    match sweep::at(app, state, at) {
        Some(row) if row == state.selected => vec![Action::Submit],
        Some(row) => vec![Action::Select(row)],
        None => Vec::new(),
    }
}

/// A click selects a message; one beside the list closes it.
fn click_messages(app: &App, state: state::messages::State, at: Position) -> Vec<Action> {
    if !messages::popup(Rect::from(app.size)).contains(at) {
        return vec![Action::Back];
    }
    let message = messages::at(app, state, at);
    message.map(Action::Select).into_iter().collect()
}

/// A click draws on the boundary's plane; elsewhere it does what it always does, without the brush.
fn click_drawing(app: &App, at: Position) -> Vec<Action> {
    let plots = pick::plots(app).unwrap_or_default();
    match plots.iter().any(|(_, plot)| plot.contains(at)) {
        true => vec![Action::BrushAt {
            column: at.x,
            row: at.y,
        }],
        false => std::iter::once(Action::Back)
            .chain(click(app, at))
            .collect(),
    }
}

/// The panel at a place, and where it is.
fn panel(app: &App, at: Position) -> Option<(Panel, Rect)> {
    let panels = app.layout()?.panels;
    panels.into_iter().find(|(_, area)| area.contains(at))
}

/// The line of the run's history, if it is at a place.
fn strip(app: &App, at: Position) -> Option<Rect> {
    let strip = app.layout()?.strip;
    (strip.contains(at) && app.slow_motion.phase.is_none()).then_some(strip)
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
    if let Some(strip) = strip(app, at) {
        let epoch = history::at(app, strip, at);
        return epoch.map(Action::Rewind).into_iter().collect();
    }
    match panel(app, at) {
        Some((panel, area)) => click_panel(app, panel, area, at),
        None => Vec::new(),
    }
}

/// A click focuses a panel, and selects the line or the sample at its place. The boundary keeps the
/// focus, so that arrow keys go on from the sample.
fn click_panel(app: &App, panel: Panel, area: Rect, at: Position) -> Vec<Action> {
    let chosen = match panel {
        Panel::Parameters => parameters::at(app, area, at.y).map(Action::Select),
        Panel::Features => features::at(app, area, at.y).map(Action::Select),
        Panel::Scoreboard => scoreboard::at(app, area, at.y).map(Action::Select),
        Panel::Boundary => {
            let picked = pick::at(app, at.x, at.y).map(|row| Action::Inspect { row });
            return picked.into_iter().chain([Action::Focus(panel)]).collect();
        }
        _ => None,
    };
    [Action::Focus(panel)].into_iter().chain(chosen).collect()
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
            [Action::Inspect { .. }, Action::Focus(Panel::Boundary)]
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
    }
}
