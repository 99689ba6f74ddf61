//! The card of a lesson: what it says, what is to be done, and which keys lead on.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::{Clear, Widget},
};

use super::block;
use crate::{
    dashboard::{
        action::Action,
        state::{App, lesson::Progress},
        widgets::fit,
    },
    lesson::markup::{self, Piece},
};

/// Draws the card.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(state) = &app.lesson else {
        return;
    };
    if area.is_empty() {
        return;
    }
    let theme = &app.theme;
    let progress = format!(" {}/{} ", state.step + 1, state.lesson.steps.len());
    let title = fit(&state.lesson.title, area.width.saturating_sub(14));
    let title = Line::from(vec![
        Span::styled(format!(" {title} "), theme.title),
        Span::styled(progress, theme.accent),
    ]);
    let frame = block(theme, true)
        .title_top(title)
        .title_bottom(keys(app, area.width));
    let inner = frame.inner(area);
    Clear.render(area, buffer);
    buffer.set_style(area, theme.text);
    frame.render(area, buffer);
    let text = inner.inner(ratatui::layout::Margin::new(1, 0));
    for (line, row) in app.card(area.width).into_iter().zip(text.rows()) {
        let spans = line.into_iter().map(|piece| span(app, piece));
        Line::from(spans.collect::<Vec<_>>()).render(row, buffer);
    }
}

fn span<'a>(app: &App, piece: Piece) -> Span<'a> {
    let theme = &app.theme;
    let style = match piece.style {
        markup::Style::Plain => theme.text,
        markup::Style::Bold => theme.title,
        markup::Style::Code => theme.accent,
    };
    Span::styled(piece.text, style)
}

/// What is awaited, or the keys that lead on.
fn keys<'a>(app: &App, columns: u16) -> Line<'a> {
    let theme = &app.theme;
    let key = |action: &Action| app.keymap.key(action).unwrap_or_default();
    let (text, style): (String, Style) = match app.progress() {
        Progress::Waiting(what) => (what, theme.warning),
        Progress::Task => (
            format!(
                "{} hint · {} back",
                key(&Action::Hint),
                key(&Action::PreviousCard)
            ),
            theme.faint,
        ),
        Progress::Done => (
            format!(
                "{} done! {} on",
                theme.glyph('✓', '+'),
                key(&Action::NextCard)
            ),
            theme.good,
        ),
        Progress::Free => (
            format!(
                "{} on · {} back",
                key(&Action::NextCard),
                key(&Action::PreviousCard)
            ),
            theme.accent,
        ),
    };
    let text = fit(&text, columns.saturating_sub(4));
    Line::from(Span::styled(format!(" {text} "), style)).right_aligned()
}
