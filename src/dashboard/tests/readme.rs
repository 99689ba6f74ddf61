//! The README's tables of keys and words against keymap and glossary.
//!
//! `UPDATE_README=1 cargo test readme -- --test-threads=1` writes them anew.

use std::{env, fs, path::Path};

use crate::{
    dashboard::keymap::{Context, Keymap},
    glossary::{Kind, entries},
};

const BEGIN: &str = "<!-- keys: made from the keymap -->\n";
const END: &str = "<!-- end of keys -->\n";
const WORDS: &str = "<!-- words: made from the glossary -->\n";
const END_OF_WORDS: &str = "<!-- end of words -->\n";

/// All keys as a table.
fn table() -> String {
    let keymap = Keymap::standard().unwrap();
    let mut text = String::from("| where | keys | what |\n|---|---|---|\n");
    for context in Context::all() {
        let mut place = context.title();
        for binding in keymap
            .bindings()
            .iter()
            .filter(|binding| binding.context == context)
        {
            let keys: Vec<_> = binding
                .chords
                .iter()
                .map(|chord| chord.to_string().replace('<', "&lt;").replace('>', "&gt;"))
                .map(|chord| format!("<kbd>{chord}</kbd>").replace('|', "\\|"))
                .collect();
            text.push_str(&format!(
                "| {place} | {} | {} |\n",
                keys.join(" "),
                binding.help
            ));
            place = "";
        }
    }
    text
}

/// Compares a generated part of the README, or writes it anew.
fn holds(begin: &str, end: &str, part: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(begin).expect("where the part begins");
    let (_, after) = rest.split_once(end).expect("where the part ends");
    let wanted = format!("{before}{begin}{part}{end}{after}");
    if env::var_os("UPDATE_README").is_some() {
        fs::write(&path, wanted).unwrap();
    } else {
        assert!(
            readme == wanted,
            "UPDATE_README=1 cargo test readme -- --test-threads=1"
        );
    }
}

/// All words as a table.
fn glossary() -> String {
    let cell = |text: &str| text.replace('|', "\\|").replace('*', "\\*");
    let code = |words: &[&str]| {
        let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(" ")
    };
    let mut text = String::from("| word | also | what |\n|---|---|---|\n");
    for kind in Kind::ALL {
        text.push_str(&format!("| **{}** | | |\n", kind.title()));
        for entry in entries().filter(|entry| entry.kind == kind) {
            let others = [entry.symbols, entry.synonyms].concat();
            let source = match entry.source().as_str() {
                "" => String::new(),
                source => format!(" <br> {}", cell(source)),
            };
            let name = cell(entry.name);
            let line = format!(
                "| {name} | {} | {}{source} |\n",
                code(&others),
                cell(entry.text)
            );
            text.push_str(&line);
        }
    }
    text
}

#[test]
fn the_readme_lists_all_keys() {
    holds(BEGIN, END, &table());
}

#[test]
fn the_readme_explains_all_words() {
    holds(WORDS, END_OF_WORDS, &glossary());
}

#[test]
fn the_readmes_picture_shows_the_dashboard() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/dashboard.svg");
    let picture = fs::read_to_string(path).unwrap();
    assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
    assert!(picture.contains(">Baseline</text>") || picture.contains("Baseline"));
}
