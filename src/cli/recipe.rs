//! Recipes in files.

use std::path::Path;

use super::CliError;
use crate::{files::read_text, session::Recipe, text::concise, training::TABLE};

/// Largest file that is read.
const MAX_BYTES: u64 = 64 << 20;

/// The recipe in the file at `path`.
///
/// # Errors
/// [`CliError::Input`] if it cannot be read, is too large, is no recipe, or has a value out of range.
pub fn read_recipe(path: &Path) -> Result<Recipe, CliError> {
    let refuse = |problem: String| CliError::Input(format!("{}: {problem}", path.display()));
    let text = read_text(path, MAX_BYTES).map_err(|error| refuse(error.to_string()))?;
    let recipe: Recipe = serde_json::from_str(&text)
        .map_err(|error| refuse(concise(&format!("this is no recipe: {error}"))))?;
    check(&recipe).map_err(refuse)?;
    Ok(recipe)
}

fn check(recipe: &Recipe) -> Result<(), String> {
    let changes = recipe.changes.iter().map(|change| &change.controls);
    for controls in std::iter::once(&recipe.controls).chain(changes) {
        for parameter in TABLE {
            let mut trial = controls.parameters.clone();
            parameter
                .set(&mut trial, parameter.get(&controls.parameters))
                .map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}
