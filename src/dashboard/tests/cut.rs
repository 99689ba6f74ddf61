//! Nothing on the screen is cut at its end: what doesn't fit is left out as a whole, apart from names,
//! which lose their middles.

use std::sync::Arc;

use ratatui::{buffer::Buffer, layout::Rect};

use super::fixture;
use crate::{
    dashboard::{
        action::{Action, Panel},
        panels::scoreboard::explanation,
        state::App,
        theme::Level,
        update::{receive, update},
        view,
        widgets::Marker,
    },
    session::{Snapshot, Status},
};

const SIZES: [(u16, u16); 6] = [
    (80, 24),
    (100, 30),
    (110, 35),
    (120, 40),
    (160, 45),
    (200, 60),
];

/// Dots that stand for something that is going on, not for something left out.
const GOING_ON: [&str; 2] = ["searching …", "preparing data …"];
/// Words after which a number must have a unit, and the unit.
const UNITS: [(&str, &str); 3] = [("accuracy ", " %"), ("pause ", " ms"), ("mean of ", " ")];

fn lines(app: &App) -> Vec<String> {
    let mut buffer = Buffer::empty(Rect::from(app.size));
    view::draw(app, buffer.area, &mut buffer);
    let rows = buffer.content().chunks(usize::from(buffer.area.width));
    rows.map(|row| row.iter().map(|cell| cell.symbol()).collect())
        .collect()
}

/// What is wrong with a line of the screen, if anything.
fn cut(line: &str) -> Option<&'static str> {
    let plain = GOING_ON
        .iter()
        .fold(line.to_owned(), |line, words| line.replace(words, ""));
    let characters: Vec<char> = plain.chars().collect();
    let range = |at: usize| {
        let character = |at: Option<usize>| at.and_then(|at| characters.get(at));
        let before = character(at.checked_sub(1)).is_some_and(|it| it.is_alphanumeric());
        let after = character(Some(at + 1)).is_some_and(|it| it.is_alphanumeric() || *it == '-');
        before && after
    };
    let mut dots = (0..characters.len()).filter(|&at| characters[at] == '…');
    if dots.any(|at| !range(at)) {
        return Some("something is left out of a text");
    }
    let touches = |corner: char| {
        let places = (1..characters.len()).filter(|&at| characters[at] == corner);
        places
            .map(|at| characters[at - 1])
            .any(|before| !matches!(before, '─' | ' '))
    };
    if touches('╮') || touches('╯') {
        return Some("a text runs into the corner");
    }
    let lacks = |(word, unit): &(&str, &str)| {
        plain.match_indices(word).any(|(at, _)| {
            let rest = &plain[at + word.len()..];
            let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            number.len() < rest.len() && !number.starts_with(unit)
        })
    };
    UNITS.iter().any(lacks).then_some("a number lacks its unit")
}

/// What the first line may end with.
fn is_whole_header(line: &str) -> bool {
    let last = line.trim_end().rsplit(" · ").next().unwrap_or("");
    let last = last.rsplit("  ").next().unwrap_or("");
    let numbered = |start: &str, end: &str| {
        let number = last
            .strip_prefix(start)
            .and_then(|rest| rest.strip_suffix(end));
        number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit() || c == '.'))
    };
    numbered("seed ", "")
        || numbered("pause ", " ms")
        || numbered("", " ms/epoch")
        || last == "full speed"
        || numbered("epoch 57 of ", "")
}

fn assert_whole(what: &str, app: &App) {
    let lines = lines(app);
    for line in &lines {
        if let Some(problem) = cut(line) {
            panic!("{what}: {problem}:\n{line}\nof\n{}", lines.join("\n"));
        }
    }
    assert!(is_whole_header(&lines[0]), "{what}: {}", lines[0]);
}

