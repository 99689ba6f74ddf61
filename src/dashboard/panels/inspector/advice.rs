//! What the inspected person would have to do, in a sentence per arm.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::amounts;
use crate::{
    dashboard::{state::App, widgets::wrapped},
    data::{Kind, image},
    recourse::{Advice, Start},
    session::{Example, Snapshot},
    text::printable,
};

/// Most changes that a sentence names.
const CHANGES: usize = 3;
/// Least change of a pixel's brightness that is seen, of a range of 2.
const NOTICEABLE: f32 = 0.1;
/// Why a search that arrived ends in no advice: what it found lies between values that people can have.
pub const ROUNDED: &str = "lost in rounding";

/// Draws the sentences of both arms, as far as they leave `needed` lines; what remains below.
pub(super) fn render(lines: Vec<Line<'_>>, needed: u16, area: Rect, buffer: &mut Buffer) -> Rect {
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    if height.saturating_add(needed) > area.height {
        return area;
    }
    for (line, row) in lines.into_iter().zip(area.rows()) {
        line.render(row, buffer);
    }
    Rect {
        y: area.y + height,
        height: area.height - height,
        ..area
    }
}

/// The sentences of both arms in lines of `columns`.
pub(super) fn lines(
    app: &App,
    snapshot: &Snapshot,
    examples: [&Example; 2],
    columns: u16,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (example, arm) in examples.into_iter().zip(arms(app, snapshot)) {
        let name = &snapshot.arms[arm].name;
        let text = format!("{name}: {}", sentence(snapshot, example, "→"));
        lines.extend(in_lines(app, arm, &text, columns, 0));
    }
    lines
}

/// The arms that are compared, each once.
pub fn arms(app: &App, snapshot: &Snapshot) -> Vec<usize> {
    let mut arms = app.compared(snapshot).to_vec();
    arms.dedup();
    arms
}

/// What an arm says, in lines of `columns`, all but the first of which begin with `indent` blanks.
pub(super) fn in_lines(
    app: &App,
    arm: usize,
    text: &str,
    columns: u16,
    indent: u16,
) -> Vec<Line<'static>> {
    let text = match app.theme.ascii() {
        true => text.replace('→', ">").replace('−', "-"),
        false => text.to_owned(),
    };
    let blanks = " ".repeat(indent.into());
    let lines = wrapped(&text, columns.saturating_sub(indent)).into_iter();
    let style = app.theme.arm(arm);
    lines
        .enumerate()
        .map(|(place, line)| match place {
            0 => Line::from(Span::styled(line, style)),
            _ => Line::from(Span::styled(format!("{blanks}{line}"), style)),
        })
        .collect()
}

/// What has to change, what that `leads` to, and how usual that is.
pub fn sentence(snapshot: &Snapshot, example: &Example, leads: &str) -> String {
    let trajectory = &example.trajectory;
    let Some(advice) = &example.advice else {
        return "no advice".into();
    };
    let class = class(&snapshot.dataset.shown_class(trajectory.target));
    if advice.mature && trajectory.outcome.steps == 0 {
        return already(&class, advice);
    }
    let changes = match image::shape(&snapshot.dataset.features) {
        Some(_) => pixels(example),
        None => changes(snapshot, example.row, trajectory.target, advice),
    };
    let (text, sure) = (some(changes), percent(advice));
    if !advice.mature {
        let reason = trajectory.outcome.exhaustion;
        let reason = reason.map_or(ROUNDED, |reason| reason.name());
        return format!("no advice; {text} gives only {sure} {class} ({reason})");
    }
    match example.unlike {
        Some(share) => format!(
            "{text} {leads} {class}, {sure} sure; {}",
            unlike(share, &class)
        ),
        None => format!("{text} {leads} {class}, {sure} sure"),
    }
}

/// How unusual it is, by the share of a class's members that are closer to their class.
fn unlike(share: f32, class: &str) -> String {
    let members = members(class);
    match (10.0 * share).round() {
        0.0 => format!("typical of {class}"),
        10.0 if share < 1.0 => format!("unlike nearly all {members}"),
        10.0 => format!("unlike all {members}"),
        tenths => format!("unlike {tenths} of 10 {members}"),
    }
}

