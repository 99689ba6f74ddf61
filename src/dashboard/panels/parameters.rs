//! The list of hyper-parameters.

use std::sync::LazyLock;

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    text::{Line, Span},
    widgets::{Paragraph, Widget, Wrap},
};

use super::{fold, frame, line};
use crate::{
    dashboard::{
        action::Panel,
        state::{App, Mode},
        widgets::{pad, width},
    },
    recipe::Controls,
    training::{Effect, Kind, Parameter, TABLE},
};

/// Height below which the selected parameter is not described.
const SHORT: u16 = 9;
/// Width of the column of names.
const NAME: u16 = 10;
/// Width of the column of values.
const VALUE: usize = 8;

/// A line of the list: a heading, or a parameter by its index in the table.
enum Row {
    Heading(&'static str),
    Parameter(usize),
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(app, Panel::Parameters, super::whose(app), area, buffer);
    let (Some(wanted), Some(snapshot)) = (app.controls(), app.snapshot.as_deref()) else {
        return;
    };
    let (list, rows, hidden) = visible(app, inner);
    fold(app, area, hidden, buffer);
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
                let start = &snapshot.recipe.arms[app.focused(snapshot)].controls;
                entry(
                    app,
                    *index,
                    [wanted, app.trained(snapshot), start],
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

/// The part of the panel's inside that holds the list, the lines that fit into it, and how many are
/// above and below them.
fn visible(app: &App, inner: Rect) -> (Rect, Vec<Row>, (usize, usize)) {
    let details = match inner.height {
        0..SHORT => 0,
        _ => details(inner.width).min(inner.height / 3),
    };
    let list = Rect {
        height: inner.height - details,
        ..inner
    };
    let rows = rows(app);
    let all = rows.len();
    let selected = rows
        .iter()
        .position(|row| matches!(row, Row::Parameter(index) if *index == app.parameters.selected));
    let height = usize::from(list.height);
    let max = all.saturating_sub(height);
    let offset = selected.unwrap_or(0).saturating_sub(height / 2).min(max);
    let shown: Vec<Row> = rows.into_iter().skip(offset).take(height).collect();
    let below = all - offset - shown.len();
    (list, shown, (offset, below))
}

/// Widths of the words of both parts of every description.
static WORDS: LazyLock<Vec<[Vec<u16>; 2]>> = LazyLock::new(|| {
    let words = |part: String| part.split(' ').map(width).collect();
    let descriptions = TABLE.iter().map(description);
    descriptions.map(|parts| parts.map(words)).collect()
});

/// Lines that the longest description takes.
fn details(columns: u16) -> u16 {
    let lines = |parts: &[Vec<u16>; 2]| parts.iter().map(|words| lines(words, columns)).sum();
    WORDS.iter().map(lines).max().unwrap_or(0)
}

/// Lines that words of these widths take.
fn lines(words: &[u16], columns: u16) -> u16 {
    let (mut lines, mut used) = (1, 0);
    for word in words {
        used += word + u16::from(used > 0);
        if used > columns {
            (lines, used) = (lines + 1, *word);
        }
    }
    lines
}

/// What a parameter does, and which values it takes when.
pub(in crate::dashboard) fn description(parameter: &Parameter) -> [String; 2] {
    let when = match parameter.effect {
        Effect::NextEpoch => "next epoch",
        Effect::Restart => "after restart",
    };
    let values = match parameter.kind {
        Kind::Choice(words) => words.join(", "),
        Kind::Integer | Kind::Real => format!("{} to {}", parameter.min, parameter.max),
    };
    [parameter.help.to_owned(), format!("{values} · {when}")]
}

/// The parameter in row `y` of the screen, by its place in the list.
pub fn at(app: &App, area: Rect, y: u16) -> Option<usize> {
    let (list, rows, _) = visible(app, area.inner(Margin::new(1, 1)));
    let row = usize::from(y.checked_sub(list.y)?);
    match rows.get(row)? {
        Row::Parameter(index) => app.offered().iter().position(|offered| offered == index),
        Row::Heading(_) => None,
    }
}

/// All lines of what is offered, with a heading before each group.
fn rows(app: &App) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = None;
    for index in app.offered() {
        let parameter = &TABLE[index];
        if group.replace(parameter.group) != Some(parameter.group) {
            rows.push(Row::Heading(parameter.group.title()));
        }
        rows.push(Row::Parameter(index));
    }
    rows
}

/// One parameter: name, value, what it was at the start, and whether the epoch shown was trained with
/// it.
fn entry(
    app: &App,
    index: usize,
    [wanted, trained, start]: [&Controls; 3],
    area: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let parameter = &TABLE[index];
    let [value, now, first] =
        [wanted, trained, start].map(|controls| parameter.get(&controls.parameters));
    let selected = index == app.parameters.selected;
    let cursor = match selected {
        true => theme.glyph('▸', '>'),
        false => ' ',
    };
    let style = match value == first {
        true => theme.text,
        false => theme.accent,
    };
    let spans = vec![
        Span::styled(format!("{cursor} "), theme.accent),
        Span::styled(pad(parameter.symbol, NAME), theme.text),
        Span::styled(format!("{:>VALUE$} ", shown(app, index, value)), style),
        note(app, parameter, [value, now, first]),
    ];
    line(buffer, area, 0, spans);
    if selected && app.arrangement.focus == Panel::Parameters {
        buffer.set_style(area, theme.selected);
    }
}

/// The value, or what is typed in its place.
fn shown(app: &App, index: usize, value: f64) -> String {
    let parameter = &TABLE[index];
    match &app.mode {
        Mode::Entry(typed) if typed.parameter == index => {
            let caret = app.theme.glyph('▏', '_');
            (typed.text).with_caret(caret, VALUE as u16)
        }
        _ => parameter.format_value(value),
    }
}

/// What a value that was changed waits for; once it is in force, what it was at the start.
fn note<'a>(app: &App, parameter: &Parameter, [value, now, first]: [f64; 3]) -> Span<'a> {
    let theme = &app.theme;
    let waits = match parameter.effect {
        Effect::NextEpoch => "next epoch",
        Effect::Restart => "restart: r",
    };
    match (value == now, value == first) {
        (false, _) => Span::styled(waits, theme.warning),
        (true, true) => Span::raw(""),
        (true, false) => Span::styled(
            format!("was {}", parameter.format_value(first)),
            theme.faint,
        ),
    }
}

/// What the selected parameter does and which values it takes, these first while one is typed; or why
/// the typed value was refused.
fn describe(app: &App, parameter: &Parameter, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let refused = match &app.mode {
        Mode::Entry(entry) => entry.error.as_deref(),
        _ => None,
    };
    let lines = match refused {
        Some(error) => vec![Line::styled(error.to_owned(), theme.bad)],
        None => {
            let [help, values] = description(parameter);
            let mut lines = vec![
                Line::styled(help, theme.text),
                Line::styled(values, theme.faint),
            ];
            if matches!(app.mode, Mode::Entry(_)) {
                lines.reverse();
            }
            lines
        }
    };
    Paragraph::new(lines)
        .wrap(Wrap { trim: true })
        .render(area, buffer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::widgets::wrapped;

    #[test]
    fn lines_are_counted_as_they_are_broken() {
        for columns in [20, 31, 46] {
            for (parameter, words) in TABLE.iter().zip(WORDS.iter()) {
                let broken = description(parameter).map(|part| wrapped(&part, columns).len());
                let counted = [0, 1].map(|part| usize::from(lines(&words[part], columns)));
                assert_eq!(counted, broken, "{}", parameter.name);
            }
        }
    }
}
