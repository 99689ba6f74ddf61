//! Loss terms over epochs.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
    text::Span,
};

use super::{frame, line, overlay, remark, timeline};
use crate::{
    dashboard::{
        action::Panel,
        state::App,
        widgets::{Series, first_fitting, width},
    },
    plot::Extent,
    session::Snapshot,
    training::{EpochReport, LossTerms, TERMS},
};

/// Width from which the table of values stands beside the chart.
const WIDE: u16 = 60;
/// Width of the table.
const TABLE: u16 = 34;
/// Rows from which names may take two.
const HIGH: u16 = 9;
/// Columns of the panel's own title and the corners.
const TITLE: u16 = 12;

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(app, Panel::Losses, remarks(app, area.width), area, buffer);
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
        let rows = legend(app, snapshot, inner, buffer);
        Rect {
            y: inner.y + rows,
            height: inner.height.saturating_sub(rows),
            ..inner
        }
    };
    let series = series(app, snapshot);
    let values = series.iter().flat_map(|line| &line.points);
    let values = values.map(|point| point.1);
    let y = match app.losses.logarithmic {
        true => Extent::robust(values),
        false => Extent::around(values),
    };
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
    let what = TERMS[app.losses.selected].0;
    overlay::legend(app, snapshot, what, area, buffer);
}

/// What the lines are, and how they are drawn where that is unusual, as far as there is room.
fn remarks<'a>(app: &App, columns: u16) -> Vec<Span<'a>> {
    let mut remarks = Vec::new();
    if app.losses.logarithmic {
        remarks.push("log ".to_owned());
    }
    if app.losses.window() > 1 {
        remarks.push(format!("mean of {} ", app.losses.window()));
    }
    let used: u16 = remarks.iter().map(|remark| width(remark)).sum();
    let room = columns.saturating_sub(TITLE + used);
    let forms = [
        "terms before their weights λ, total after ",
        "terms unweighted ",
        "unweighted ",
        "",
    ];
    remarks.push(first_fitting(forms.map(str::to_owned), room));
    remarks
        .into_iter()
        .map(|remark| Span::styled(remark, app.theme.faint))
        .collect()
}

/// The other arms' classification dashed and, where there are several, faint; then the focused arm's
/// terms, the most important in front; raw lines faint behind smoothed ones. A colour is a term,
/// whichever arm's.
fn series(app: &App, snapshot: &Snapshot) -> Vec<Series> {
    let focused = app.focused(snapshot);
    let letters = app.letters(snapshot);
    let faint = match snapshot.arms.len() > 2 && !app.theme.large() {
        true => Modifier::DIM,
        false => Modifier::empty(),
    };
    let others = (0..snapshot.arms.len()).filter(|arm| *arm != focused);
    let others = others.map(|arm| {
        let style = app.theme.terms[1].add_modifier(faint);
        (arm, 1, style, Some(letters[arm]))
    });
    let lines = app
        .focused_arm(snapshot)
        .objective
        .shown_terms()
        .rev()
        .map(|index| {
            let tag = TERMS[index].1.chars().next();
            (focused, index, app.theme.terms[index], tag)
        });
    let shown = others
        .chain(lines)
        .filter(|(_, index, ..)| !app.losses.hidden[*index]);
    let mut series = overlaid(app, snapshot);
    for (arm, index, style, tag) in shown {
        let raw = points(app, snapshot, arm, TERMS[index].2);
        let line = |points, style, tag| Series {
            points,
            style,
            dashed: arm != focused,
            tag,
            background: false,
        };
        if app.losses.window() > 1 {
            let smooth = timeline::smoothed(&raw, app.losses.window());
            let raw = Series {
                background: true,
                ..line(raw, app.theme.border, None)
            };
            series.insert(0, raw);
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
    snapshot.curve(arm, |report| scaled(app, term(&report.loss)))
}

/// A value as it is drawn.
fn scaled(app: &App, value: f32) -> f64 {
    let value = f64::from(value);
    match app.losses.logarithmic {
        true if value > 0.0 => value.log10(),
        true => f64::NAN,
        false => value,
    }
}

/// The selected term of the runs that lie over the chart.
fn overlaid(app: &App, snapshot: &Snapshot) -> Vec<Series> {
    let index = app.losses.selected;
    if app.losses.hidden[index] {
        return Vec::new();
    }
    let (_, _, term) = TERMS[index];
    let style = app.theme.terms[index];
    let value = |report: &EpochReport| scaled(app, term(&report.loss));
    let mut series = overlay::series(app, snapshot, style, value);
    for line in &mut series {
        line.points = timeline::smoothed(&line.points, app.losses.window());
    }
    series
}

/// Names as the lines are marked, in one line; in a second one those of the other arms, if the first is
/// full and there are rows enough for a chart. Gives the rows taken.
fn legend(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) -> u16 {
    let mut spans: Vec<_> = app
        .focused_arm(snapshot)
        .objective
        .shown_terms()
        .flat_map(|index| {
            let name = Span::styled(TERMS[index].1, style(app, index));
            [name, Span::raw(" ")]
        })
        .collect();
    let forms = dashed(app, snapshot);
    let used = spans.iter().map(Span::width).sum::<usize>() as u16;
    let room = area.width.saturating_sub(used);
    let named = |room| {
        let text = first_fitting(forms.clone(), room);
        Span::styled(text, style(app, 1))
    };
    if area.height >= HIGH && width(&forms[1]) > room {
        line(buffer, area, 0, spans);
        line(buffer, area, 1, vec![named(area.width)]);
        return 2;
    }
    spans.push(named(room));
    line(buffer, area, 0, spans);
    1
}

/// What says that the other arms' classification is dashed, the longest first.
fn dashed(app: &App, snapshot: &Snapshot) -> [String; 3] {
    let dashes = app.theme.glyph('╌', '.');
    let names = others(app, snapshot);
    let letters = app.letters(snapshot).into_iter().enumerate();
    let letters: String = letters
        .filter(|(arm, _)| *arm != app.focused(snapshot))
        .map(|(_, letter)| letter)
        .collect();
    [
        format!("{dashes}{names} class"),
        format!("{dashes}{names}"),
        format!("{dashes}{letters}"),
    ]
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

/// The names of the arms that are not focused, each with its letter where it is another.
fn others(app: &App, snapshot: &Snapshot) -> String {
    let letters = app.letters(snapshot);
    let arms = snapshot.arms.iter().enumerate();
    let others = arms.filter(|(arm, _)| *arm != app.focused(snapshot));
    let names = others.map(|(arm, state)| match state.name.starts_with(letters[arm]) {
        true => state.name.clone(),
        false => format!("{} {}", letters[arm], state.name),
    });
    names.collect::<Vec<_>>().join(", ")
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
        Span::styled(format!("{:<18}", "unweighted terms"), theme.faint),
        Span::styled(format!("{left:>8}"), theme.title),
        Span::styled(format!("{right:>8}"), theme.title),
    ];
    line(buffer, column, 0, head);
    for (row, index) in app
        .focused_arm(snapshot)
        .objective
        .shown_terms()
        .enumerate()
    {
        let (name, _, term) = TERMS[index];
        let name = if index == 0 { "total, weighted" } else { name };
        let value = |arm: usize| {
            let mut terms = snapshot.arms[arm].objective.shown_terms();
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
            others(app, snapshot)
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
