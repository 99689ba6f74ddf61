//! What is kept of a run's models, wherever it ran: what is known of them.

use std::io;

use crate::{
    data::{Dataset, metadata::Metadata},
    model::{Mlp, ModelFile},
    recipe::Recipe,
};

/// A model with its features, classes and recipe.
///
/// # Errors
/// If these cannot be written as JSON.
pub fn model_file(model: &Mlp, dataset: &Dataset, recipe: &Recipe) -> io::Result<ModelFile> {
    let mut metadata = Metadata::of(dataset).to_texts().map_err(io::Error::other)?;
    metadata.insert("recipe".into(), serde_json::to_string(recipe)?);
    Ok(ModelFile {
        model: model.clone(),
        metadata,
    })
}
