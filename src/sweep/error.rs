//! Why a sweep cannot be made or carried on.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{data::DataError, training::ParameterError};

/// Something wrong with a sweep, its file, or its folder.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The file is not what a sweep's file has to be.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// An entry of the file, or a cell that follows from it, makes no sense.
    #[error("{place}: {problem}")]
    Entry {
        /// Which table and which key.
        place: String,
        /// What is wrong with it, and what would be right.
        problem: String,
    },
    /// A folder or file of the sweep cannot be read or written.
    #[error("{}: {error}", path.display())]
    Access {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A share of the cells that cannot be.
    #[error("{0}")]
    Shard(String),
    /// A cell failed, and the sweep was to end at the first that does.
    #[error("{cell}: {reason}")]
    Failed {
        /// The cell's settings.
        cell: String,
        /// Why it failed.
        reason: String,
    },
}

impl SweepError {
    /// An entry that makes no sense.
    pub(super) fn entry(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Entry {
            place: place.into(),
            problem: problem.into(),
        }
    }

    /// What went wrong at `path`.
    pub(super) fn access(path: &Path, error: io::Error) -> Self {
        Self::Access {
            path: path.to_owned(),
            error,
        }
    }
}

/// What is wrong with one setting, before it is known where it stands.
#[derive(Debug, thiserror::Error)]
pub(super) enum SettingError {
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    #[error(transparent)]
    Data(#[from] DataError),
    #[error("{0}")]
    Other(String),
}
