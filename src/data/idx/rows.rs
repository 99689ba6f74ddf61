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
    let (names, y) = match labels.exists() {
        true => {
            let (names, y) = classes(&read_labels(labels)?);
            super::check_pair(images, &pictures, labels, y.len())?;
            (names, Some(y))
        }
        false => (Vec::new(), None),
    };
    let numbers: Vec<usize> = (0..pictures.count).collect();
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
