//! The axes of the plane, in the units of the file.

use ratatui::layout::Rect;

use crate::{
    dashboard::widgets::{Axes, Extent, Tick},
    data::Scale,
    session::{Axes as Plane, Snapshot},
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
        let window = snapshot.projection.window[axis];
        let to_file = unit(snapshot, axis);
        let ends = [window.lower, window.upper].map(to_file);
        let extent = Extent::new(ends[0], ends[1]);
        let mut ticks = Tick::over(extent, wanted[axis]);
        if ends[0] > ends[1] {
            ticks.iter_mut().for_each(|tick| tick.at = 1.0 - tick.at);
        }
        ticks
    })
}

/// The map from a plane's coordinate to what is written beside the axis.
fn unit(snapshot: &Snapshot, axis: usize) -> impl Fn(f32) -> f64 {
    let projection = &snapshot.projection;
    let feature = match projection.axes {
        Plane::Features(x, y) => Some([x, y][axis]),
        Plane::PrincipalComponents => None,
    };
    let feature = feature.and_then(|index| Some((index, snapshot.dataset.features.get(index)?)));
    let (scale, offset) = match feature {
        Some((index, feature)) => (
            feature.scale,
            projection.origin.get(index).copied().unwrap_or(0.0),
        ),
        None => (Scale::IDENTITY, 0.0),
    };
    move |at| scale.to_file(offset + at)
}
