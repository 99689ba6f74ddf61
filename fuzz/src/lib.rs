//! Everything that ctui reads of others, as functions of bytes.
//!
//! Each reader takes any bytes: it may refuse them, but not panic, take long, or take memory without
//! bound. What it accepts has to be sound, and written and read again it has to be the same.
//! `targets/` hands them to libFuzzer, `tests/data/readers.rs` replays them in `cargo test`.

mod data;
mod models;
mod runs;
mod screen;

/// A reader: it panics at whatever must not happen.
pub type Reader = fn(&[u8]);

/// All readers, by the names of their targets and folders of examples.
pub const READERS: [(&str, Reader); 17] = [
    ("table", data::table),
    ("schema", data::schema),
    ("images", data::images),
    ("points", data::points),
    ("scaling", data::scaling),
    ("model", models::model),
    ("checkpoint", models::checkpoint),
    ("metrics", runs::metrics),
    ("cell", runs::cell),
    ("recipe", runs::recipe),
    ("sweep", runs::sweep),
    ("share", screen::share),
    ("configuration", screen::configuration),
    ("lesson", screen::lesson),
    ("statement", screen::statement),
    ("keys", screen::keys),
    ("command", screen::command),
];

/// Hands `bytes` to the reader called `name`.
///
/// # Panics
/// If the reader does what it must not, or there is none of that name.
pub fn read(name: &str, bytes: &[u8]) {
    let found = READERS.iter().find(|(known, _)| *known == name);
    assert!(found.is_some(), "there is no reader `{name}`");
    if let Some((_, reader)) = found {
        reader(bytes);
    }
}

/// The bytes as a text, if they are UTF-8; no reader of texts takes others.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// A byte that chooses among `choices`: `'0'` the first one, `'1'` the next.
fn chosen<T: Copy>(byte: u8, choices: &[T]) -> T {
    choices[usize::from(byte.wrapping_sub(b'0')) % choices.len()]
}
