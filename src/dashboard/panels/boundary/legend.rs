//! What is written in the frame of a boundary.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::super::percent;
use crate::{
    dashboard::{
        action::Panel,
        app::App,
        widgets::{fit, width},
    },
    session::Snapshot,
    training::Objective,
};

/// The arm's name and accuracy.
pub(super) fn title<'a>(app: &App, snapshot: &Snapshot, arm: usize, columns: u16) -> Line<'a> {
    let state = &snapshot.arms[arm];
    let name = match (arm, state.objective) {
        (0, _) => "Baseline",
        (_, Objective::Full) => "Counterfactual training",
        (_, Objective::Energy) => "Energy only (CD)",
        (_, Objective::Adversarial) => "Adversarial only (AR)",
        (_, Objective::Vanilla) => "Vanilla",
    };
    let number = match arm {
        0 => format!(" {} ", Panel::Boundary.number()),
        _ => " ".to_owned(),
    };
    let accuracy = format!(" · accuracy {} ", percent(state.accuracy));
    let short = format!(" · {} ", percent(state.accuracy));
    let fits = width(&number) + width(name) + width(&accuracy) + 2 <= columns;
    let theme = &app.theme;
    Line::from(vec![
        Span::styled(number, theme.accent),
        Span::styled(name, theme.title.patch(theme.arms[arm])),
        Span::styled(if fits { accuracy } else { short }, theme.text),
    ])
}

/// Classes on the left, counterfactuals on the right, both where there is only one arm.
pub(super) fn legend<'a>(
    app: &App,
    snapshot: &Snapshot,
    arm: usize,
    alone: bool,
    columns: u16,
) -> Line<'a> {
    let mut entries: Vec<(char, &str, Style)> = Vec::new();
    if arm == 0 || alone {
        let classes = snapshot.dataset.classes.iter().enumerate();
        let shown = classes.filter(|(class, _)| app.boundary.shows(*class));
        entries.extend(shown.map(|(class, name)| {
            let glyph = app.theme.class_glyph(class);
            (glyph, name.as_str(), app.theme.class(class))
        }));
    }
    if arm == 1 {
        entries.extend(counterfactuals(app));
    }
    let mut spans = vec![Span::raw(" ")];
    let mut room = columns.saturating_sub(3);
    for (glyph, name, style) in entries {
        let entry = format!("{glyph} {name} ");
        if width(&entry) > room {
            spans.push(Span::styled(fit("… ", room), style));
            break;
        }
        room -= width(&entry);
        spans.push(Span::styled(entry, style));
    }
    Line::from(spans)
}

fn counterfactuals(app: &App) -> Vec<(char, &'static str, Style)> {
    let theme = &app.theme;
    let mut entries = vec![
        (theme.glyph('○', '.'), "nascent", theme.nascent),
        (theme.glyph('★', '*'), "mature", theme.mature),
        (theme.glyph('✗', '!'), "exhausted", theme.exhausted),
    ];
    if app.boundary.neighbours {
        entries.push((theme.glyph('◎', 'N'), "neighbour", theme.accent));
    }
    entries
}
