//! Recipes in files.

use std::path::Path;

use super::CliError;
use crate::recipe::{self, Recipe, RecipeError};

/// The recipe in the file at `path`; a baseline is put beside the one arm of version 1 if
/// `with_baseline`.
///
/// # Errors
/// [`CliError::Input`] if it cannot be read, is too large, or is no recipe.
pub fn read_recipe(path: &Path, with_baseline: bool) -> Result<Recipe, CliError> {
    recipe::read(path, with_baseline)
        .map_err(|error| CliError::Input(format!("{}: {error}", path.display())))
}

impl From<RecipeError> for CliError {
    fn from(error: RecipeError) -> Self {
        Self::Input(error.to_string())
    }
}
