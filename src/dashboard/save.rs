//! Keeps a run in a directory.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    files::{Existing, expand_home, reason},
    run::{self, DirectoryError, standing},
    session::Snapshot,
};

/// Why something is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// There is something of that name, which was not asked to be replaced.
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
            _ => Self::refused(path, reason(path, error)),
        }
    }

    fn refused(path: &Path, problem: impl std::fmt::Display) -> Self {
        Self::Refused(format!("cannot write {}: {problem}", path.display()))
    }
}

/// Writes the run of a snapshot into the directory at `path`, as `ctui train --out` does, where it
/// stands; all files or none. Tells where its recipe is.
///
/// # Errors
/// [`SaveError`], with `path` as the user typed it.
pub fn save(snapshot: &Snapshot, path: &Path, existing: Existing) -> Result<PathBuf, SaveError> {
    if path
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        return Err(SaveError::refused(
            path,
            format_args!(
                "a run is a folder, with its recipe in it; :save {} makes one",
                path.with_extension("").display()
            ),
        ));
    }
    let standing = standing(snapshot).ok_or_else(|| {
        SaveError::refused(path, "an arm is on its way to another epoch; wait for it")
    })?;
    let place = expand_home(path);
    let folder = place.parent().filter(|folder| *folder != Path::new(""));
    if let Some(Err(error)) = folder.map(fs::metadata) {
        return Err(SaveError::refused(path, reason(path, &error)));
    }
    let saved = run::save(&place, &standing, &snapshot.dataset, existing);
    saved
        .map(|()| run::recipe_in(path))
        .map_err(|error| match error {
            DirectoryError::Present(_) => SaveError::Exists(path.to_owned()),
            DirectoryError::Taken(file) => {
                SaveError::Exists(path.join(file.file_name().unwrap_or_default()))
            }
            DirectoryError::Held { lock, .. } => {
                SaveError::refused(path, format_args!("{lock}; choose another folder"))
            }
            DirectoryError::File {
                path: file,
                problem,
            } => {
                let inside = file.strip_prefix(&place).unwrap_or(Path::new(""));
                match inside == Path::new("") {
                    true => SaveError::refused(path, problem),
                    false => SaveError::refused(&path.join(inside), problem),
                }
            }
            other => SaveError::refused(path, other),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dashboard::tests::fixture, run::Past};

    fn message(typed: &Path) -> String {
        let saved = save(&fixture::snapshot(1), typed, Existing::Kept);
        saved.unwrap_err().to_string()
    }

    #[test]
    fn a_run_is_kept_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my.run");
        let snapshot = fixture::snapshot(57);
        save(&snapshot, &path, Existing::Kept).unwrap();
        let past = Past::read(&path).unwrap();
        assert_eq!(*past.recipe(), *snapshot.recipe);
        assert_eq!(past.epoch(), 57);
        let again = save(&snapshot, &path, Existing::Kept);
        assert_eq!(again, Err(SaveError::Exists(path.clone())));
        let replaced = save(&snapshot, &path, Existing::Replaced);
        assert_eq!(replaced, Ok(path.join("recipe.json")));
    }

    #[test]
    fn what_is_in_the_way_is_named_as_it_was_typed() {
        for (typed, folder) in [
            ("/nowhere/at/all", "/nowhere/at"),
            ("~/no such folder/run", "~/no such folder"),
        ] {
            let said = message(Path::new(typed));
            let expected = format!("cannot write {typed}: the folder {folder} does not exist");
            assert!(said.starts_with(&expected), "{said}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "mine").unwrap();
        let said = message(&file);
        assert!(said.ends_with("it is a file, not a folder"), "{said}");
        let said = message(&folder.path().join("run.json"));
        assert!(said.contains("/run makes one"), "{said}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
