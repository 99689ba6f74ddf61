//! The README's key table against the keymap.
//!
//! `UPDATE_README=1 cargo test readme` writes it anew.

use std::{env, fs, path::Path};

use crate::dashboard::keymap::{Context, Keymap};

const BEGIN: &str = "<!-- keys: made from the keymap -->\n";
const END: &str = "<!-- end of keys -->\n";

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

#[test]
fn the_readme_lists_all_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("where the table begins");
    let (_, after) = rest.split_once(END).expect("where the table ends");
    let wanted = format!("{before}{BEGIN}{}{END}{after}", table());
    if env::var_os("UPDATE_README").is_some() {
        fs::write(&path, wanted).unwrap();
    } else {
        assert!(readme == wanted, "UPDATE_README=1 cargo test readme");
    }
}

#[test]
fn the_readmes_picture_shows_the_dashboard() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/dashboard.svg");
    let picture = fs::read_to_string(path).unwrap();
    assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
    assert!(picture.contains(">Baseline</text>") || picture.contains("Baseline"));
}
