//! Keeps a run: its recipe, and all models.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    files::{Existing, Staged, expand_home, reason},
    recipe,
    run::model_file,
    session::Snapshot,
};

/// Why a run is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// There are files of these names, which were not asked to be replaced.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// Anything else.
    #[error("{0}")]
    Refused(String),
}

impl SaveError {
    /// What went wrong with the file at `path`, which is as the user typed it.
    pub fn of(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists(path.to_owned()),
            _ => Self::Refused(format!(
                "cannot write {}: {}",
                path.display(),
                reason(path, error)
            )),
        }
    }
}

/// Writes the recipe to `path` and all models beside it, all of them or none; the files written,
/// recipe first.
///
/// `run.json` gets `run.BL.safetensors` and `run.CT.safetensors` beside it, or whatever the arms are
/// called.
pub fn save(
    snapshot: &Snapshot,
    path: &Path,
    existing: Existing,
) -> Result<Vec<PathBuf>, SaveError> {
    let path = match path.extension() {
        Some(_) => path.to_owned(),
        None => path.with_extension("json"),
    };
    let mut staged = Staged::default();
    let mut add = |path: &Path, write: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        staged
            .add(&expand_home(path), write)
            .map_err(|error| SaveError::of(path, &error))
    };
    add(&path, &|file| recipe::write_to(&snapshot.recipe, file))?;
    let mut files = vec![path.clone()];
    for position in 0..snapshot.arms.len() {
        let file = model_path(snapshot, position, &path)?;
        let bytes = model_bytes(snapshot, position).map_err(SaveError::Refused)?;
        add(&file, &|output| output.write_all(&bytes))?;
        files.push(file);
    }
    staged
        .commit(existing)
        .map_err(|error| SaveError::of(&path, &error))?;
    Ok(files)
}

/// Where the model of an arm goes.
fn model_path(snapshot: &Snapshot, position: usize, path: &Path) -> Result<PathBuf, SaveError> {
    let name = &snapshot.arms[position].name;
    let file = path.with_extension(format!("{name}.safetensors"));
    match file == path {
        true => Err(SaveError::Refused(format!(
            "{} is the name of a model; choose another",
            path.display()
        ))),
        false => Ok(file),
    }
}

fn model_bytes(snapshot: &Snapshot, position: usize) -> Result<Vec<u8>, String> {
    let alone = snapshot.recipe.only(position);
    let model = &snapshot.arms[position].model;
    let mut file =
        model_file(model, &snapshot.dataset, &alone).map_err(|error| error.to_string())?;
    let epoch = snapshot.epoch.to_string();
    file.metadata.insert("epoch".into(), epoch);
    file.bytes().map_err(|error| error.to_string())
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
        let files = save(&snapshot, &folder.path().join("my.run"), Existing::Kept).unwrap();
        assert_eq!(files.len(), 3);
        let files = save(&snapshot, &folder.path().join("run"), Existing::Kept).unwrap();
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
        for (typed, folder) in [
            ("/nowhere/at/all.json", "/nowhere/at"),
            ("~/no such folder/run", "~/no such folder"),
        ] {
            let error = save(&fixture::snapshot(1), Path::new(typed), Existing::Kept).unwrap_err();
            let error = error.to_string();
            assert!(
                error.contains(&format!("the folder {folder} does not exist")),
                "{error}"
            );
        }
    }

    #[test]
    fn all_files_appear_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        let model = folder.path().join("run.CT.safetensors");
        std::fs::write(&model, "mine").unwrap();
        let snapshot = fixture::snapshot(3);
        let error = save(&snapshot, &path, Existing::Kept).unwrap_err();
        assert!(matches!(error, SaveError::Exists(_)), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(std::fs::read(&model).unwrap(), b"mine");
        std::fs::remove_file(&model).unwrap();
        std::fs::create_dir(&model).unwrap();
        assert!(save(&snapshot, &path, Existing::Replaced).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
