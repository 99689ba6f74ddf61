//! Images as samples: one feature per pixel, row by row, in [−1, 1].

use super::{Feature, Interval, Kind, Scale};

/// Brightness of a white pixel in a file; a black one is 0.
pub const BRIGHTEST: u8 = 255;

/// Brightness 0 … 255 in the file is −1 … 1 in model units.
pub const PIXEL_SCALE: Scale = Scale::linear(127.5, 127.5);

/// What a pixel may be, in model units.
pub const PIXEL_DOMAIN: Interval = Interval {
    lower: -1.0,
    upper: 1.0,
};

/// Name of the pixel in `row` and `column`, counted from 0 at the top left.
pub fn pixel_name(row: usize, column: usize) -> String {
    format!("r{row}c{column}")
}

/// The features of an image of `rows` × `columns` pixels, free to change within [−1, 1].
pub fn pixels(rows: usize, columns: usize) -> Vec<Feature> {
    (0..rows * columns)
        .map(|i| Feature {
            kind: Kind::Pixel,
            domain: Some(PIXEL_DOMAIN),
            scale: PIXEL_SCALE,
            ..Feature::numeric(pixel_name(i / columns, i % columns))
        })
        .collect()
}

/// Rows and columns of the images that `features` are the pixels of, `None` if they are not.
pub fn shape(features: &[Feature]) -> Option<(usize, usize)> {
    let last = features.last()?;
    let (row, column) = last.name.strip_prefix('r')?.split_once('c')?;
    let rows = row.parse::<usize>().ok()?.checked_add(1)?;
    let columns = column.parse::<usize>().ok()?.checked_add(1)?;
    let whole = rows.checked_mul(columns) == Some(features.len());
    let pixels = features.iter().all(|feature| feature.kind == Kind::Pixel);
    (whole && pixels).then_some((rows, columns))
}

/// Positions of the pixels in the `margin` top and bottom rows; none if these are not images.
pub fn outer_rows(features: &[Feature], margin: usize) -> Vec<usize> {
    let Some((rows, columns)) = shape(features) else {
        return Vec::new();
    };
    let outer = |&i: &usize| {
        let row = i / columns;
        row < margin || row + margin >= rows
    };
    (0..features.len()).filter(outer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_is_found_in_the_names() {
        assert_eq!(shape(&pixels(3, 5)), Some((3, 5)));
        assert_eq!(shape(&pixels(3, 5)[1..]), None);
        assert_eq!(shape(&[Feature::numeric("r0c0")]), None);
        assert_eq!(shape(&[]), None);
    }

    #[test]
    fn outer_rows_are_at_the_top_and_bottom() {
        assert_eq!(outer_rows(&pixels(5, 2), 1), [0, 1, 8, 9]);
        assert_eq!(outer_rows(&pixels(3, 2), 2).len(), 6);
        assert_eq!(outer_rows(&[Feature::numeric("a")], 1), [0; 0]);
    }

    #[test]
    fn black_and_white_are_the_bounds() {
        assert_eq!(PIXEL_SCALE.to_model(0.0), PIXEL_DOMAIN.lower);
        assert_eq!(
            PIXEL_SCALE.to_model(f64::from(BRIGHTEST)),
            PIXEL_DOMAIN.upper
        );
    }
}
