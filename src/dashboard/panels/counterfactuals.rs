//! What became of the counterfactuals that training searched.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Paragraph, Widget, Wrap},
};

use super::{frame, line, overlay, remark, timeline};
use crate::{
    counterfactual::Exhaustion,
    dashboard::{
        action::Panel,
        state::App,
        widgets::{Axes, Series, Tick, bar, columns, fit},
    },
    data::Mutability,
    plot::Extent,
    recipe::Controls,
    session::Snapshot,
    training::{EpochReport, TermWeights},
};

/// A count: its name, its glyph (and in ASCII), and where it is.
type Count = (&'static str, [char; 2], fn(&EpochReport) -> usize);

const COUNTS: [Count; 3] = [
    ("mature", ['★', '*'], |report| report.mature),
    ("exhausted", ['✗', '!'], |report| report.exhausted),
    ("also nascent", ['○', 'n'], |report| report.nascent),
];

/// Width from which counts, shares and histogram stand side by side.
const WIDE: u16 = 100;
/// Width of the counts there.
const TABLE: u16 = 36;
/// Lines of the counts.
const LINES: u16 = 4;
/// Lines from which a chart says something.
const LEAST_CHART: u16 = 2;
/// Lines from which both charts stand above each other.
const BOTH_CHARTS: u16 = 20;

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let remarks = super::whose(app);
    let inner = frame(app, Panel::Counterfactuals, remarks, area, buffer);
    let Some(snapshot) = app.snapshot.as_deref() else {
        return;
    };
    overlay::legend(app, snapshot, "mature", area, buffer);
    let report = &app.focused_arm(snapshot).report;
    let several = snapshot.arms.len() > 2;
    let inner = match several {
        true => all_counts(app, snapshot, inner, buffer),
        false => inner,
    };
    if report.mature + report.exhausted == 0 {
        return remark(buffer, inner, idle(app, snapshot), app.theme.faint);
    }
    match inner.width >= WIDE {
        true => side_by_side(app, snapshot, inner, buffer),
        false => stacked(app, snapshot, several, inner, buffer),
    }
}

/// Counts with advice, shares, and the histogram, beside each other.
fn side_by_side(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let report = &app.focused_arm(snapshot).report;
    let [column, rest] = Layout::horizontal([Constraint::Length(TABLE), Constraint::Fill(1)])
        .spacing(1)
        .areas(area);
    let half = |index: u16| Rect {
        x: rest.x + index * (rest.width / 2),
        width: rest.width / 2,
        ..rest
    };
    counts(app, report, column, buffer);
    advice(app, snapshot, below(column, LINES + 1), buffer);
    shares(app, snapshot, half(0), buffer);
    histogram(app, report, half(1), buffer);
}

/// Counts above advice above charts; only violations where the counts of all arms are there already.
fn stacked(app: &App, snapshot: &Snapshot, several: bool, area: Rect, buffer: &mut Buffer) {
    let report = &app.focused_arm(snapshot).report;
    let mut rest = match several {
        true => {
            violations(app, report, area, 0, buffer);
            below(area, 1)
        }
        false => {
            counts(app, report, area, buffer);
            below(area, LINES)
        }
    };
    if reason(app, snapshot).is_some() {
        let height = rest.height.min(3);
        advice(app, snapshot, Rect { height, ..rest }, buffer);
        rest = below(rest, height);
    }
    charts(app, snapshot, rest, buffer);
}

/// Shares above the histogram, or one of them where there is no room for both.
fn charts(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let report = &app.focused_arm(snapshot).report;
    match area.height {
        0..LEAST_CHART => {}
        BOTH_CHARTS.. => {
            let height = area.height / 2;
            shares(app, snapshot, Rect { height, ..area }, buffer);
            histogram(app, report, below(area, height), buffer);
        }
        _ if app.counterfactuals.histogram => histogram(app, report, area, buffer),
        _ => shares(app, snapshot, area, buffer),
    }
}

/// A line of counts per arm where there are more than two; what is left of the area.
fn all_counts(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) -> Rect {
    let theme = &app.theme;
    let glyphs = COUNTS.map(|(_, [fancy, plain], _)| theme.glyph(fancy, plain));
    let letters = app.letters(snapshot);
    for (position, arm) in snapshot.arms.iter().enumerate() {
        let name = format!("{} {:<6}", letters[position], fit(&arm.name, 6));
        let mut spans = vec![Span::styled(name, theme.arm(position))];
        let counts = COUNTS.iter().zip(styles(app)).zip(glyphs);
        let searched = arm.report.mature + arm.report.exhausted > 0;
        for (((_, _, count), style), glyph) in counts {
            let text = match searched {
                true => format!(" {glyph}{:<4}", count(&arm.report)),
                false => format!(" {glyph}{:<4}", "–"),
            };
            spans.push(Span::styled(text, style));
        }
        line(buffer, area, position as u16, spans);
    }
    below(area, snapshot.arms.len() as u16)
}

fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect {
        y: area.y + lines,
        height: area.height - lines,
        ..area
    }
}

/// Why nothing was searched.
pub(in crate::dashboard) fn idle(app: &App, snapshot: &Snapshot) -> &'static str {
    let parameters = &app.trained(snapshot).parameters;
    match () {
        () if snapshot.epoch == 0 => "no epoch yet",
        () if !TermWeights::new(parameters).needs_search() => "this objective searches none",
        () if snapshot.epoch <= parameters.burn_in_epochs() => "burn-in: none searched yet",
        () => "this epoch searched none",
    }
}

