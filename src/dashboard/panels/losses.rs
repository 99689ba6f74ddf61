//! Loss terms over epochs.

use ratatui::{buffer::Buffer, layout::Rect, text::Span};

use super::{frame, line, remark, timeline};
use crate::{
    dashboard::{
        action::Panel,
        app::App,
        widgets::{Extent, Series},
    },
    session::Snapshot,
    training::{LossTerms, Objective},
};

/// A loss term: its name, its short name, and where it is.
type Term = (&'static str, &'static str, fn(&LossTerms) -> f32);

/// The terms of Eq. 2; the first letter of the short name marks the line's end.
const TERMS: [Term; 5] = [
    ("total", "total", |loss| loss.total),
    ("classification", "class", |loss| loss.classification),
    ("divergence", "div", |loss| loss.divergence),
    ("adversarial", "adv", |loss| loss.adversarial),
    ("ridge", "reg", |loss| loss.ridge),
];

/// Width from which the table of values stands beside the chart.
const WIDE: u16 = 60;
/// Width of the table.
const TABLE: u16 = 32;

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(app, Panel::Losses, Vec::new(), area, buffer);
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
    let y = Extent::around(
        series
            .iter()
            .flat_map(|line| &line.points)
            .map(|point| point.1),
    );
    timeline::render(&app.theme, snapshot, &series, y, chart, buffer);
}

/// The terms that an objective has.
fn shown(objective: Objective) -> impl DoubleEndedIterator<Item = usize> {
    let terms: &[usize] = match objective {
        Objective::Full => &[0, 1, 2, 3, 4],
        Objective::Energy => &[0, 1, 2, 4],
        Objective::Adversarial => &[0, 1, 3],
        Objective::Vanilla => &[1],
    };
    terms.iter().copied()
}

/// The baseline dashed, then the other arm's terms, the most important in front.
fn series(app: &App, snapshot: &Snapshot) -> Vec<Series> {
    let points = |arm, term: fn(&LossTerms) -> f32| {
        timeline::points(snapshot, arm, |report| f64::from(term(&report.loss)))
    };
    let baseline = Series {
        points: points(0, |loss| loss.classification),
        style: app.theme.arms[0],
        dashed: true,
        tag: Some('B'),
    };
    let line = |index: usize| Series {
        points: points(1, TERMS[index].2),
        style: app.theme.terms[index],
        dashed: false,
        tag: TERMS[index].1.chars().next(),
    };
    let terms = shown(snapshot.arms[1].objective).rev().map(line);
    std::iter::once(baseline).chain(terms).collect()
}

/// Names in one line, as the lines are marked.
fn legend(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let mut spans: Vec<_> = shown(snapshot.arms[1].objective)
        .map(|index| Span::styled(format!("{} ", TERMS[index].1), app.theme.terms[index]))
        .collect();
    spans.push(Span::styled("BL", app.theme.arms[0]));
    line(buffer, area, 0, spans);
}

/// Values of both arms, beside the chart.
fn table(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let column = Rect {
        x: area.right().saturating_sub(TABLE),
        width: TABLE,
        ..area
    };
    let [left, right] = [0, 1].map(|arm| snapshot.arms[arm].objective.abbreviation());
    line(
        buffer,
        column,
        0,
        vec![
            Span::styled(format!("{:<16}", "per epoch"), theme.faint),
            Span::styled(format!("{left:>8}"), theme.arms[0]),
            Span::styled(format!("{right:>8}"), theme.arms[1]),
        ],
    );
    for (row, index) in shown(snapshot.arms[1].objective).enumerate() {
        let (name, _, term) = TERMS[index];
        let value = |arm: usize| {
            let has = shown(snapshot.arms[arm].objective).any(|term| term == index) || index == 0;
            if has {
                format!("{:>8.3}", term(&snapshot.arms[arm].report.loss))
            } else {
                format!("{:>8}", "–")
            }
        };
        line(
            buffer,
            column,
            row as u16 + 1,
            vec![
                Span::styled(
                    format!("{} {name:<14}", theme.glyph('━', '-')),
                    theme.terms[index],
                ),
                Span::styled(value(0), theme.text),
                Span::styled(value(1), theme.text),
            ],
        );
    }
    let skipped = snapshot.arms[1].report.skipped_updates;
    if skipped > 0 {
        line(
            buffer,
            column,
            7,
            vec![Span::styled(
                format!("{skipped} updates skipped: not finite"),
                theme.bad,
            )],
        );
    }
}
