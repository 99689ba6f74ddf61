//! Accuracy under attack.

use ratatui::{buffer::Buffer, layout::Rect, text::Span, widgets::Widget};

use super::{age, frame, line, remark};
use crate::{
    dashboard::{
        action::Panel,
        app::App,
        widgets::{Axes, Extent, LineChart, Series, Tick},
    },
    session::{Robustness, Snapshot},
};

/// An attack: its name, and the accuracies under it.
type Attack = (&'static str, fn(&Robustness) -> &[f32]);

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(snapshot) = app.snapshot.as_deref() else {
        frame(app, Panel::Robustness, Vec::new(), area, buffer);
        return;
    };
    let remarks = age(app, snapshot, snapshot.arms[1].robustness.epoch);
    let inner = frame(app, Panel::Robustness, remarks, area, buffer);
    if snapshot
        .arms
        .iter()
        .all(|arm| arm.robustness.epsilons.is_empty())
    {
        return remark(buffer, inner, "not measured yet", app.theme.faint);
    }
    let rows = strongest(app, snapshot, inner, buffer);
    let chart = Rect {
        y: inner.y + rows,
        height: inner.height.saturating_sub(rows),
        ..inner
    };
    curves(app, snapshot, chart, buffer);
}

/// Accuracies under the strongest attack, as text, and what the lines are; how many lines that takes.
fn strongest(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) -> u16 {
    let theme = &app.theme;
    let [baseline, other] = [0, 1].map(|arm| &snapshot.arms[arm].robustness);
    let attacks: [Attack; 2] = [
        ("FGSM", |robustness| &robustness.fgsm),
        ("PGD", |robustness| &robustness.pgd),
    ];
    let epsilon = baseline.epsilons.last().copied().unwrap_or(0.0);
    let mut row = 0;
    for ((name, accuracy), stroke) in attacks.into_iter().zip([('━', '-'), ('╌', '.')]) {
        let (Some(left), Some(right)) = (accuracy(baseline).last(), accuracy(other).last()) else {
            continue;
        };
        let [bl, ct] = [0, 1].map(|arm| snapshot.arms[arm].objective.abbreviation());
        let spans = vec![
            Span::styled(
                format!("{} {name:<4} ε{epsilon} ", theme.glyph(stroke.0, stroke.1)),
                theme.faint,
            ),
            Span::styled(format!("{bl} {:>3.0}% ", 100.0 * left), theme.arms[0]),
            Span::styled(format!("{ct} {:>3.0}%", 100.0 * right), theme.arms[1]),
        ];
        line(buffer, area, row, spans);
        row += 1;
    }
    if area.height >= 10 {
        let first = snapshot.arms[1].first_robustness.epoch;
        let text = format!("faint: FGSM at epoch {first}");
        line(buffer, area, row, vec![Span::styled(text, theme.faint)]);
        row += 1;
    }
    row
}

/// Percentages on the screen: round bounds that hold all curves, so that the axis seldom moves.
fn shown(series: &[Series]) -> Extent {
    let values = series.iter().flat_map(|line| &line.points);
    let least = values.map(|point| point.1).fold(100.0, f64::min);
    let floor = [80.0, 50.0].into_iter().find(|floor| floor + 3.0 < least);
    Extent::new(floor.unwrap_or(0.0), 100.0)
}

/// FGSM solid, PGD dashed, the run's first FGSM faint and dashed.
fn curves(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let joined = |epsilons: &[f32], accuracies: &[f32]| {
        let pairs = epsilons.iter().zip(accuracies);
        pairs
            .map(|(&epsilon, &accuracy)| (f64::from(epsilon), 100.0 * f64::from(accuracy)))
            .collect()
    };
    let mut series = Vec::new();
    for (arm, style) in snapshot.arms.iter().zip(app.theme.arms) {
        let first = &arm.first_robustness;
        let points = joined(&first.epsilons, &first.fgsm);
        series.push(Series {
            points,
            style: app.theme.faint,
            dashed: true,
            tag: None,
        });
        let now = &arm.robustness;
        series.push(Series {
            points: joined(&now.epsilons, &now.pgd),
            style,
            dashed: true,
            tag: None,
        });
        let tag = arm.objective.abbreviation().chars().next();
        series.push(Series {
            points: joined(&now.epsilons, &now.fgsm),
            style,
            dashed: false,
            tag,
        });
    }
    let widest = snapshot
        .arms
        .iter()
        .flat_map(|arm| &arm.robustness.epsilons)
        .copied()
        .fold(0.0, f32::max);
    let (x, y) = (Extent::new(0.0, f64::from(widest)), shown(&series));
    let x_ticks = Tick::over(x, usize::from(area.width / 10).clamp(2, 8));
    let mut y_ticks = Tick::over(y, usize::from(area.height / 3).clamp(2, 5));
    for tick in &mut y_ticks {
        tick.label.push('%');
    }
    let theme = &app.theme;
    let axes = Axes {
        x: &x_ticks,
        y: &y_ticks,
        x_name: "ε",
        y_name: "",
        line: theme.border,
        text: theme.faint,
        ascii: theme.ascii(),
    };
    (&LineChart {
        series: &series,
        x,
        y,
        axes,
        marker: theme.marker(),
    })
        .render(area, buffer);
}
