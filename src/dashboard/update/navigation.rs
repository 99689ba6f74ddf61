//! Focus, panels, selection, help.

use ratatui::layout::Size;

use super::{command_line, files, inspect, lesson, picker, selection::moved, slow_motion, sweep};
use crate::{
    dashboard::{
        action::{Direction, Panel},
        layout,
        log::Tone,
        panels::{burden, inspector},
        state::{App, Mode},
        state::{help, messages},
        widgets::TextField,
    },
    session::{Axes, Command},
    training::TERMS,
};

pub(super) fn resize(app: &mut App, columns: u16, rows: u16) -> Vec<Command> {
    app.size = Size::new(columns, rows);
    Vec::new()
}

/// Moves the focus to the next panel on the screen, or on a small screen to the next tab.
pub(super) fn turn(app: &mut App, by: isize) -> Vec<Command> {
    let placed = app.layout().filter(|layout| layout.tabs.is_empty());
    let visible = |panel: Panel| match &placed {
        Some(layout) => layout.panels.iter().any(|(placed, _)| *placed == panel),
        None => true,
    };
    let all = Panel::ALL.len() as isize;
    let mut index = app.arrangement.focus as isize;
    for _ in 0..all {
        index = (index + by).rem_euclid(all);
        let panel = Panel::ALL[index as usize];
        if visible(panel) {
            app.arrangement.focus = panel;
            break;
        }
    }
    Vec::new()
}

pub(super) fn focus(app: &mut App, panel: Panel) -> Vec<Command> {
    if panel == Panel::Inspector {
        inspect::first(app);
    }
    app.arrangement.show(panel, app.size);
    app.arrangement.focus = panel;
    Vec::new()
}

/// Selects a line of what is open, or else of the focused list, kept in range.
pub(super) fn select(app: &mut App, line: usize) -> Vec<Command> {
    match &mut app.mode {
        Mode::Picker(state) => state.select(line),
        Mode::Sweep(state) => {
            sweep::go(state, i32::MIN);
            sweep::go(state, i32::try_from(line).unwrap_or(i32::MAX));
        }
        Mode::Messages(state) => state.back = line,
        _ => {
            go(app, i32::MIN);
            go(app, i32::try_from(line).unwrap_or(i32::MAX));
        }
    }
    Vec::new()
}

/// Focuses a panel; hides it if it has the focus already and others remain.
pub(super) fn toggle(app: &mut App, panel: Panel) -> Vec<Command> {
    if app.arrangement.focus != panel || !app.arrangement.shows(panel) {
        return focus(app, panel);
    }
    match layout::fits_all(app.size) && !app.arrangement.zoomed {
        true => hide(app),
        false => Vec::new(),
    }
}

/// Hides the focused panel if others remain, and says how it comes back.
pub(super) fn hide(app: &mut App) -> Vec<Command> {
    let panel = app.arrangement.focus;
    if !layout::fits_all(app.size) || app.arrangement.zoomed {
        app.say(
            Tone::Refusal,
            "one panel has the screen to itself: none can be hidden",
        );
        return Vec::new();
    }
    if app.arrangement.hidden.len() + 1 >= Panel::ALL.len() {
        app.say(Tone::Refusal, "the last panel stays");
        return Vec::new();
    }
    app.arrangement.hidden.retain(|hidden| *hidden != panel);
    app.arrangement.hidden.push(panel);
    let (title, number) = (panel.title(), panel.number());
    app.say(
        Tone::Note,
        format!("{title} is hidden · {number} shows it again"),
    );
    turn(app, 1)
}

pub(super) fn zoom(app: &mut App) -> Vec<Command> {
    app.arrangement.zoomed ^= true;
    Vec::new()
}

/// Leaves what is open; the innermost first.
pub(super) fn back(app: &mut App) -> Vec<Command> {
    match app.mode {
        Mode::Filter => {
            app.features.filter = TextField::default();
            app.mode = Mode::Normal;
        }
        Mode::Entry(_)
        | Mode::Command(_)
        | Mode::Code(_)
        | Mode::Messages(_)
        | Mode::Picker(_)
        | Mode::Sweep(_)
        | Mode::Help(_) => app.mode = Mode::Normal,
        Mode::Draw => app.mode = Mode::Normal,
        Mode::Normal if app.arrangement.zoomed => app.arrangement.zoomed = false,
        Mode::Normal if app.slow_motion.phase.is_some() => slow_motion::leave(app),
        Mode::Normal if app.lesson.is_some() => lesson::leave(app),
        Mode::Normal if app.inspector.row.is_some() => inspect::leave(app),
        Mode::Normal if app.offer.is_some() => files::decline_tour(app),
        Mode::Normal => app.message = None,
    }
    Vec::new()
}

pub(super) fn help(app: &mut App) -> Vec<Command> {
    app.mode = match app.mode {
        Mode::Help(_) => Mode::Normal,
        _ => Mode::Help(help::State {
            topics: help::topics(app),
            ..help::State::default()
        }),
    };
    Vec::new()
}

