//! Files as bytes, up to a limit.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use super::DataError;

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

/// The content of the file at `path`, unpacked if it is packed with gzip.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, DataError> {
    let failed = |source| DataError::Read {
        path: path.into(),
        source,
    };
    let bytes = File::open(path).and_then(limited).map_err(failed)?;
    let bytes = match bytes.starts_with(&GZIP) {
        true => limited(MultiGzDecoder::new(bytes.as_slice())).map_err(|error| {
            problem(
                path,
                format!("the gzip file is damaged ({error}); get it again"),
            )
        })?,
        false => bytes,
    };
    match bytes.len() as u64 > MAX_BYTES {
        true => Err(problem(
            path,
            format!(
                "the file holds more than the {} MiB that can be read",
                MAX_BYTES >> 20
            ),
        )),
        false => Ok(bytes),
    }
}

/// At most one byte more than may be read.
fn limited(source: impl Read) -> std::io::Result<Vec<u8>> {
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
