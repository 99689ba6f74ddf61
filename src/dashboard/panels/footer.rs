//! The last line: keys, or what has just happened.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::notice;
use crate::dashboard::{keymap::Binding, log::Tone, state::App, widgets::width};

/// Draws the line: keys on the left, the last message on the right; what is too long for that has a
/// box of its own above.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let message = app.message.as_ref().map_or("", |message| &message.text);
    let beside = width(message) + 2 <= area.width;
    let reserved = match (message.is_empty(), beside) {
        (false, true) => width(message) + 2,
        _ => 0,
    };
    let room = area.width.saturating_sub(reserved);
    let left = match app.offer {
        Some(_) => offer(app, room),
        None => hints(app, room),
    };
    Line::from(left).render(area, buffer);
    let Some(shown) = &app.message else {
        return;
    };
    let style = match shown.tone {
        Tone::Note | Tone::Echo => app.theme.good,
        Tone::Refusal => app.theme.warning,
    };
    match beside {
        true => Line::from(Span::styled(format!("{message} "), style))
            .right_aligned()
            .render(area, buffer),
        false => notice::say(app, message, style, area, buffer),
    }
}

/// What is offered at the first start, in the longest form that fits.
fn offer<'a>(app: &App, room: u16) -> Vec<Span<'a>> {
    let forms = [
        " New here? Type :tour and Enter; Esc: not again",
        " New? :tour Enter · Esc: no",
    ];
    let form = forms.into_iter().find(|form| width(form) <= room);
    vec![Span::styled(form.unwrap_or(""), app.theme.accent)]
}

/// As many keys as fit, those of the innermost context first.
fn hints<'a>(app: &'a App, room: u16) -> Vec<Span<'a>> {
    let contexts = app.contexts();
    let bindings = contexts.iter().flat_map(|context| {
        app.keymap
            .bindings()
            .iter()
            .filter(move |binding| binding.context == *context && !binding.hint.is_empty())
            .filter(|binding| !binding.chords.is_empty())
    });
    let mut spans = Vec::new();
    let mut used = 0;
    for binding in ordered(bindings.collect()) {
        let key = binding
            .chords
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        let columns = width(&key) + width(binding.hint) + 3;
        if used + columns > room {
            break;
        }
        used += columns;
        spans.push(Span::styled(format!(" {key}"), app.theme.accent));
        spans.push(Span::styled(format!(" {} ", binding.hint), app.theme.faint));
    }
    spans
}

/// Help and quit come right after the innermost context's own keys.
fn ordered(mut bindings: Vec<&Binding>) -> Vec<&Binding> {
    use crate::dashboard::{action::Action, keymap::Context};
    bindings.sort_by_key(|binding| match (binding.context, &binding.action) {
        (Context::Everywhere, Action::Help | Action::Quit) => 1,
        (Context::Everywhere, Action::ToggleRun) => 0,
        (Context::Everywhere, _) => 3,
        _ => 2,
    });
    bindings
}
