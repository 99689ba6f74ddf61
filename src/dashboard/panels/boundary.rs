//! Decision boundaries of both arms, with samples and counterfactuals.

use ndarray::ArrayView1;
use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Flex, Layout, Margin, Rect},
    text::{Line, Span},
    widgets::Widget,
};

use super::{block, percent};
use crate::{
    counterfactual::Walk,
    dashboard::{
        action::Panel,
        app::App,
        widgets::{Axes, Backdrop, Extent, Mark, Tick, Trail, draw_marks, draw_trails, width},
    },
    data::{Samples, Scale},
    session::{Axes as Plane, Field, Projection, Snapshot},
    training::Objective,
};

/// Which samples are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Those held out.
    #[default]
    Test,
    /// Those trained with.
    Train,
    /// None.
    Nothing,
}

impl Shown {
    /// The next choice, wrapping around.
    pub fn next(self) -> Self {
        match self {
            Self::Test => Self::Train,
            Self::Train => Self::Nothing,
            Self::Nothing => Self::Test,
        }
    }
}

/// What the panel remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Which samples are drawn.
    pub samples: Shown,
    /// Whether paths of counterfactuals are drawn.
    pub paths: bool,
    /// Whether class probabilities are drawn.
    pub field: bool,
    /// Whether the boundary of some epochs ago is drawn.
    pub ghost: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            samples: Shown::Test,
            paths: true,
            field: true,
            ghost: true,
        }
    }
}

/// Width from which both arms stand side by side.
const BOTH: u16 = 60;
/// Screen cells per drawn sample: more samples would hide the field.
const CELLS_PER_SAMPLE: usize = 7;

/// Where the arms are drawn, equally large: both if there is room, else counterfactual training alone.
pub fn arms(area: Rect) -> Vec<(usize, Rect)> {
    if area.width < BOTH {
        return vec![(1, area)];
    }
    let half = Constraint::Length(area.width / 2);
    let [left, right] = Layout::horizontal([half, half])
        .flex(Flex::SpaceBetween)
        .areas(area);
    vec![(0, left), (1, right)]
}

/// The part of an arm's `area` that shows the plane.
pub fn plot(snapshot: &Snapshot, area: Rect) -> Rect {
    let [x, y] = ticks(snapshot, area);
    axes(snapshot, &x, &y).inner(inside(area))
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let whole = area;
    for (arm, area) in arms(whole) {
        let focused = app.arrangement.focus == Panel::Boundary;
        let mut frame = block(&app.theme, focused);
        if let Some(snapshot) = app.snapshot.as_deref() {
            frame = frame
                .title_top(title(app, snapshot, arm, area.width))
                .title_bottom(legend(app, snapshot, arm, area == whole));
        }
        frame.render(area, buffer);
        if let Some(snapshot) = app.snapshot.as_deref() {
            draw_arm(app, snapshot, arm, area, buffer);
        }
    }
}

fn draw_arm(app: &App, snapshot: &Snapshot, arm: usize, area: Rect, buffer: &mut Buffer) {
    let [x, y] = ticks(snapshot, area);
    let mut frame = axes(snapshot, &x, &y);
    (frame.line, frame.text, frame.ascii) = (app.theme.border, app.theme.faint, app.theme.ascii());
    frame.render(inside(area), buffer);
    let plot = frame.inner(inside(area));
    field(app, snapshot, arm, plot, buffer);
    let walks = &snapshot.arms[arm].walks;
    let paths: Vec<&Walk> = match app.boundary.paths {
        true => walks.examples.iter().map(|(_, walk)| walk).collect(),
        false => Vec::new(),
    };
    let trails: Vec<_> = paths
        .iter()
        .map(|walk| trail(app, snapshot, walk))
        .collect();
    draw_trails(&trails, plot, app.theme.marker(), buffer);
    draw_marks(&samples(app, snapshot, plot), plot, buffer);
    let ends: Vec<_> = paths
        .iter()
        .flat_map(|walk| stations(app, snapshot, walk))
        .collect();
    draw_marks(&ends, plot, buffer);
}

fn inside(area: Rect) -> Rect {
    area.inner(Margin::new(1, 1))
}

fn title<'a>(app: &App, snapshot: &Snapshot, arm: usize, columns: u16) -> Line<'a> {
    let state = &snapshot.arms[arm];
    let name = match (arm, state.objective) {
        (0, _) => "Baseline",
        (_, Objective::Full) => "Counterfactual training",
        (_, Objective::Energy) => "Energy only (CD)",
        (_, Objective::Adversarial) => "Adversarial only (AR)",
        (_, Objective::Vanilla) => "Vanilla",
    };
    let number = match arm {
        0 => format!(" {} ", Panel::Boundary.number()),
        _ => " ".to_owned(),
    };
    let accuracy = format!(" · accuracy {} ", percent(state.accuracy));
    let short = format!(" · {} ", percent(state.accuracy));
    let fits = width(&number) + width(name) + width(&accuracy) + 2 <= columns;
    let theme = &app.theme;
    Line::from(vec![
        Span::styled(number, theme.accent),
        Span::styled(name, theme.title.patch(theme.arms[arm])),
        Span::styled(if fits { accuracy } else { short }, theme.text),
    ])
}

