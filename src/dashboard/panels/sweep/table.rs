//! A row per combination.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    dashboard::{
        state::{
            App,
            sweep::{State, Table},
        },
        widgets::{fit, pad, width},
    },
    sweep::Column,
};

/// Columns of the screen between two columns.
const GAP: u16 = 2;
/// Columns of the screen before the first.
const CURSOR: u16 = 2;

/// The visible rows, with the selected one among them, and where each is.
pub(super) fn visible(state: &State, body: Rect) -> impl Iterator<Item = (usize, Rect)> {
    let count = state.order.len();
    let height = usize::from(body.height.saturating_sub(1));
    let max = count.saturating_sub(height);
    let first = state.selected.saturating_sub(height / 2).min(max);
    (first..count).zip(body.rows().skip(1))
}

/// The columns that fit: the one that is sorted by, then what tells the rows apart, then the rest.
fn shown(state: &State, table: &Table, room: u16) -> Vec<usize> {
    let sorted = state.sorted_by();
    let others = (0..table.widths.len()).filter(|at| Some(*at) != sorted);
    let mut left = room + GAP;
    let mut shown: Vec<usize> = sorted
        .into_iter()
        .chain(others)
        .filter(|&at| {
            let rest = left.checked_sub(table.widths[at] + GAP);
            left = rest.unwrap_or(left);
            rest.is_some()
        })
        .collect();
    shown.sort_unstable();
    shown
}

/// How many columns there is no room for.
pub(super) fn hidden(state: &State, table: &Table, body: Rect) -> usize {
    let shown = shown(state, table, body.width.saturating_sub(CURSOR));
    table.widths.len() - shown.len()
}

/// Draws the table; how many rows are above and below those shown.
pub(super) fn render(
    app: &App,
    state: &State,
    table: &Table,
    body: Rect,
    buffer: &mut Buffer,
) -> (usize, usize) {
    let theme = &app.theme;
    let columns = shown(state, table, body.width.saturating_sub(CURSOR));
    header(app, state, table, &columns, body, buffer);
    let (mut above, mut below) = (0, state.order.len());
    for (row, area) in visible(state, body) {
        if below == state.order.len() {
            above = row;
        }
        below = state.order.len() - row - 1;
        let Some(texts) = state.order.get(row).and_then(|at| table.texts.get(*at)) else {
            continue;
        };
        let (cursor, style) = match row == state.selected {
            true => (theme.glyph('▸', '>'), theme.selected),
            false => (' ', theme.text),
        };
        let mut spans = vec![Span::styled(format!("{cursor} "), theme.accent)];
        for &column in &columns {
            spans.push(cell(table, column, &texts[column], style));
        }
        Line::from(spans).render(area, buffer);
    }
    (above, below)
}

/// Headings, and an arrow at the one that is sorted by.
fn header(
    app: &App,
    state: &State,
    table: &Table,
    columns: &[usize],
    body: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let arrow = match state.reversed {
        false => theme.glyph('↑', '^'),
        true => theme.glyph('↓', 'v'),
    };
    let mut spans = vec![Span::raw("  ")];
    for &column in columns {
        let title = table.overview.columns[column].title();
        let room = table.widths[column].saturating_sub(2);
        let (text, style) = match state.sorted_by() == Some(column) {
            true => (format!("{} {arrow}", fit(&title, room)), theme.accent),
            false => (fit(&title, room + 2), theme.faint),
        };
        spans.push(cell(table, column, &text, style));
    }
    Line::from(spans).render(
        Rect {
            height: body.height.min(1),
            ..body
        },
        buffer,
    );
}

/// Words to the left, numbers to the right.
fn cell(table: &Table, column: usize, text: &str, style: Style) -> Span<'static> {
    let columns = table.widths[column];
    let text = match table.overview.columns[column] {
        Column::Setting(_) => pad(text, columns),
        Column::Seeds | Column::Score(_) => {
            let text = fit(text, columns);
            let blanks = usize::from(columns.saturating_sub(width(&text)));
            " ".repeat(blanks) + &text
        }
    };
    Span::styled(text + &" ".repeat(usize::from(GAP)), style)
}
