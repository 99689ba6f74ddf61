//! What became of the counterfactuals that training searched.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Span};

use super::{frame, line, remark, timeline};
use crate::{
    dashboard::{
        action::Panel,
        app::App,
        widgets::{Extent, Series},
    },
    session::Snapshot,
    training::EpochReport,
};

/// A count: its name, its glyph (and in ASCII), and where it is.
type Count = (&'static str, [char; 2], fn(&EpochReport) -> usize);

const COUNTS: [Count; 3] = [
    ("mature", ['★', '*'], |report| report.mature),
    ("exhausted", ['✗', '!'], |report| report.exhausted),
    ("nascent", ['○', 'o'], |report| report.nascent),
];

/// Width from which the counts stand beside the chart.
const WIDE: u16 = 60;
/// Width of the counts.
const TABLE: u16 = 27;

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(app, Panel::Counterfactuals, Vec::new(), area, buffer);
    let Some(snapshot) = app.snapshot.as_deref() else {
        return;
    };
    let report = &snapshot.arms[1].report;
    if report.mature + report.exhausted == 0 {
        return remark(buffer, inner, "this epoch searched none", app.theme.faint);
    }
    let chart = if inner.width >= WIDE {
        let column = Rect {
            x: inner.right() - TABLE,
            width: TABLE,
            ..inner
        };
        counts(app, report, column, buffer);
        more(app, report, column, buffer);
        Rect {
            width: inner.width - TABLE - 1,
            ..inner
        }
    } else {
        counts(app, report, inner, buffer);
        Rect {
            y: inner.y + 3,
            height: inner.height.saturating_sub(3),
            ..inner
        }
    };
    let series = series(app, snapshot);
    let highest = series
        .iter()
        .flat_map(|line| &line.points)
        .map(|point| point.1);
    let y = Extent::around(highest.chain([0.0]));
    timeline::render(&app.theme, snapshot, &series, y, chart, buffer);
}

fn styles(app: &App) -> [Style; 3] {
    [app.theme.mature, app.theme.exhausted, app.theme.nascent]
}

fn series(app: &App, snapshot: &Snapshot) -> Vec<Series> {
    let line = |((name, _, count), style): (Count, Style)| Series {
        points: timeline::points(snapshot, 1, |report| count(report) as f64),
        style,
        dashed: false,
        tag: name.chars().next(),
    };
    COUNTS
        .into_iter()
        .zip(styles(app))
        .rev()
        .map(line)
        .collect()
}

/// How many, and which share of the searches.
fn counts(app: &App, report: &EpochReport, area: Rect, buffer: &mut Buffer) {
    let searched = (report.mature + report.exhausted).max(1) as f32;
    for (row, ((name, [fancy, plain], count), style)) in
        COUNTS.into_iter().zip(styles(app)).enumerate()
    {
        let count = count(report);
        line(
            buffer,
            area,
            row as u16,
            vec![
                Span::styled(
                    format!("{} {name:<10}", app.theme.glyph(fancy, plain)),
                    style,
                ),
                Span::styled(format!("{count:>7}"), app.theme.text),
                Span::styled(
                    format!("{:>5.0} %", 100.0 * count as f32 / searched),
                    app.theme.faint,
                ),
            ],
        );
    }
}

fn more(app: &App, report: &EpochReport, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let violations = if report.violations == 0 {
        theme.good
    } else {
        theme.bad
    };
    let rows = [
        (
            "mean steps",
            format!("{:.1}", report.mean_steps),
            theme.text,
        ),
        ("violations", report.violations.to_string(), violations),
    ];
    for (row, (name, value, style)) in rows.into_iter().enumerate() {
        line(
            buffer,
            area,
            row as u16 + 4,
            vec![
                Span::styled(format!("  {name:<10}"), theme.faint),
                Span::styled(format!("{value:>7}"), style),
            ],
        );
    }
}
