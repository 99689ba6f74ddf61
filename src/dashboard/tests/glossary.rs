//! Everything on the screen has an entry in the glossary, and help finds it.

use std::{fs, path::Path};

use crate::{
    counterfactual::GeneratorKind,
    dashboard::{
        action::{Action, Panel},
        state::{App, Mode, help, slow_motion::Phase},
        tests::fixture,
        theme::Level,
        update::update,
        widgets::Marker,
    },
    glossary::{self, Kind, entries},
    session::Measure,
    training::{Objective, TERMS},
};

fn explained(word: &str) {
    assert!(glossary::find(word).is_some(), "{word} has no entry");
}

#[test]
fn every_panel_and_row_is_explained() {
    for panel in Panel::ALL {
        let entry = glossary::find(panel.title());
        assert_eq!(
            entry.map(|entry| entry.kind),
            Some(Kind::Panel),
            "{panel:?}"
        );
        assert_eq!(glossary::find(panel.short_title()), entry, "{panel:?}");
    }
    for (name, short, _) in TERMS {
        explained(name);
        explained(short);
    }
    Measure::ALL
        .map(Measure::title)
        .into_iter()
        .for_each(explained);
    Phase::NAMES.into_iter().for_each(explained);
    Objective::NAMES.iter().copied().for_each(explained);
    Objective::ALL
        .map(Objective::abbreviation)
        .into_iter()
        .for_each(explained);
    GeneratorKind::NAMES.iter().copied().for_each(explained);
}

/// All sources of the dashboard that draw.
fn sources(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
    found
}

/// What stands between quotation marks of a pair of glyphs, the second of which is plain ASCII.
fn glyphs(source: &str) -> Vec<char> {
    let letters: Vec<char> = source.chars().collect();
    let pairs = letters.windows(8).filter_map(|window| match *window {
        ['\'', glyph, '\'', ',', ' ', '\'', plain, '\''] if plain.is_ascii() => Some(glyph),
        _ => None,
    });
    pairs.filter(|glyph| !glyph.is_ascii()).collect()
}

#[test]
fn every_mark_is_explained() {
    let panels = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dashboard/panels");
    let found: Vec<char> = sources(&panels)
        .iter()
        .flat_map(|source| glyphs(source))
        .collect();
    assert!(found.contains(&'★') && found.len() > 20, "{found:?}");
    for glyph in found {
        explained(&glyph.to_string());
    }
}

/// What help shows of the glossary for `query`.
fn shown(app: &mut App, query: &str) -> Vec<&'static str> {
    app.mode = Mode::Normal;
    let mut act = |action| {
        let _ = update(app, action);
    };
    act(Action::Help);
    query.chars().for_each(|typed| act(Action::Type(typed)));
    let Mode::Help(state) = &app.mode else {
        panic!("help is not open");
    };
    let names = help::lines(app, state).into_iter();
    let names = names.filter_map(|row| match row {
        help::Row::Entry(entry) => Some(entry.name),
        _ => None,
    });
    names.collect()
}

#[test]
fn help_finds_every_word_symbol_and_synonym() {
    let mut app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
    for entry in entries() {
        for key in entry.keys() {
            assert_eq!(shown(&mut app, key).first(), Some(&entry.name), "{key}");
        }
    }
}

#[test]
fn help_begins_with_the_focused_row() {
    let app = &mut fixture::app(80, 24, Level::Rgb, Marker::Braille);
    app.arrangement.focus = Panel::Parameters;
    app.parameters.selected = 6;
    assert_eq!(shown(app, ""), ["decision_threshold", "Parameters"]);
    app.arrangement.focus = Panel::Losses;
    app.losses.selected = 2;
    assert_eq!(shown(app, ""), ["divergence", "Losses"]);
    app.arrangement.focus = Panel::Boundary;
    assert_eq!(shown(app, ""), ["Boundary"]);
}
