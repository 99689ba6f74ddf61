//! What can be wrong with data that a user brings.

use std::path::{Path, PathBuf};

use super::bytes::is_standard_input;
use crate::text::{printable, printable_lines};

/// Bad input: each message says what is wrong, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The file could not be opened or read.
    #[error("cannot read {}: {source}", shown(path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file's content is not usable.
    #[error("{}: {}", shown(path), printable_lines(problem))]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, where in the file, and what to do.
        problem: String,
    },
    /// A name that nothing goes by.
    #[error("{}", printable_lines(_0))]
    Name(String),
    /// A value that is out of range.
    #[error("{}", printable_lines(_0))]
    Value(String),
}

impl DataError {
    /// The same problem, said of the file at `path`.
    pub(super) fn within(self, path: &Path) -> Self {
        match self {
            Self::Name(problem) | Self::Value(problem) => Self::Content {
                path: path.into(),
                problem,
            },
            other => other,
        }
    }
}

/// The name of a file for people.
pub(super) fn shown(path: &Path) -> String {
    if is_standard_input(path) {
        return "standard input".into();
    }
    printable(&path.to_string_lossy()).into_owned()
}
