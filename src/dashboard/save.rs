//! Keeps a run: its recipe, and all models.

use std::path::{Path, PathBuf};

use crate::{recipe, run::model_file, session::Snapshot};

/// Writes all models beside `path`, then the recipe to `path`; the files written, recipe first.
///
/// `run.json` gets `run.BL.safetensors` and `run.CT.safetensors` beside it, or whatever the arms are
/// called.
pub fn save(snapshot: &Snapshot, path: &Path) -> Result<Vec<PathBuf>, String> {
    let path = match path.extension() {
        Some(_) => path.to_owned(),
        None => path.with_extension("json"),
    };
    let refused = |path: &Path, error: &dyn std::fmt::Display| {
        format!("cannot write {}: {error}", path.display())
    };
    let mut files = vec![path.clone()];
    for (position, arm) in snapshot.arms.iter().enumerate() {
        let file = path.with_extension(format!("{}.safetensors", arm.name));
        if file == path {
            return Err(format!(
                "{} is the name of a model; choose another",
                path.display()
            ));
        }
        let alone = snapshot.recipe.only(position);
        let mut model_file = model_file(&arm.model, &snapshot.dataset, &alone)
            .map_err(|error| refused(&file, &error))?;
        let epoch = snapshot.epoch.to_string();
        model_file.metadata.insert("epoch".into(), epoch);
        model_file.write(&file).map_err(|error| error.to_string())?;
        files.push(file);
    }
    recipe::write(&path, &snapshot.recipe).map_err(|error| refused(&path, &error))?;
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dashboard::tests::fixture, data::metadata::Metadata, model::ModelFile, recipe::Recipe,
    };

    #[test]
    fn recipe_and_models_can_be_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = fixture::snapshot(57);
        let files = save(&snapshot, &folder.path().join("my.run")).unwrap();
        assert_eq!(files.len(), 3);
        let files = save(&snapshot, &folder.path().join("run")).unwrap();
        assert!(files[0].ends_with("run.json") && files[1].ends_with("run.BL.safetensors"));
        let recipe: Recipe =
            serde_json::from_str(&std::fs::read_to_string(&files[0]).unwrap()).unwrap();
        assert_eq!(recipe, *snapshot.recipe);
        let model = ModelFile::read(&files[2]).unwrap();
        assert_eq!(model.model, *snapshot.arms[1].model);
        let known = Metadata::from_texts(&model.metadata).unwrap().unwrap();
        assert_eq!(known.features, snapshot.dataset.features);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = save(&fixture::snapshot(1), Path::new("/nowhere/at/all.json")).unwrap_err();
        assert!(error.contains("/nowhere/at/all"), "{error}");
    }
}
