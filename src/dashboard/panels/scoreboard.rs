//! What both models are worth, measured on the same test samples.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Paragraph, Widget, Wrap},
};

use super::{age, frame, line, remark};
use crate::{
    dashboard::{
        action::Panel,
        state::App,
        widgets::{fit, pad},
    },
    session::{Score, Snapshot},
};

/// Width of the names.
const NAME: u16 = 10;

/// What there is room for beside name, values and change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    Least,
    Errors,
    PublishedChange,
    Published,
}

impl Room {
    fn new(columns: u16) -> Self {
        match columns {
            0..38 => Self::Least,
            38..46 => Self::Errors,
            46..76 => Self::PublishedChange,
            _ => Self::Published,
        }
    }
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(snapshot) = app.snapshot.as_deref() else {
        frame(app, Panel::Scoreboard, Vec::new(), area, buffer);
        return;
    };
    let board = &snapshot.scoreboard;
    let remarks = match board.scores.is_empty() {
        true => Vec::new(),
        false => age(app, snapshot, board.epoch),
    };
    let inner = frame(app, Panel::Scoreboard, remarks, area, buffer);
    if board.scores.is_empty() {
        return remark(buffer, inner, "not measured yet", app.theme.faint);
    }
    head(app, snapshot, inner, buffer);
    for (row, score) in board.scores.iter().enumerate() {
        let row_area = Rect {
            y: inner.y.saturating_add(row as u16 + 1),
            height: 1,
            ..inner
        };
        if row_area.y < inner.bottom() {
            Line::from(spans(app, score, app.compared(snapshot)[1], inner.width))
                .render(row_area, buffer);
            if row == app.scoreboard.selected && app.arrangement.focus == Panel::Scoreboard {
                buffer.set_style(row_area, app.theme.selected);
            }
        }
    }
    let used = board.scores.len() as u16 + 1;
    let below = Rect {
        y: inner.y + used.min(inner.height),
        height: inner.height.saturating_sub(used),
        ..inner
    };
    Paragraph::new(explanation(app, snapshot))
        .wrap(Wrap { trim: true })
        .render(below, buffer);
}

/// The measure in row `y` of the screen.
pub fn at(app: &App, area: Rect, y: u16) -> Option<usize> {
    let scores = app.snapshot.as_ref()?.scoreboard.scores.len();
    let inner = area.inner(Margin::new(1, 1));
    let row = usize::from(y.checked_sub(inner.y + 1)?);
    (y < inner.bottom() && row < scores).then_some(row)
}

/// Columns of values, changes and errors; those of published numbers have a gap before them.
fn head(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let [baseline, other] = app.compared(snapshot);
    let name = |arm: usize| snapshot.arms[arm].name.as_str();
    let room = Room::new(area.width);
    let mut spans = vec![
        Span::raw(" ".repeat(usize::from(NAME))),
        Span::styled(format!("{:>6}", name(baseline)), theme.arm(baseline)),
        Span::styled(format!("{:>7}", name(other)), theme.arm(other)),
        Span::styled(format!("{:>7} ", "change"), theme.faint),
    ];
    if room >= Room::Errors {
        spans.push(Span::styled(format!("{:>6} ", "± SE"), theme.faint));
    }
    spans.push(match room {
        Room::Least | Room::Errors => Span::raw(""),
        Room::PublishedChange => Span::styled(format!("{:>7}", "paper"), theme.faint),
        Room::Published => {
            let text = format!("{:>13}{:>7}{:>7} {:>6}", "paper BL", "CT", "change", "± SE");
            Span::styled(text, theme.faint)
        }
    });
    line(buffer, area, 0, spans);
}

/// Name, both arms' values, and the change in percent with its error; `*` where it is significant.
fn spans<'a>(app: &App, score: &Score, arm: usize, columns: u16) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let found = score.comparison(arm);
    let change = -found.reduction;
    let room = Room::new(columns);
    let mut spans = vec![
        Span::styled(pad(score.measure.title(), NAME), theme.text),
        Span::styled(format!("{:>6}", value(found.bl)), theme.text),
        Span::styled(format!("{:>7}", value(found.ct)), theme.text),
        Span::styled(
            starred(change, found.significant),
            verdict(app, score, found.significant, change),
        ),
    ];
    if room >= Room::Errors {
        spans.push(Span::styled(error(found.se), theme.faint));
    }
    if let Some(published) = found.published {
        let change = starred(-published.reduction, published.significant);
        let text = match room {
            Room::Least | Room::Errors => String::new(),
            Room::PublishedChange => change,
            Room::Published => format!(
                "{:>13}{:>7}{change}{}",
                value(published.bl),
                value(published.ct),
                error(published.se)
            ),
        };
        spans.push(Span::styled(text, theme.faint));
    }
    spans
}

