//! Choosing data from a list, with a preview.

use super::{data, selection::moved};
use crate::{
    dashboard::{
        state::picker::{Choice, State},
        state::{App, Mode},
    },
    session::Command,
    training::Parameter,
};

pub(super) fn open(app: &mut App) -> Vec<Command> {
    if let (Some(snapshot), Some(controls)) = (&app.snapshot, app.controls()) {
        let state = State::new(
            &snapshot.recipe.source,
            controls.parameters.clone(),
            &app.folder,
        );
        app.mode = Mode::Picker(Box::new(state));
    }
    Vec::new()
}

pub(super) fn go(app: &mut App, lines: i32) -> Vec<Command> {
    if let Mode::Picker(state) = &mut app.mode {
        let selected = moved(state.selected(), lines, state.choices().len());
        state.select(selected);
    }
    Vec::new()
}

pub(super) fn noise(app: &mut App, steps: i32) -> Vec<Command> {
    adjust(app, "noise", steps)
}

pub(super) fn samples(app: &mut App, steps: i32) -> Vec<Command> {
    adjust(app, "samples", steps)
}

fn adjust(app: &mut App, name: &str, steps: i32) -> Vec<Command> {
    if let Mode::Picker(state) = &mut app.mode
        && let Ok(parameter) = Parameter::find(name)
    {
        state.adjust(parameter, steps);
    }
    Vec::new()
}

/// Trains on the chosen data, unless they cannot be had; the list says why.
pub(super) fn submit(app: &mut App) -> Vec<Command> {
    let Mode::Picker(state) = &app.mode else {
        return Vec::new();
    };
    let Some(choice) = state.choice().filter(|_| state.is_usable()).cloned() else {
        return Vec::new();
    };
    let parameters = state.parameters();
    app.mode = Mode::Normal;
    match choice {
        Choice::Preset(preset) => data::paper(app, preset, parameters.noise, parameters.samples),
        Choice::Source(source) => data::start(app, source, &parameters),
    }
}
