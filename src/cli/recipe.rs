//! Recipes in files.

use std::path::{Path, PathBuf};

use super::CliError;
use crate::{
    recipe::{self, Recipe, RecipeError},
    run::recipe_in,
};

/// The recipe in the file at `path`, or of the run in that folder, with its data where they are on this
/// machine; a baseline is put beside the one arm of version 1 if `with_baseline`.
///
/// # Errors
/// [`CliError::Input`] if it cannot be read, is too large, or is no recipe; if its data are not here; for a folder without a run.
pub fn read_recipe(path: &Path, with_baseline: bool) -> Result<Recipe, CliError> {
    let file = file_of(path)?;
    recipe::open(&file, with_baseline)
        .map_err(|error| CliError::Input(format!("{}: {error}", file.display())))
}

fn file_of(path: &Path) -> Result<PathBuf, CliError> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let file = recipe_in(path);
    match file.exists() {
        true => Ok(file),
        false => Err(CliError::Input(format!(
            "{} holds no run: there is no recipe.json in it",
            path.display()
        ))),
    }
}

impl From<RecipeError> for CliError {
    fn from(error: RecipeError) -> Self {
        Self::Input(error.to_string())
    }
}
