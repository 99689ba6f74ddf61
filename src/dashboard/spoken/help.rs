//! What can be typed, and what words mean.

use super::question::HELP;
use crate::{
    dashboard::{
        command::{full_name, names},
        complete::help::help,
        keymap::Keymap,
        state::App,
    },
    glossary::{self, Entry},
};

/// Most entries about a word.
const MOST: usize = 3;
/// Commands that a first session needs.
const USUAL: [&str; 12] = [
    "set", "lock", "unlock", "inspect", "target", "ways", "run-to", "rewind", "data", "lesson",
    "save", "quit",
];

/// The list of what can be typed; all of it, or what there is to say about a word.
pub fn lines(app: &App, word: Option<&str>) -> Vec<String> {
    match word {
        None => {
            let usual = USUAL.iter().map(|name| command(&app.keymap, name));
            let mut lines: Vec<String> = questions().chain(usual).collect();
            lines.push(
                "help: keys that texts name, such as Enter, Space or h, are typed as words".into(),
            );
            lines
        }
        Some("all") => {
            let others = names().iter().map(|name| command(&app.keymap, name));
            questions().chain(others).collect()
        }
        Some(word) => about(app, word),
    }
}

/// What a word means, and what a command does.
fn about(app: &App, word: &str) -> Vec<String> {
    let name = full_name(word);
    let mut lines: Vec<String> = questions().filter(|line| begins(line, word)).collect();
    if names().contains(&name) {
        lines.push(command(&app.keymap, name));
    }
    lines.extend(glossary::search(word).into_iter().take(MOST).map(entry));
    if lines.is_empty() {
        lines.push(format!(
            "refused: nothing is known about `{word}`; help lists what can be typed"
        ));
    }
    lines
}

fn begins(line: &str, word: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| name == word)
}

/// What an entry of the glossary says.
pub fn entry(entry: &Entry) -> String {
    let others: Vec<_> = entry
        .symbols
        .iter()
        .chain(entry.synonyms)
        .copied()
        .collect();
    let also = match others.is_empty() {
        true => String::new(),
        false => format!(", also {}", others.join(", ")),
    };
    let source = match entry.source().as_str() {
        "" => String::new(),
        source => format!(" {source}"),
    };
    format!("{}{also}: {}{source}", entry.name, entry.text)
}

fn questions() -> impl Iterator<Item = String> {
    HELP.iter().map(|(name, help)| format!("{name}: {help}"))
}

fn command(keymap: &Keymap, name: &str) -> String {
    format!("{name}: {}", help(keymap, name))
}