pub(super) fn messages(app: &mut App) -> Vec<Command> {
    app.mode = match app.mode {
        Mode::Messages(_) => Mode::Normal,
        _ => Mode::Messages(messages::State::default()),
    };
    Vec::new()
}

/// Moves the selection of what is open, or else of the focused list.
pub(super) fn go(app: &mut App, lines: i32) -> Vec<Command> {
    let helpful = match &app.mode {
        Mode::Help(state) => help::lines(app, state).len(),
        _ => 0,
    };
    match &mut app.mode {
        Mode::Help(state) => state.scroll = moved(state.scroll, lines, helpful),
        Mode::Command(_) => return command_line::recall(app, lines),
        Mode::Picker(_) => return picker::go(app, lines),
        Mode::Sweep(state) => sweep::go(state, lines),
        Mode::Messages(state) => {
            let back = lines.checked_neg().unwrap_or(i32::MAX);
            state.back = moved(state.back, back, app.log.entries().len());
        }
        Mode::Code(_) => {}
        Mode::Normal | Mode::Draw | Mode::Entry(_) | Mode::Filter => {
            return go_in_panel(app, lines);
        }
    }
    Vec::new()
}

fn go_in_panel(app: &mut App, lines: i32) -> Vec<Command> {
    let scores = (app.snapshot.as_ref()).map_or(0, |snapshot| snapshot.scoreboard.scores.len());
    let step = |selected: &mut usize, count| *selected = moved(*selected, lines, count);
    match app.arrangement.focus {
        Panel::Boundary => return go_among_samples(app, lines),
        Panel::Parameters => go_among_parameters(app, lines),
        Panel::Features => go_among_features(app, lines),
        Panel::Losses => step(&mut app.losses.selected, TERMS.len()),
        Panel::Scoreboard => step(&mut app.scoreboard.selected, scores),
        Panel::Inspector => {
            let places = inspector::places(app);
            app.inspector.scroll = moved(app.inspector.scroll, lines, places);
        }
        Panel::Burden => {
            let hidden = burden::hidden_lines(app);
            app.burden.scroll = moved(app.burden.scroll.min(hidden), lines, hidden + 1);
        }
        Panel::Counterfactuals | Panel::Robustness => {}
    }
    Vec::new()
}

/// Inspects the nearest sample above or below; the boundary has no first and last line.
fn go_among_samples(app: &mut App, lines: i32) -> Vec<Command> {
    match lines {
        i32::MIN | 0 | i32::MAX => Vec::new(),
        ..0 => inspect::pick(app, Direction::Up),
        1.. => inspect::pick(app, Direction::Down),
    }
}

/// Selects among the parameters that are shown.
fn go_among_parameters(app: &mut App, lines: i32) {
    let shown = app.offered();
    let selected = app.parameters.selected;
    let at = shown.iter().position(|index| *index == selected);
    let to = moved(at.unwrap_or(0), lines, shown.len());
    app.parameters.selected = shown.get(to).copied().unwrap_or(selected);
}

fn go_among_features(app: &mut App, lines: i32) {
    let Some(snapshot) = &app.snapshot else {
        return;
    };
    let order = app.features.order(snapshot);
    let at = order
        .iter()
        .position(|index| *index == app.features.selected);
    let to = moved(at.unwrap_or(0), lines, order.len());
    app.features.selected = order.get(to).copied().unwrap_or(0);
}

/// Keeps selections inside lists that have become shorter.
pub(super) fn settle(app: &mut App) {
    let Some(snapshot) = app.snapshot.clone() else {
        return;
    };
    let (features, classes) = (
        snapshot.dataset.dimensions(),
        snapshot.dataset.classes.len(),
    );
    let order = app.features.order(&snapshot);
    if !order.contains(&app.features.selected) {
        app.features.selected = order.first().copied().unwrap_or(0);
    }
    let offered = app.offered();
    if !offered.contains(&app.parameters.selected) {
        app.parameters.selected = offered.first().copied().unwrap_or(0);
    }
    let scores = snapshot.scoreboard.scores.len();
    app.scoreboard.selected = app.scoreboard.selected.min(scores.saturating_sub(1));
    app.inspector.scroll = app.inspector.scroll.min(inspector::places(app));
    let columns = &snapshot.burdens.columns;
    if snapshot.burdens.epoch > 0 {
        let gone = |column: &mut String| !columns.contains(column);
        app.burden.view.column.take_if(gone);
    }
    app.burden.view.target.take_if(|target| *target >= classes);
    app.inspector
        .row
        .take_if(|row| *row >= snapshot.dataset.test.len());
    app.inspector.target.take_if(|target| *target >= classes);
    app.boundary.only.take_if(|class| *class >= classes);
    let fits = |axes: &mut Axes| match *axes {
        Axes::Features(x, y) => x < features && y < features,
        Axes::PrincipalComponents => features > 2,
    };
    app.boundary.axes.take_if(|axes| !fits(axes));
    if layout::is_tall(app.size) && app.arrangement.shows(Panel::Inspector) {
        inspect::first(app);
    }
}
