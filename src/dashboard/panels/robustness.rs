//! Accuracy under attack.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    text::Span,
    widgets::Widget,
};

use super::{age, frame, line, remark};
use crate::{
    dashboard::{
        action::Panel,
        state::App,
        widgets::{Axes, LineChart, Series, Tick},
    },
    plot::Extent,
    session::{ArmSnapshot, Robustness, Snapshot},
};

/// An attack: its name, what its lines look like (and in ASCII), and the accuracies under it.
type Attack = (&'static str, [char; 2], fn(&Robustness) -> &[f32]);

/// The attacks; only the lines of the first are solid.
const ATTACKS: [Attack; 2] = [
    ("FGSM", ['━', '-'], |robustness| &robustness.fgsm),
    ("PGD", ['╌', '.'], |robustness| &robustness.pgd),
];

/// Least height at which the run's first curves are drawn, and named.
const ROOMY: u16 = 10;

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(snapshot) = app.snapshot.as_deref() else {
        frame(app, Panel::Robustness, Vec::new(), area, buffer);
        return;
    };
    let remarks = age(app, snapshot, app.focused_arm(snapshot).robustness.epoch);
    let inner = frame(app, Panel::Robustness, remarks, area, buffer);
    let measured = |arm: &ArmSnapshot| !arm.robustness.epsilons.is_empty();
    if !snapshot.arms.iter().any(measured) {
        return remark(buffer, inner, "not measured yet", app.theme.faint);
    }
    let rows = legend(app, snapshot, inner, buffer);
    let [_, below] = Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(inner);
    let first = inner.height >= ROOMY && snapshot.arms.len() < 3;
    chart(app, snapshot, first, below, buffer);
}

/// What the lines are, with the accuracies under the strongest attack; how many lines that takes.
fn legend(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) -> u16 {
    let mut row = 0;
    for attack in ATTACKS {
        let forms = [(true, true), (false, true), (false, false)];
        let mut forms = forms
            .map(|form| entry(app, snapshot, attack, form))
            .into_iter();
        let room = usize::from(area.width);
        if let Some(spans) =
            forms.find(|spans| spans.iter().map(Span::width).sum::<usize>() <= room)
        {
            line(buffer, area, row, spans);
            row += 1;
        }
    }
    if area.height >= ROOMY && snapshot.arms.len() < 3 {
        let first = app.focused_arm(snapshot).first_robustness.epoch;
        let text = format!("faint: both attacks at epoch {first}");
        line(buffer, area, row, vec![Span::styled(text, app.theme.faint)]);
        row += 1;
    }
    row
}

/// An attack's line and both arms' accuracies, with the attack's size and the arms' names if wanted.
fn entry<'a>(
    app: &App,
    snapshot: &Snapshot,
    (name, [fancy, plain], accuracies): Attack,
    (size, names): (bool, bool),
) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let stroke = theme.glyph(fancy, plain);
    let epsilon = snapshot.reference().robustness.epsilons.last().copied();
    let size = match size {
        true => format!(" ε{}", epsilon.unwrap_or(0.0)),
        false => String::new(),
    };
    let mut spans = vec![Span::styled(
        format!("{stroke} {name:<4}{size}"),
        theme.faint,
    )];
    let letters = app.letters(snapshot);
    for (position, arm) in snapshot.arms.iter().enumerate() {
        let style = theme.arm(position);
        let percent = 100.0 * accuracies(&arm.robustness).last().unwrap_or(&f32::NAN);
        let name = match names {
            true => match arm.name.starts_with(letters[position]) {
                true => format!(" {}", arm.name),
                false => format!(" {} {}", letters[position], arm.name),
            },
            false if snapshot.arms.len() > 2 => format!(" {}", letters[position]),
            false => String::new(),
        };
        let percent = match names || snapshot.arms.len() < 3 {
            true => format!(" {percent:>3.0}%"),
            false => format!("{percent:.0}%"),
        };
        spans.push(Span::styled(format!("{name}{percent}"), style));
    }
    spans
}

/// Percentages on the screen: round bounds that hold all curves, so that the axis seldom moves.
fn shown(series: &[Series]) -> Extent {
    let values = series.iter().flat_map(|line| &line.points);
    let min = values.map(|point| point.1).fold(100.0, f64::min);
    let floor = [80.0, 50.0].into_iter().find(|floor| floor + 3.0 < min);
    Extent::new(floor.unwrap_or(0.0), 100.0)
}

/// A line per arm and attack, FGSM solid and PGD dashed, PGD of the focused arm alone where there are
/// several; those of the run's start, if wanted, faint
/// and behind.
fn curves(app: &App, snapshot: &Snapshot, first: bool) -> Vec<Series> {
    let attacks = || ATTACKS.into_iter().enumerate().rev();
    let line = |robustness: &Robustness, (index, attack): (usize, Attack), style, tag| Series {
        background: false,
        points: points(&robustness.epsilons, attack.2(robustness)),
        style,
        dashed: index > 0,
        tag,
    };
    let mut series = Vec::new();
    for arm in snapshot.arms.iter().filter(|_| first) {
        let start = &arm.first_robustness;
        series.extend(attacks().map(|attack| Series {
            background: true,
            ..line(start, attack, app.theme.faint, None)
        }));
    }
    let letters = app.letters(snapshot);
    let several = snapshot.arms.len() > 2;
    for (position, arm) in snapshot.arms.iter().enumerate() {
        let style = app.theme.arm(position);
        let tag = |index: usize| Some(letters[position]).filter(|_| index == 0);
        let all = !several || position == app.focused(snapshot);
        let attacks = || attacks().filter(move |attack| all || attack.0 == 0);
        let now = &arm.robustness;
        series.extend(attacks().map(|attack| line(now, attack, style, tag(attack.0))));
    }
    series
}

/// Sizes of attacks with accuracies in percent.
fn points(epsilons: &[f32], accuracies: &[f32]) -> Vec<(f64, f64)> {
    let pairs = epsilons.iter().zip(accuracies);
    pairs
        .map(|(&epsilon, &accuracy)| (f64::from(epsilon), 100.0 * f64::from(accuracy)))
        .collect()
}

/// Accuracy against the size of the attack.
fn chart(app: &App, snapshot: &Snapshot, first: bool, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let series = curves(app, snapshot, first);
    let sizes = series.iter().flat_map(|line| &line.points);
    let widest = sizes.map(|point| point.0).fold(0.0, f64::max);
    let (x, y) = (Extent::new(0.0, widest), shown(&series));
    let x_ticks = Tick::over(x, usize::from(area.width / 10).clamp(2, 8));
    let mut y_ticks = Tick::over(y, usize::from(area.height / 3).clamp(2, 5));
    for tick in &mut y_ticks {
        tick.label.push('%');
    }
    let axes = Axes {
        x: &x_ticks,
        y: &y_ticks,
        x_name: "ε",
        y_name: "",
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
    Widget::render(&chart, area, buffer);
}
