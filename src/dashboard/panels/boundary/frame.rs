//! The axes of the plane, in the units of the file.

use ratatui::layout::Rect;

use crate::{
    dashboard::widgets::{Axes, Tick},
    plot::Extent,
    session::Snapshot,
};

pub(super) fn axes<'a>(snapshot: &'a Snapshot, x: &'a [Tick], y: &'a [Tick]) -> Axes<'a> {
    let [x_name, y_name] = &snapshot.projection.names;
    Axes {
        x,
        y,
        x_name,
        y_name,
        ..Axes::default()
    }
}

/// Ticks of both axes, in the units of the file where an axis is a feature.
pub(super) fn ticks(snapshot: &Snapshot, area: Rect) -> [Vec<Tick>; 2] {
    let wanted = [
        usize::from(area.width / 10).clamp(2, 8),
        usize::from(area.height / 5).clamp(2, 8),
    ];
    [0, 1].map(|axis| {
        let ends = (snapshot.projection).ends(axis, &snapshot.dataset.features);
        let extent = Extent::new(ends[0], ends[1]);
        let mut ticks = Tick::over(extent, wanted[axis]);
        if ends[0] > ends[1] {
            ticks.iter_mut().for_each(|tick| tick.at = 1.0 - tick.at);
        }
        ticks
    })
}
