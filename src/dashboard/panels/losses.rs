//! Loss terms over epochs.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
    text::Span,
};

use super::{frame, line, remark, timeline};
use crate::{
    dashboard::{
        action::Panel,
        state::{App, losses::TERMS},
        widgets::{Extent, Series},
    },
    session::Snapshot,
    training::{LossTerms, Objective},
};

/// Width from which the table of values stands beside the chart.
const WIDE: u16 = 60;
/// Width of the table.
const TABLE: u16 = 34;

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(app, Panel::Losses, remarks(app), area, buffer);
    let Some(snapshot) = app.snapshot.as_deref() else {
        return;
    };
    if snapshot.newest_epoch == 0 {
        return remark(buffer, inner, "no epoch yet", app.theme.faint);
    }
    let chart = if inner.width >= WIDE {
        table(app, snapshot, inner, buffer);
        Rect {
            width: inner.width - TABLE - 1,
            ..inner
        }
    } else {
        legend(app, snapshot, inner, buffer);
        Rect {
            y: inner.y + 1,
            height: inner.height.saturating_sub(1),
            ..inner
        }
    };
    let series = series(app, snapshot);
    let values = series.iter().flat_map(|line| &line.points);
    let y = Extent::around(values.map(|point| point.1));
    let arm = &snapshot.recipe.arms[app.focused(snapshot)];
    let changes: Vec<usize> = arm.changes.iter().map(|change| change.epoch).collect();
    timeline::Timeline {
        app,
        snapshot,
        series: &series,
        y,
        changes: &changes,
        logarithmic: app.losses.logarithmic,
        unit: "",
    }
    .render(chart, buffer);
}

/// How the lines are drawn, where that is unusual.
fn remarks<'a>(app: &App) -> Vec<Span<'a>> {
    let mut remarks = Vec::new();
    if app.losses.logarithmic {
        remarks.push("log ".to_owned());
    }
    if app.losses.window() > 1 {
        remarks.push(format!("mean of {} ", app.losses.window()));
    }
    remarks
        .into_iter()
        .map(|remark| Span::styled(remark, app.theme.faint))
        .collect()
}

/// The terms that an objective has; the total only where it is more than one term.
fn terms(objective: Objective) -> impl DoubleEndedIterator<Item = usize> {
    let terms = objective.facts().terms;
    let total = (terms.len() > 1).then_some(0);
    total.into_iter().chain(terms.iter().copied())
}

/// The baseline dashed, then the other arm's terms, the most important in front; raw lines faint
/// behind smoothed ones.
fn series(app: &App, snapshot: &Snapshot) -> Vec<Series> {
    let baseline = (0, 1, app.theme.arm(0), Some('B'));
    let lines = terms(app.focused_arm(snapshot).objective)
        .rev()
        .map(|index| {
            let tag = TERMS[index].1.chars().next();
            (app.focused(snapshot), index, app.theme.terms[index], tag)
        });
    let shown = std::iter::once(baseline)
        .chain(lines)
        .filter(|(_, index, ..)| !app.losses.hidden[*index]);
    let mut series = Vec::new();
    for (arm, index, style, tag) in shown {
        let raw = points(app, snapshot, arm, TERMS[index].2);
        let line = |points, style, tag| Series {
            points,
            style,
            dashed: arm == 0,
            tag,
        };
        if app.losses.window() > 1 {
            let smooth = timeline::smoothed(&raw, app.losses.window());
            series.insert(0, line(raw, app.theme.border, None));
            series.push(line(smooth, style, tag));
        } else {
            series.push(line(raw, style, tag));
        }
    }
    series
}

/// A term over epochs; on a logarithmic axis its magnitude's decimal logarithm.
fn points(
    app: &App,
    snapshot: &Snapshot,
    arm: usize,
    term: fn(&LossTerms) -> f32,
) -> Vec<(f64, f64)> {
    timeline::points(snapshot, arm, |report| {
        let value = f64::from(term(&report.loss));
        match app.losses.logarithmic {
            true if value > 0.0 => value.log10(),
            true => f64::NAN,
            false => value,
        }
    })
}

/// Names in one line, as the lines are marked.
fn legend(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let mut spans: Vec<_> = terms(app.focused_arm(snapshot).objective)
        .flat_map(|index| {
            let name = Span::styled(TERMS[index].1, style(app, index));
            [name, Span::raw(" ")]
        })
        .collect();
    spans.push(Span::styled(
        snapshot.reference().name.clone(),
        app.theme.arm(0),
    ));
    line(buffer, area, 0, spans);
}

/// The style of a term's name: struck out if it is hidden, inverted if it is selected.
fn style(app: &App, index: usize) -> Style {
    let mut style = app.theme.terms[index];
    if app.losses.hidden[index] {
        style = app.theme.faint.add_modifier(Modifier::CROSSED_OUT);
    }
    if index == app.losses.selected && app.arrangement.focus == Panel::Losses {
        style = style.add_modifier(Modifier::REVERSED);
    }
    style
}

/// Values of both arms, beside the chart.
fn table(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let column = Rect {
        x: area.right().saturating_sub(TABLE),
        width: TABLE,
        ..area
    };
    let arms = app.compared(snapshot);
    let [left, right] = arms.map(|arm| snapshot.arms[arm].name.as_str());
    let head = vec![
        Span::styled(format!("{:<18}", "this epoch"), theme.faint),
        Span::styled(format!("{left:>8}"), theme.arm(arms[0])),
        Span::styled(format!("{right:>8}"), theme.arm(arms[1])),
    ];
    line(buffer, column, 0, head);
    for (row, index) in terms(app.focused_arm(snapshot).objective).enumerate() {
        let (name, _, term) = TERMS[index];
        let value = |arm: usize| {
            let mut terms = terms(snapshot.arms[arm].objective);
            let has = terms.any(|term| term == index) || index == 0;
            match has {
                true => format!("{:>8.3}", term(&snapshot.arms[arm].report.loss)),
                false => format!("{:>8}", "–"),
            }
        };
        let mark = match app.losses.hidden[index] {
            true => ' ',
            false => theme.glyph('━', '-'),
        };
        let spans = vec![
            Span::styled(format!("{mark} "), theme.terms[index]),
            Span::styled(format!("{name:<15}"), style(app, index)),
            Span::raw(" "),
            Span::styled(value(arms[0]), theme.text),
            Span::styled(value(arms[1]), theme.text),
        ];
        line(buffer, column, row as u16 + 1, spans);
    }
    let below = [
        format!(
            "{} {}: dashed, classification",
            theme.glyph('╌', '.'),
            snapshot.reference().name
        ),
        format!("{} a parameter was changed", theme.glyph('┆', ':')),
    ];
    for (row, text) in below.into_iter().enumerate() {
        line(
            buffer,
            column,
            row as u16 + 7,
            vec![Span::styled(text, theme.faint)],
        );
    }
    let skipped = app.focused_arm(snapshot).report.skipped_updates;
    if skipped > 0 {
        let text = format!("{skipped} updates skipped: not finite");
        line(buffer, column, 9, vec![Span::styled(text, theme.bad)]);
    }
}
