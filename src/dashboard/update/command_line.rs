//! The command line: typing, completing, recalling, carrying out.

use crate::{
    dashboard::{
        action::Action,
        command::parse,
        complete::candidates,
        log::Tone,
        state::command_line::State,
        state::{App, Message, Mode, Request},
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

/// Types a text, and carries out every line of it that ends; the first one that is refused stays on
/// the line, and those after it are left out.
pub(super) fn paste(app: &mut App, text: &str) -> Vec<Command> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = text.split('\n').peekable();
    let mut commands = Vec::new();
    while let Some(line) = lines.next() {
        for character in line.chars().filter(|character| !character.is_control()) {
            super::entry::insert(app, character);
        }
        if lines.peek().is_none() || app.request == Request::Quit {
            break;
        }
        app.message = None;
        if let Some(action) = submit(app) {
            commands.extend(super::dispatch::dispatch(app, action));
        }
        if was_refused(app) {
            leave_out(app, lines.filter(|line| !line.trim().is_empty()).count());
            break;
        }
        if lines.peek().is_some_and(|line| !line.trim().is_empty()) {
            open(app);
        }
    }
    commands
}

/// Whether the last command came to nothing.
fn was_refused(app: &App) -> bool {
    let refused = |message: &Message| message.tone == Tone::Refusal;
    matches!(app.mode, Mode::Command(_)) || app.message.as_ref().is_some_and(refused)
}

/// Adds to the last message how many lines after it were not carried out.
fn leave_out(app: &mut App, lines: usize) {
    if lines == 0 {
        return;
    }
    let left = match lines {
        1 => "1 more pasted line was left out".to_owned(),
        _ => format!("{lines} more pasted lines were left out"),
    };
    let reason = app.message.take().map(|message| message.text);
    let parts: Vec<_> = reason.into_iter().chain([left]).collect();
    app.say(Tone::Refusal, parts.join(" · "));
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
