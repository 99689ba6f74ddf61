//! The line of tabs on a small screen.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::dashboard::{
    action::Panel,
    state::App,
    widgets::{fit, width},
};

/// Draws the line; names are shortened until all fit.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let tab = |(panel, name): (Panel, String)| {
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
            Span::styled(name, style),
        ]
    };
    Line::from_iter(tabs(area).into_iter().flat_map(tab)).render(area, buffer);
}

/// The panel whose tab is at column `x`.
pub fn at(area: Rect, x: u16) -> Option<Panel> {
    let mut end = area.x;
    let mut tabs = tabs(area).into_iter();
    let tab = tabs.find(|(_, name)| {
        end += columns(name);
        x < end
    });
    tab.map(|(panel, _)| panel)
}

/// Panels and their names: with a blank behind if there is room, else as long as fits.
fn tabs(area: Rect) -> Vec<(Panel, String)> {
    let named = |name: &dyn Fn(Panel) -> String| {
        let all = Panel::ALL.into_iter();
        all.map(|panel| (panel, name(panel))).collect::<Vec<_>>()
    };
    let fits = |tabs: &Vec<(Panel, String)>| {
        tabs.iter().map(|(_, name)| columns(name)).sum::<u16>() <= area.width
    };
    let full = named(&|panel| format!("{} ", panel.title()));
    let short = (3..=15)
        .rev()
        .map(|longest| named(&|panel| fit(panel.short_title(), longest)));
    let mut tabs = std::iter::once(full).chain(short);
    tabs.find(fits).unwrap_or_default()
}

/// Columns of a tab: its number between blanks, and its name.
fn columns(name: &str) -> u16 {
    width(name) + 3
}
