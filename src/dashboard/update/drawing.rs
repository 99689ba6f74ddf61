//! The brush: points of one's own, drawn while training runs.

use std::path::Path;

use rand::RngExt;
use rand_distr::StandardNormal;

use super::run_control;
use crate::{
    dashboard::{
        action::Brush,
        log::Tone,
        panels::boundary::pick,
        state::{
            App, Mode,
            drawing::{SIZES, feature, show},
        },
    },
    data::{
        Drawing,
        drawing::{drawable, write_csv},
    },
    random::{Purpose, stream},
    session::{Command, Snapshot, Stroke},
};

/// Standard deviation of a spray, as a share of the plot.
const SPREAD: f64 = 0.04;
/// Parts of the plot that places are rounded to, at least.
const PARTS: f64 = 1000.0;

/// Takes the brush up, or puts it down.
pub(super) fn toggle(app: &mut App) -> Vec<Command> {
    if app.mode == Mode::Draw {
        app.mode = Mode::Normal;
        return Vec::new();
    }
    let Some(snapshot) = ready(app) else {
        return Vec::new();
    };
    let classes = snapshot.dataset.classes.len();
    app.brush.class = app.brush.class.min(classes.saturating_sub(1));
    show(&mut app.arrangement);
    app.mode = Mode::Draw;
    let key =
        |action: &crate::dashboard::action::Action| app.keymap.key(action).unwrap_or_default();
    let place = key(&crate::dashboard::action::Action::Brush(Brush::Place));
    app.hint(format!(
        "arrows or a click move the brush, {place} draws, digits choose the class; Esc ends"
    ));
    Vec::new()
}

/// The snapshot, if there is one that can be drawn on.
fn ready(app: &mut App) -> Option<std::sync::Arc<Snapshot>> {
    let snapshot = app.snapshot.clone()?;
    if !run_control::alive(app) {
        return None;
    }
    if let Err(error) = drawable(&snapshot.dataset) {
        app.say(Tone::Refusal, error.to_string());
        return None;
    }
    Some(snapshot)
}

/// Moves the brush by cells.
pub(super) fn steer(app: &mut App, right: i32, up: i32) -> Vec<Command> {
    let Some((_, plot)) = pick::plots(app).and_then(|plots| plots.first().copied()) else {
        return Vec::new();
    };
    let step = |cells: i32, length: u16| f64::from(cells) / f64::from(length.max(2) - 1);
    let moves = [step(right, plot.width), step(up, plot.height)];
    for (at, by) in app.brush.at.iter_mut().zip(moves) {
        *at = (*at + by).clamp(0.0, 1.0);
    }
    Vec::new()
}

/// What the brush does where it is.
pub(super) fn brush(app: &mut App, what: Brush) -> Vec<Command> {
    match what {
        Brush::Larger => size(app, 1),
        Brush::Smaller => size(app, -1),
        Brush::Place => place(app),
        Brush::Erase => erase(app),
        Brush::TakeBack => stroke(app, Stroke::TakeBack),
        Brush::Again => stroke(app, Stroke::Again),
    }
}

fn size(app: &mut App, by: isize) -> Vec<Command> {
    let size = app
        .brush
        .size
        .saturating_add_signed(by)
        .min(SIZES.len() - 1);
    app.brush.size = size;
    let points = match app.brush.points() {
        1 => "one point".to_owned(),
        points => format!("a spray of {points} points"),
    };
    app.say(Tone::Note, format!("the brush draws {points}"));
    Vec::new()
}

/// Chooses the class that is called so, or else the one at that position from 1.
pub(super) fn class(app: &mut App, digit: usize) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone() else {
        return Vec::new();
    };
    let classes = &snapshot.dataset.classes;
    let named = (classes.iter()).position(|name| *name == digit.to_string());
    let found = named.or_else(|| digit.checked_sub(1).filter(|class| *class < classes.len()));
    match found {
        Some(class) => {
            app.brush.class = class;
            app.say(
                Tone::Note,
                format!("the brush draws class {}", classes[class]),
            );
        }
        None => app.say(
            Tone::Refusal,
            format!(
                "there is no class {digit}; there are {}",
                classes.join(", ")
            ),
        ),
    }
    Vec::new()
}

/// Moves the brush to a cell of the screen and draws there.
pub(super) fn at(app: &mut App, column: u16, row: u16) -> Vec<Command> {
    let plots = pick::plots(app).unwrap_or_default();
    let found = plots
        .into_iter()
        .find(|(_, plot)| plot.contains((column, row).into()));
    let Some((_, plot)) = found else {
        return Vec::new();
    };
    let share = |at: u16, length: u16| f64::from(at) / f64::from(length.max(2) - 1);
    app.brush.at = [
        share(column - plot.x, plot.width).min(1.0),
        1.0 - share(row - plot.y, plot.height).min(1.0),
    ];
    match app.mode {
        Mode::Draw => place(app),
        _ => Vec::new(),
    }
}

