//! Integrated gradients as images (the paper's Figure 2, right).

use crate::xml::{Anchor, Svg};

/// Width of an image.
const WIDTH: f64 = 224.0;
/// Room between images, and above them.
const ROOM: [f64; 2] = [28.0, 44.0];
/// Darkest and brightest colour, and some between (viridis).
const COLOURS: [[f64; 3]; 5] = [
    [68.0, 1.0, 84.0],
    [59.0, 82.0, 139.0],
    [33.0, 145.0, 140.0],
    [94.0, 201.0, 98.0],
    [253.0, 231.0, 37.0],
];

/// The sensitivity of one arm to every pixel.
pub(in crate::paper) struct Image {
    pub(in crate::paper) title: String,
    /// Rows and columns of pixels.
    pub(in crate::paper) shape: (usize, usize),
    /// From 0 to 1, row by row.
    pub(in crate::paper) values: Vec<f64>,
    /// Rows whose pixels are protected.
    pub(in crate::paper) protected: Vec<usize>,
}

/// Images side by side, bright where the model looks; bars mark protected rows.
pub(in crate::paper) fn attribution(images: &[Image]) -> String {
    let tallest = images.iter().map(height).fold(0.0, f64::max);
    let width = ROOM[0] + (WIDTH + ROOM[0]) * images.len() as f64;
    let size = [width.max(2.0 * WIDTH), tallest + ROOM[1] + 44.0];
    let mut svg = Svg::sheet(size, "Sensitivity of each arm to every pixel");
    for (position, image) in images.iter().enumerate() {
        let left = ROOM[0] + (WIDTH + ROOM[0]) * position as f64;
        svg.text([left, ROOM[1] - 14.0], 14.0, Anchor::Start, &image.title);
        draw(&mut svg, image, [left, ROOM[1]]);
    }
    let below = ROOM[1] + tallest + 26.0;
    let note =
        "sensitivity by integrated gradients, dark 0 to bright 1; the bar marks protected rows";
    svg.text([ROOM[0], below], 11.0, Anchor::Start, note);
    svg.finish()
}

fn height(image: &Image) -> f64 {
    WIDTH * image.shape.0 as f64 / image.shape.1.max(1) as f64
}

fn draw(svg: &mut Svg, image: &Image, corner: [f64; 2]) {
    let columns = image.shape.1.max(1);
    let side = WIDTH / columns as f64;
    for (position, &value) in image.values.iter().enumerate() {
        let (row, column) = ((position / columns) as f64, (position % columns) as f64);
        let at = [corner[0] + side * column, corner[1] + side * row];
        svg.rectangle(at, [side + 0.1, side + 0.1], &colour(value));
    }
    for &row in &image.protected {
        let at = [corner[0] - 7.0, corner[1] + side * row as f64];
        svg.rectangle(at, [4.0, side + 0.1], "#d55e00");
    }
}

/// The colour of a value from 0 to 1; black where it is not a number.
fn colour(value: f64) -> String {
    if !value.is_finite() {
        return "#000000".to_owned();
    }
    let place = value.clamp(0.0, 1.0) * (COLOURS.len() - 1) as f64;
    let (below, above) = (
        COLOURS[place.floor() as usize],
        COLOURS[place.ceil() as usize],
    );
    let channel = |i: usize| (below[i] + place.fract() * (above[i] - below[i])).round() as u8;
    format!("#{:02x}{:02x}{:02x}", channel(0), channel(1), channel(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_has_its_colour() {
        assert_eq!(
            [0.0, 1.0, f64::NAN].map(colour),
            ["#440154", "#fde725", "#000000"]
        );
        let image = Image {
            title: "CT".into(),
            shape: (2, 3),
            values: vec![0.0, 0.5, 1.0, 1.0, 1.0, 1.0],
            protected: vec![1],
        };
        let svg = attribution(&[image]);
        assert_eq!(svg.matches("#fde725").count(), 4);
        assert_eq!(svg.matches("#d55e00").count(), 1);
        assert!(svg.contains("#21918c"));
    }
}
