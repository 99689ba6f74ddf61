//! All images of a file.

use std::path::Path;

use super::{Images, classes, read_images, read_labels};
use crate::data::rows::{Expected, Rows, translate};
use crate::data::{DataError, Feature, image};

/// Reads all images, in their order; the file of labels need not exist.
///
/// # Errors
/// As [`super::load`]; also images of another size than the classifier's, and labels that it does
/// not know.
pub(in crate::data) fn read_rows(
    images: &Path,
    labels: &Path,
    expected: &Expected,
) -> Result<Rows, DataError> {
    let pictures = read_images(images)?;
    let features = match &expected.features {
        Some(features) => {
            check_shape(images, &pictures, features)?;
            features.clone()
        }
        None => image::pixels(pictures.rows, pictures.columns),
    };
    let numbers = chosen(images, pictures.count, expected)?;
    let (names, y) = match labels.exists() && !expected.unlabelled {
        true => {
            let (names, y) = classes(&read_labels(labels)?);
            super::check_pair(images, &pictures, labels, y.len())?;
            let chosen: Vec<usize> = numbers.iter().map(|&number| y[number]).collect();
            (names, Some(chosen))
        }
        false => (Vec::new(), None),
    };
    let classes = expected.classes.clone();
    Ok(Rows {
        path: images.into(),
        x: pictures.select(&numbers),
        y: match (y, &classes) {
            (Some(y), Some(classes)) => Some(translate(labels, &names, &y, classes)?),
            (y, _) => y,
        },
        features,
        classes: classes.unwrap_or(names),
        numbers,
        notes: Vec::new(),
        origin: None,
    })
}

/// Numbers of the images that are wanted, in ascending order.
fn chosen(path: &Path, count: usize, expected: &Expected) -> Result<Vec<usize>, DataError> {
    let Some(wanted) = &expected.rows else {
        return Ok((0..count).collect());
    };
    if let Some(absent) = wanted.iter().find(|&&number| number >= count) {
        return Err(DataError::Content {
            path: path.into(),
            problem: format!(
                "there is no image {absent}; they count from 0 and end at {}",
                count.saturating_sub(1)
            ),
        });
    }
    let mut chosen = wanted.clone();
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// Refuses images of another size than the classifier's.
fn check_shape(path: &Path, pictures: &Images, features: &[Feature]) -> Result<(), DataError> {
    let found = (pictures.rows, pictures.columns);
    let problem = match image::shape(features) {
        Some(shape) if shape == found => return Ok(()),
        Some((rows, columns)) => format!(
            "images of {} by {} pixels do not suit a model of {rows} by {columns}",
            found.0, found.1
        ),
        None => format!(
            "these are images, but the model takes {} columns of a table, such as `{}`",
            features.len(),
            features.first().map_or("", |feature| &feature.name)
        ),
    };
    Err(DataError::Content {
        path: path.into(),
        problem,
    })
}
