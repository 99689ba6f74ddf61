//! Keeps what the worker prepares in step with what is on the screen.

use crate::{
    dashboard::{action::Panel, panels::boundary::pick, state::App},
    session::{Command, View},
};

/// Largest raster of the field in either direction, whatever the terminal's size.
const MAX: u16 = 400;
/// Example searches that are told apart from the last row of a class room.
const IN_CLASS: usize = 4;

/// Asks for another view if the present one doesn't suit the screen any more; of a boundary that is
/// not on the screen, the raster stays as it is.
pub(super) fn changed(app: &mut App) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.as_ref() else {
        return Vec::new();
    };
    let mut view = View {
        axes: app.boundary.plane(snapshot.dataset.dimensions()),
        selected: app.inspector.row,
        target: app.inspector.wished(),
        ways: (app.inspector.wanted_ways(snapshot)).filter(|_| is_visible(app, Panel::Inspector)),
        burden: is_visible(app, Panel::Burden).then(|| app.burden.view.clone()),
        ..app.view.clone()
    };
    if let Some((columns, rows)) = visible_plot(app) {
        view.resolution = (
            usize::from(columns.clamp(2, MAX)),
            usize::from((2 * rows).clamp(2, MAX)),
        );
        view.examples = match app.projector {
            Some(_) => IN_CLASS,
            None => examples((columns, rows)),
        };
    }
    if view == app.view {
        return Vec::new();
    }
    app.view = view.clone();
    vec![Command::Look(view)]
}

/// Whether a panel is on the screen.
fn is_visible(app: &App, panel: Panel) -> bool {
    let layout = app.layout();
    layout.is_some_and(|layout| layout.panels.iter().any(|(placed, _)| *placed == panel))
}

/// How many example searches don't crowd a plot of these columns and rows.
fn examples((columns, rows): (u16, u16)) -> usize {
    match u32::from(columns) * u32::from(rows) {
        0..500 => 6,
        500..1200 => 8,
        _ => 12,
    }
}

/// Columns and rows of a boundary's plot, if one is on the screen.
fn visible_plot(app: &App) -> Option<(u16, u16)> {
    let (_, plot) = pick::plots(app)?.pop()?;
    (plot.width > 0 && plot.height > 0).then_some((plot.width, plot.height))
}
