//! One test sample: its counterfactuals in both arms, or ways to another class.

pub mod advice;
pub mod amounts;
mod images;
mod table;
mod totals;
pub mod ways;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Margin, Rect},
    text::{Line, Span},
};

use super::{frame, remark};
use crate::{
    dashboard::{
        action::Panel,
        pictures::Wanted,
        state::App,
        widgets::{Axes, LineChart, Series, Tick, width, wrapped},
    },
    data::image,
    plot::Extent,
    session::{Example, Snapshot},
};
use ratatui::widgets::Widget;
use table::Columns;

/// Width from which the chart stands beside the table.
const WIDE: u16 = 84;
/// Least width of the chart there.
const BESIDE: u16 = 19;
/// Columns of the panel's own title and the corners.
const TITLE: u16 = 15;
/// Least height of the chart below the table.
const CHART: u16 = 6;

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let snapshot = app.snapshot.as_deref();
    let searches = snapshot.and_then(|snapshot| {
        let arms = app.compared(snapshot);
        let [baseline, other] = arms.map(|arm| app.inspector.example(snapshot, arm));
        Some((snapshot, [baseline?, other?]))
    });
    let remarks = searches.map_or(Vec::new(), |(snapshot, examples)| {
        heading(app, snapshot, examples[1], area.width)
    });
    let inner = frame(app, Panel::Inspector, remarks, area, buffer);
    let Some((snapshot, examples)) = searches else {
        let text = match app.inspector.row {
            Some(_) => "searching …",
            None => "i or an arrow key in the boundary picks a sample",
        };
        return remark(buffer, inner, text, app.theme.faint);
    };
    let rest = match image::shape(&snapshot.dataset.features) {
        Some(shape) => {
            let (hung, rest) = images::hang(app, snapshot, shape, inner);
            images::render(app, shape, &hung, buffer);
            rest
        }
        None => inner,
    };
    let rest = told(app, snapshot, examples, (area, rest), buffer);
    let (left, right) = split(snapshot, rest);
    if left.height >= table::MIN {
        table::render(app, snapshot, examples, left, buffer);
    }
    if right.height >= CHART {
        probabilities(app, snapshot, examples, right, buffer);
    }
}

/// Draws the ways that are wished for, or a sentence per arm; what remains below.
fn told(
    app: &App,
    snapshot: &Snapshot,
    examples: [&Example; 2],
    (panel, area): (Rect, Rect),
    buffer: &mut Buffer,
) -> Rect {
    let mut lines = advice::lines(app, snapshot, examples, area.width);
    let Some(view) = app.inspector.wanted_ways(snapshot) else {
        let least = table::wanted(snapshot).min(table::MIN + 1);
        return advice::render(lines, least, area, buffer);
    };
    let lines = ways::lines(app, snapshot, &view, area.width).unwrap_or_else(|| {
        let reason = wrapped(ways::reason(snapshot), area.width).into_iter();
        lines.extend(reason.map(|line| Line::styled(line, app.theme.faint)));
        lines
    });
    let rest = ways::render(app, lines, (panel, area), buffer);
    match rest.height >= table::wanted(snapshot) {
        true => rest,
        false => Rect { height: 0, ..rest },
    }
}

/// How many places one can scroll to: lines of the ways, or features.
pub fn places(app: &App) -> usize {
    let snapshot = app.snapshot.as_deref();
    let features = snapshot.map_or(0, |snapshot| snapshot.dataset.dimensions());
    ways::hidden_lines(app).map_or(features, |hidden| hidden + 1)
}

/// The images that the panel shows, to be encoded; none if it is not on the screen, or the data are
/// no images.
pub fn pictures(app: &App) -> Vec<Wanted> {
    let found = || {
        let snapshot = app.snapshot.as_deref()?;
        let shape = image::shape(&snapshot.dataset.features)?;
        let layout = app.layout()?;
        let panels = layout.panels.iter();
        let (_, area) = panels
            .into_iter()
            .find(|(panel, _)| *panel == Panel::Inspector)?;
        let arms = app.compared(snapshot);
        let searched = arms.map(|arm| app.inspector.example(snapshot, arm).is_some());
        let (hung, _) = images::hang(app, snapshot, shape, area.inner(Margin::new(1, 1)));
        (searched == [true; 2]).then(|| images::wanted(shape, &hung))
    };
    found().unwrap_or_default()
}

