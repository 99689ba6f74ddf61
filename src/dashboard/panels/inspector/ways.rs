//! Ways of the inspected sample to its target, listed arm by arm.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    text::Line,
    widgets::Widget,
};

use super::advice::{already, arms, changes, class, in_lines, percent};
use crate::{
    dashboard::{action::Panel, panels, state::App},
    data::image,
    recourse::{Ways, Wish},
    session::{ArmWays, Snapshot, WaysView},
};

/// Blanks before the second line of a way.
const INDENT: u16 = 3;

/// Draws the ways; what remains below. `panel` is the whole panel, whose frame tells of more lines.
pub(super) fn render(
    app: &App,
    lines: Vec<Line<'_>>,
    (panel, area): (Rect, Rect),
    buffer: &mut Buffer,
) -> Rect {
    let shown = lines.len().min(usize::from(area.height));
    let first = match lines.len() - shown {
        0 => 0,
        hidden => app.inspector.scroll.min(hidden),
    };
    let left = lines.len() - shown - first;
    for (line, row) in lines.into_iter().skip(first).zip(area.rows()) {
        line.render(row, buffer);
    }
    panels::fold(app, panel, (first, left), buffer);
    let used = shown as u16;
    Rect {
        y: area.y + used,
        height: area.height - used,
        ..area
    }
}

/// How many lines one can scroll by on the screen as it is; nothing if no ways are listed, or there is
/// room for all.
pub(super) fn hidden_lines(app: &App) -> Option<usize> {
    let snapshot = app.snapshot.as_deref()?;
    let view = app.inspector.wanted_ways(snapshot)?;
    let layout = app.layout()?;
    let mut panels = layout.panels.iter();
    let (_, area) = panels.find(|(panel, _)| *panel == Panel::Inspector)?;
    let inner = area.inner(Margin::new(1, 1));
    let lines = lines(app, snapshot, &view, inner.width)?;
    let hidden = lines.len().checked_sub(inner.height.into());
    hidden.filter(|hidden| *hidden > 0)
}

/// The ways in lines of `columns`; nothing while they are not known.
pub(super) fn lines(
    app: &App,
    snapshot: &Snapshot,
    view: &WaysView,
    columns: u16,
) -> Option<Vec<Line<'static>>> {
    let texts = texts(app, snapshot, view)?.into_iter();
    let lines = texts.flat_map(|(arm, text, indent)| in_lines(app, arm, &text, columns, indent));
    Some(lines.collect())
}

/// The ways, each with its arm and the blanks that its further lines begin with, after how many an
/// arm knows; nothing while they are not known.
pub fn texts(app: &App, snapshot: &Snapshot, view: &WaysView) -> Option<Vec<(usize, String, u16)>> {
    let found = &snapshot.ways;
    if found.view != Some(*view) {
        return None;
    }
    let mut texts = Vec::new();
    for arm in arms(app, snapshot) {
        let said = found.arms.get(arm)?;
        let mut heading = heading(snapshot, arm, said, &view.wish);
        if found.epoch != snapshot.epoch {
            heading += &format!(" (at epoch {})", found.epoch);
        }
        texts.push((arm, heading, 0));
        let told = said.ways.advice.iter().filter(|one| one.changes > 0);
        for (place, advice) in told.enumerate() {
            let changes = changes(snapshot, view.row, said.target, advice).join(", ");
            let text = format!("{}. {changes}: {} sure", place + 1, percent(advice));
            texts.push((arm, text, INDENT));
        }
    }
    Some(texts)
}

/// Why no ways are listed yet.
pub fn reason(snapshot: &Snapshot) -> &'static str {
    match snapshot.epoch {
        _ if image::shape(&snapshot.dataset.features).is_some() => {
            "pixels are no advice: ways are for data with columns"
        }
        0 => "ways are searched once an epoch is trained",
        _ => "searching ways …",
    }
}

/// How many ways an arm knows.
fn heading(snapshot: &Snapshot, arm: usize, said: &ArmWays, wish: &Wish) -> String {
    let class = class(&snapshot.dataset.shown_class(said.target));
    let arm = &snapshot.arms[arm];
    let threshold = arm.controls().parameters.decision_threshold;
    format!(
        "{}: {}",
        arm.name,
        counted(&said.ways, wish, &class, threshold)
    )
}

fn counted(ways: &Ways, wish: &Wish, class: &str, threshold: f64) -> String {
    let (change, changes) = match wish.most {
        None => (String::new(), String::new()),
        Some(1) => (
            " that change 1 column".into(),
            " that changes 1 column".into(),
        ),
        Some(most) => (
            format!(" that change at most {most} columns"),
            format!(" that changes at most {most} columns"),
        ),
    };
    if let Some(unchanged) = ways.advice.iter().find(|advice| advice.changes == 0) {
        return already(class, unchanged);
    }
    match (ways.exist, ways.advice.len(), ways.lowered) {
        (0, ..) => format!("no way to {class}{changes} was found"),
        (exist, told, Some(lowered)) => format!(
            "{told} of {exist} ways to {class}{change}; none makes it {:.0} % sure, only {:.0} %",
            100.0 * threshold,
            100.0 * lowered
        ),
        (1, ..) => format!("1 way to {class}{changes}; no other was found"),
        (exist, told, None) if exist > told => {
            format!("{told} of the {exist} ways found to {class}{change}")
        }
        (exist, ..) => format!("{exist} ways to {class}{change}; no more were found"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recourse::Advice;

    fn ways(exist: usize, told: usize, changes: usize, lowered: Option<f32>) -> Ways {
        let advice = Advice {
            point: vec![0.0],
            values: vec![0.0],
            probability: 0.97,
            mature: lowered.is_none(),
            cost: 1.0,
            changes,
            broken: Vec::new(),
        };
        Ways {
            advice: vec![advice; told],
            exist,
            lowered,
        }
    }

    #[test]
    fn how_many_ways_exist_is_said() {
        let said = |ways: &Ways, most| {
            let wish = Wish { ways: 3, most };
            counted(ways, &wish, "approved", 0.95)
        };
        let cases = [
            (
                ways(0, 0, 1, None),
                Some(1),
                "no way to approved that changes 1 column was found",
            ),
            (ways(0, 0, 1, None), None, "no way to approved was found"),
            (
                ways(1, 1, 1, None),
                Some(3),
                "1 way to approved that changes at most 3 columns; no other was found",
            ),
            (
                ways(2, 2, 1, None),
                Some(3),
                "2 ways to approved that change at most 3 columns; no more were found",
            ),
            (
                ways(23, 3, 1, None),
                None,
                "3 of the 23 ways found to approved",
            ),
            (
                ways(4, 3, 1, Some(0.5)),
                Some(2),
                "3 of 4 ways to approved that change at most 2 columns; none makes it 95 % sure, only 50 %",
            ),
            (
                ways(1, 1, 0, None),
                Some(2),
                "nothing has to change: approved already, 97 % sure",
            ),
        ];
        for (ways, most, expected) in cases {
            assert_eq!(said(&ways, most), expected);
        }
    }
}
