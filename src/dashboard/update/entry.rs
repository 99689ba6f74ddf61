//! Typing: values of parameters, commands, and the search in the list of keys.

use super::{navigation, parameters};
use crate::{
    dashboard::{
        state::parameters::Entry,
        state::{App, Mode},
        widgets::{TextEdit, TextField},
    },
    session::Command,
    training::TABLE,
};

pub(super) fn begin(app: &mut App) -> Vec<Command> {
    if app.controls().is_some() {
        app.mode = Mode::Entry(Entry {
            parameter: app.parameters.selected,
            ..Entry::default()
        });
    }
    Vec::new()
}

pub(super) fn insert(app: &mut App, character: char) -> Vec<Command> {
    if let Some(field) = field(app) {
        field.insert(character);
    }
    navigation::settle(app);
    Vec::new()
}

/// Moves the cursor or deletes; deleting on an empty command line leaves it.
pub(super) fn edit(app: &mut App, edit: TextEdit) -> Vec<Command> {
    let empty = |field: &mut TextField| field.value().is_empty();
    let nothing = edit == TextEdit::Erase && field(app).is_some_and(empty);
    if nothing && matches!(app.mode, Mode::Command(_)) {
        app.mode = Mode::Normal;
    }
    if let Some(field) = field(app) {
        field.edit(edit);
    }
    navigation::settle(app);
    Vec::new()
}

/// Accepts the typed value; an unacceptable one stays on the screen with the reason.
pub(super) fn submit(app: &mut App) -> Vec<Command> {
    let entry = match &app.mode {
        Mode::Entry(entry) => entry,
        Mode::Filter => {
            app.mode = Mode::Normal;
            return Vec::new();
        }
        _ => return Vec::new(),
    };
    let entry = entry.clone();
    let (Some(parameter), Some(controls)) = (TABLE.get(entry.parameter), app.controls()) else {
        return Vec::new();
    };
    let mut trial = controls.parameters.clone();
    if let Err(error) = parameter.parse(&mut trial, entry.text.value().trim()) {
        app.mode = Mode::Entry(Entry {
            error: Some(error.to_string()),
            ..entry
        });
        return Vec::new();
    }
    app.mode = Mode::Normal;
    parameters::change(app, parameter, |controls| {
        controls.parameters = trial;
        Ok(())
    })
}

/// What is being typed.
pub(super) fn field(app: &mut App) -> Option<&mut TextField> {
    match &mut app.mode {
        Mode::Normal
        | Mode::Draw
        | Mode::Code(_)
        | Mode::Messages(_)
        | Mode::Picker(_)
        | Mode::Sweep(_) => None,
        Mode::Entry(entry) => {
            entry.error = None;
            Some(&mut entry.text)
        }
        Mode::Command(state) => Some(state.edit()),
        Mode::Filter => Some(&mut app.features.filter),
        Mode::Help(state) => {
            state.scroll = 0;
            Some(&mut state.query)
        }
    }
}
