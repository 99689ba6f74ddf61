//! What both models are worth, measured on the same test samples.

mod arms;
mod numbers;

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use self::numbers::{error, starred};
use super::{age, fold, frame, line, remark};
use crate::{
    dashboard::{
        action::{Action, Panel},
        state::App,
        widgets::{pad, put, width, wrapped},
    },
    evaluation::told::{change, interval, number, percent, published_value, two_digits, value},
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
    let several = snapshot.arms.len() > 2;
    match several {
        true => arms::head(app, snapshot, inner, buffer),
        false => head(app, snapshot, inner, buffer),
    }
    let (first, shown) = window(app, inner);
    for (row, score) in board.scores.iter().enumerate().skip(first).take(shown) {
        let row_area = Rect {
            y: inner.y.saturating_add((row - first) as u16 + 1),
            height: 1,
            ..inner
        };
        let spans = match several {
            true => arms::spans(app, snapshot, score, inner.width),
            false => spans(app, score, app.compared(snapshot), inner.width),
        };
        Line::from(spans).render(row_area, buffer);
        if row == app.scoreboard.selected && app.arrangement.focus == Panel::Scoreboard {
            buffer.set_style(row_area, app.theme.selected);
        }
    }
    fold(
        app,
        area,
        (first, board.scores.len() - first - shown),
        buffer,
    );
    let used = shown as u16 + 1;
    let below = Rect {
        y: inner.y + used.min(inner.height),
        height: inner.height.saturating_sub(used),
        ..inner
    };
    if !told(explanation(app, snapshot), below, buffer) {
        announce(app, area, buffer);
    }
}

/// Draws those sentences for which there is room as a whole, the first first; whether that is all.
fn told(sentences: Vec<Line<'_>>, area: Rect, buffer: &mut Buffer) -> bool {
    let (mut row, mut all) = (0, true);
    for sentence in sentences {
        let lines = wrapped(&sentence.to_string(), area.width);
        if row + lines.len() > usize::from(area.height) {
            all = false;
            continue;
        }
        for text in lines {
            line(
                buffer,
                area,
                row as u16,
                vec![Span::styled(text, sentence.style)],
            );
            row += 1;
        }
    }
    all
}

/// Says in the lower border that there is more to read, and which keys give the room for it.
fn announce(app: &App, area: Rect, buffer: &mut Buffer) {
    let zoom = app.keymap.key(&Action::Zoom).unwrap_or_default();
    let text = match app.arrangement.focus {
        Panel::Scoreboard => format!(" {zoom}: all about it "),
        _ => format!(" {} {zoom}: all about it ", Panel::Scoreboard.number()),
    };
    if width(&text) + 4 <= area.width && area.height > 2 && !app.arrangement.zoomed {
        let at = (area.x + 2, area.bottom() - 1);
        put(buffer, area, at, &text, app.theme.accent);
    }
}

/// The first score that is shown inside the panel, and how many are.
fn window(app: &App, inner: Rect) -> (usize, usize) {
    let board = app.snapshot.as_ref().map(|snapshot| &snapshot.scoreboard);
    let all = board.map_or(0, |board| board.scores.len());
    let shown = all.min(usize::from(inner.height.saturating_sub(1)));
    let first = (app.scoreboard.selected + 1).saturating_sub(shown);
    (first.min(all - shown), shown)
}

/// The measure in row `y` of the screen.
pub fn at(app: &App, area: Rect, y: u16) -> Option<usize> {
    let inner = area.inner(Margin::new(1, 1));
    let (first, shown) = window(app, inner);
    let row = usize::from(y.checked_sub(inner.y + 1)?);
    (y < inner.bottom() && row < shown).then_some(first + row)
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
fn spans<'a>(app: &App, score: &Score, arms: [usize; 2], columns: u16) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let found = score.change(arms[1]);
    let [from, to] = arms.map(|arm| number(score.values.get(arm)));
    let room = Room::new(columns);
    let mut spans = vec![
        Span::styled(pad(score.measure.title(), NAME), theme.text),
        Span::styled(format!("{from:>6}"), theme.text),
        Span::styled(format!("{to:>7}"), theme.text),
        Span::styled(
            starred(change(found.percent), found.significant),
            verdict(app, score, found.significant, found.percent.value),
        ),
    ];
    if room >= Room::Errors {
        spans.push(Span::styled(error(found.percent.error), theme.faint));
    }
    if let Some(published) = found.published {
        let change = starred(percent(-published.reduction), published.significant);
        let text = match room {
            Room::Least | Room::Errors => String::new(),
            Room::PublishedChange => change,
            Room::Published => format!(
                "{:>13}{:>7}{change}{}",
                published_value(published.bl),
                published_value(published.ct),
                error(published.se)
            ),
        };
        spans.push(Span::styled(text, theme.faint));
    }
    spans
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
pub(in crate::dashboard) fn explanation<'a>(app: &App, snapshot: &Snapshot) -> Vec<Line<'a>> {
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
    let arms = app.compared(snapshot);
    let found = score.change(arms[1]);
    let with_error = |name: &str, value: String, error: f64| match error.is_finite() {
        true => format!("{name} {value} ± {}", two_digits(error)),
        false => format!("{name} {value}"),
    };
    let mut parts: Vec<String> = arms
        .iter()
        .filter_map(|&arm| Some((snapshot.arms[arm].name.as_str(), score.values.get(arm)?)))
        .map(|(name, found)| with_error(name, value(found.value), found.error))
        .collect();
    let percents = found.percent;
    parts.push(with_error(
        "change",
        percent(percents.value),
        percents.error,
    ));
    lines.push(Line::styled(parts.join(", "), theme.text));
    if let Some(protocol) = &board.protocol {
        lines.push(Line::styled(score.measure.origin(protocol), theme.faint));
    }
    if let Some(problem) = &board.problem {
        lines.push(Line::styled(problem.clone(), theme.warning));
    }
    lines.push(Line::styled(
        format!("{}; {better}", score.measure.facts().help),
        theme.text,
    ));
    if let Some(published) = found.published {
        let star = if published.significant { "*" } else { "" };
        let text = format!(
            "published: BL {}, CT {}, {}{star}",
            published_value(published.bl),
            published_value(published.ct),
            percent(-published.reduction)
        );
        lines.push(Line::styled(text, theme.faint));
    }
    let interval = interval(found.interval);
    lines.extend(interval.map(|text| Line::styled(text, theme.faint)));
    if snapshot.arms.len() > 2 {
        lines.extend(arms::changes(app, snapshot, score));
    }
    lines.push(Line::styled(
        "* 99 % of the rounds differ one way",
        theme.faint,
    ));
    lines
}
