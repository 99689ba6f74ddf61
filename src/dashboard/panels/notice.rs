//! A box above the last line, for what does not fit into it.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::Line,
    widgets::{Clear, Widget},
};

use super::block;
use crate::dashboard::{state::App, widgets::wrapped};

/// Draws `text` in as many lines as it needs.
pub fn say(app: &App, text: &str, style: Style, footer: Rect, buffer: &mut Buffer) {
    let lines = wrapped(text, footer.width.saturating_sub(4))
        .into_iter()
        .map(|line| Line::styled(format!(" {line} "), style))
        .collect();
    above(app, lines, footer, buffer);
}

/// Draws `lines`, unless there are none.
pub fn above(app: &App, lines: Vec<Line<'_>>, footer: Rect, buffer: &mut Buffer) {
    if lines.is_empty() {
        return;
    }
    let widest = lines.iter().map(Line::width).max().unwrap_or(0);
    let wanted = u16::try_from(widest + 2).unwrap_or(u16::MAX);
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let height = height.min(footer.y);
    let popup = Rect {
        x: footer.x,
        y: footer.y - height,
        width: wanted.min(footer.width),
        height,
    };
    Clear.render(popup, buffer);
    buffer.set_style(popup, app.theme.text);
    let frame = block(&app.theme, true);
    let inner = frame.inner(popup);
    frame.render(popup, buffer);
    for (line, row) in lines.into_iter().zip(inner.rows()) {
        line.render(row, buffer);
    }
}
