//! Draws what data look like before one trains on them.

use ratatui::{buffer::Buffer, layout::Rect, widgets::Widget};

use crate::{
    dashboard::{
        state::{App, preview::Preview},
        widgets::{Axes, Mark, Tick, draw_marks},
    },
    plot::Extent,
    session::Projection,
};

/// Cells per sample on the screen.
const CELLS_PER_SAMPLE: usize = 5;

/// Draws the samples.
pub fn render(preview: &Preview, app: &App, area: Rect, buffer: &mut Buffer) {
    let Some((dataset, projection)) = preview.data() else {
        return;
    };
    let theme = &app.theme;
    let ticks = |axis: usize, columns: u16| {
        let window = projection.window[axis];
        let extent = Extent::new(f64::from(window.lower), f64::from(window.upper));
        Tick::over(extent, usize::from(columns / 10).clamp(2, 6))
    };
    let (x, y) = (ticks(0, area.width), ticks(1, 2 * area.height));
    let axes = Axes {
        x: &x,
        y: &y,
        x_name: &projection.names[0],
        y_name: &projection.names[1],
        line: theme.border,
        text: theme.faint,
        ascii: theme.ascii(),
    };
    let plot = axes.inner(area);
    axes.render(area, buffer);
    let room = (plot.area() as usize / CELLS_PER_SAMPLE).max(1);
    let stride = dataset.train.len().div_ceil(room).max(1);
    let marks: Vec<_> = (0..dataset.train.len())
        .step_by(stride)
        .map(|row| {
            let class = dataset.train.y[row];
            Mark {
                at: place(projection, dataset.train.x.row(row)),
                glyphs: theme.class_mark(class),
                style: theme.class(class),
            }
        })
        .collect();
    draw_marks(&marks, plot, buffer);
}

fn place(projection: &Projection, point: ndarray::ArrayView1<'_, f32>) -> (f64, f64) {
    let at = projection.project(point);
    let [x, y] = [0, 1].map(|axis| {
        let window = projection.window[axis];
        f64::from((at[axis] - window.lower) / (window.upper - window.lower))
    });
    (x, y)
}
