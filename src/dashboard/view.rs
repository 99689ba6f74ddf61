//! Draws the dashboard; reads its state and changes nothing.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Rect},
    text::Line,
    widgets::{Paragraph, Widget},
};

use super::{
    layout::SMALLEST,
    panels::{
        self, banner, card, code, command_line, footer, header, help, history, messages, picker,
        slow_motion, sweep, tabs,
    },
    state::{App, Mode},
    widgets::only_ascii,
};

/// Draws the whole screen; in ASCII where only that may be drawn.
pub fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    draw_all(app, area, buffer);
    if app.theme.ascii() {
        only_ascii(buffer);
    }
}

fn draw_all(app: &App, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, app.theme.text);
    let layout = app.layout().filter(|_| Rect::from(app.size) == area);
    let Some(layout) = layout else {
        return too_small(app, area, buffer);
    };
    header::render(app, layout.header, buffer);
    if !layout.tabs.is_empty() {
        tabs::render(app, layout.tabs, buffer);
    }
    match app.slow_motion.phase {
        Some(phase) => slow_motion::render(app, phase, layout.strip, buffer),
        None => history::render(app, layout.strip, buffer),
    }
    for (panel, area) in &layout.panels {
        panels::render(*panel, app, *area, buffer);
    }
    card::render(app, layout.card, buffer);
    footer::render(app, layout.footer, buffer);
    banner::render(app, area, buffer);
    match &app.mode {
        Mode::Help(state) => help::render(app, state, area, buffer),
        Mode::Command(state) => command_line::render(app, state, layout.footer, buffer),
        Mode::Code(text) => code::render(app, text, area, buffer),
        Mode::Messages(state) => messages::render(app, *state, area, buffer),
        Mode::Picker(state) => picker::render(app, state, area, buffer),
        Mode::Sweep(state) => sweep::render(app, state, area, buffer),
        Mode::Normal | Mode::Draw | Mode::Entry(_) | Mode::Filter => {}
    }
}

/// Says what is needed on a terminal that is too small.
fn too_small(app: &App, area: Rect, buffer: &mut Buffer) {
    let lines = vec![
        Line::styled("too small", app.theme.warning),
        Line::styled(format!("{} × {}", area.width, area.height), app.theme.text),
        Line::styled(
            format!("needs {} × {}", SMALLEST.width, SMALLEST.height),
            app.theme.faint,
        ),
        Line::styled("q quits", app.theme.faint),
    ];
    let middle = area.centered_vertically(Constraint::Length(4.min(area.height)));
    Paragraph::new(lines).centered().render(middle, buffer);
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::dashboard::{
        action::Action, tests::fixture, theme::Level, update::update, widgets::Marker,
    };

    #[test]
    fn without_unicode_whole_screens_are_ascii() {
        for (width, height) in [(20, 5), (80, 24), (120, 40), (200, 60), (500, 200)] {
            for action in [
                None,
                Some(Action::Help),
                Some(Action::Messages),
                Some(Action::PickData),
            ] {
                let mut app =
                    fixture::app(width.max(80), height.max(24), Level::Off, Marker::Ascii);
                if let Some(action) = action.clone() {
                    update(&mut app, action);
                }
                app.size = Size::new(width, height);
                let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
                draw(&app, buffer.area, &mut buffer);
                let other = buffer
                    .content()
                    .iter()
                    .find(|cell| !cell.symbol().is_ascii());
                assert!(other.is_none(), "{width} x {height}, {action:?}: {other:?}");
            }
        }
    }
}