/// Classes on the left, counterfactuals on the right, both where there is only one arm.
fn legend<'a>(app: &App, snapshot: &Snapshot, arm: usize, alone: bool) -> Line<'a> {
    let theme = &app.theme;
    let mut spans = vec![Span::raw(" ")];
    if arm == 0 || alone {
        for (class, name) in snapshot.dataset.classes.iter().enumerate() {
            spans.push(Span::styled(
                format!("{} {name} ", theme.class_glyph(class)),
                theme.class(class),
            ));
        }
    }
    if arm == 1 {
        spans.push(Span::styled(
            format!("{} nascent ", theme.glyph('○', '.')),
            theme.nascent,
        ));
        spans.push(Span::styled(
            format!("{} mature ", theme.glyph('★', '*')),
            theme.mature,
        ));
        spans.push(Span::styled(
            format!("{} exhausted ", theme.glyph('✗', '!')),
            theme.exhausted,
        ));
    }
    Line::from(spans)
}

fn axes<'a>(snapshot: &'a Snapshot, x: &'a [Tick], y: &'a [Tick]) -> Axes<'a> {
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
fn ticks(snapshot: &Snapshot, area: Rect) -> [Vec<Tick>; 2] {
    let wanted = [
        usize::from(area.width / 10).clamp(2, 8),
        usize::from(area.height / 5).clamp(2, 8),
    ];
    [0, 1].map(|axis| {
        let window = snapshot.projection.window[axis];
        let to_file = unit(snapshot, axis);
        let ends = [window.lower, window.upper].map(|at| f64::from(to_file(at)));
        let extent = Extent::new(ends[0], ends[1]);
        let mut ticks = Tick::over(extent, wanted[axis]);
        if ends[0] > ends[1] {
            ticks.iter_mut().for_each(|tick| tick.at = 1.0 - tick.at);
        }
        ticks
    })
}

/// The map from a plane's coordinate to what is written beside the axis.
fn unit(snapshot: &Snapshot, axis: usize) -> impl Fn(f32) -> f32 {
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

fn field(app: &App, snapshot: &Snapshot, arm: usize, plot: Rect, buffer: &mut Buffer) {
    let classes = snapshot.dataset.classes.len();
    let arm = &snapshot.arms[arm];
    let field: &Field = &arm.field;
    let ghost = arm
        .ghost
        .as_ref()
        .filter(|ghost| app.boundary.ghost && ghost.resolution == field.resolution);
    let doubt = 1.0 / classes.max(2) as f32;
    let certainty = |index: usize| {
        let probability = field.probability.get(index).copied().unwrap_or(0.0);
        (probability - doubt) / (1.0 - doubt)
    };
    let shades = app.theme.shades(classes, app.boundary.field);
    let backdrop = Backdrop {
        resolution: field.resolution,
        class: &field.class,
        certainty: &certainty,
        ghost: ghost.map(|ghost| ghost.class.as_slice()),
        shades: &shades,
    };
    backdrop.render(plot, buffer);
}

/// Where a point of feature space is on the plot, as fractions from the lower left corner.
fn place(projection: &Projection, point: ArrayView1<'_, f32>) -> (f64, f64) {
    let at = projection.project(point);
    let [x, y] = [0, 1].map(|axis| {
        let window = projection.window[axis];
        f64::from((at[axis] - window.lower) / (window.upper - window.lower))
    });
    (x, y)
}

/// An even selection of each class' samples, few enough to leave the field visible.
fn samples(app: &App, snapshot: &Snapshot, plot: Rect) -> Vec<Mark> {
    let samples: &Samples = match app.boundary.samples {
        Shown::Test => &snapshot.dataset.test,
        Shown::Train => &snapshot.dataset.train,
        Shown::Nothing => return Vec::new(),
    };
    let room = (plot.area() as usize / CELLS_PER_SAMPLE).max(1);
    let stride = samples.len().div_ceil(room).max(1);
    let classes = samples.rows_by_class(snapshot.dataset.classes.len());
    let chosen = classes.iter().flat_map(|rows| rows.iter().step_by(stride));
    let mark = |&row: &usize| Mark {
        at: place(&snapshot.projection, samples.x.row(row)),
        glyph: app.theme.class_glyph(samples.y[row]),
        style: app.theme.class(samples.y[row]),
    };
    chosen.map(mark).collect()
}

fn trail(app: &App, snapshot: &Snapshot, walk: &Walk) -> Trail {
    let places = walk
        .points
        .rows()
        .into_iter()
        .map(|point| place(&snapshot.projection, point));
    Trail {
        places: places.collect(),
        style: app.theme.path,
    }
}

/// Factual, nascent and final point of a search.
fn stations(app: &App, snapshot: &Snapshot, walk: &Walk) -> Vec<Mark> {
    let theme = &app.theme;
    let rows = walk.points.nrows();
    let (Some(last), true) = (rows.checked_sub(1), walk.nascent < rows) else {
        return Vec::new();
    };
    let end = if walk.outcome.mature {
        (theme.glyph('★', '*'), theme.mature)
    } else {
        (theme.glyph('✗', '!'), theme.exhausted)
    };
    let mark = |row: usize, (glyph, style)| Mark {
        at: place(&snapshot.projection, walk.points.row(row)),
        glyph,
        style,
    };
    let mut marks = Vec::new();
    if 0 < walk.nascent && walk.nascent < last {
        marks.push(mark(walk.nascent, (theme.glyph('○', '.'), theme.nascent)));
    }
    marks.push(mark(last, end));
    marks
}