/// Draws a point at a place in units of the data.
pub(super) fn point(app: &mut App, x: f64, y: f64, class: usize) -> Vec<Command> {
    let Some(snapshot) = ready(app) else {
        return Vec::new();
    };
    let classes = snapshot.dataset.classes.len();
    let place = [x as f32, y as f32];
    if class >= classes || !place.iter().all(|value| value.is_finite()) {
        let text = format!(
            "point takes two numbers and a class from 0 to {}",
            classes - 1
        );
        app.say(Tone::Refusal, text);
        return Vec::new();
    }
    stroke(app, Stroke::Add(vec![(place, class)]))
}

/// Starts again with nothing but points that will be drawn.
pub(super) fn blank(app: &mut App) -> Vec<Command> {
    let (Some(snapshot), Some(controls)) = (ready(app), app.controls().cloned()) else {
        return Vec::new();
    };
    let source = snapshot.recipe.source.clone();
    let mut recipe = run_control::again(app, source, &controls.parameters);
    recipe.drawing = Drawing::blank();
    let commands = super::data::begin(app, recipe);
    show(&mut app.arrangement);
    (app.mode, app.intent) = (Mode::Draw, None);
    app.say(
        Tone::Note,
        "an empty plane: training begins once every class has three points",
    );
    commands
}

/// Keeps the data that are shown, and the points drawn on them, in a CSV file.
pub(super) fn save(app: &mut App, path: &Path) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone() else {
        app.say(Tone::Refusal, "there is nothing to save yet");
        return Vec::new();
    };
    match write_csv(&snapshot.dataset, path) {
        Ok(rows) => app.say(
            Tone::Note,
            format!("{rows} rows in {} · :data opens it", path.display()),
        ),
        Err(error) => app.say(Tone::Refusal, error.to_string()),
    }
    Vec::new()
}

fn place(app: &mut App) -> Vec<Command> {
    let Some(snapshot) = ready(app) else {
        return Vec::new();
    };
    let (count, centre, class) = (app.brush.points(), app.brush.at, app.brush.class);
    let strokes = app.brush.strokes;
    app.brush.strokes = strokes.wrapping_add(1);
    let random = &mut stream(snapshot.recipe.seed(), Purpose::Drawing, strokes);
    let mut spread = || -> f64 {
        match count {
            1 => 0.0,
            _ => SPREAD * random.sample::<f64, _>(StandardNormal),
        }
    };
    let points = (0..count).map(|_| centre.map(|at| (at + spread()).clamp(0.0, 1.0)));
    let points = points.map(|at| (in_file(&snapshot, at), class)).collect();
    stroke(app, Stroke::Add(points))
}

fn erase(app: &mut App) -> Vec<Command> {
    let Some(snapshot) = ready(app) else {
        return Vec::new();
    };
    let [origin, near, end] =
        [[0.0, 0.0], app.brush.at, [1.0, 1.0]].map(|at| in_file(&snapshot, at));
    let unit = [0, 1].map(|axis| {
        let length: f32 = end[axis] - origin[axis];
        if length.abs() > 0.0 { length } else { 1.0 }
    });
    stroke(app, Stroke::Erase { near, unit })
}

fn stroke(app: &mut App, stroke: Stroke) -> Vec<Command> {
    let Some(snapshot) = ready(app) else {
        return Vec::new();
    };
    if let Some(epoch) = app.sought {
        app.say(Tone::Refusal, format!("still on the way to epoch {epoch}"));
        return Vec::new();
    }
    let drawing = &snapshot.recipe.drawing;
    let refusal = match &stroke {
        Stroke::Add(points) if drawing.points().len() + points.len() > Drawing::MAX => {
            Some(format!(
                "there is room for {} points; u takes some back",
                Drawing::MAX
            ))
        }
        _ => None,
    };
    if let Some(refusal) = refusal {
        app.say(Tone::Refusal, refusal);
        return Vec::new();
    }
    vec![Command::Draw(stroke)]
}

/// A place of the plot in units of the file, rounded to what the screen can tell apart.
fn in_file(snapshot: &Snapshot, at: [f64; 2]) -> [f32; 2] {
    let projection = &snapshot.projection;
    let mut point = [0.0; 2];
    for (axis, share) in at.into_iter().enumerate() {
        let feature = feature(projection, axis);
        let Some(known) = snapshot.dataset.features.get(feature) else {
            continue;
        };
        let window = projection.window[axis];
        let to_file = |share: f64| {
            let width = f64::from(window.upper) - f64::from(window.lower);
            known
                .scale
                .to_file((f64::from(window.lower) + share * width) as f32)
        };
        let extent = (to_file(1.0) - to_file(0.0)).abs();
        let step = 10_f64.powf((extent / PARTS).log10().floor());
        let value = to_file(share);
        let rounded = (value / step).round() * step;
        let value = if rounded.is_finite() { rounded } else { value };
        point[feature.min(1)] = value as f32;
    }
    point
}
