//! The files of a run: their names, and what may be in their place.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::DirectoryError;

/// Names of the files.
pub(in crate::run) const RECIPE: &str = "recipe.json";
pub(in crate::run) const METRICS: &str = "metrics.jsonl";
pub(in crate::run) const CHECKPOINT: &str = "checkpoint";
pub(in crate::run) const LOG: &str = "log.txt";
pub(in crate::run) const AUTOENCODER: &str = "autoencoder";

/// Where the recipe of the run in the directory at `path` is.
pub fn recipe_in(path: &Path) -> PathBuf {
    path.join(RECIPE)
}

/// Whether a run was begun in the directory at `path`.
pub fn is_begun(path: &Path) -> bool {
    [RECIPE, CHECKPOINT, METRICS]
        .iter()
        .any(|name| fs::symlink_metadata(path.join(name)).is_ok())
}

/// The file of an arm's model.
pub(in crate::run) fn model_name(arm: &str, alone: bool) -> String {
    match alone {
        true => "model.safetensors".to_owned(),
        false => format!("model.{arm}.safetensors"),
    }
}

/// Files of a run, whichever arms it has, in the directory at `path`.
pub(in crate::run) fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let is_ours = |name: &str| {
        [RECIPE, METRICS, CHECKPOINT, LOG, AUTOENCODER].contains(&name)
            || (name.starts_with("model.") && name.ends_with(".safetensors"))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if is_ours(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Refuses a directory in which a run would write over a file.
pub(in crate::run) fn check_free(path: &Path) -> Result<(), DirectoryError> {
    if is_begun(path) {
        return Err(DirectoryError::Present(path.to_owned()));
    }
    check_files(path)?;
    let found = files(path).map_err(|error| DirectoryError::file(path, error))?;
    let mut found = found
        .into_iter()
        .filter(|file| !file.ends_with(AUTOENCODER));
    found
        .next()
        .map_or(Ok(()), |file| Err(DirectoryError::Taken(file)))
}

/// Refuses what is in the place of a run's files and is none.
pub(in crate::run) fn check_files(path: &Path) -> Result<(), DirectoryError> {
    for file in files(path).map_err(|error| DirectoryError::file(path, error))? {
        let kind = fs::symlink_metadata(&file).map(|known| known.file_type());
        let is_folder = file.file_name().is_some_and(|name| name == AUTOENCODER);
        let fits = kind.is_ok_and(|kind| {
            if is_folder {
                kind.is_dir()
            } else {
                kind.is_file()
            }
        });
        if !fits {
            return Err(DirectoryError::file(
                &file,
                "it is a symbolic link or something else than a file, and a run writes only into its own folder; remove it",
            ));
        }
    }
    Ok(())
}

/// Removes the files of a run; a symbolic link itself, not what it points to. An autoencoder stays: it
/// is taken only for the samples that it was fitted to.
pub(super) fn remove_run(path: &Path) -> io::Result<()> {
    for file in files(path)? {
        if !file.ends_with(AUTOENCODER) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}
