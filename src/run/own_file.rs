//! Files of a run's own folder.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
};

/// Opens the file at `path` by `options`, but only a regular one: a symbolic link there is not
/// followed, and no pipe or device is opened.
///
/// # Errors
/// What the system fails with, or what is in the file's place.
pub fn own_file(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let refused = || {
        io::Error::other(
            "it is a symbolic link or something else than a file, and a run writes only into its own folder; remove it",
        )
    };
    if fs::symlink_metadata(path).is_ok_and(|known| !known.is_file()) {
        return Err(refused());
    }
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32);
    }
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(refused()),
    }
}
