//! What stopped training, over everything else.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::{Clear, Paragraph, Widget, Wrap},
};

use super::block;
use crate::{
    dashboard::{action::Action, state::App},
    session::Status,
};

/// Draws the banner if there is a reason for it.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some((title, text)) = reason(app) else {
        return;
    };
    let popup = area.centered(
        Constraint::Length(70.min(area.width)),
        Constraint::Length(7.min(area.height)),
    );
    let frame = block(&app.theme, false)
        .border_style(app.theme.bad)
        .title_top(Line::from(Span::styled(
            format!(" {title} "),
            app.theme.bad,
        )))
        .title_bottom(Line::from(Span::styled(ways_out(app), app.theme.accent)));
    let inner = frame.inner(popup);
    Clear.render(popup, buffer);
    buffer.set_style(popup, app.theme.text);
    frame.render(popup, buffer);
    Paragraph::new(text)
        .wrap(Wrap { trim: true })
        .render(inner, buffer);
}

/// What can be done about it.
fn ways_out(app: &App) -> String {
    let actions: &[(Action, &str)] = match app.lost {
        true => &[(Action::Quit, "quit")],
        false => &[
            (Action::Undo, "undo"),
            (Action::ToggleRun, "go on"),
            (Action::Restart, "restart"),
            (Action::Quit, "quit"),
        ],
    };
    let way = |(action, name): &(Action, &str)| {
        let key = app.keymap.key(action)?;
        Some(format!(" {key} {name} "))
    };
    actions.iter().filter_map(way).collect()
}

/// Whether there is a reason for the banner.
pub fn is_shown(app: &App) -> bool {
    reason(app).is_some()
}

fn reason(app: &App) -> Option<(&'static str, String)> {
    if app.intent == Some(true) {
        return None;
    }
    match app.snapshot.as_ref().map(|snapshot| &snapshot.status) {
        Some(Status::NonFinite(what)) => Some(("A loss is not finite", what.clone())),
        Some(Status::Failed(what)) => Some(("Training has stopped", what.clone())),
        _ if app.lost => Some((
            "Training has stopped",
            "The worker ended without saying why.".to_owned(),
        )),
        _ => None,
    }
}
