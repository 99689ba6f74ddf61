//! The lessons that ctui comes with.

use super::{Lesson, LessonError};
use crate::data::nearest::hint;

macro_rules! lesson {
    ($name:literal) => {
        (
            concat!("assets/lessons/", $name, ".toml"),
            include_str!(concat!("../../../assets/lessons/", $name, ".toml")),
        )
    };
}

/// Their files, and what is in them, in the order in which they are to be played.
pub const BUILT_IN: [(&str, &str); 9] = [
    lesson!("1-tour"),
    lesson!("2-plausible"),
    lesson!("3-locked"),
    lesson!("4-why"),
    lesson!("5-robust"),
    lesson!("6-failing"),
    lesson!("7-fine-tuning"),
    lesson!("8-generators"),
    lesson!("9-recourse"),
];

/// What a built-in lesson is called: its file's name without number and ending.
fn name(path: &'static str) -> &'static str {
    let file = path.rsplit('/').next().unwrap_or(path);
    let file = file.strip_suffix(".toml").unwrap_or(file);
    file.split_once('-').map_or(file, |(_, name)| name)
}

/// The file and the text of the built-in lesson called `wanted`: by its name, its number, or both.
pub fn find(wanted: &str) -> Option<(&'static str, &'static str)> {
    let mut numbered = BUILT_IN.into_iter().enumerate();
    numbered
        .find(|(index, (path, _))| {
            let number = (index + 1).to_string();
            let name = name(path);
            wanted == name || wanted == number || wanted == format!("{number}-{name}")
        })
        .map(|(_, found)| found)
}

/// Names and lessons, in their order; those that cannot be read are left out.
pub fn list() -> Vec<(&'static str, Lesson)> {
    let read = |(path, text): (&'static str, &str)| {
        let lesson = Lesson::read(std::path::Path::new(path), text).ok()?;
        Some((name(path), lesson))
    };
    BUILT_IN.into_iter().filter_map(read).collect()
}

/// That no lesson is called so.
pub(super) fn unknown(wanted: &str) -> LessonError {
    let known: Vec<_> = BUILT_IN.iter().map(|(path, _)| name(path)).collect();
    LessonError::Unknown {
        name: crate::text::concise(wanted),
        hint: hint(wanted, known.iter().copied()),
        known,
    }
}

/// The name that a lesson's file gives it.
pub(super) fn named_after(path: &std::path::Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let numbered = stem.split_once('-');
    match numbered.filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit())) {
        Some((_, name)) => name.to_owned(),
        None => stem.into_owned(),
    }
}
