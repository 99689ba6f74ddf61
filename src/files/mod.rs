//! Files that appear whole or not at all, or grow by whole lines, and that are read up to a limit.

mod draft;
mod growing;
mod staged;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use draft::remove_drafts;
pub use growing::Growing;
pub use staged::{Existing, Staged, refuse_existing, write_as, write_whole};

/// The content of the regular file at `path`, of at most `most` bytes.
///
/// # Errors
/// What the system fails with; and a folder, a pipe, a device, or a larger file, of which no more than
/// `most` bytes are taken into memory.
pub fn read_whole(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(io::Error::other("it is a folder, not a file"));
    }
    if !kind.is_file() {
        return Err(io::Error::other(
            "it is a pipe or a device, which may never end and cannot be read twice; save what it gives as a file, or give data through standard input with --data -",
        ));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(max.saturating_add(1))
        .read_to_end(&mut bytes)?;
    match bytes.len() as u64 > max {
        true => Err(io::Error::other(format!(
            "it is larger than the {} that are read of such a file",
            in_units(max)
        ))),
        false => Ok(bytes),
    }
}

/// As [`read_whole`], for text.
///
/// # Errors
/// As [`read_whole`]; also bytes that are not UTF-8.
pub fn read_text(path: &Path, max: u64) -> io::Result<String> {
    String::from_utf8(read_whole(path, max)?)
        .map_err(|_| io::Error::other("it is not UTF-8 text; save it as UTF-8"))
}

fn in_units(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{bytes} bytes"),
        mebibytes => format!("{mebibytes} MiB"),
    }
}

/// Why the file at `path`, as the user typed it, could not be written; nothing was.
pub fn reason(path: &Path, error: &io::Error) -> String {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let folder = folder.display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("the folder {folder} does not exist; make it first"),
        io::ErrorKind::NotADirectory => format!("{folder} is a file, not a folder"),
        io::ErrorKind::PermissionDenied => format!("nothing may be written in {folder}"),
        io::ErrorKind::ReadOnlyFilesystem => format!("{folder} is read-only"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".into(),
        io::ErrorKind::AlreadyExists => {
            "it is there already; choose another name, or replace it with --force".into()
        }
        _ => error.to_string(),
    }
}

/// Whether a file is meant by `path` where it could also be a name: it looks like one, or is there. A
/// folder that happens to be called like the name is none.
pub fn is_meant(path: &Path) -> bool {
    let is_there = path.exists() && !path.is_dir();
    is_there || path.extension().is_some() || path.components().count() > 1
}

/// The path with the user's home in place of a leading `~`, as shells have it where they see one.
pub fn expand_home(path: &Path) -> PathBuf {
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) if rest.as_os_str().is_empty() => home,
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_much_of_a_regular_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "four").unwrap();
        assert_eq!(read_whole(&path, 4).unwrap(), b"four");
        let message = |path: &Path, max| read_text(path, max).unwrap_err().to_string();
        assert!(message(&path, 3).contains("larger than the 3 bytes"));
        assert!(message(folder.path(), 3).contains("a folder"));
        std::fs::write(&path, b"\xff").unwrap();
        assert!(message(&path, 3).contains("UTF-8"));
        #[cfg(unix)]
        assert!(message(Path::new("/dev/zero"), 3).contains("a device"));
    }
    #[test]
    fn the_home_stands_for_a_tilde() {
        let home = std::env::home_dir().unwrap();
        assert_eq!(expand_home(Path::new("~/a.csv")), home.join("a.csv"));
        assert_eq!(expand_home(Path::new("~")), home);
        for path in ["~a/b", "a/~/b", "/~", ""] {
            assert_eq!(expand_home(Path::new(path)), Path::new(path));
        }
    }
}
