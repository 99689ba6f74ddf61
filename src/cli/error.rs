//! How a command fails.

use std::io;
use std::path::Path;

use crate::{data::DataError, files::reason};

/// Why a command could not be carried out; the message says what, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Wrong arguments or bad input.
    #[error("{0}")]
    Input(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
    /// A signal asked for the end, and what is finished is kept; the same command goes on.
    #[error("{0}")]
    Interrupted(String),
    /// Whoever read the output has seen enough (`| head`); no failure.
    #[error("nobody reads the output any more")]
    Unread,
    /// A signal of this number asked for the end.
    #[error("ended by signal {0}")]
    Signal(i32),
}

impl CliError {
    /// The exit code: 2 for wrong arguments or bad input, 75 if the same command would go on, 0 if
    /// only nobody reads on, 128 and its number for a signal, 1 for anything else.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) => 2,
            Self::Other(_) => 1,
            Self::Interrupted(_) => 75,
            Self::Unread => 0,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(1),
        }
    }

    /// A file that could not be written: bad input if its name is at fault.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        let message = format!("cannot write {}: {}", path.display(), reason(path, error));
        match error.kind() {
            io::ErrorKind::AlreadyExists
            | io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory => Self::Input(message),
            _ => Self::Other(message),
        }
    }
}

impl From<DataError> for CliError {
    fn from(error: DataError) -> Self {
        Self::Input(error.to_string())
    }
}

/// An output that could not be written.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Unread,
            _ => Self::Other(format!("cannot write the output: {error}")),
        }
    }
}
