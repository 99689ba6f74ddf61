//! The command line: typing, completing, recalling, carrying out.

use crate::{
    dashboard::{
        action::Action,
        command::parse,
        complete::candidates,
        state::command_line::State,
        state::{App, Mode},
    },
    session::Command,
};

/// Most commands that are remembered.
const REMEMBERED: usize = 200;

pub(super) fn open(app: &mut App) -> Vec<Command> {
    app.mode = Mode::Command(State::default());
    Vec::new()
}

/// Puts the next candidate in place of the last word.
pub(super) fn complete(app: &mut App, by: i32) -> Vec<Command> {
    let Mode::Command(state) = &app.mode else {
        return Vec::new();
    };
    let typed = state.typed().to_owned();
    let words: Vec<String> = candidates(app, &typed)
        .into_iter()
        .map(|candidate| candidate.word)
        .filter(|word| !word.is_empty())
        .collect();
    if let Mode::Command(state) = &mut app.mode {
        state.complete(&words, by);
    }
    Vec::new()
}

/// Shows a command from before.
pub(super) fn recall(app: &mut App, by: i32) -> Vec<Command> {
    if let Mode::Command(state) = &mut app.mode {
        state.recall(&app.history, by);
    }
    Vec::new()
}

/// What the command asks for; one that is none stays on the line, with the reason.
pub(super) fn submit(app: &mut App) -> Option<Action> {
    let Mode::Command(state) = &mut app.mode else {
        return None;
    };
    let line = state.text.value().trim().to_owned();
    if line.is_empty() {
        app.mode = Mode::Normal;
        return None;
    }
    match parse(&line) {
        Err(error) => {
            state.refuse(error.to_string());
            None
        }
        Ok(action) => {
            app.mode = Mode::Normal;
            app.history.retain(|known| *known != line);
            app.history.push(line);
            if app.history.len() > REMEMBERED {
                app.history.remove(0);
            }
            Some(action)
        }
    }
}