/// A change in percent in eight columns, with its star.
fn starred(change: f64, significant: bool) -> String {
    format!(
        "{:>7}{}",
        percent(change),
        if significant { "*" } else { " " }
    )
}

/// A standard error in seven columns; blank if there is none.
fn error(se: f64) -> String {
    let text = match se.is_finite() && se > 0.0 {
        true => format!("± {se:.1}"),
        false => String::new(),
    };
    format!("{text:>6} ")
}

/// Good or bad news, where there is significant news.
fn verdict(app: &App, score: &Score, significant: bool, change: f64) -> Style {
    let better = (change > 0.0) == score.measure.facts().more_is_better;
    match (significant, better) {
        (true, true) => app.theme.good,
        (true, false) => app.theme.bad,
        (false, _) => app.theme.text,
    }
}

/// What the selected measure is, what the paper has, and how sure the change is.
fn explanation<'a>(app: &App, snapshot: &Snapshot) -> Vec<Line<'a>> {
    let theme = &app.theme;
    let board = &snapshot.scoreboard;
    let Some(score) = board.scores.get(app.scoreboard.selected) else {
        return Vec::new();
    };
    let better = match score.measure.facts().more_is_better {
        true => "more is better",
        false => "less is better",
    };
    let mut lines = Vec::new();
    let comparison = score.comparison(app.compared(snapshot)[1]);
    if let Some(published) = comparison.published {
        let star = if published.significant { "*" } else { "" };
        let text = format!(
            "published: BL {:.2}, CT {:.2}, {}{star}",
            published.bl,
            published.ct,
            percent(-published.reduction)
        );
        lines.push(Line::styled(text, theme.faint));
    }
    lines.push(Line::styled(
        format!("{}; {better}", score.measure.facts().help),
        theme.text,
    ));
    if let Some(problem) = &board.problem {
        lines.push(Line::styled(problem.clone(), theme.warning));
    }
    let interval = interval(comparison.interval);
    lines.extend(interval.map(|text| Line::styled(text, theme.faint)));
    lines.push(Line::styled("* the 99 % interval excludes 0", theme.faint));
    lines
}

/// Within what bounds the change lies, if there are any.
fn interval([lower, upper]: [f64; 2]) -> Option<String> {
    let (lower, upper) = (percent(-upper), percent(-lower));
    (lower != upper).then(|| format!("99 % interval {lower} to {upper}"))
}

/// A value in at most six columns.
fn value(value: f64) -> String {
    match value.abs() {
        _ if !value.is_finite() => "–".to_owned(),
        0.0..100.0 => format!("{value:.3}").chars().take(5).collect(),
        100.0..100_000.0 => format!("{value:.0}"),
        _ => fit(&format!("{value:.0e}"), 6),
    }
}

/// A change in percent with its sign.
fn percent(change: f64) -> String {
    match change.abs() {
        _ if !change.is_finite() => "–".to_owned(),
        0.0..0.05 => "0 %".to_owned(),
        0.05..9.95 => format!("{change:+.1} %"),
        9.95..999.5 => format!("{change:+.0} %"),
        _ => if change > 0.0 { ">999 %" } else { "<-999%" }.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_columns() {
        for number in [0.0, -1.234, 12.3456, 271.05, 12_345.6, 1e9, f64::NAN] {
            assert!(value(number).chars().count() <= 6, "{}", value(number));
        }
        for change in [0.0, -0.01, 4.04, -58.9, 412.0, -1e6, f64::INFINITY] {
            assert!(percent(change).chars().count() <= 6, "{}", percent(change));
        }
        assert_eq!(percent(-19.6), "-20 %");
        let bounds = interval([6.24, 28.4]);
        assert_eq!(bounds.as_deref(), Some("99 % interval -28 % to -6.2 %"));
        assert_eq!(interval([f64::NAN; 2]), None);
    }
}
