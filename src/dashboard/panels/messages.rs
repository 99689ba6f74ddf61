//! The list of messages: what was changed, what could not be done, what was read.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::{Clear, Widget},
};

use super::block;
use crate::dashboard::{
    app::{App, Tone},
    log::Entry,
    widgets::fit,
};

/// What the list remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Lines that one has gone back from the newest.
    pub back: usize,
}

/// Draws the list over the middle of the screen, the newest message last.
pub fn render(app: &App, state: State, area: Rect, buffer: &mut Buffer) {
    let popup = area.centered(
        Constraint::Length(100.min(area.width)),
        Constraint::Length(30.min(area.height.saturating_sub(2))),
    );
    let title = Line::from(vec![
        Span::styled(" Messages ", app.theme.title),
        Span::styled("· the newest is below ", app.theme.faint),
    ]);
    let frame = block(&app.theme, true).title_top(title);
    let inner = frame.inner(popup);
    Clear.render(popup, buffer);
    buffer.set_style(popup, app.theme.text);
    frame.render(popup, buffer);
    let entries = app.log.entries();
    if entries.is_empty() {
        return super::remark(buffer, inner, "nothing has happened yet", app.theme.faint);
    }
    let height = usize::from(inner.height);
    let last = entries.len() - state.back.min(entries.len().saturating_sub(height));
    let first = last.saturating_sub(height);
    for (entry, row) in entries.range(first..last).zip(inner.rows()) {
        line(app, entry, row.width).render(row, buffer);
    }
}

fn line<'a>(app: &App, entry: &Entry, columns: u16) -> Line<'a> {
    let (glyph, style) = match entry.tone {
        Tone::Note => (' ', app.theme.text),
        Tone::Refusal => ('!', app.theme.warning),
    };
    let epoch = format!(" epoch {:<6} ", entry.epoch);
    let text = fit(&entry.text, columns.saturating_sub(epoch.len() as u16 + 2));
    Line::from(vec![
        Span::styled(epoch, app.theme.faint),
        Span::styled(format!("{glyph} {text}"), style),
    ])
}