/// That nothing has to change.
pub(super) fn already(class: &str, advice: &Advice) -> String {
    let sure = percent(advice);
    format!("nothing has to change: {class} already, {sure} sure")
}

/// How sure the model is of the target.
pub(super) fn percent(advice: &Advice) -> String {
    format!("{:.0} %", 100.0 * advice.probability)
}

/// The first changes in words, and how many more there are.
fn some(mut changes: Vec<String>) -> String {
    let more = changes.len().saturating_sub(CHANGES);
    changes.truncate(CHANGES);
    let text = match changes.as_slice() {
        [] => "hardly anything".to_owned(),
        changes => changes.join(", "),
    };
    match more {
        0 => text,
        _ => format!("{text} and {more} more"),
    }
}

/// A class in a sentence: numbers are said to be classes.
pub fn class(name: &str) -> String {
    match name.parse::<f64>() {
        Ok(_) => format!("class {name}"),
        Err(_) => name.to_owned(),
    }
}

/// The members of a class that is called so in a sentence.
fn members(class: &str) -> String {
    match class.starts_with("class ") {
        true => format!("of {class}"),
        false => class.to_owned(),
    }
}

/// How many pixels of an image change noticeably.
fn pixels(example: &Example) -> Vec<String> {
    let points = &example.trajectory.points;
    let Some(last) = points.nrows().checked_sub(1) else {
        return Vec::new();
    };
    let pairs = points.row(0).into_iter().zip(points.row(last));
    let changed = pairs
        .filter(|(from, to)| (*to - *from).abs() > NOTICEABLE)
        .count();
    match changed {
        0 => Vec::new(),
        _ => vec![format!("{changed} of {} pixels", points.ncols())],
    }
}

/// What advice for a row of the test set changes, the largest changes first.
pub(super) fn changes(
    snapshot: &Snapshot,
    row: usize,
    target: usize,
    advice: &Advice,
) -> Vec<String> {
    let dataset = &snapshot.dataset;
    if row >= dataset.test.len() {
        return Vec::new();
    }
    let factual = dataset.test.x.row(row).to_vec();
    let start = Start::told(&dataset.features, factual, target);
    let mut changes: Vec<(f32, String)> = Vec::new();
    for (index, feature) in dataset.features.iter().enumerate() {
        let (from, to) = (start.numbers[index], advice.values[index]);
        let text = match &feature.kind {
            Kind::Category { group, category } if to > from => {
                Some(format!("{} {}", printable(group), printable(category)))
            }
            Kind::Category { .. } => None,
            Kind::Numeric | Kind::Pixel => {
                (to != from).then(|| amounts::change(feature, [from, to]))
            }
        };
        let size = (advice.point[index] - start.factual[index]).abs();
        changes.extend(text.map(|text| (size, text)));
    }
    changes.sort_by(|one, other| other.0.total_cmp(&one.0));
    changes.into_iter().map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_to_be_classes() {
        let told = |name: &str| (class(name), members(&class(name)));
        let pair = |class: &str, members: &str| (class.to_owned(), members.to_owned());
        assert_eq!(told("1"), pair("class 1", "of class 1"));
        assert_eq!(told("-1.5"), pair("class -1.5", "of class -1.5"));
        assert_eq!(told("approved"), pair("approved", "approved"));
    }

    #[test]
    fn what_is_unusual_is_said_in_tenths() {
        assert_eq!(unlike(0.02, "class 1"), "typical of class 1");
        assert_eq!(unlike(0.88, "approved"), "unlike 9 of 10 approved");
        assert_eq!(unlike(0.97, "class 1"), "unlike nearly all of class 1");
        assert_eq!(unlike(1.0, "class 1"), "unlike all of class 1");
    }

    #[test]
    fn few_changes_are_named() {
        let changes = |count: usize| (0..count).map(|index| index.to_string()).collect();
        assert_eq!(some(changes(0)), "hardly anything");
        assert_eq!(some(changes(3)), "0, 1, 2");
        assert_eq!(some(changes(5)), "0, 1, 2 and 2 more");
    }
}