/// Why searches were exhausted, and what to do about the foremost reason; none if none were.
pub fn reason(app: &App, snapshot: &Snapshot) -> Option<String> {
    let report = &app.focused_arm(snapshot).report;
    let controls = app.trained(snapshot);
    let foremost = report.exhaustions.foremost()?;
    let mut counts = Exhaustion::ALL.map(|reason| (report.exhaustions.of(reason), reason));
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, reason)| format!("{count} {}", reason.name()))
        .collect();
    let advice = remedy(foremost, controls);
    Some(format!("exhausted: {}: {advice}", counts.join(", ")))
}

/// What helps searches that are exhausted for `reason`.
fn remedy(reason: Exhaustion, controls: &Controls) -> String {
    let parameters = &controls.parameters;
    let locked = |one: &Mutability| *one == Mutability::None;
    match reason {
        Exhaustion::Lock if controls.mutability.iter().all(locked) => {
            "all features are locked, so nothing can move; unlock one".to_owned()
        }
        Exhaustion::Rising => format!(
            "raise T ({}) or η ({})",
            parameters.max_steps, parameters.step_size
        ),
        Exhaustion::Edge => format!("widen the domain, n_σ ({})", parameters.domain_sigmas),
        Exhaustion::Lock => "unlock a feature, or accept it".to_owned(),
        Exhaustion::Stuck => format!(
            "lower τ ({}), λ_egy or λ_cost",
            parameters.decision_threshold
        ),
        Exhaustion::Overshooting => format!("lower η ({})", parameters.step_size),
    }
}

fn advice(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    if let Some(reason) = reason(app, snapshot) {
        Paragraph::new(Line::styled(reason, app.theme.warning))
            .wrap(Wrap { trim: true })
            .render(area, buffer);
    }
}

fn styles(app: &App) -> [Style; 3] {
    [app.theme.mature, app.theme.exhausted, app.theme.nascent]
}

/// Shares of the searches over epochs.
fn shares(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let line = |((name, _, count), style): (Count, Style)| Series {
        points: snapshot.curve(app.focused(snapshot), |report| {
            100.0 * count(report) as f64 / (report.mature + report.exhausted) as f64
        }),
        style,
        tag: name.trim_start_matches("also ").chars().next(),
        ..Series::default()
    };
    let share = |report: &EpochReport| match report.mature + report.exhausted {
        0 => f64::NAN,
        _ => f64::from(100.0 * report.mature_share()),
    };
    let mut series = overlay::series(app, snapshot, app.theme.mature, share);
    series.extend(COUNTS.into_iter().zip(styles(app)).rev().map(line));
    timeline::Timeline {
        app,
        snapshot,
        series: &series,
        y: Extent::new(0.0, 100.0),
        changes: &[],
        logarithmic: false,
        unit: "%",
    }
    .render(area, buffer);
}

/// How many searches matured after how many steps, in the present epoch.
fn histogram(app: &App, report: &EpochReport, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let title = match report.mature {
        0 => "none matured".to_owned(),
        _ => format!("steps to mature, mean {:.1}", report.steps_to_mature()),
    };
    line(buffer, area, 0, vec![Span::styled(title, theme.faint)]);
    if report.mature == 0 {
        return;
    }
    let counts: Vec<f64> = report
        .steps_to_maturity
        .iter()
        .map(|&count| count as f64)
        .collect();
    let x = Extent::new(0.0, counts.len().saturating_sub(1).max(1) as f64);
    let y = Extent::around(counts.iter().copied().chain([0.0, 1.0]));
    let mut steps = Tick::over(x, usize::from(area.width / 8).clamp(2, 6));
    for tick in &mut steps {
        tick.at = (tick.at * x.upper() + 0.5) / (x.upper() + 1.0);
    }
    let ticks = [
        steps,
        Tick::over(y, usize::from(area.height / 3).clamp(2, 4)),
    ];
    let axes = Axes {
        x: &ticks[0],
        y: &ticks[1],
        x_name: "step",
        y_name: "",
        line: theme.border,
        text: theme.faint,
        ascii: theme.ascii(),
    };
    let chart = below(area, 1);
    axes.render(chart, buffer);
    columns(
        &counts,
        y.upper(),
        axes.inner(chart),
        theme.mature,
        theme.ascii(),
        buffer,
    );
}

/// How many, and which share of the searches; and the violations.
fn counts(app: &App, report: &EpochReport, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let searched = (report.mature + report.exhausted).max(1) as f64;
    for (row, ((name, [fancy, plain], count), style)) in
        COUNTS.into_iter().zip(styles(app)).enumerate()
    {
        let count = count(report);
        let share = count as f64 / searched;
        let mut spans = vec![
            Span::styled(format!("{} {name:<12}", theme.glyph(fancy, plain)), style),
            Span::styled(format!("{count:>6}"), theme.text),
            Span::styled(format!("{:>4.0} %", 100.0 * share), theme.faint),
        ];
        if area.width >= 32 {
            let bar = bar(share, area.width.min(47) - 28, theme.ascii());
            spans.push(Span::styled(format!(" {bar}"), style));
        }
        line(buffer, area, row as u16, spans);
    }
    violations(app, report, area, COUNTS.len() as u16, buffer);
}

/// How often constraints were violated, in a row of the area.
fn violations(app: &App, report: &EpochReport, area: Rect, row: u16, buffer: &mut Buffer) {
    let theme = &app.theme;
    let (glyph, style) = match report.violations {
        0 => (theme.glyph('✓', '+'), theme.good),
        _ => (theme.glyph('✗', '!'), theme.warning),
    };
    let mut spans = vec![
        Span::styled(format!("{glyph} violations  "), style),
        Span::styled(format!("{:>6}", report.violations), theme.text),
    ];
    if area.width >= 36 {
        spans.push(Span::styled(" of constraints", theme.faint));
    }
    line(buffer, area, row, spans);
}
