//! Names that steer terminals, pages or shells, and names of wide letters, wherever they are shown.

use super::*;
use crate::{
    dashboard::{
        action::Panel,
        export::{export, frame},
        tests::fixture::many_features,
        widgets,
    },
    files::Existing,
    recipe::Recipe,
    text::printable,
};

/// What may stand in a file of somebody else.
const NAMES: [&str; 6] = [
    "\u{1b}]0;PWNED\u{7}a",
    "\u{1b}[2J\u{1b}[31mred",
    "b</text><script>&\"'",
    "a\u{202e}gnp",
    "年齢層",
    "$(touch pwned)\u{9b}31m",
];
const CLASSES: [&str; 2] = ["no\u{1b}[5m\u{1b}]52;c;cHduZWQ=\u{7}", "审批\u{200b}通过"];

/// A session whose data, notes and file are called so.
fn hostile() -> Snapshot {
    let mut snapshot = many_features(NAMES.len());
    let mut dataset = snapshot.dataset.as_ref().clone();
    for (feature, name) in dataset.features.iter_mut().zip(NAMES) {
        feature.name = name.into();
        feature.unit = NAMES[1].into();
        feature.description = CLASSES[0].into();
    }
    dataset.name = NAMES[0].into();
    dataset.classes = CLASSES.map(str::to_owned).to_vec();
    snapshot.dataset = Arc::new(dataset);
    snapshot.notes = Arc::new(NAMES.map(str::to_owned).to_vec());
    let recipe = snapshot.recipe.as_ref().clone();
    snapshot.recipe = Arc::new(Recipe {
        source: crate::data::Source::file("/nowhere/\u{1b}[31mevil\n.csv".as_ref(), None),
        ..recipe
    });
    snapshot
}

/// Fails if anything on the screen is a command to the terminal, or stands half below a wide letter.
fn assert_harmless(stage: &mut Stage<'_>, what: &str) {
    let buffer = frame(stage.dashboard.app());
    let width = usize::from(buffer.area.width);
    for row in buffer.content().chunks(width) {
        let line: String = row.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(printable(&line), line, "{what}");
        let mut column = 0;
        while let Some(cell) = row.get(column) {
            let wide = usize::from(widgets::width(cell.symbol())).max(1);
            let covered = row.iter().skip(column + 1).take(wide - 1);
            let free = covered.clone().all(|cell| cell.symbol().trim().is_empty());
            assert!(free && covered.count() == wide - 1, "{what}: {line}");
            column += wide;
        }
    }
}

#[test]
fn no_name_steers_the_screen_or_covers_its_frames() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        with_dashboard(width, height, |stage| {
            stage.publish(hostile());
            assert_harmless(stage, "first");
            for _ in Panel::ALL {
                for keys in ["tab", "enter", "esc", "?", "esc", "z", "down", "z"] {
                    stage.press(keys);
                    assert_harmless(stage, keys);
                }
            }
            for keys in [
                "M",
                "esc",
                "Q",
                "esc",
                "n",
                "d",
                "esc",
                "v",
                ": l o c k space",
            ] {
                stage.press(keys);
                assert_harmless(stage, keys);
            }
        });
    }
}

#[test]
fn names_are_seen_escaped_and_whole() {
    with_dashboard(200, 60, |stage| {
        stage.publish(hostile());
        stage.press("6 z");
        let screen = stage.screen();
        for shown in ["\\u{1b}]0;PWNED\\u{7}a", "a\\u{202e}gnp", "$(touch pwned)"] {
            assert!(screen.contains(shown), "{shown}: {screen}");
        }
        let spread: String = "年齢層".chars().flat_map(|c| [c, ' ']).collect();
        assert!(screen.contains(spread.trim_end()), "{screen}");
    });
}

#[test]
fn pictures_tables_and_what_is_copied_are_harmless() {
    with_dashboard(200, 60, |stage| {
        stage.publish(Snapshot {
            status: Status::Paused,
            ..hostile()
        });
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.svg", "a.txt", "a.csv", "a.html"] {
            let path = folder.path().join(name);
            export(stage.dashboard.app(), &path, Existing::Kept).unwrap();
            let text = std::fs::read_to_string(path).unwrap();
            for line in text.lines() {
                assert_eq!(printable(line), line, "{name}");
            }
            assert!(!text.contains("<script>"), "{name}");
        }
        let app = stage.dashboard.app();
        let snapshot = app.snapshot.as_ref().unwrap();
        let again = crate::dashboard::reproduce::command(
            &snapshot.recipe,
            &snapshot.dataset.features,
            &app.defaults,
        );
        assert_eq!(printable(&again), again);
    });
}

#[test]
fn messages_are_harmless_lines() {
    with_dashboard(120, 40, |stage| {
        stage.publish(hostile());
        for entry in stage.dashboard.app().log.entries() {
            assert_eq!(printable(&entry.text), entry.text);
        }
        assert!(stage.dashboard.app().log.entries().len() >= NAMES.len());
    });
}