fn snapshots() -> [(&'static str, Snapshot); 4] {
    let mut past = fixture::snapshot(57);
    (past.epoch, past.status) = (20, Status::Paused);
    let mut long = fixture::snapshot(57);
    long.epoch_time = std::time::Duration::from_millis(123_456);
    let mut recipe = long.recipe.as_ref().clone();
    recipe.each(|controls| controls.parameters.seed = 18_446_744_073_709);
    long.recipe = Arc::new(recipe);
    [
        ("moons", fixture::snapshot(57)),
        ("past", past),
        ("long", long),
        ("three classes", fixture::wide_snapshot()),
    ]
}

#[test]
fn whole_items_or_none_on_every_screen() {
    for (columns, rows) in SIZES {
        for (name, snapshot) in snapshots() {
            let mut app = fixture::app(columns, rows, Level::Rgb, Marker::Braille);
            receive(&mut app, Arc::new(snapshot));
            for panel in Panel::ALL {
                app.arrangement.focus = panel;
                let what = format!("{name}, {panel:?} at {columns}×{rows}");
                assert_whole(&what, &app);
                update(&mut app, Action::Zoom);
                assert_whole(&format!("{what}, zoomed"), &app);
                update(&mut app, Action::Zoom);
            }
        }
    }
}

#[test]
fn whole_items_or_none_whatever_is_shown() {
    for (columns, rows) in SIZES {
        let mut app = fixture::app(columns, rows, Level::Rgb, Marker::Braille);
        let what = format!("at {columns}×{rows}");
        app.arrangement.focus = Panel::Boundary;
        update(&mut app, Action::NextSample(1));
        update(&mut app, Action::ToggleNeighbours);
        let mut found = fixture::snapshot(57);
        found.arms = (0..2).map(|arm| fixture::inspected(&app, arm)).collect();
        receive(&mut app, Arc::new(found));
        assert_whole(&format!("inspected {what}"), &app);
        app.arrangement.focus = Panel::Inspector;
        assert_whole(&format!("inspector {what}"), &app);
        update(&mut app, Action::ToggleLogarithmic);
        update(&mut app, Action::CycleSmoothing);
        app.arrangement.focus = Panel::Losses;
        assert_whole(&format!("smoothed {what}"), &app);
        for phase in 0..6 {
            update(&mut app, Action::SlowMotion(1));
            assert_whole(&format!("phase {phase} {what}"), &app);
        }
    }
}

/// What stands inside the scoreboard's frame, line after line.
fn scoreboard(app: &App) -> Option<String> {
    let layout = app.layout()?;
    let panels = layout.panels.iter();
    let (_, area) = panels
        .into_iter()
        .find(|(panel, _)| *panel == Panel::Scoreboard)?;
    let lines = lines(app);
    let inside = usize::from(area.y + 1)..usize::from(area.bottom() - 1);
    let columns = usize::from(area.x + 1)..usize::from(area.right() - 1);
    let row = |line: &String| -> String {
        let cells = line.chars().skip(columns.start).take(columns.len());
        cells.collect::<String>().trim().to_owned()
    };
    let text: Vec<String> = lines[inside].iter().map(row).collect();
    Some(text.join(" "))
}

#[test]
fn what_is_said_of_a_measure_is_said_as_a_whole_or_not_at_all() {
    for (columns, rows) in SIZES {
        for measure in 0..7 {
            for zoomed in [false, true] {
                let mut app = fixture::app(columns, rows, Level::Rgb, Marker::Braille);
                update(&mut app, Action::Focus(Panel::Scoreboard));
                update(&mut app, Action::Select(measure));
                if zoomed {
                    update(&mut app, Action::Zoom);
                }
                let shown = scoreboard(&app).unwrap();
                let screen = lines(&app).join("\n");
                let sentences = explanation(&app, app.snapshot.as_deref().unwrap());
                let mut left_out = 0;
                for sentence in sentences.iter().map(ToString::to_string) {
                    let first: String = sentence.chars().take(20).collect();
                    let whole = shown.contains(&sentence);
                    assert!(whole || !shown.contains(&first), "{sentence}\n{screen}");
                    left_out += usize::from(!whole);
                }
                let told = screen.contains("z: all about it");
                assert_eq!(told, left_out > 0, "{columns}×{rows} {measure}\n{screen}");
                assert!(!zoomed || left_out == 0, "{columns}×{rows}\n{screen}");
            }
        }
    }
}

#[test]
fn what_is_cut_is_found() {
    assert!(cut("╭ 4 Robustness ───╮╭ 7 Scoreboard 2 epochs a╮").is_some());
    assert!(cut("╭ Counterfactual training · accuracy 98.6  ──╮").is_some());
    assert!(cut("╰ ○ nascent ★ mature … ───────╯").is_some());
    assert!(cut("│▸ x1  ↕ both ways  -1.9…2.9 │").is_none());
    assert!(cut("╭ Baseline · accuracy 98.6 % ──╮").is_none());
    assert!(!is_whole_header(
        " ctui  Moons  ▶ running  epoch 57 of 100  8.4 ms/epoch · pause 50"
    ));
    assert!(is_whole_header(
        " ctui  Moons  ▶ running  epoch 57 of 100  8.4 ms/epoch"
    ));
}
