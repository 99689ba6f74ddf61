//! `--force`: whether files that are there may be replaced.

use std::{
    io::{self, Write},
    path::Path,
};

use clap::Args;

use super::CliError;
use crate::files::{Existing, Staged, refuse_existing};

/// What becomes of files that are there.
#[derive(Args, Clone, Copy, Debug)]
pub struct Overwrite {
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

impl Overwrite {
    fn existing(self) -> Existing {
        Existing::by_force(self.force)
    }

    /// Says before long work that its result could not be written.
    ///
    /// # Errors
    /// [`CliError::Input`] for a file that is there and may not be replaced.
    pub fn check(self, path: &Path) -> Result<(), CliError> {
        refuse_existing(path, self.existing()).map_err(|error| CliError::writing(path, &error))
    }

    /// Writes a file.
    ///
    /// # Errors
    /// [`CliError`] if it is there and may not be replaced, or cannot be written.
    pub fn write(
        self,
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), CliError> {
        let mut files = Files::new(self);
        files.add(path, write)?;
        files.commit()
    }
}

/// Files that belong together: all are written, or none.
pub struct Files {
    overwrite: Overwrite,
    staged: Staged,
    first: Option<std::path::PathBuf>,
}

impl Files {
    /// None as yet.
    pub fn new(overwrite: Overwrite) -> Self {
        Self {
            overwrite,
            staged: Staged::default(),
            first: None,
        }
    }

    /// Writes a file under a temporary name.
    ///
    /// # Errors
    /// As [`Overwrite::write`].
    pub fn add(
        &mut self,
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), CliError> {
        self.overwrite.check(path)?;
        self.staged
            .add(path, write)
            .map_err(|error| CliError::writing(path, &error))?;
        self.first.get_or_insert_with(|| path.to_owned());
        Ok(())
    }

    /// Gives all files their names.
    ///
    /// # Errors
    /// As [`Overwrite::write`].
    pub fn commit(self) -> Result<(), CliError> {
        let path = self.first.unwrap_or_default();
        self.staged
            .commit(self.overwrite.existing())
            .map_err(|error| CliError::writing(&path, &error))
    }
}
