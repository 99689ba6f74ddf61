//! Keeps what the worker prepares in step with what is on the screen.

use crate::{
    dashboard::{action::Panel, app::App, panels::boundary},
    session::{Command, View},
};

/// Largest raster of the field in either direction, whatever the terminal's size.
const MOST: u16 = 400;

/// Asks for another view if the present one doesn't suit the screen any more.
pub(super) fn changed(app: &mut App) -> Vec<Command> {
    let Some(plot) = visible_plot(app) else {
        return Vec::new();
    };
    let resolution = (
        usize::from(plot.0.clamp(2, MOST)),
        usize::from((2 * plot.1).clamp(2, MOST)),
    );
    let view = View {
        resolution,
        ..app.view.clone()
    };
    if view == app.view {
        return Vec::new();
    }
    app.view = view.clone();
    vec![Command::Look(view)]
}

/// Columns and rows of a boundary's plot, if one is on the screen.
fn visible_plot(app: &App) -> Option<(u16, u16)> {
    let snapshot = app.snapshot.as_ref()?;
    let layout = app.layout()?;
    let (_, area) = layout
        .panels
        .iter()
        .find(|(panel, _)| *panel == Panel::Boundary)?;
    let plot = boundary::plot(snapshot, boundary::arms(*area).last()?.1);
    (plot.width > 0 && plot.height > 0).then_some((plot.width, plot.height))
}
