//! Recipes in files.

use std::{
    io::{self, Write},
    path::Path,
};

use super::{Recipe, RecipeError};
use crate::files::{read_text, write_whole};

/// Largest file that is read.
const MAX_BYTES: u64 = 64 << 20;

/// The recipe in the file at `path`; one of version 1 gets a baseline beside its arm, as it was
/// shown, if `with_baseline`.
///
/// # Errors
/// [`RecipeError`] if the file cannot be read, is too large, or is no recipe.
pub fn read(path: &Path, with_baseline: bool) -> Result<Recipe, RecipeError> {
    let text = read_text(path, MAX_BYTES)?;
    match with_baseline {
        true => Recipe::from_json(&text),
        false => Recipe::from_json_alone(&text),
    }
}

/// Writes a recipe as JSON.
///
/// # Errors
/// What the system says if it cannot be written.
pub fn write(path: &Path, recipe: &Recipe) -> io::Result<()> {
    write_whole(path, |file| write_to(recipe, file))
}

/// As [`write()`], to whatever takes it.
///
/// # Errors
/// What `output` fails with.
pub fn write_to(recipe: &Recipe, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *output, recipe)?;
    writeln!(output)
}
