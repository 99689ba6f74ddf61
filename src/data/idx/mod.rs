//! IDX files, the format of MNIST: images and their labels in two files, plain or packed with gzip.
//!
//! Both start with a magic number, `0x803` for images and `0x801` for labels, and the size of each
//! dimension, all as big-endian 32-bit numbers; one byte per pixel or label follows.

mod read;
mod rows;
mod write;

pub use read::{Images, parse_images, parse_labels, read_images, read_labels};
pub(super) use rows::read_rows;
pub use write::{write_images, write_labels};

use std::path::{Path, PathBuf};

use ndarray::Array2;

use super::image::{PIXEL_SCALE, pixel_name, pixels};
use super::prepare::check_counts;
use super::split::{Balance, Sizes, split};
use super::{DataError, Dataset, Samples};

/// Start of a file of images: bytes in three dimensions.
const IMAGES_MAGIC: u32 = 0x803;
/// Start of a file of labels: bytes in one dimension.
const LABELS_MAGIC: u32 = 0x801;

/// Makes a data set of a file of images and one of labels: pixels in [−1, 1], split by `seed` into
/// parts of `sizes`, with each class in its proportion.
///
/// # Errors
/// [`DataError::Read`] for a file that cannot be read; [`DataError::Content`] if it is not an IDX
/// file, is cut off, the files do not belong together, or the classes are too few.
pub fn load(
    images: &Path,
    labels: &Path,
    sizes: Option<Sizes>,
    seed: u64,
) -> Result<Dataset, DataError> {
    let pictures = read_images(images)?;
    let numbers = read_labels(labels)?;
    check_pair(images, &pictures, labels, numbers.len())?;
    let (classes, y) = classes(&numbers);
    check_counts(&classes, &y).map_err(|problem| DataError::Content {
        path: labels.into(),
        problem,
    })?;
    let (train, test) = split(&y, classes.len(), sizes, Balance::None, seed);
    let samples = |rows: &[usize]| Samples {
        x: pictures.select(rows),
        y: rows.iter().map(|&row| y[row]).collect(),
    };
    Ok(Dataset {
        name: images
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into(),
        features: pixels(pictures.rows, pictures.columns),
        train: samples(&train),
        test: samples(&test),
        classes,
    })
}

/// Refuses another number of labels than of images.
fn check_pair(
    images: &Path,
    pictures: &Images,
    labels: &Path,
    count: usize,
) -> Result<(), DataError> {
    match count == pictures.count {
        true => Ok(()),
        false => Err(DataError::Content {
            path: labels.into(),
            problem: format!(
                "{count} labels do not belong to the {} images of {}",
                pictures.count,
                images.display()
            ),
        }),
    }
}

/// The labels that occur, in ascending order, and the position of each among them.
fn classes(labels: &[u8]) -> (Vec<String>, Vec<usize>) {
    let occurring: Vec<u8> = (0..=u8::MAX)
        .filter(|label| labels.contains(label))
        .collect();
    let mut position = [0; 256];
    for (index, &label) in occurring.iter().enumerate() {
        position[usize::from(label)] = index;
    }
    let names = occurring.iter().map(u8::to_string).collect();
    let y = labels
        .iter()
        .map(|&label| position[usize::from(label)])
        .collect();
    (names, y)
}

impl Images {
    /// The given images, `(rows, pixels)`, in model units.
    fn select(&self, images: &[usize]) -> Array2<f32> {
        let size = self.rows * self.columns;
        Array2::from_shape_fn((images.len(), size), |(i, pixel)| {
            PIXEL_SCALE.to_model(f64::from(self.pixels[images[i] * size + pixel]))
        })
    }
}

/// What the files of images and labels hold, in two lines.
///
/// # Errors
/// As [`load`].
pub fn describe(images: &Path, labels: &Path) -> Result<String, DataError> {
    let pictures = read_images(images)?;
    let (names, y) = classes(&read_labels(labels)?);
    let mut counts = vec![0_usize; names.len()];
    y.iter().for_each(|&class| counts[class] += 1);
    let counted = names
        .iter()
        .zip(counts)
        .map(|(name, count)| format!("{name} ({count})"));
    Ok(format!(
        "{}: {} images of {} × {} pixels, features {} to {}\nlabels in {}: {}\n",
        images.display(),
        pictures.count,
        pictures.rows,
        pictures.columns,
        pixel_name(0, 0),
        pixel_name(pictures.rows - 1, pictures.columns - 1),
        labels.display(),
        counted.collect::<Vec<_>>().join(", ")
    ))
}

/// Whether a file of that name holds images in this format.
pub fn is_images_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.contains("idx3") || name.ends_with(".idx")
}

/// The file of labels that belongs to a file of images, by the names that MNIST uses:
/// `…-images-idx3-ubyte` and `…-labels-idx1-ubyte`.
pub fn labels_beside(images: &Path) -> PathBuf {
    let name = images.file_name().unwrap_or_default().to_string_lossy();
    images.with_file_name(name.replace("images", "labels").replace("idx3", "idx1"))
}
