//! Writing IDX files.

use std::io::{self, Write};

use super::{IMAGES_MAGIC, LABELS_MAGIC};
use crate::data::Table;
use crate::data::table::Values;

/// Writes the columns of `table`, one per pixel from 0 to 255, as images of `rows` × `columns`.
///
/// # Errors
/// What `output` fails with; [`io::ErrorKind::InvalidInput`] if the table does not hold such images.
pub fn write_images(
    table: &Table,
    rows: usize,
    columns: usize,
    output: &mut dyn Write,
) -> io::Result<()> {
    let pixels: Vec<&[f64]> = table
        .columns
        .iter()
        .filter_map(|column| match &column.values {
            Values::Numbers(values) => Some(values.as_slice()),
            Values::Categories { .. } => None,
        })
        .collect();
    if pixels.len() != rows * columns {
        return Err(invalid("the columns are not the pixels of such images"));
    }
    output.write_all(&IMAGES_MAGIC.to_be_bytes())?;
    for size in [table.len(), rows, columns] {
        output.write_all(&size_bytes(size)?)?;
    }
    let mut image = vec![0; pixels.len()];
    for row in 0..table.len() {
        for (byte, values) in image.iter_mut().zip(&pixels) {
            *byte = values[row] as u8;
        }
        output.write_all(&image)?;
    }
    Ok(())
}

/// Writes the classes of `table` as bytes.
///
/// # Errors
/// What `output` fails with; [`io::ErrorKind::InvalidInput`] if the table has no labels.
pub fn write_labels(table: &Table, output: &mut dyn Write) -> io::Result<()> {
    let labels = table
        .labels
        .as_ref()
        .ok_or_else(|| invalid("there are no labels"))?;
    let bytes: Option<Vec<u8>> = labels
        .y
        .iter()
        .map(|&class| u8::try_from(class).ok())
        .collect();
    let bytes = bytes.ok_or_else(|| invalid("there are more than 256 classes"))?;
    output.write_all(&LABELS_MAGIC.to_be_bytes())?;
    output.write_all(&size_bytes(bytes.len())?)?;
    output.write_all(&bytes)
}

fn size_bytes(size: usize) -> io::Result<[u8; 4]> {
    let size = u32::try_from(size).map_err(|_| invalid("there are too many images"))?;
    Ok(size.to_be_bytes())
}

fn invalid(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, problem)
}
