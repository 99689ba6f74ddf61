//! What is kept of a run, wherever it ran: its recipe, and its models with what is known of them.

use std::{io, path::Path};

use crate::{
    data::{Dataset, metadata::Metadata},
    files::write_whole,
    model::{Mlp, ModelFile},
    session::Recipe,
};

/// Writes a recipe as JSON.
///
/// # Errors
/// What the system says if it cannot be written.
pub fn write_recipe(path: &Path, recipe: &Recipe) -> io::Result<()> {
    write_whole(path, |file| {
        serde_json::to_writer_pretty(&mut *file, recipe)?;
        writeln!(file)
    })
}

/// A model with its features, classes and recipe.
///
/// # Errors
/// If these cannot be written as JSON.
pub fn model_file(model: &Mlp, dataset: &Dataset, recipe: &Recipe) -> io::Result<ModelFile> {
    let known = Metadata {
        features: dataset.features.clone(),
        classes: dataset.classes.clone(),
    };
    let mut metadata = known.to_texts().map_err(io::Error::other)?;
    metadata.insert("recipe".into(), serde_json::to_string(recipe)?);
    Ok(ModelFile {
        model: model.clone(),
        metadata,
    })
}
