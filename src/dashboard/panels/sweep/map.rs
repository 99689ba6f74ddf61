//! A score over two parameters.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
    text::{Line, Span},
    widgets::Widget,
};

use super::remark;
use crate::{
    dashboard::{
        state::{App, sweep::State},
        widgets::{bar, fit, middle, pad, width},
    },
    sweep::{HeatMap, short},
    text::printable,
};

/// Columns of the screen that a value takes.
const CELL: u16 = 11;
/// Columns of the bar that stands for the shade where there are no colours.
const BAR: u16 = 3;
/// Most columns of a row's name.
const NAME: u16 = 18;

/// Draws the map; how many rows are above and below those shown.
pub(super) fn render(app: &App, state: &State, body: Rect, buffer: &mut Buffer) -> (usize, usize) {
    let theme = &app.theme;
    let Some(map) = &state.map else {
        let text = "a heat map takes two parameters that differ, and a score";
        remark(buffer, body, text, theme.faint);
        return (0, 0);
    };
    let named = map.rows.iter().map(|row| width(&printable(row)));
    let names = named.max().unwrap_or(0).min(NAME) + 2;
    let columns = usize::from(body.width.saturating_sub(names) / CELL).max(1);
    let greys = theme.greys();
    let mut lines = vec![header(map, names, columns).style(theme.faint)];
    let height = usize::from(body.height.saturating_sub(2));
    let first = state.scroll.min(map.rows.len().saturating_sub(height));
    for (row, means) in map.rows.iter().zip(&map.means).skip(first).take(height) {
        let name = middle(&printable(row), NAME);
        let mut spans = vec![Span::styled(pad(&format!(" {name}"), names), theme.faint)];
        let cells = means.iter().take(columns);
        spans.extend(cells.map(|mean| cell(map, *mean, &greys, theme.ascii(), theme.text)));
        lines.push(Line::from(spans));
    }
    lines.push(legend(map, columns, greys.is_empty()).style(theme.faint));
    for (line, area) in lines.into_iter().zip(body.rows()) {
        line.render(area, buffer);
    }
    (first, map.rows.len().saturating_sub(first + height))
}

fn header(map: &HeatMap, names: u16, columns: usize) -> Line<'static> {
    let mut text = " ".repeat(usize::from(names));
    for level in map.columns.iter().take(columns) {
        text += &to_the_right(&middle(&printable(level), CELL - 2), CELL - 1);
        text.push(' ');
    }
    Line::raw(text)
}

fn legend(map: &HeatMap, columns: usize, bars: bool) -> Line<'static> {
    let (least, most) = map.range();
    let shade = if bars { "bar: empty" } else { "dark" };
    let full = if bars { "full" } else { "light" };
    let hidden = match map.columns.len().saturating_sub(columns) {
        0 => String::new(),
        hidden => format!(" · {hidden} more columns"),
    };
    let [least, most] = [least, most].map(|value| fit(&short(value), CELL));
    Line::raw(format!(" {shade} {least} to {full} {most}{hidden}"))
}

/// A value on its shade, or with a bar.
fn cell(
    map: &HeatMap,
    mean: Option<f64>,
    greys: &[Color],
    ascii: bool,
    text: Style,
) -> Span<'static> {
    let Some(mean) = mean else {
        return Span::styled(to_the_right("–", CELL - 1) + " ", text);
    };
    let share = map.share(mean);
    let value = fit(&short(mean), CELL - BAR - 2);
    match greys {
        [] => {
            let bar = bar(share, BAR, ascii);
            Span::styled(
                to_the_right(&value, CELL - BAR - 2) + " " + &bar + " ",
                text,
            )
        }
        greys => {
            let last = greys.len() - 1;
            let at = ((share * last as f64).round() as usize).min(last);
            let ink = if share > 0.5 { greys[0] } else { greys[last] };
            let style = Style::new().bg(greys[at]).fg(ink);
            Span::styled(to_the_right(&value, CELL - 1) + " ", style)
        }
    }
}

fn to_the_right(text: &str, columns: u16) -> String {
    let blanks = columns.saturating_sub(width(text));
    " ".repeat(usize::from(blanks)) + text
}
