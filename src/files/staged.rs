//! Files that are written together: all of them appear, or none does.

use std::{
    fs::{self, File, Permissions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::draft::Draft;

/// What becomes of a file that has the name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It is kept, and nothing is written.
    Kept,
    /// It is replaced. A symbolic link is replaced itself; the file that it leads to stays.
    Replaced,
}

impl Existing {
    /// What the flag `--force` of a command means.
    pub fn by_force(force: bool) -> Self {
        match force {
            true => Self::Replaced,
            false => Self::Kept,
        }
    }
}

/// Files without their names yet, beside where they are to be.
#[derive(Default)]
pub struct Staged {
    files: Vec<(Draft, PathBuf, Option<Permissions>)>,
}

impl Staged {
    /// Writes what `write` puts out to a file without a name in the folder of `path`, and syncs it. A device
    /// or a pipe is written to at once, as it is.
    ///
    /// # Errors
    /// What the system or `write` fails with; nothing is left of the file then.
    pub fn add(
        &mut self,
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let present = fs::metadata(path).ok();
        if present.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::Error::other("it is a folder; name a file in it"));
        }
        if is_stream(path) {
            let mut output = BufWriter::new(File::options().write(true).open(path)?);
            write(&mut output)?;
            return output.flush();
        }
        let file = Draft::beside(path)?;
        let mut output = BufWriter::new(file.file());
        write(&mut output)?;
        output.flush()?;
        drop(output);
        let permissions = present.map(|present| present.permissions());
        if let Some(permissions) = &permissions {
            file.file().set_permissions(permissions.clone())?;
        }
        file.file().sync_all()?;
        self.files.push((file, path.to_owned(), permissions));
        Ok(())
    }

    /// Gives the files their names. A file that is replaced lends its permissions to the new one.
    ///
    /// # Errors
    /// What the system fails with; an existing file that is to be kept, before anything is renamed. New
    /// files that got their names already are taken away then.
    pub fn commit(self, existing: Existing) -> io::Result<()> {
        for (_, path, _) in &self.files {
            refuse_existing(path, existing)?;
        }
        let mut new = Vec::new();
        for (file, path, before) in self.files {
            if let Err(error) = file.persist(&path, existing) {
                new.iter().for_each(|path| drop(fs::remove_file(path)));
                return Err(error);
            }
            if before.is_none() {
                new.push(path);
            }
        }
        Ok(())
    }
}

/// Writes the file at `path` with what `write` puts out, whole or not at all. An older file of that
/// name is replaced only if everything went well, and the new one keeps its permissions; a device or a
/// pipe is written to as it is.
///
/// # Errors
/// What the system or `write` fails with.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    write_as(path, Existing::Replaced, write)
}

/// As [`write_whole`], with the choice of what becomes of an older file.
///
/// # Errors
/// As [`write_whole`]; also an older file that is to be kept.
pub fn write_as(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    refuse_existing(path, existing)?;
    let mut staged = Staged::default();
    staged.add(path, write)?;
    staged.commit(existing)
}

/// Whether the name is free for a file, or may be made free: for a look before long work.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if there is a file or a link that is to be kept.
pub fn refuse_existing(path: &Path, existing: Existing) -> io::Result<()> {
    let taken = fs::symlink_metadata(path).is_ok() && !is_stream(path);
    match taken && existing == Existing::Kept {
        true => Err(io::ErrorKind::AlreadyExists.into()),
        false => Ok(()),
    }
}

/// Whether a device, a pipe or the like is at `path`, maybe behind a link.
pub(super) fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of a folder, hidden ones too.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

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
        write_as(&device, Existing::Kept, |output| output.write_all(b"new")).unwrap();
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
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn what_is_there_is_kept_unless_it_may_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let write = |existing, text: &'static [u8]| {
            write_as(&path, existing, |output| output.write_all(text))
        };
        write(Existing::Kept, b"first").unwrap();
        let error = write(Existing::Kept, b"second").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write(Existing::Replaced, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
    }

    #[test]
    #[cfg(unix)]
    fn links_are_not_followed_to_files() {
        let folder = tempfile::tempdir().unwrap();
        let [target, link] = ["target", "link"].map(|name| folder.path().join(name));
        fs::write(&target, "kept").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(write_as(&link, Existing::Kept, |_| Ok(())).is_err());
        write_whole(&link, |output| output.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"kept");
        assert_eq!(fs::read(&link).unwrap(), b"new");
        let lost = folder.path().join("lost");
        std::os::unix::fs::symlink(folder.path().join("nowhere"), &lost).unwrap();
        assert!(write_as(&lost, Existing::Kept, |_| Ok(())).is_err());
    }

    #[test]
    fn of_several_files_all_appear_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        let mut staged = Staged::default();
        staged.add(&first, |output| output.write_all(b"1")).unwrap();
        let full = io::ErrorKind::StorageFull;
        let failed = staged.add(&second, |output| {
            output.write_all(b"2")?;
            Err(full.into())
        });
        assert_eq!(failed.unwrap_err().kind(), full);
        drop(staged);
        assert_eq!(names(folder.path()), [""; 0]);

        fs::write(&second, "there").unwrap();
        let mut staged = Staged::default();
        for path in [&first, &second] {
            staged.add(path, |output| output.write_all(b"new")).unwrap();
        }
        assert!(staged.commit(Existing::Kept).is_err());
        assert_eq!(names(folder.path()), ["second"]);
        assert_eq!(fs::read(&second).unwrap(), b"there");
    }
}
