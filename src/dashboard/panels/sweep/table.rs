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

/// The columns that fit, with the one that is sorted by among them.
fn shown(state: &State, table: &Table, room: u16) -> std::ops::Range<usize> {
    let fits = |from: usize, to: usize| {
        let widths = &table.widths[from..to];
        let used: u32 = widths.iter().map(|width| u32::from(width + GAP)).sum();
        used <= u32::from(room + GAP)
    };
    let count = table.widths.len();
    let sorted = state.sorted_by().unwrap_or(0);
    let first = (0..=sorted).find(|first| fits(*first, sorted + 1));
    let first = first.unwrap_or(sorted);
    let last = (first + 1..=count).rev().find(|last| fits(first, *last));
    first..last.unwrap_or((first + 1).min(count))
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
    header(app, state, table, columns.clone(), body, buffer);
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
        for column in columns.clone() {
            spans.push(cell(table, column, &texts[column], style));
        }
        Line::from(spans).render(area, buffer);
    }
    (above, below)
}

/// Headings, an arrow at the one that is sorted by, and how many do not fit.
fn header(
    app: &App,
    state: &State,
    table: &Table,
    columns: std::ops::Range<usize>,
    body: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let arrow = match state.reversed {
        false => theme.glyph('↑', '^'),
        true => theme.glyph('↓', 'v'),
    };
    let mut spans = vec![Span::raw("  ")];
    for column in columns {
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
