//! Files that appear whole or not at all, and that are read up to a limit.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

mod draft;

pub use draft::remove_drafts;

use draft::Draft;

/// Writes the file at `path` with what `write` puts out: under a temporary name in the same folder,
/// synced, then renamed. An older file of that name is replaced only if everything went well, and the
/// new one keeps its permissions; a device or a pipe is written to as it is.
///
/// # Errors
/// What the system or `write` fails with.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let present = fs::metadata(path).ok();
    if present
        .as_ref()
        .is_some_and(|known| !known.is_file() && !known.is_dir())
    {
        let mut output = BufWriter::new(File::options().write(true).open(path)?);
        write(&mut output)?;
        return output.flush();
    }
    let draft = Draft::beside(path)?;
    let mut output = BufWriter::new(draft.file());
    write(&mut output)?;
    output.flush()?;
    drop(output);
    if let Some(present) = present.filter(|known| known.is_file()) {
        draft.file().set_permissions(present.permissions())?;
    }
    draft.file().sync_all()?;
    draft.persist(path)
}

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
    #[cfg(unix)]
    fn permissions_stay_and_devices_are_not_replaced() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        write_whole(&path, |output| output.write_all(b"new")).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let device = folder.path().join("device");
        std::os::unix::fs::symlink("/dev/null", &device).unwrap();
        write_whole(&device, |output| output.write_all(b"new")).unwrap();
        assert!(!fs::metadata(&device).unwrap().is_file());
    }

    #[test]
    fn a_failure_leaves_the_old_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write_whole(&path, |output| output.write_all(b"old")).unwrap();
        let failed = write_whole(&path, |output| {
            output.write_all(b"new")?;
            Err(io::Error::other("no"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
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
