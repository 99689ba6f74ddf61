//! A session's code as a picture that cameras read.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Rect},
    style::{Color, Style},
};

use super::{block, remark};
use crate::dashboard::{share, state::App, theme::Level, widgets::put};
use ratatui::widgets::{Clear, Widget};

/// Light modules around the code.
const QUIET: usize = 2;

/// Draws the picture over the screen, or says how much room it needs.
pub fn render(app: &App, code: &str, area: Rect, buffer: &mut Buffer) {
    let Some(picture) = share::picture(code) else {
        let text = "This code is too long for a picture. C copies it.";
        return say(app, text, area, buffer);
    };
    let modules = picture.len() + 2 * QUIET;
    let (columns, rows) = (modules as u16, modules.div_ceil(2) as u16);
    if columns > area.width || rows > area.height {
        let text = format!(
            "The picture needs {columns} columns and {rows} lines. Make the window larger or its letters smaller, or copy the code with C. Esc closes."
        );
        return say(app, &text, area, buffer);
    }
    let place = area.centered(Constraint::Length(columns), Constraint::Length(rows));
    Clear.render(place, buffer);
    let dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < picture.len());
        matches!((inside(x), inside(y)), (Some(x), Some(y)) if picture[y][x])
    };
    let style = match app.theme.level() {
        Level::Off => Style::new(),
        _ => Style::new().fg(Color::White).bg(Color::Black),
    };
    for row in 0..rows {
        let text: String = (0..modules)
            .map(|x| {
                let y = 2 * usize::from(row);
                match (dark(x, y), dark(x, y + 1)) {
                    (false, false) => '█',
                    (false, true) => '▀',
                    (true, false) => '▄',
                    (true, true) => ' ',
                }
            })
            .collect();
        put(buffer, place, (place.x, place.y + row), &text, style);
    }
}

fn say(app: &App, text: &str, area: Rect, buffer: &mut Buffer) {
    let place = area.centered(
        Constraint::Length(50.min(area.width)),
        Constraint::Length(8.min(area.height)),
    );
    Clear.render(place, buffer);
    let frame = block(&app.theme, true);
    let inner = frame.inner(place);
    frame.render(place, buffer);
    remark(buffer, inner, text, app.theme.text);
}
