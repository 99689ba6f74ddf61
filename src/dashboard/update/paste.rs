//! Pasted text: typed where text is typed, and nowhere taken for keys.

use super::{command_line, entry};
use crate::{
    dashboard::{
        action::Action,
        log::Tone,
        state::{App, Message, Mode, Request},
    },
    session::Command,
};

/// Types `text`. Lines of commands that end are handed to `carry_out`; the first one that is refused
/// stays, and those after it are left out. Where no text is typed, says where it would be.
pub(super) fn paste(
    app: &mut App,
    text: &str,
    carry_out: impl FnMut(&mut App, Action) -> Vec<Command>,
) -> Vec<Command> {
    if matches!(app.mode, Mode::Command(_)) {
        return commands(app, text, carry_out);
    }
    if entry::field(app).is_none() {
        let key = app.keymap.key(&Action::CommandLine).unwrap_or_default();
        app.hint(format!(
            "pasted text is ignored here · {key} opens the line for commands"
        ));
        return Vec::new();
    }
    insert(app, text.trim_start().lines().next().unwrap_or_default());
    Vec::new()
}

/// Types a line without what cannot be seen.
fn insert(app: &mut App, line: &str) {
    for character in line.chars().filter(|character| !character.is_control()) {
        entry::insert(app, character);
    }
}

fn commands(
    app: &mut App,
    text: &str,
    mut carry_out: impl FnMut(&mut App, Action) -> Vec<Command>,
) -> Vec<Command> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = text.split('\n').peekable();
    let mut commands = Vec::new();
    while let Some(line) = lines.next() {
        insert(app, line);
        if lines.peek().is_none() || app.request == Request::Quit {
            break;
        }
        app.message = None;
        if let Some(action) = command_line::submit(app) {
            commands.extend(carry_out(app, action));
        }
        if was_refused(app) {
            leave_out(app, lines.filter(|line| !line.trim().is_empty()).count());
            break;
        }
        if lines.peek().is_some_and(|line| !line.trim().is_empty()) {
            command_line::open(app);
        }
    }
    commands
}

/// Whether the last command came to nothing.
fn was_refused(app: &App) -> bool {
    let refused = |message: &Message| message.tone == Tone::Refusal;
    matches!(app.mode, Mode::Command(_)) || app.message.as_ref().is_some_and(refused)
}

/// Says before the last message how many lines after it were not carried out.
fn leave_out(app: &mut App, lines: usize) {
    if lines == 0 {
        return;
    }
    let left = match lines {
        1 => "1 more pasted line was left out".to_owned(),
        _ => format!("{lines} more pasted lines were left out"),
    };
    let reason = app.message.take().map(|message| message.text);
    let parts: Vec<_> = [left].into_iter().chain(reason).collect();
    app.say(Tone::Refusal, parts.join(" · "));
}
