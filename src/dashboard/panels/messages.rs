//! The list of messages: what was changed, what could not be done, what was read.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Margin, Position, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Block, Borders, Clear, Paragraph, Widget, Wrap},
};

use super::{block, fold};
use crate::dashboard::{
    log::{Entry, Tone},
    state::{App, messages::State},
    widgets::fit,
};

/// Lines below the list in which the selected message is shown as a whole.
const WHOLE: u16 = 3;

/// Where the list is on the screen.
pub fn popup(area: Rect) -> Rect {
    area.centered(
        Constraint::Length(100.min(area.width)),
        Constraint::Length(30.min(area.height.saturating_sub(2))),
    )
}

/// The visible messages in `list`, by how far they are back from the newest, the oldest first; and how
/// many are above and below.
fn visible(
    app: &App,
    state: State,
    list: Rect,
) -> (impl Iterator<Item = (usize, Rect)>, (usize, usize)) {
    let count = app.log.entries().len();
    let height = usize::from(list.height).min(count);
    let max = count - height;
    let below = state.back.saturating_sub(height / 2).min(max);
    let shown = (below..below + height).rev().zip(list.rows());
    (shown, (max - below, below))
}

/// The lines of the list, and below them those of the selected message.
fn parts(popup: Rect) -> [Rect; 2] {
    let inner = popup.inner(Margin::new(1, 1));
    Layout::vertical([Constraint::Fill(1), Constraint::Length(WHOLE)]).areas(inner)
}

/// The message at a place of the screen, by how far it is back from the newest.
pub fn at(app: &App, state: State, at: Position) -> Option<usize> {
    let [list, _] = parts(popup(Rect::from(app.size)));
    let (mut lines, _) = visible(app, state, list);
    lines
        .find(|(_, area)| area.contains(at))
        .map(|(back, _)| back)
}

/// Draws the list over the middle of the screen, the newest message last, and the selected message
/// as a whole below.
pub fn render(app: &App, state: State, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let popup = popup(area);
    let title = Line::from(vec![
        Span::styled(" Messages ", theme.title),
        Span::styled("· the newest is below ", theme.faint),
    ]);
    Clear.render(popup, buffer);
    buffer.set_style(popup, theme.text);
    block(theme, true).title_top(title).render(popup, buffer);
    let entries = app.log.entries();
    let [list, whole] = parts(popup);
    let entry = |back: usize| entries.iter().rev().nth(back);
    let (lines, beyond) = visible(app, state, list);
    fold(app, popup, beyond, buffer);
    for (back, row) in lines {
        let Some(entry) = entry(back) else { continue };
        line(app, entry, row.width).render(row, buffer);
        if back == state.back {
            buffer.set_style(row, theme.selected);
        }
    }
    match entry(state.back) {
        Some(entry) => selected(app, entry, whole, buffer),
        None => super::remark(buffer, list, "nothing has happened yet", theme.faint),
    }
}

/// The whole of the selected message, under a line.
fn selected(app: &App, entry: &Entry, area: Rect, buffer: &mut Buffer) {
    let (glyph, style) = tone(app, entry);
    let rule = Block::new()
        .borders(Borders::TOP)
        .border_style(app.theme.border);
    let rule = match app.theme.ascii() {
        true => rule.border_set(super::ASCII_BORDER),
        false => rule,
    };
    Paragraph::new(Line::styled(format!("{glyph} {}", entry.text), style))
        .wrap(Wrap { trim: true })
        .block(rule)
        .render(area, buffer);
}

fn tone(app: &App, entry: &Entry) -> (char, Style) {
    match entry.tone {
        Tone::Note | Tone::Echo => (' ', app.theme.text),
        Tone::Refusal => ('!', app.theme.warning),
    }
}

fn line<'a>(app: &App, entry: &Entry, columns: u16) -> Line<'a> {
    let (glyph, style) = tone(app, entry);
    let epoch = format!(" epoch {:<6} ", entry.epoch);
    let text = fit(&entry.text, columns.saturating_sub(epoch.len() as u16 + 2));
    Line::from(vec![
        Span::styled(epoch, app.theme.faint),
        Span::styled(format!("{glyph} {text}"), style),
    ])
}
