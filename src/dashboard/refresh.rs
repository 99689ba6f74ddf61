//! Which pictures are encoded before the next frame.

use super::{
    panels::{banner, inspector},
    state::{App, Mode},
};

/// Brings the encoded pictures up to date with what is to be drawn next.
///
/// While something lies over the panels, half blocks are drawn: what it covers of a picture would
/// not come back.
pub fn refresh(app: &mut App) {
    let covered = covered(app);
    if app.pictures.prepare(&app.theme, covered) {
        let (wanted, now) = (inspector::pictures(app), app.now);
        app.pictures.refresh(&wanted, now);
    }
}

fn covered(app: &App) -> bool {
    banner::is_shown(app) || !matches!(app.mode, Mode::Normal | Mode::Entry(_) | Mode::Filter)
}
