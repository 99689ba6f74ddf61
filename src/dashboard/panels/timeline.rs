//! Charts over epochs.

use ratatui::{buffer::Buffer, layout::Rect, widgets::Widget};

use crate::{
    dashboard::{
        theme::Theme,
        widgets::{Axes, Extent, LineChart, Series, Tick},
    },
    session::Snapshot,
    training::EpochReport,
};

/// A quantity of every kept report of an arm, over epochs.
pub fn points(
    snapshot: &Snapshot,
    arm: usize,
    value: impl Fn(&EpochReport) -> f64,
) -> Vec<(f64, f64)> {
    let reports = &snapshot.history.reports[arm];
    let mut points: Vec<_> = reports
        .iter()
        .map(|report| (report.epoch as f64, value(report)))
        .collect();
    let newest = &snapshot.arms[arm].report;
    if newest.epoch > 0 && reports.last().is_none_or(|last| last.epoch < newest.epoch) {
        points.push((newest.epoch as f64, value(newest)));
    }
    points
}

/// Epochs on the screen: the whole run as planned, or more once that is exceeded.
pub fn epochs(snapshot: &Snapshot) -> Extent {
    let planned = snapshot.controls().parameters.epochs as f64;
    let reached = snapshot.newest_epoch as f64;
    if reached <= planned {
        Extent::new(0.0, planned)
    } else {
        Extent::around([0.0, reached])
    }
}

/// Draws `series` over epochs.
pub fn render(
    theme: &Theme,
    snapshot: &Snapshot,
    series: &[Series],
    y: Extent,
    area: Rect,
    buffer: &mut Buffer,
) {
    let x = epochs(snapshot);
    let x_ticks = Tick::over(x, usize::from(area.width / 12).clamp(2, 8));
    let y_ticks = Tick::over(y, usize::from(area.height / 3).clamp(2, 6));
    let axes = Axes {
        x: &x_ticks,
        y: &y_ticks,
        x_name: "epoch",
        y_name: "",
        line: theme.border,
        text: theme.faint,
        ascii: theme.ascii(),
    };
    Widget::render(
        &LineChart {
            series,
            x,
            y,
            axes,
            marker: theme.marker(),
        },
        area,
        buffer,
    );
}
