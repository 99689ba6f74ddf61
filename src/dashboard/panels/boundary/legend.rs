//! What is written in the frame of a boundary.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::super::percent;
use crate::{
    dashboard::{action::Panel, state::App, theme::Sign, widgets::width},
    session::Snapshot,
};

/// The arm's name and accuracy, in the longest form that fits.
pub(super) fn title<'a>(app: &App, snapshot: &'a Snapshot, arm: usize, columns: u16) -> Line<'a> {
    let state = &snapshot.arms[arm];
    let facts = state.objective.facts();
    let named = match state.name == facts.abbreviation {
        true => facts.title.to_owned(),
        false => format!("{} · {}", state.name, facts.title),
    };
    let number = match arm {
        0 => format!(" {} ", Panel::Boundary.number()),
        _ => " ".to_owned(),
    };
    let accuracy = percent(state.accuracy);
    let forms = [
        (named.clone(), format!(" · accuracy {accuracy} ")),
        (named, format!(" · {accuracy} ")),
        (state.name.clone(), format!(" · {accuracy} ")),
    ];
    let room = columns.saturating_sub(width(&number) + 2);
    let fits = |(name, rest): &(String, String)| width(name) + width(rest) <= room;
    let (name, rest) =
        (forms.into_iter().find(fits)).unwrap_or((state.name.clone(), " ".to_owned()));
    let theme = &app.theme;
    Line::from(vec![
        Span::styled(number, theme.accent),
        Span::styled(name, theme.title.patch(theme.arm(arm))),
        Span::styled(rest, theme.text),
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
    let spans = entries
        .into_iter()
        .map(|(glyph, name, style)| Span::styled(format!(" {glyph} {name}"), style))
        .collect();
    Line::from(shown(spans, columns.saturating_sub(3)))
}

/// The entries that fit, and how many don't; a blank at the end.
fn shown(mut entries: Vec<Span<'_>>, columns: u16) -> Vec<Span<'_>> {
    let all = entries.len();
    loop {
        let more = match all - entries.len() {
            0 => " ".to_owned(),
            left_out => format!(" +{left_out} "),
        };
        let used = entries.iter().map(Span::width).sum::<usize>() + more.len();
        if used <= usize::from(columns) + 1 || entries.pop().is_none() {
            entries.push(Span::raw(more));
            return entries;
        }
    }
}

fn counterfactuals(app: &App) -> Vec<(char, &'static str, Style)> {
    let theme = &app.theme;
    let mut entries = vec![
        (theme.sign(Sign::Nascent), "nascent", theme.nascent),
        (theme.sign(Sign::Mature), "mature", theme.mature),
        (theme.sign(Sign::Exhausted), "exhausted", theme.exhausted),
    ];
    if app.boundary.neighbours {
        entries.push((theme.sign(Sign::Neighbour), "neighbour", theme.accent));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_legend_leaves_out_is_counted() {
        let text = |columns| {
            let entries = [" • upper", " ▴ lower", " ■ left"].map(Span::raw);
            Line::from(shown(entries.to_vec(), columns)).to_string()
        };
        assert_eq!(text(30), " • upper ▴ lower ■ left ");
        assert_eq!(text(22), " • upper ▴ lower +1 ");
        assert_eq!(text(12), " • upper +2 ");
    }
}
