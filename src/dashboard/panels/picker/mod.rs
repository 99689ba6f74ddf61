//! The list of data sets, with a preview of the selected one.

mod preview;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Margin, Position, Rect},
    text::{Line, Span},
    widgets::{Clear, Paragraph, Widget, Wrap},
};

use super::{block, fold};
use crate::dashboard::{
    state::{App, picker::State},
    widgets::pad,
};

/// Width of the list.
const LIST: u16 = 34;

/// Where the list is on the screen, with its preview.
pub fn popup(area: Rect) -> Rect {
    area.centered(
        Constraint::Length(110.min(area.width)),
        Constraint::Length(34.min(area.height.saturating_sub(2))),
    )
}

/// The list, and what is beside it.
fn parts(popup: Rect) -> [Rect; 2] {
    let inner = popup.inner(Margin::new(1, 1));
    Layout::horizontal([Constraint::Length(LIST), Constraint::Fill(1)]).areas(inner)
}

/// Draws the list and the preview over the middle of the screen.
pub fn render(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let popup = popup(area);
    Clear.render(popup, buffer);
    buffer.set_style(popup, app.theme.text);
    let title = Line::styled(" Data: training starts again ", app.theme.title);
    let frame = block(&app.theme, true).title_top(title);
    frame.render(popup, buffer);
    let [left, right] = parts(popup);
    let beyond = list(app, state, left, buffer);
    let below = Rect {
        width: popup.width.min(LIST + 2),
        ..popup
    };
    fold(app, below, beyond, buffer);
    let [facts, picture] =
        Layout::vertical([Constraint::Length(5), Constraint::Fill(1)]).areas(right);
    describe(app, state, facts, buffer);
    match state.preview.problem() {
        Some(problem) => Paragraph::new(Line::styled(problem.to_owned(), app.theme.bad))
            .wrap(Wrap { trim: true })
            .render(picture, buffer),
        None => preview::render(&state.preview, app, picture, buffer),
    }
}

/// A line of the list: a heading, or a choice by its index.
enum Row {
    Heading(&'static str),
    Choice(usize),
}

/// All lines, and the place of the selected one.
fn rows(state: &State) -> (Vec<Row>, usize) {
    let mut rows = Vec::new();
    let mut group = "";
    let mut at = 0;
    for (index, choice) in state.choices.iter().enumerate() {
        if std::mem::replace(&mut group, choice.group()) != choice.group() {
            rows.push(Row::Heading(choice.group()));
        }
        if index == state.selected {
            at = rows.len();
        }
        rows.push(Row::Choice(index));
    }
    (rows, at)
}

/// The lines that are visible in `list`, with the selected one among them; and how many are above and
/// below.
fn visible(state: &State, list: Rect) -> (impl Iterator<Item = (Row, Rect)>, (usize, usize)) {
    let (rows, at) = rows(state);
    let height = usize::from(list.height);
    let max = rows.len().saturating_sub(height);
    let first = at.saturating_sub(height / 2).min(max);
    let shown = rows.into_iter().skip(first).zip(list.rows());
    (shown, (first, max - first))
}

/// The choice at a place of the screen, by its index.
pub fn at(app: &App, state: &State, at: Position) -> Option<usize> {
    let [list, _] = parts(popup(Rect::from(app.size)));
    let (mut rows, _) = visible(state, list);
    let (row, _) = rows.find(|(_, area)| area.contains(at))?;
    match row {
        Row::Heading(_) => None,
        Row::Choice(index) => Some(index),
    }
}

/// Draws the list; how many lines are above and below.
fn list(app: &App, state: &State, area: Rect, buffer: &mut Buffer) -> (usize, usize) {
    let theme = &app.theme;
    let (rows, beyond) = visible(state, area);
    for (row, area) in rows {
        let line = match row {
            Row::Heading(group) => Line::styled(group, theme.faint),
            Row::Choice(index) => {
                let (cursor, style) = match index == state.selected {
                    true => (theme.glyph('▸', '>'), theme.selected),
                    false => (' ', theme.text),
                };
                let name = pad(&state.choices[index].line(LIST - 4), LIST - 4);
                Line::from(vec![
                    Span::styled(format!("{cursor} "), theme.accent),
                    Span::styled(name, style),
                ])
            }
        };
        line.render(area, buffer);
    }
    beyond
}

/// What the selected data are, and what can be changed about them.
fn describe(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let Some(choice) = state.choice() else {
        return;
    };
    let mut lines = vec![Line::styled(choice.title(), theme.title)];
    if let Some(family) = choice.family() {
        let noise = family.noise_range();
        lines.push(Line::styled(family.help(), theme.text));
        lines.push(Line::from(vec![
            Span::styled("noise ", theme.faint),
            Span::styled(state.draw.noise.to_string(), theme.accent),
            Span::styled(
                format!(" of {}…{}", noise.start(), noise.end()),
                theme.faint,
            ),
            Span::styled("   samples ", theme.faint),
            Span::styled(state.draw.samples.to_string(), theme.accent),
        ]));
    }
    lines.push(Line::styled(state.preview.facts(), theme.faint));
    Paragraph::new(lines)
        .wrap(Wrap { trim: true })
        .render(area, buffer);
}
