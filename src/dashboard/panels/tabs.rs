//! The line of tabs on a small screen.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::dashboard::{
    action::Panel,
    app::App,
    widgets::{fit, width},
};

/// Draws the line; names are shortened until all fit.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let longest = (3..=15)
        .rev()
        .find(|&columns| needed(columns) <= area.width)
        .unwrap_or(3);
    let tab = |panel: Panel| {
        let name = fit(panel.title(), longest);
        let style = if app.arrangement.focus == panel {
            app.theme.selected
        } else {
            app.theme.faint
        };
        [
            Span::styled(
                format!(" {} ", panel.number()),
                app.theme.accent.patch(style),
            ),
            Span::styled(format!("{name} "), style),
        ]
    };
    Line::from_iter(Panel::ALL.into_iter().flat_map(tab)).render(area, buffer);
}

fn needed(columns: u16) -> u16 {
    Panel::ALL
        .iter()
        .map(|panel| width(&fit(panel.title(), columns)) + 4)
        .sum()
}
