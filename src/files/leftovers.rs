//! Temporary files, and what is left of those whose process was killed.
//!
//! A process holds a lock on each of its temporary files. Nobody holds one of a process that is gone.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use tempfile::{Builder, NamedTempFile};

/// How the names of temporary files begin.
const PREFIX: &str = ".ctui-";
/// How often another name is tried where a cleaner was quicker than our lock.
const ATTEMPTS: usize = 8;

/// A temporary file in `folder`, with the usual permissions of a new file; takes away what was left
/// there.
///
/// # Errors
/// What the system fails with, without the temporary name, which nobody has typed.
pub(super) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    clean(folder);
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    for _ in 0..ATTEMPTS {
        let file = builder
            .tempfile_in(folder)
            .map_err(|error| nameless(&error))?;
        let lost = matches!(file.as_file().try_lock(), Err(fs::TryLockError::WouldBlock));
        if !lost && file.path().exists() {
            return Ok(file);
        }
    }
    Err(io::Error::other("its folder keeps losing files"))
}

/// Removes temporary files that nobody holds.
fn clean(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let plain = ours && entry.file_type().is_ok_and(|kind| kind.is_file());
        if !plain {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else {
            continue;
        };
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The error without the name of the temporary file.
fn nameless(error: &io::Error) -> io::Error {
    let source = error.get_ref().and_then(|error| error.source());
    match source.and_then(|source| source.downcast_ref::<io::Error>()) {
        Some(source) => match source.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => source.kind().into(),
        },
        None => error.kind().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let held = temporary(folder.path()).unwrap();
        let left = folder.path().join(".ctui-left");
        let other = folder.path().join(".other");
        for path in [&left, &other] {
            fs::write(path, "half").unwrap();
        }
        let second = temporary(folder.path()).unwrap();
        assert!(!left.exists());
        assert!(other.exists() && held.path().exists() && second.path().exists());
    }

    #[test]
    fn folders_are_not_named_by_temporary_names() {
        let error = temporary(Path::new("/nowhere/at/all")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(!error.to_string().contains(PREFIX), "{error}");
    }
}
