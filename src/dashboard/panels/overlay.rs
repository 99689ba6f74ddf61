//! Finished runs in the charts: dashed lines with a number, which the lower border explains.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use crate::{
    dashboard::{
        state::{
            App,
            overlay::{Curve, Overlay},
        },
        widgets::{Series, first_fitting, fit, put},
    },
    session::Snapshot,
    training::EpochReport,
};

/// The runs with their numbers, and of each the arm that is compared with the focused one.
pub(super) fn curves<'a>(
    app: &'a App,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = (char, &'a Overlay, &'a Curve)> {
    let arm = app.focused_arm(snapshot);
    let numbered = ('1'..).zip(&app.overlays.shown);
    numbered.filter_map(|(number, overlay)| {
        Some((number, overlay, overlay.nearest(&arm.name, arm.objective)?))
    })
}

/// A quantity of every run, over its epochs up to the last on the screen.
pub(super) fn series(
    app: &App,
    snapshot: &Snapshot,
    style: Style,
    value: impl Fn(&EpochReport) -> f64,
) -> Vec<Series> {
    let last = super::timeline::epochs(snapshot).upper();
    let line = |(number, _, curve): (char, &Overlay, &Curve)| {
        let reports = curve.reports.iter();
        let points = reports.map(|report| (report.epoch as f64, value(report)));
        Series {
            points: points.filter(|(epoch, _)| *epoch <= last).collect(),
            style: style.add_modifier(Modifier::DIM),
            dashed: true,
            tag: Some(number),
            background: false,
        }
    };
    curves(app, snapshot).map(line).collect()
}

/// Says in the lower border of a panel which runs the numbers are, and what is drawn of them.
pub(super) fn legend(app: &App, snapshot: &Snapshot, what: &str, area: Rect, buffer: &mut Buffer) {
    let dashes = app.theme.glyph('╌', '.');
    let runs = |arms: bool| {
        let name = |(number, overlay, curve): (char, &Overlay, &Curve)| match arms {
            true => format!("{number} {} {}", overlay.title(), curve.name),
            false => format!("{number} {}", overlay.title()),
        };
        let reading = app.overlays.awaited.iter().map(|_| "reading …".to_owned());
        let names: Vec<String> = curves(app, snapshot).map(name).chain(reading).collect();
        names.join(", ")
    };
    let columns = area.width.saturating_sub(4);
    if runs(false).is_empty() || area.height < 2 {
        return;
    }
    let forms = [
        format!("{dashes} {what}: {}", runs(true)),
        format!("{dashes} {}", runs(true)),
        fit(&format!("{dashes} {}", runs(false)), columns),
    ];
    let text = format!(" {} ", first_fitting(forms, columns));
    let at = (area.x + 1, area.bottom() - 1);
    put(buffer, area, at, &text, app.theme.faint);
}
