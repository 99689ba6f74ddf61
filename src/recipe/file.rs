//! Recipes in files.

use std::{
    io::{self, Write},
    path::Path,
};

use serde_json::Value;

use super::{Recipe, RecipeError, locate};
use crate::files::{read_text, write_whole};

/// Largest file that is read.
const MAX_BYTES: u64 = 64 << 20;

/// The recipe in the file at `path`, whether its data are here or not; one of version 1 gets a baseline
/// beside its arm, as it was shown, if `with_baseline`.
///
/// # Errors
/// [`RecipeError`] if the file cannot be read, is too large, or is no recipe.
pub fn read(path: &Path, with_baseline: bool) -> Result<Recipe, RecipeError> {
    parse(&read_text(path, MAX_BYTES)?, with_baseline)
}

/// As [`read`], with its data where they are on this machine, which are those that it was made with
/// ([`locate()`]).
///
/// # Errors
/// As [`read`] and [`locate()`].
pub fn open(path: &Path, with_baseline: bool) -> Result<Recipe, RecipeError> {
    let text = read_text(path, MAX_BYTES)?;
    let mut recipe = parse(&text, with_baseline)?;
    let value: Value = serde_json::from_str(&text)?;
    let digest = value.get("sha256").and_then(Value::as_str);
    recipe.source = locate(path, recipe.source, digest)?;
    Ok(recipe)
}

fn parse(text: &str, with_baseline: bool) -> Result<Recipe, RecipeError> {
    match with_baseline {
        true => Recipe::from_json(text),
        false => Recipe::from_json_alone(text),
    }
}

/// Writes a recipe as JSON, with the digest of its data ([`Source::digest`](crate::data::Source::digest)).
///
/// # Errors
/// What the system says if it cannot be written.
pub fn write(path: &Path, recipe: &Recipe, digest: &str) -> io::Result<()> {
    write_whole(path, |file| write_to(recipe, digest, file))
}

/// As [`write()`], to whatever takes it.
///
/// # Errors
/// What `output` fails with.
pub fn write_to(recipe: &Recipe, digest: &str, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *output, &recipe.stamped(digest)?)?;
    writeln!(output)
}
