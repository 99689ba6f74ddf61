//! Which sample is inspected, and what is shown of it.

use crate::{
    dashboard::{
        action::{Direction, Panel},
        log::Tone,
        panels::boundary::pick,
        state::App,
        state::boundary::Shown,
    },
    session::Command,
};

/// Inspects a row of the test set, with the focus on what is shown of it.
pub(super) fn show(app: &mut App, row: usize) -> Vec<Command> {
    let commands = inspect(app, row);
    if app.inspector.row == Some(row) {
        app.arrangement.focus = Panel::Inspector;
    }
    commands
}

/// Inspects a row of the test set; rows count from 0, as in files.
pub(super) fn inspect(app: &mut App, row: usize) -> Vec<Command> {
    let samples = app
        .snapshot
        .as_ref()
        .map_or(0, |snapshot| snapshot.dataset.test.len());
    if row < samples {
        app.inspector.row = Some(row);
        app.inspector.scroll = 0;
        app.boundary.samples = Shown::Test;
        app.arrangement.show(Panel::Inspector, app.size);
    } else if let Some(last) = samples.checked_sub(1) {
        let rows = format!("the test set's rows count from 0 and end at {last}");
        app.say(Tone::Refusal, format!("row {row}: {rows}"));
    }
    Vec::new()
}

/// Inspects the first example; does nothing if a sample is inspected already.
pub(super) fn first(app: &mut App) {
    let row = app.snapshot.as_ref().and_then(|snapshot| {
        let examples = &snapshot.reference().trajectories.examples;
        Some(examples.first()?.row)
    });
    if let (None, Some(row)) = (app.inspector.row, row) {
        inspect(app, row);
    }
}

/// Inspects the sample that is `by` further on, going round at the ends.
pub(super) fn next(app: &mut App, by: i32) -> Vec<Command> {
    let Some(row) = app.inspector.row else {
        first(app);
        return Vec::new();
    };
    let samples = app
        .snapshot
        .as_ref()
        .map_or(0, |snapshot| snapshot.dataset.test.len());
    let samples = samples.max(1) as i64;
    inspect(
        app,
        (row as i64 + i64::from(by)).rem_euclid(samples) as usize,
    )
}

/// Inspects the nearest sample in a direction.
pub(super) fn pick(app: &mut App, direction: Direction) -> Vec<Command> {
    match pick::towards(app, direction, app.inspector.row) {
        Some(row) => inspect(app, row),
        None => {
            app.say(Tone::Refusal, "no sample further that way");
            Vec::new()
        }
    }
}

/// Shows another target class.
pub(super) fn next_target(app: &mut App, by: i32) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return Vec::new();
    };
    let Some(row) = app.inspector.row else {
        app.say(Tone::Refusal, "inspect a sample first: i");
        return Vec::new();
    };
    let shown = app.inspector.example(snapshot, 0);
    let searches = snapshot.reference().trajectories.selected.iter();
    let targets: Vec<usize> = searches
        .filter(|example| example.row == row)
        .map(|example| example.trajectory.target)
        .collect();
    let present = shown.and_then(|shown| {
        targets
            .iter()
            .position(|target| *target == shown.trajectory.target)
    });
    if let Some(present) = present {
        let index = (present as i64 + i64::from(by)).rem_euclid(targets.len() as i64);
        app.inspector.target = targets.get(index as usize).copied();
        app.inspector.opposite = false;
    }
    Vec::new()
}

/// Stops inspecting.
pub(super) fn leave(app: &mut App) {
    app.inspector.row = None;
    if app.arrangement.shows(Panel::Inspector) {
        app.arrangement.hidden.push(Panel::Inspector);
    }
    if app.arrangement.focus == Panel::Inspector {
        app.arrangement.focus = Panel::Boundary;
    }
}
