//! The list of keys, made from the keymap.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::{Clear, Widget},
};

use super::block;
use crate::dashboard::{
    app::App,
    keymap::{Binding, Context, Keymap},
};

/// What the list remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What is searched for.
    pub query: String,
    /// The first line that is visible.
    pub scroll: usize,
}

/// A line of the list.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// Where the following keys hold.
    Heading(Context),
    /// Keys and what they do.
    Binding(&'a Binding),
}

/// All lines that match a search.
pub fn lines<'a>(keymap: &'a Keymap, query: &str) -> Vec<Row<'a>> {
    let query = query.to_lowercase();
    let matches = |binding: &Binding| {
        let Binding {
            context,
            hint,
            help,
            ..
        } = binding;
        let text = format!("{} {hint} {help} {}", binding.keys(), context.title());
        !binding.chords.is_empty() && text.to_lowercase().contains(&query)
    };
    let mut rows = Vec::new();
    let mut context = None;
    for binding in keymap.bindings().iter().filter(|binding| matches(binding)) {
        if context.replace(binding.context) != Some(binding.context) {
            rows.push(Row::Heading(binding.context));
        }
        rows.push(Row::Binding(binding));
    }
    rows
}

/// Draws the list over the middle of the screen.
pub fn render(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let popup = area.centered(
        ratatui::layout::Constraint::Length(76.min(area.width)),
        ratatui::layout::Constraint::Length(40.min(area.height.saturating_sub(2))),
    );
    let search = if state.query.is_empty() {
        "type to search".to_owned()
    } else {
        state.query.clone()
    };
    let title = Line::from(vec![
        Span::styled(" Keys ", app.theme.title),
        Span::styled(
            format!("· {search}{} ", app.theme.glyph('▏', '_')),
            app.theme.accent,
        ),
    ]);
    let frame = block(&app.theme, true).title_top(title);
    let inner = frame.inner(popup);
    Clear.render(popup, buffer);
    buffer.set_style(popup, app.theme.text);
    frame.render(popup, buffer);
    let rows = lines(&app.keymap, &state.query);
    let most = rows.len().saturating_sub(usize::from(inner.height));
    for (y, row) in rows
        .iter()
        .skip(state.scroll.min(most))
        .take(usize::from(inner.height))
        .enumerate()
    {
        let area = Rect {
            y: inner.y + y as u16,
            height: 1,
            ..inner
        };
        draw(app, row, area, buffer);
    }
    if rows.is_empty() {
        super::remark(buffer, inner, "no key does that", app.theme.faint);
    }
}

fn draw(app: &App, row: &Row<'_>, area: Rect, buffer: &mut Buffer) {
    let line = match row {
        Row::Heading(context) => Line::styled(format!(" {}", context.title()), app.theme.title),
        Row::Binding(binding) => Line::from(vec![
            Span::styled(format!("   {:<22} ", binding.keys()), app.theme.accent),
            Span::styled(binding.help.as_ref(), app.theme.text),
        ]),
    };
    line.render(area, buffer);
}
