//! Files and standard input as bytes, up to a limit.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use flate2::bufread::MultiGzDecoder;

use super::DataError;
use crate::files::read_whole;

/// Most bytes that a file may hold, unpacked.
pub(super) const MAX_BYTES: u64 = 512 << 20;

/// First bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The name of the file at `path` when it is unpacked: without `.gz`.
pub(super) fn unpacked_name(path: &Path) -> PathBuf {
    match path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("gz"))
    {
        true => path.with_extension(""),
        false => path.into(),
    }
}

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Standard input, which can be read only once.
static INPUT: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();

/// Whether a path stands for standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path == Path::new(STANDARD_INPUT)
}

/// Whether a path stands for standard input and that is the keyboard, which nothing is read from.
pub fn is_keyboard(path: &Path) -> bool {
    is_standard_input(path) && io::stdin().is_terminal()
}

/// The content of the file at `path`, or of standard input if that is `-`, unpacked if it is packed
/// with gzip.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, DataError> {
    let failed = |source| DataError::Read {
        path: path.into(),
        source,
    };
    unpacked(packed_bytes(path).map_err(failed)?, path)
}

/// What `bytes`, the content of the file at `path`, are when unpacked, if they are packed with gzip.
pub(super) fn unpacked(bytes: Vec<u8>, path: &Path) -> Result<Vec<u8>, DataError> {
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let unpacked = limited(MultiGzDecoder::new(bytes.as_slice())).map_err(|error| {
        problem(
            path,
            format!("the gzip file is damaged ({error}); get it again"),
        )
    })?;
    match unpacked.len() as u64 > MAX_BYTES {
        true => Err(problem(
            path,
            format!(
                "the file holds more than the {} MiB that can be read",
                MAX_BYTES >> 20
            ),
        )),
        false => Ok(unpacked),
    }
}

/// The content of the file at `path`, or of standard input if that is `-`, as it is.
pub(super) fn packed_bytes(path: &Path) -> io::Result<Vec<u8>> {
    match is_standard_input(path) {
        true if is_keyboard(path) => Err(io::Error::other("it is the keyboard; pipe the data in")),
        true => standard_input(),
        false => read_whole(path, MAX_BYTES),
    }
}

/// All of standard input, kept so that whoever asks again gets the same.
fn standard_input() -> io::Result<Vec<u8>> {
    let read = || {
        let bytes = limited(io::stdin().lock()).map_err(|error| error.to_string())?;
        match bytes.len() as u64 > MAX_BYTES {
            true => Err(format!(
                "it is larger than the {} MiB that can be read",
                MAX_BYTES >> 20
            )),
            false => Ok(bytes),
        }
    };
    INPUT.get_or_init(read).clone().map_err(io::Error::other)
}

/// At most one byte more than may be read.
fn limited(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn problem(path: &Path, problem: String) -> DataError {
    DataError::Content {
        path: path.into(),
        problem,
    }
}
