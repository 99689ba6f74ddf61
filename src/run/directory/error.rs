//! Why there is no directory for a run.

use std::path::{Path, PathBuf};

use crate::{data::DataError, run::lock::LockError};

/// Why there is no directory for a run.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// There is a run already.
    #[error("{path} holds a run already: `ctui train --resume {path}` goes on with it, --force begins anew in its place, or choose another folder", path = .0.display())]
    Present(PathBuf),
    /// There is a file of a run's name that no run wrote.
    #[error("{} is there already, and a run would write to it: --force replaces it, or choose another folder", .0.display())]
    Taken(PathBuf),
    /// There is none to go on with.
    #[error("{path} holds no run; `ctui train --out {path}` begins one", path = .0.display())]
    Absent(PathBuf),
    /// Another process writes there.
    #[error("{}: {lock}; wait for it, end it, or choose another folder", .path.display())]
    Held {
        /// The directory.
        path: PathBuf,
        /// Who has it.
        lock: LockError,
    },
    /// A file of it is unfit.
    #[error("{}: {problem}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The data are others than those that the run was trained on.
    #[error("{}: the data have changed since this run was trained on them; bring the old file back, or begin anew with --force", .0.display())]
    Data(PathBuf),
    /// The data cannot be read.
    #[error(transparent)]
    Source(#[from] DataError),
}

impl DirectoryError {
    pub(in crate::run) fn file(path: &Path, problem: impl ToString) -> Self {
        Self::File {
            path: path.to_owned(),
            problem: problem.to_string(),
        }
    }
}
