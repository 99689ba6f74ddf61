//! What data look like before one trains on them.

use ratatui::{buffer::Buffer, layout::Rect, widgets::Widget};

use crate::{
    dashboard::{
        app::App,
        widgets::{Axes, Extent, Mark, Tick, draw_marks},
    },
    data::{Dataset, Draw, Source},
    session::{Axes as Plane, Projection},
};

/// Samples that are drawn for a preview.
const SAMPLES: usize = 600;
/// Largest file that is read for a preview.
const MOST_BYTES: u64 = 4 << 20;
/// Cells per sample on the screen.
const CELLS_PER_SAMPLE: usize = 5;

/// A few samples of some data, or why there are none.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    data: Option<(Dataset, Projection)>,
    problem: Option<String>,
    remark: Option<String>,
}

impl Preview {
    /// Draws a few samples of `source`, or reads its file if that is not large.
    pub fn new(source: &Source, draw: &Draw) -> Self {
        let draw = Draw {
            samples: draw.samples.min(SAMPLES),
            ..*draw
        };
        if let Some(size) = size(source).filter(|size| *size > MOST_BYTES) {
            let megabytes = size >> 20;
            return Self {
                remark: Some(format!("{megabytes} MB: read when training starts")),
                ..Self::default()
            };
        }
        match source.load(&draw) {
            Ok(dataset) => {
                let axes = match dataset.dimensions() {
                    0..=2 => Plane::Features(0, 1),
                    _ => Plane::PrincipalComponents,
                };
                let projection = Projection::new(&dataset, axes);
                Self {
                    data: Some((dataset, projection)),
                    ..Self::default()
                }
            }
            Err(error) => Self::failed(error.to_string()),
        }
    }

    /// No samples, because of `problem`.
    pub fn failed(problem: String) -> Self {
        Self {
            problem: Some(problem),
            ..Self::default()
        }
    }

    /// Why the data cannot be had.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Features and classes in a line.
    pub fn facts(&self) -> String {
        match (&self.remark, &self.data) {
            (Some(remark), _) => remark.clone(),
            (None, Some((dataset, _))) => {
                let [features, classes] = [dataset.dimensions(), dataset.classes.len()];
                let names = dataset.classes.join(", ");
                format!("{features} features · {classes} classes: {names}")
            }
            (None, None) => String::new(),
        }
    }

    /// Draws the samples.
    pub fn render(&self, app: &App, area: Rect, buffer: &mut Buffer) {
        let Some((dataset, projection)) = &self.data else {
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
                    glyph: theme.class_glyph(class),
                    style: theme.class(class),
                }
            })
            .collect();
        draw_marks(&marks, plot, buffer);
    }
}

fn place(projection: &Projection, point: ndarray::ArrayView1<'_, f32>) -> (f64, f64) {
    let at = projection.project(point);
    let [x, y] = [0, 1].map(|axis| {
        let window = projection.window[axis];
        f64::from((at[axis] - window.lower) / (window.upper - window.lower))
    });
    (x, y)
}

/// Bytes of the file that a source reads.
fn size(source: &Source) -> Option<u64> {
    let path = match source {
        Source::Synthetic { .. } => return None,
        Source::Csv { path, .. } | Source::Benchmark { path, .. } => path,
        Source::Images { images, .. } => images,
    };
    std::fs::metadata(path).ok().map(|known| known.len())
}
