//! What is written in the frame of a boundary.

use ratatui::{
    style::{Modifier, Style},
    text::{Line, Span},
};

use super::super::percent;
use crate::{
    dashboard::{
        action::{Action, Panel},
        state::{App, Mode},
        theme::Sign,
        widgets::{Mark, middle, width},
    },
    session::Snapshot,
    training::Method,
};

/// The arm's name and accuracy, in the longest form that fits for `all` arms that are on the screen;
/// and the names of those that are not.
pub(super) fn title<'a>(
    app: &App,
    snapshot: &Snapshot,
    arm: usize,
    all: &[usize],
    columns: u16,
) -> Line<'a> {
    let theme = &app.theme;
    let several = snapshot.arms.len() > 2;
    let letter = |arm: usize| match several {
        true => format!("{} ", app.letters(snapshot)[arm]),
        false => String::new(),
    };
    let tabs = match several && all.len() < snapshot.arms.len() {
        true => tabs(app, snapshot, arm),
        false => Vec::new(),
    };
    let before = |&arm: &usize| width(&number(arm, all)) + width(&letter(arm));
    let before = all.iter().map(before).max().unwrap_or(0);
    let tabs_width: usize = tabs.iter().map(Span::width).sum();
    let room = columns.saturating_sub(before + 2 + tabs_width as u16);
    let fits = |form: &usize| {
        let widths = all.iter().map(|&arm| {
            let (name, rest) = &forms(snapshot, arm)[*form];
            width(name) + width(rest)
        });
        widths.max().unwrap_or(0) <= room
    };
    let form = (0..FORMS).find(fits).unwrap_or(FORMS - 1);
    let (name, rest) = forms(snapshot, arm)[form].clone();
    let mut style = theme.title.patch(theme.arm(arm));
    if several && arm == app.focused(snapshot) {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    let own = [
        Span::styled(number(arm, all), theme.accent),
        Span::styled(letter(arm), theme.arm(arm)),
        Span::styled(name, style),
        Span::styled(rest, theme.text),
    ];
    Line::from_iter(own.into_iter().chain(tabs))
}

/// The names of the other arms, which have no room, after the key that shows them.
fn tabs<'a>(app: &App, snapshot: &Snapshot, arm: usize) -> Vec<Span<'a>> {
    let key = app.keymap.key(&Action::NextArm(1)).unwrap_or_default();
    let mut spans = vec![Span::styled(format!("{key}:"), app.theme.accent)];
    for (other, state) in snapshot.arms.iter().enumerate() {
        if other != arm {
            let text = format!(" {}", state.name);
            spans.push(Span::styled(text, app.theme.arm(other)));
        }
    }
    spans.push(Span::raw(" "));
    spans
}

/// The panel's number before the first title.
fn number(arm: usize, all: &[usize]) -> String {
    match all.first() == Some(&arm) {
        true => format!(" {} ", Panel::Boundary.number()),
        false => " ".to_owned(),
    }
}

/// Forms of a title, from long to short.
const FORMS: usize = 4;

fn forms(snapshot: &Snapshot, arm: usize) -> [(String, String); FORMS] {
    let state = &snapshot.arms[arm];
    let method = Method::of(state.objective, state.controls().parameters.members);
    let named = match state.name == method.abbreviation {
        true => method.title.to_owned(),
        false => format!("{} · {}", state.name, method.title),
    };
    let short = state.name.as_str();
    let accuracy = percent(state.accuracy);
    let long = format!(" · accuracy {accuracy} ");
    [
        (named.clone(), long.clone()),
        (named.clone(), format!(" · {accuracy} ")),
        (short.to_owned(), long),
        (short.to_owned(), format!(" · {accuracy} ")),
    ]
}

/// What is drawn: classes in the first of `all` frames, counterfactuals in the last.
///
/// Long names lose their middles so that all entries fit.
pub(super) fn legend<'a>(
    app: &App,
    snapshot: &Snapshot,
    arm: usize,
    all: &[usize],
    columns: u16,
) -> Line<'a> {
    if app.mode == Mode::Draw && all.first() == Some(&arm) {
        return brush(app, snapshot, columns);
    }
    let mut entries: Vec<Entry> = Vec::new();
    if all.first() == Some(&arm) {
        let classes = 0..snapshot.dataset.classes.len();
        let shown = classes.filter(|&class| app.boundary.shows(class));
        entries.extend(shown.map(|class| {
            let name = snapshot.dataset.shown_class(class).into_owned();
            (app.theme.class_mark(class), name, app.theme.class(class))
        }));
    }
    if all.last() == Some(&arm) {
        entries.extend(counterfactuals(app, snapshot.dataset.classes.len()));
    }
    let room = columns.saturating_sub(3);
    let extra = ghost(app, snapshot, arm);
    let with_extra: Vec<_> = entries.iter().cloned().chain(extra).collect();
    let shown = match taken(&with_extra, u16::MAX) <= room {
        true => with_extra,
        false => entries,
    };
    let spans = named(&shown, room).into_iter();
    Line::from_iter(spans.chain([Span::raw(" ")]))
}

