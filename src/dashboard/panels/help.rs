//! Explanations from the glossary, and the list of keys, made from the keymap.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Margin, Position, Rect},
    text::{Line, Span},
    widgets::{Clear, Widget},
};

use super::block;
use crate::{
    dashboard::{
        keymap::Binding,
        state::{
            App,
            help::{Row, State, lines},
        },
    },
    glossary::Entry,
};

/// Width of the list.
const WIDTH: u16 = 80;
/// Width of the keys in it.
const KEYS: usize = 17;

/// Where the list is on the screen.
pub fn popup(area: Rect) -> Rect {
    area.centered(
        Constraint::Length(WIDTH.min(area.width)),
        Constraint::Length(40.min(area.height.saturating_sub(2))),
    )
}

/// The lines that are visible in `inner`, the inside of the list.
fn visible<'a>(app: &'a App, state: &State, inner: Rect) -> impl Iterator<Item = (Row<'a>, Rect)> {
    let rows = lines(app, state);
    let max = rows.len().saturating_sub(usize::from(inner.height));
    let shown = rows.into_iter().skip(state.scroll.min(max));
    shown.zip(inner.rows())
}

/// The keys at a place of the screen.
pub fn at<'a>(app: &'a App, state: &State, at: Position) -> Option<&'a Binding> {
    let inner = popup(Rect::from(app.size)).inner(Margin::new(1, 1));
    let (row, _) = visible(app, state, inner).find(|(_, area)| area.contains(at))?;
    match row {
        Row::Binding(binding) => Some(binding),
        _ => None,
    }
}

/// Draws the list over the middle of the screen.
pub fn render(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let popup = popup(area);
    let theme = &app.theme;
    let caret = theme.glyph('▏', '_');
    let search = match state.query.value() {
        "" => format!("type to search words and keys{caret}"),
        _ => state.query.with_caret(caret, popup.width / 2),
    };
    let title = Line::from(vec![
        Span::styled(" Help ", theme.title),
        Span::styled(format!("· {search} "), theme.accent),
    ]);
    let frame = block(theme, true).title_top(title);
    let inner = frame.inner(popup);
    Clear.render(popup, buffer);
    buffer.set_style(popup, theme.text);
    frame.render(popup, buffer);
    let all = lines(app, state).len();
    let room = usize::from(inner.height);
    let above = state.scroll.min(all.saturating_sub(room));
    super::fold(
        app,
        popup,
        (above, all.saturating_sub(above + room)),
        buffer,
    );
    let mut found = false;
    for (row, area) in visible(app, state, inner) {
        draw(app, &row, area, buffer);
        found = true;
    }
    if !found {
        super::remark(buffer, inner, "no word and no key matches", theme.faint);
    }
}

fn draw(app: &App, row: &Row<'_>, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let line = match row {
        Row::Entry(entry) => Line::from(vec![
            Span::styled(format!(" {entry} "), theme.accent),
            Span::styled(synonyms(entry), theme.faint),
        ]),
        Row::Text(text) => Line::styled(format!("  {text}"), theme.text),
        Row::Source(text) => Line::styled(format!("  {text}"), theme.faint),
        Row::Blank => Line::default(),
        Row::Heading(context) => Line::styled(format!(" {}", context.title()), theme.title),
        Row::Binding(binding) => Line::from(vec![
            Span::styled(format!("  {:<KEYS$}", binding.keys()), theme.accent),
            Span::styled(binding.help.as_ref(), theme.text),
        ]),
    };
    line.render(area, buffer);
}

/// Other words for an entry, as they are typed.
fn synonyms(entry: &Entry) -> String {
    match entry.synonyms {
        [] => String::new(),
        words => format!("· also {}", words.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{keymap::Keymap, widgets::width};

    #[test]
    fn every_line_fits() {
        let keymap = Keymap::standard().unwrap();
        for binding in keymap.bindings() {
            let keys = width(&binding.keys());
            assert!(usize::from(keys) < KEYS, "{}", binding.keys());
            let help = width(&binding.help);
            assert!(KEYS as u16 + help + 4 <= WIDTH, "{}", binding.help);
        }
    }
}
