//! Files that grow while they live, and can be read at any time.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use super::{Existing, draft::Draft, refuse_existing, staged::is_stream};

/// A file of whole lines: it appears with the first one, and what kills the process leaves all lines
/// that were written.
#[derive(Debug)]
pub struct Growing {
    file: File,
    max: u64,
}

impl Growing {
    /// Begins the file at `path` with `first`, a line with its end. It will have no more than `max`
    /// bytes.
    ///
    /// # Errors
    /// What the system fails with; a file that is to be kept; a folder, a pipe or a device.
    pub fn begin(path: &Path, existing: Existing, first: &str, max: u64) -> io::Result<Self> {
        if is_stream(path) {
            return Err(io::Error::other(
                "it is a pipe or a device; a file is needed here",
            ));
        }
        let present = fs::metadata(path).ok();
        if present.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::Error::other("it is a folder; name a file in it"));
        }
        refuse_existing(path, existing)?;
        let draft = Draft::beside(path)?;
        draft.file().write_all(first.as_bytes())?;
        if let Some(present) = present {
            draft.file().set_permissions(present.permissions())?;
        }
        let file = draft.persist(path, existing)?;
        Ok(Self { file, max })
    }

    /// Adds a line with its end, as a whole or not at all.
    ///
    /// # Errors
    /// What the system fails with; [`io::ErrorKind::FileTooLarge`] if the file would be larger than it
    /// may be. The file ends with the line before then.
    pub fn append(&self, line: &str) -> io::Result<()> {
        let length = self.length()?;
        if length + line.len() as u64 > self.max {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        (&self.file).write_all(line.as_bytes()).inspect_err(|_| {
            let _ = self.file.set_len(length);
        })
    }

    /// Bytes so far.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_there_at_once_and_none_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let text = || fs::read_to_string(&path).unwrap();
        let file = Growing::begin(&path, Existing::Kept, "one\n", 10).unwrap();
        assert_eq!(text(), "one\n");
        file.append("two\n").unwrap();
        assert_eq!(text(), "one\ntwo\n");
        let error = file.append("three\n").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(text(), "one\ntwo\n");
        assert_eq!(file.length().unwrap(), 8);
    }

    #[test]
    fn what_is_there_is_kept_unless_it_may_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "mine").unwrap();
        let begin = |existing| Growing::begin(&path, existing, "new\n", 10);
        let error = begin(Existing::Kept).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        begin(Existing::Replaced).unwrap().append("more\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new\nmore\n");
        let folder = Growing::begin(folder.path(), Existing::Replaced, "", 10);
        assert!(folder.unwrap_err().to_string().contains("a folder"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn devices_stay_what_they_are_and_a_full_disk_is_said() {
        let device = Growing::begin(Path::new("/dev/null"), Existing::Replaced, "", 10);
        assert!(device.unwrap_err().to_string().contains("a device"));
        let file = File::options().write(true).open("/dev/full").unwrap();
        let full = Growing { file, max: 10 };
        let error = full.append("line\n").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
