//! A sweep over the screen: its table, what matters in it, a heat map.

mod effects;
mod map;
mod table;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Margin, Position, Rect},
    text::{Line, Span},
    widgets::{Clear, Widget},
};

use super::{block, fold, remark};
use crate::{
    dashboard::{
        state::{
            App,
            sweep::{State, View},
        },
        widgets::{end, first_fitting, fit},
    },
    sweep::{Overview, describe},
    text::printable,
};

/// Where it is on the screen.
pub fn popup(area: Rect) -> Rect {
    area.centered(
        Constraint::Length(160.min(area.width)),
        Constraint::Length(44.min(area.height.saturating_sub(2))),
    )
}

/// The line with the views' names, what is shown, and the line below it.
fn parts(popup: Rect) -> [Rect; 3] {
    let inner = popup.inner(Margin::new(1, 1));
    let rows = [
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ];
    Layout::vertical(rows).areas(inner)
}

/// The row of the table at a place of the screen.
pub fn at(app: &App, state: &State, at: Position) -> Option<usize> {
    let [_, body, _] = parts(popup(Rect::from(app.size)));
    match state.view {
        View::Table => table::visible(state, body).find_map(|(row, area)| {
            let here = area.contains(at);
            here.then_some(row)
        }),
        View::Effects | View::Map => None,
    }
}

/// Draws it over the middle of the screen.
pub fn render(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let popup = popup(area);
    Clear.render(popup, buffer);
    buffer.set_style(popup, theme.text);
    let overview = state.table.as_ref().map(|table| &table.overview);
    let name = printable(&state.typed.to_string_lossy()).into_owned();
    let facts = overview.map_or(String::new(), facts);
    let room = popup
        .width
        .saturating_sub(13 + facts.chars().count() as u16);
    let title = Line::from(vec![
        Span::styled(" Sweep ", theme.title),
        Span::styled(end(&name, room.max(8)), theme.accent),
        Span::styled(format!(" {facts}"), theme.faint),
    ]);
    block(theme, true).title_top(title).render(popup, buffer);
    let [head, body, foot] = parts(popup);
    views(app, state, [head, body], buffer);
    said(app, state, overview, foot, buffer);
    let Some(table) = &state.table else {
        let (text, style) = match &state.problem {
            Some(problem) => (printable(problem).into_owned(), theme.bad),
            None => ("reading …".into(), theme.faint),
        };
        return remark(buffer, body, &text, style);
    };
    if table.overview.groups.is_empty() {
        return remark(buffer, body, "no cell is finished yet", theme.faint);
    }
    let hidden = match state.view {
        View::Table => table::render(app, state, table, body, buffer),
        View::Effects => effects::render(app, state, body, buffer),
        View::Map => map::render(app, state, body, buffer),
    };
    fold(app, popup, hidden, buffer);
}

/// How many there are.
fn facts(overview: &Overview) -> String {
    let Overview { cells, failed, .. } = overview;
    let combinations = overview.groups.len();
    let failed = match failed {
        0 => String::new(),
        failed => format!(", {failed} failed"),
    };
    format!("{combinations} combinations in {cells} cells{failed} ")
}

/// Names of the views, the one that is shown marked, and what it is about.
fn views(app: &App, state: &State, [area, body]: [Rect; 2], buffer: &mut Buffer) {
    let theme = &app.theme;
    let mut spans = Vec::new();
    for view in View::ALL {
        let style = match view == state.view {
            true => theme.selected,
            false => theme.faint,
        };
        spans.push(Span::styled(format!(" {} ", view.title()), style));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    let room = area.width.saturating_sub(used as u16 + 2);
    spans.push(Span::styled(
        format!("  {}", first_fitting(about(state, body), room)),
        theme.text,
    ));
    Line::from(spans).render(area, buffer);
}

/// What a view is about, in long and in short.
fn about(state: &State, body: Rect) -> [String; 2] {
    let score = state.score.map_or("", |score| score.name());
    match state.view {
        View::Table => {
            let table = state.table.as_deref();
            let hidden = table.map_or(0, |table| table::hidden(state, table, body));
            let more = match hidden {
                0 => String::new(),
                hidden => format!(" · {hidden} more columns"),
            };
            ["mean ± standard error over the seeds", "mean ± error"]
                .map(|text| text.to_owned() + &more)
        }
        View::Effects => [
            format!("{score}: share of the variance, and mean at each value"),
            format!("{score}: share of variance, means"),
        ],
        View::Map => match &state.axes {
            [Some(row), Some(column)] => {
                let [row, column] = [row, column].map(|name| printable(name));
                [
                    format!("mean {score} over {row} (down) and {column} (across)"),
                    format!("{score}: {row} down, {column} across"),
                ]
            }
            _ => [(); 2].map(|()| format!("mean {score}")),
        },
    }
}

/// What is wrong, or else the whole of the selected combination.
fn said(app: &App, state: &State, overview: Option<&Overview>, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let damaged = overview.map_or(&[][..], |overview| &overview.damaged);
    let group = state.group();
    let (text, style) = match (&state.opening, &state.problem, damaged, group) {
        (Some(wish), ..) => (
            format!("opening {} …", describe(&wish.settings)),
            theme.accent,
        ),
        (_, Some(problem), ..) if overview.is_some() => (problem.clone(), theme.bad),
        (_, _, [first], _) => (format!("left out: {first}"), theme.warning),
        (_, _, [first, rest @ ..], _) => (
            format!("left out, and {} more: {first}", rest.len()),
            theme.warning,
        ),
        (.., Some(group)) => match &group.reason {
            Some(reason) => (format!("{} failed: {reason}", group.failed), theme.warning),
            None => (describe(&group.settings), theme.faint),
        },
        _ => return,
    };
    let text = fit(&printable(&text), area.width);
    Line::styled(text, style).render(area, buffer);
}
