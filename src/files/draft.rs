//! A file that has no name yet.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::Existing;
use tempfile::{Builder, NamedTempFile};

/// How the names of temporary files begin.
const PREFIX: &str = ".ctui-";

/// What is to become a file.
///
/// Where the system has files without a name (Linux' `O_TMPFILE`) it has none, so that nothing remains
/// of a process that is killed; elsewhere it is a temporary file in the same folder.
pub(super) enum Draft {
    /// A file without a name.
    #[cfg(target_os = "linux")]
    Nameless(File),
    /// A file with a temporary name.
    Named(NamedTempFile),
}

impl Draft {
    /// A new file in the folder of `path`, with the usual permissions.
    ///
    /// # Errors
    /// What the system fails with.
    pub(super) fn beside(path: &Path) -> io::Result<Self> {
        let folder = folder_of(path);
        #[cfg(target_os = "linux")]
        if let Some(file) = nameless(folder) {
            return Ok(Self::Nameless(file));
        }
        let named = builder().tempfile_in(folder);
        named.map(Self::Named).map_err(|error| unnamed(&error))
    }

    /// What is written to.
    pub(super) fn file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => file,
            Self::Named(file) => file.as_file(),
        }
    }

    /// Gives it the name `path`; what becomes of a file that has it is for `existing` to say.
    ///
    /// # Errors
    /// What the system fails with; a file that is to be kept.
    pub(super) fn persist(self, path: &Path, existing: Existing) -> io::Result<File> {
        match self {
            Self::Named(file) => match existing {
                Existing::Kept => file.persist_noclobber(path),
                Existing::Replaced => file.persist(path),
            }
            .map_err(|error| error.error),
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => match link(&file, path) {
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists
                        && existing == Existing::Replaced =>
                {
                    let named = builder().make_in(folder_of(path), |name| link(&file, name))?;
                    named.persist(path).map_err(|error| error.error)?;
                    Ok(file)
                }
                linked => linked.map(|()| file),
            },
        }
    }
}

/// Removes what processes that were killed left of files in `folder`, which nobody else may be writing
/// to; what cannot be removed stays.
pub fn remove_drafts(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_draft = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_draft && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The error without the name of a temporary file, which nobody has typed.
fn unnamed(error: &io::Error) -> io::Error {
    let source = error.get_ref().and_then(|error| error.source());
    match source.and_then(|source| source.downcast_ref::<io::Error>()) {
        Some(source) => match source.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => source.kind().into(),
        },
        None => error.kind().into(),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// A file without a name in `folder`, if its file system has that and it can be given a name later.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file = openat(CWD, folder, flags, Mode::from_raw_mode(0o666)).ok()?;
    Path::new(&descriptor(&file)).exists().then(|| file.into())
}

#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    let descriptor = descriptor(file);
    linkat(CWD, descriptor, CWD, path, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from)
}

#[cfg(target_os = "linux")]
fn descriptor(file: &impl std::os::fd::AsRawFd) -> String {
    format!("/proc/self/fd/{}", file.as_raw_fd())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_appears_with_its_name_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let count = || fs::read_dir(folder.path()).unwrap().count();
        for text in ["one", "two"] {
            let draft = Draft::beside(&path).unwrap();
            draft.file().write_all(text.as_bytes()).unwrap();
            draft.persist(&path, Existing::Replaced).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(count(), 1);
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn nothing_is_left_of_a_file_that_was_never_named() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::beside(&folder.path().join("file")).unwrap();
        let left = fs::read_dir(folder.path()).unwrap().count();
        match draft {
            Draft::Nameless(_) => assert_eq!(left, 0),
            Draft::Named(_) => assert_eq!(left, 1),
        }
        fs::write(folder.path().join(".ctui-old"), "").unwrap();
        fs::write(folder.path().join("mine"), "").unwrap();
        drop(draft);
        remove_drafts(folder.path());
        let mut names = fs::read_dir(folder.path()).unwrap();
        assert_eq!(names.next().unwrap().unwrap().file_name(), "mine");
        assert!(names.next().is_none());
    }
}
