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
    let longest = longest(area);
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

/// The panel whose tab is at column `x`.
pub fn at(area: Rect, x: u16) -> Option<Panel> {
    let longest = longest(area);
    let mut end = area.x;
    Panel::ALL.into_iter().find(|panel| {
        end += tab_width(*panel, longest);
        x < end
    })
}

/// Columns per name.
fn longest(area: Rect) -> u16 {
    let needed = |columns: u16| -> u16 {
        let tabs = Panel::ALL
            .into_iter()
            .map(|panel| tab_width(panel, columns));
        tabs.sum()
    };
    (3..=15)
        .rev()
        .find(|&columns| needed(columns) <= area.width)
        .unwrap_or(3)
}

fn tab_width(panel: Panel, columns: u16) -> u16 {
    width(&fit(panel.title(), columns)) + 4
}