/// The table and the chart, side by side if there is room.
fn split(snapshot: &Snapshot, area: Rect) -> (Rect, Rect) {
    if area.width >= WIDE {
        let room = area.width.saturating_sub(BESIDE + 1);
        let table = Columns::new(snapshot, room).width();
        let [table, chart] = Layout::horizontal([Constraint::Length(table), Constraint::Fill(1)])
            .spacing(1)
            .areas(area);
        return (table, chart);
    }
    let chart = area.height.saturating_sub(table::wanted(snapshot));
    let chart = if chart < CHART { 0 } else { chart.min(12) };
    let [table, chart] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(chart)]).areas(area);
    (table, chart)
}

/// Which sample it is, and from which class to which the search goes, as far as there is room.
fn heading<'a>(app: &App, snapshot: &Snapshot, example: &Example, columns: u16) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let class = |index: usize| {
        let name = snapshot.dataset.shown_class(index).into_owned();
        (name, theme.class(index))
    };
    let label = snapshot.dataset.test.y.get(example.row).copied();
    let ((from, from_style), (to, to_style)) =
        (class(label.unwrap_or(0)), class(example.trajectory.target));
    let classes = vec![
        Span::styled(from, from_style),
        Span::styled(format!(" {} ", theme.glyph('→', '>')), theme.faint),
        Span::styled(format!("{to} "), to_style),
    ];
    let row = example.row;
    let last = snapshot.dataset.test.len().saturating_sub(1);
    let used: usize = classes.iter().map(Span::width).sum();
    let room = usize::from(columns.saturating_sub(TITLE)).saturating_sub(used);
    let forms = [
        format!("row {row} of the test set (0 to {last}) · "),
        format!("test row {row} of 0 to {last} · "),
        format!("test row {row} · "),
        String::new(),
    ];
    let which = forms
        .into_iter()
        .find(|form| usize::from(width(form)) <= room);
    match which {
        Some(which) => [Span::styled(which, theme.faint)]
            .into_iter()
            .chain(classes)
            .collect(),
        None => vec![Span::styled(format!("test row {row} "), theme.faint)],
    }
}

/// Probability of the target class at every step, both arms, with τ.
fn probabilities(
    app: &App,
    snapshot: &Snapshot,
    examples: [&Example; 2],
    area: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let parameters = &app.focused_arm(snapshot).controls().parameters;
    let (x, y) = (
        Extent::new(0.0, parameters.max_steps.max(1) as f64),
        Extent::new(0.0, 1.0),
    );
    let tau = Series {
        points: [x.lower(), x.upper()]
            .map(|at| (at, parameters.decision_threshold))
            .to_vec(),
        style: theme.faint,
        dashed: true,
        tag: Some(theme.glyph('τ', 't')),
        background: true,
    };
    let arms = app.compared(snapshot);
    let line = |side: usize| {
        let arm = arms[side];
        let probabilities = examples[side].trajectory.probabilities.iter().enumerate();
        Series {
            points: probabilities
                .map(|(step, &probability)| (step as f64, f64::from(probability)))
                .collect(),
            style: theme.arm(arm),
            dashed: side == 0,
            tag: snapshot.arms[arm].name.chars().next(),
            background: false,
        }
    };
    let series = [tau, line(0), line(1)];
    let x_ticks = Tick::over(x, usize::from(area.width / 10).clamp(2, 6));
    let y_ticks = Tick::over(y, usize::from(area.height / 3).clamp(1, 4));
    let axes = Axes {
        x: &x_ticks,
        y: &y_ticks,
        x_name: "step",
        y_name: match area.width {
            0..40 => "P(target)",
            _ => "probability of the target class",
        },
        line: theme.border,
        text: theme.faint,
        ascii: theme.ascii(),
    };
    let chart = LineChart {
        series: &series,
        x,
        y,
        axes,
        marker: theme.marker(),
    };
    (&chart).render(area, buffer);
}
