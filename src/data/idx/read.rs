//! Reading IDX files, whose headers are not to be trusted.

use std::path::Path;

use super::{IMAGES_MAGIC, LABELS_MAGIC};
use crate::data::DataError;
use crate::data::bytes::read_bytes;

/// Most pixels on a side of an image.
const MAX_SIDE: usize = 512;
/// Most pixels of all images together.
const MAX_PIXELS: usize = 100_000_000;

/// Images of the same size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// Number of images `n`.
    pub count: usize,
    /// Pixels from top to bottom.
    pub rows: usize,
    /// Pixels from left to right.
    pub columns: usize,
    /// Brightness of every pixel, image by image, row by row, `n · rows · columns`.
    pub pixels: Vec<u8>,
}

/// Reads a file of images.
///
/// # Errors
/// [`DataError::Read`] if it cannot be read, [`DataError::Content`] if it is not what it should be.
pub fn read_images(path: &Path) -> Result<Images, DataError> {
    parse_images(&read_bytes(path)?).map_err(|problem| content(path, problem))
}

/// Reads a file of labels.
///
/// # Errors
/// As [`read_images`].
pub fn read_labels(path: &Path) -> Result<Vec<u8>, DataError> {
    parse_labels(&read_bytes(path)?).map_err(|problem| content(path, problem))
}

/// The images in the bytes of a file.
///
/// # Errors
/// What is wrong with it.
pub fn parse_images(bytes: &[u8]) -> Result<Images, String> {
    let ([count, rows, columns], pixels) = header(bytes, IMAGES_MAGIC, "images")?;
    if !(1..=MAX_SIDE).contains(&rows) || !(1..=MAX_SIDE).contains(&columns) {
        return Err(format!(
            "images of {rows} by {columns} pixels cannot be read; a side has 1 to {MAX_SIDE}"
        ));
    }
    let size = count.saturating_mul(rows * columns);
    if size > MAX_PIXELS {
        return Err(format!(
            "{count} images of {rows} by {columns} pixels are too many; {MAX_PIXELS} pixels can be read"
        ));
    }
    Ok(Images {
        count,
        rows,
        columns,
        pixels: body(pixels, size)?.to_vec(),
    })
}

/// The labels in the bytes of a file.
///
/// # Errors
/// What is wrong with it.
pub fn parse_labels(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let ([count], labels) = header(bytes, LABELS_MAGIC, "labels")?;
    body(labels, count).map(<[u8]>::to_vec)
}

/// The sizes of `N` dimensions, and what follows them.
fn header<'a, const N: usize>(
    bytes: &'a [u8],
    magic: u32,
    what: &str,
) -> Result<([usize; N], &'a [u8]), String> {
    let numbers: Vec<u32> = bytes
        .chunks_exact(4)
        .take(N + 1)
        .map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
        .collect();
    match numbers.first() {
        Some(&found) if found != magic => {
            return Err(format!(
                "the file starts with {found:#010x}, not with {magic:#010x} as an IDX file of {what} does"
            ));
        }
        _ if numbers.len() <= N => {
            return Err(format!(
                "{} bytes are too few for an IDX file of {what}",
                bytes.len()
            ));
        }
        _ => {}
    }
    let sizes = std::array::from_fn(|i| numbers[i + 1] as usize);
    Ok((sizes, &bytes[4 * (N + 1)..]))
}

/// Exactly `size` bytes.
fn body(bytes: &[u8], size: usize) -> Result<&[u8], String> {
    match bytes.len() == size {
        true => Ok(bytes),
        false => Err(format!(
            "the header promises {size} bytes, but {} follow; the file is cut off or not an IDX file",
            bytes.len()
        )),
    }
}

fn content(path: &Path, problem: String) -> DataError {
    DataError::Content {
        path: path.into(),
        problem,
    }
}
