//! The scoreboard of more than two arms: a column each, against the first.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::numbers::narrow;
use crate::{
    dashboard::{
        panels::line,
        state::App,
        widgets::{fit, pad},
    },
    evaluation::told::{change, number},
    session::{Score, Snapshot},
};

/// Least and usual width of the names.
const NAMES: [u16; 2] = [6, 10];
/// Least and usual width of a value with its star.
const VALUES: [u16; 2] = [6, 8];
/// Width of a change.
const CHANGE: u16 = 7;

/// What there is room for.
struct Columns {
    name: u16,
    value: u16,
    changes: bool,
}

impl Columns {
    fn new(arms: usize, width: u16) -> Self {
        let share = width.saturating_sub(NAMES[1]) / arms.max(1) as u16;
        let value = share.clamp(VALUES[0], VALUES[1]);
        let values = value * arms as u16;
        let changes = CHANGE * (arms as u16).saturating_sub(1);
        Self {
            name: width.saturating_sub(values).clamp(NAMES[0], NAMES[1]),
            value,
            changes: NAMES[1] + values + changes <= width,
        }
    }
}

/// The arms' names over their columns.
pub(super) fn head(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let columns = Columns::new(snapshot.arms.len(), area.width);
    let mut spans = vec![Span::raw(" ".repeat(columns.name.into()))];
    for (position, arm) in snapshot.arms.iter().enumerate() {
        let room = columns.value - 1;
        let name = format!("{:>1$} ", fit(&arm.name, room), room.into());
        spans.push(Span::styled(name, app.theme.arm(position)));
        if columns.changes && position > 0 {
            spans.push(Span::styled(format!("{:>7}", "change"), app.theme.faint));
        }
    }
    line(buffer, area, 0, spans);
}

/// A measure's name and every arm's value, starred where it differs from the first significantly.
pub(super) fn spans<'a>(
    app: &App,
    snapshot: &Snapshot,
    score: &Score,
    width: u16,
) -> Vec<Span<'a>> {
    let columns = Columns::new(snapshot.arms.len(), width);
    let facts = score.measure.facts();
    let name = match facts.title.len() < usize::from(columns.name) {
        true => facts.title,
        false => facts.short,
    };
    let mut spans = vec![Span::styled(pad(name, columns.name), app.theme.text)];
    for arm in 0..snapshot.arms.len() {
        let found = score.change(arm);
        let star = if found.significant { '*' } else { ' ' };
        let room = columns.value - 1;
        let text = narrow(&number(score.values.get(arm)), room);
        let style = verdict(app, score, arm);
        let text = format!("{text:>0$}{star}", usize::from(room));
        spans.push(Span::styled(text, style));
        if columns.changes && arm > 0 {
            let text = change(found.percent);
            spans.push(Span::styled(format!("{text:>7}"), style));
        }
    }
    spans
}

/// How every arm differs from the first in a measure.
pub(super) fn changes<'a>(app: &App, snapshot: &Snapshot, score: &Score) -> Vec<Line<'a>> {
    let reference = &snapshot.reference().name;
    let line = |arm: usize| {
        let found = score.change(arm);
        let star = if found.significant { "*" } else { "" };
        let text = format!(
            "{} against {reference}: {}{star}",
            snapshot.arms[arm].name,
            change(found.percent)
        );
        Line::styled(text, app.theme.arm(arm))
    };
    (1..snapshot.arms.len()).map(line).collect()
}

/// Good or bad news, where there is significant news.
fn verdict(app: &App, score: &Score, arm: usize) -> Style {
    let found = score.change(arm);
    super::verdict(app, score, found.significant, found.percent.value)
}