/// Says how many of `marks` lie outside of the plane that is shown, in words if there is so much room;
/// nothing if none does.
pub(super) fn outside<'a>(app: &App, marks: &[Mark], room: u16) -> Line<'a> {
    let inside = |(x, y): (f64, f64)| (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y);
    let marks = marks.iter().filter(|mark| !inside(mark.at)).count();
    if marks == 0 {
        return Line::default();
    }
    let arrow = app.theme.glyph('↗', '^');
    let forms = [
        format!("{arrow}{marks} outside "),
        format!("{arrow}{marks} "),
    ];
    let text = match width(&forms[0]) <= room {
        true => &forms[0],
        false => &forms[1],
    };
    Line::styled(text.clone(), app.theme.faint)
}

/// What the brush draws, in the longest form that fits.
fn brush<'a>(app: &App, snapshot: &Snapshot, columns: u16) -> Line<'a> {
    let (theme, brush) = (&app.theme, &app.brush);
    let name = snapshot.dataset.shown_class(brush.class);
    let own = snapshot.recipe.drawing.at(snapshot.data_epoch()).count();
    let size = brush.points();
    let forms = [
        format!("{name} · {size} at once · {own} drawn "),
        format!("{name} · ×{size} · {own} drawn "),
        format!("×{size} · {own} "),
    ];
    let room = columns.saturating_sub(12);
    let form = forms.iter().find(|form| width(form) <= room);
    let glyph = theme.class_mark(brush.class);
    Line::from(vec![
        Span::styled(" brush ", theme.accent),
        Span::styled(format!("{glyph} "), theme.class(brush.class)),
        Span::styled(form.cloned().unwrap_or_default(), theme.text),
    ])
}

/// An entry: its glyph, its name, how both look.
type Entry = (String, String, Style);

/// Columns that entries take whose names have at most `longest` columns.
fn taken(entries: &[Entry], longest: u16) -> u16 {
    let columns = |(glyph, name, _): &Entry| u32::from(width(glyph) + width(name).min(longest)) + 2;
    let columns: u32 = entries.iter().map(columns).sum();
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// All entries, with names as long as there is room for; without names where there is none.
fn named<'a>(entries: &[Entry], room: u16) -> Vec<Span<'a>> {
    let longest = entries.iter().map(|(_, name, _)| width(name)).max();
    let mut lengths = (1..=longest.unwrap_or(0)).rev();
    let longest = lengths.find(|longest| taken(entries, *longest) <= room);
    let entry = |(glyph, name, style): &Entry| match longest {
        Some(longest) => Span::styled(format!(" {glyph} {}", middle(name, longest)), *style),
        None => Span::styled(glyph.clone(), *style),
    };
    entries.iter().map(entry).collect()
}

/// The boundary of some epochs ago, if it is drawn.
fn ghost(app: &App, snapshot: &Snapshot, arm: usize) -> Option<Entry> {
    let ghost = snapshot.arms[arm].ghost.as_ref();
    let ghost = ghost.filter(|_| app.boundary.ghost && !app.theme.large())?;
    let age = snapshot.arms[arm].field.epoch.saturating_sub(ghost.epoch);
    let name = format!("boundary {age} epochs ago");
    Some((app.theme.glyph('╌', '.').to_string(), name, app.theme.faint))
}

fn counterfactuals(app: &App, classes: usize) -> Vec<Entry> {
    let theme = &app.theme;
    let mut entries = vec![
        (Sign::Nascent, "nascent"),
        (Sign::Mature, "mature"),
        (Sign::Exhausted, "exhausted"),
    ]
    .into_iter()
    .map(|(sign, name)| (sign, name, theme.counterfactual(sign, classes)))
    .collect::<Vec<_>>();
    if app.boundary.neighbours {
        entries.push((Sign::Neighbour, "neighbour", theme.accent));
    }
    let owned = entries.into_iter();
    owned
        .map(|(sign, name, style)| (theme.sign(sign).to_string(), name.to_owned(), style))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(names: &[&str], room: u16) -> String {
        let entries: Vec<Entry> = names
            .iter()
            .map(|name| ("•".to_owned(), (*name).to_owned(), Style::new()))
            .collect();
        Line::from(named(&entries, room)).to_string()
    }

    #[test]
    fn the_legend_names_every_class() {
        let names = ["upper", "lower", "left"];
        assert_eq!(text(&names, 30), " • upper • lower • left");
        assert_eq!(text(&names, 21), " • up…r • lo…r • left");
        assert_eq!(text(&names, 12), " • … • … • …");
        assert_eq!(text(&names, 11), "•••");
        let kinds = ["employment=temporary", "employment=permanent"];
        assert_eq!(text(&kinds, 30), " • employ…orary • employ…anent");
        let ten: Vec<String> = (0..10).map(|digit| digit.to_string()).collect();
        let ten: Vec<&str> = ten.iter().map(String::as_str).collect();
        assert!(text(&ten, 40).contains('9'));
    }
}
