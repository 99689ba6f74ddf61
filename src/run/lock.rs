//! One process per directory.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    process,
};

use super::own_file;

/// The file whose lock is held.
const NAME: &str = "lock";

/// What keeps other processes out of a directory until it is dropped, or its process is gone: the
/// system's lock on a file with the number of the process.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

/// Why a directory cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it, of this number if it has said so.
    #[error("another ctui{} writes there", number(*.0))]
    Held(Option<u32>),
    /// The system refused.
    #[error(transparent)]
    Access(#[from] io::Error),
}

fn number(process: Option<u32>) -> String {
    process.map_or(String::new(), |number| format!(" (process {number})"))
}

impl Lock {
    /// Takes the lock of `folder`. One that a process has left which is gone is taken over.
    ///
    /// # Errors
    /// [`LockError`] if another process has it, or the file cannot be written.
    pub fn take(folder: &Path) -> Result<Self, LockError> {
        let path = folder.join(NAME);
        loop {
            let mut options = File::options();
            options.read(true).write(true).create(true);
            let mut file = own_file(&path, &mut options)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(LockError::Held(holder(&mut file))),
                Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                    return Err(error.into());
                }
                _ => {}
            }
            if is_at(&file, &path) {
                file.set_len(0)?;
                file.write_all(format!("{}\n", process::id()).as_bytes())?;
                return Ok(Self { path, _file: file });
            }
        }
    }

    /// Whether a process has the lock of `folder`.
    pub fn is_held(folder: &Path) -> bool {
        let file = own_file(&folder.join(NAME), File::options().read(true));
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The process that the file names.
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Whether `file` is still what `path` names: whoever had it before may have removed it meanwhile.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_and_a_stale_lock_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "4194305\n").unwrap();
        assert!(!Lock::is_held(folder.path()));
        let lock = Lock::take(folder.path()).unwrap();
        assert!(Lock::is_held(folder.path()));
        let error = Lock::take(folder.path()).unwrap_err().to_string();
        assert!(error.contains(&process::id().to_string()), "{error}");
        drop(lock);
        assert!(!folder.path().join(NAME).exists());
        assert!(Lock::take(folder.path()).is_ok());
    }
}
