//! The list of hyper-parameters.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    text::{Line, Span},
    widgets::{Paragraph, Widget, Wrap},
};

use super::frame;
use crate::{
    dashboard::{
        action::Panel,
        app::{App, Mode},
        widgets::{TextField, fit, pad},
    },
    session::Controls,
    training::{Effect, Parameter, TABLE},
};

/// What the panel remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Index of the selected parameter in the table.
    pub selected: usize,
}

impl Default for State {
    /// The parameter that shows the most: λ_div.
    fn default() -> Self {
        let selected = TABLE
            .iter()
            .position(|parameter| parameter.name == "lambda_div");
        Self {
            selected: selected.unwrap_or(0),
        }
    }
}

/// A value that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Index of the parameter in the table.
    pub parameter: usize,
    /// What was typed.
    pub text: TextField,
    /// Why it was refused.
    pub error: Option<String>,
}

/// Lines below the list that describe the selected parameter.
const DETAILS: u16 = 4;
/// Width of the column of names.
const NAME: u16 = 9;
/// Width of the column of values.
const VALUE: usize = 8;

/// A line of the list: a heading, or a parameter by its index in the table.
enum Row {
    Heading(&'static str),
    Parameter(usize),
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(app, Panel::Parameters, Vec::new(), area, buffer);
    let (Some(wanted), Some(snapshot)) = (app.desired.controls(), app.snapshot.as_deref()) else {
        return;
    };
    let (list, rows) = visible(app, inner);
    let details = inner.height - list.height;
    for (y, row) in rows.iter().enumerate() {
        let area = Rect {
            y: list.y + y as u16,
            height: 1,
            ..list
        };
        match row {
            Row::Heading(title) => Line::styled(*title, app.theme.faint).render(area, buffer),
            Row::Parameter(index) => {
                let start = &snapshot.recipe.controls;
                entry(
                    app,
                    *index,
                    [wanted, snapshot.controls(), start],
                    area,
                    buffer,
                );
            }
        }
    }
    let below = Rect {
        y: list.bottom(),
        height: details,
        ..inner
    };
    describe(
        app,
        &TABLE[app.parameters.selected.min(TABLE.len() - 1)],
        below,
        buffer,
    );
}

/// The part of the panel's inside that holds the list, and the lines that fit into it.
fn visible(app: &App, inner: Rect) -> (Rect, Vec<Row>) {
    let details = if inner.height > 3 * DETAILS {
        DETAILS
    } else {
        0
    };
    let list = Rect {
        height: inner.height - details,
        ..inner
    };
    let rows = rows();
    let selected = rows
        .iter()
        .position(|row| matches!(row, Row::Parameter(index) if *index == app.parameters.selected));
    let height = usize::from(list.height);
    let most = rows.len().saturating_sub(height);
    let offset = selected.unwrap_or(0).saturating_sub(height / 2).min(most);
    (list, rows.into_iter().skip(offset).take(height).collect())
}

/// The parameter in row `y` of the screen, by its index in the table.
pub fn at(app: &App, area: Rect, y: u16) -> Option<usize> {
    let (list, rows) = visible(app, area.inner(Margin::new(1, 1)));
    let row = usize::from(y.checked_sub(list.y)?);
    match rows.get(row)? {
        Row::Parameter(index) => Some(*index),
        Row::Heading(_) => None,
    }
}

/// All lines, with a heading before each group.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = None;
    for (index, parameter) in TABLE.iter().enumerate() {
        if group.replace(parameter.group) != Some(parameter.group) {
            rows.push(Row::Heading(parameter.group.title()));
        }
        rows.push(Row::Parameter(index));
    }
    rows
}

/// One parameter: name, value, what it was at the start, and whether the worker has followed.
fn entry(
    app: &App,
    index: usize,
    [wanted, applied, start]: [&Controls; 3],
    area: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let parameter = &TABLE[index];
    let [value, now, first] =
        [wanted, applied, start].map(|controls| parameter.get(&controls.parameters));
    let selected = index == app.parameters.selected;
    let cursor = if selected {
        theme.glyph('▸', '>')
    } else {
        ' '
    };
    let shown = match &app.mode {
        Mode::Entry(typed) if typed.parameter == index => {
            (typed.text).with_caret(theme.glyph('▏', '_'), VALUE as u16 + 1)
        }
        _ => parameter.format_value(value),
    };
    let value_style = if value == first {
        theme.text
    } else {
        theme.accent
    };
    let badge = match parameter.effect {
        _ if value == now => "",
        Effect::NextEpoch => "next epoch",
        Effect::Restart => "restart: r",
    };
    let was = if value != first && badge.is_empty() {
        format!("was {}", parameter.format_value(first))
    } else {
        badge.to_owned()
    };
    let note_style = if badge.is_empty() {
        theme.faint
    } else {
        theme.warning
    };
    let line = Line::from(vec![
        Span::styled(format!("{cursor} "), theme.accent),
        Span::styled(pad(parameter.symbol, NAME), theme.text),
        Span::styled(format!("{shown:>VALUE$}"), value_style),
        Span::raw(" "),
        Span::styled(
            fit(&was, area.width.saturating_sub(NAME + VALUE as u16 + 3)),
            note_style,
        ),
    ]);
    line.render(area, buffer);
    if selected && app.arrangement.focus == Panel::Parameters {
        buffer.set_style(area, theme.selected);
    }
}

/// What the selected parameter does, or why the typed value was refused.
fn describe(app: &App, parameter: &Parameter, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let refused = match &app.mode {
        Mode::Entry(entry) => entry.error.as_deref(),
        _ => None,
    };
    let when = match parameter.effect {
        Effect::NextEpoch => "next epoch",
        Effect::Restart => "after restart",
    };
    let lines = match refused {
        Some(error) => vec![Line::styled(error.to_owned(), theme.bad)],
        None => vec![
            Line::styled(parameter.help, theme.text),
            Line::styled(format!("{} · {when}", parameter.expected()), theme.faint),
        ],
    };
    Paragraph::new(lines)
        .wrap(Wrap { trim: true })
        .render(area, buffer);
}
