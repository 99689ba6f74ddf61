//! The line on which commands are typed, and what could come next.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::{Clear, Widget},
};

use super::notice;
use crate::{
    dashboard::{
        complete::{Candidate, candidates},
        state::{App, command_line::State},
        widgets::{fit, pad, width},
    },
    text::printable,
};

/// Most candidates on the screen.
const MAX: usize = 10;

/// Draws the line over the footer, and what could come next above it.
pub fn render(app: &App, state: &State, footer: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    Clear.render(footer, buffer);
    buffer.set_style(footer, theme.text);
    let room = footer.width.saturating_sub(2);
    let text = state.text.with_caret(theme.glyph('▏', '_'), room);
    Line::from(vec![
        Span::styled(" :", theme.accent),
        Span::styled(text, theme.text),
    ])
    .render(footer, buffer);
    match &state.error {
        Some(error) => notice::say(app, error, theme.bad, footer, buffer),
        None => notice::above(app, offers(app, state, footer.width), footer, buffer),
    }
}

/// The candidates, with the chosen one in view.
fn offers<'a>(app: &App, state: &State, columns: u16) -> Vec<Line<'a>> {
    let all = candidates(app, state.typed());
    let words: Vec<&Candidate> = all
        .iter()
        .filter(|candidate| !candidate.word.is_empty())
        .collect();
    let remarks = all.iter().filter(|candidate| candidate.word.is_empty());
    let mut lines: Vec<_> = remarks
        .map(|remark| Line::styled(format!(" {} ", printable(&remark.note)), app.theme.faint))
        .collect();
    let first = state
        .chosen()
        .map_or(0, |chosen| (chosen + 1).saturating_sub(MAX));
    let shown = words.iter().enumerate().skip(first).take(MAX);
    let longest = shown
        .clone()
        .map(|(_, candidate)| width(&printable(&candidate.word)))
        .max();
    for (index, candidate) in shown {
        let name = pad(&printable(&candidate.word), longest.unwrap_or(0));
        let note = fit(
            &printable(&candidate.note),
            columns.saturating_sub(width(&name) + 6),
        );
        let mut line = Line::from(vec![
            Span::styled(format!(" {name}  "), app.theme.accent),
            Span::styled(format!("{note} "), app.theme.text),
        ]);
        if state.chosen() == Some(index) {
            line = line.patch_style(app.theme.selected);
        }
        lines.push(line);
    }
    if words.len() > first + MAX {
        let more = words.len() - first - MAX;
        lines.push(Line::styled(format!(" and {more} more "), app.theme.faint));
    }
    lines
}
