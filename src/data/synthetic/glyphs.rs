//! Images of digits, 8×8 pixels: small enough to see every pixel of a counterfactual.

use rand::{Rng, RngExt};

use super::{Labelled, normal};
use crate::data::Table;
use crate::data::image::{BRIGHTEST, pixel_name};

/// Pixels on a side of an image.
pub(super) const SIDE: usize = 8;

/// The digits, 5 pixels wide and 7 high; `#` is ink.
const DIGITS: [[&str; 7]; 10] = [
    [
        " ### ", "#   #", "#   #", "#   #", "#   #", "#   #", " ### ",
    ],
    [
        "  #  ", " ##  ", "# #  ", "  #  ", "  #  ", "  #  ", "#####",
    ],
    [
        " ### ", "#   #", "    #", "   # ", "  #  ", " #   ", "#####",
    ],
    [
        " ### ", "#   #", "    #", "  ## ", "    #", "#   #", " ### ",
    ],
    [
        "   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # ",
    ],
    [
        "#####", "#    ", "#### ", "    #", "    #", "#   #", " ### ",
    ],
    [
        " ### ", "#    ", "#    ", "#### ", "#   #", "#   #", " ### ",
    ],
    [
        "#####", "    #", "   # ", "   # ", "  #  ", "  #  ", "  #  ",
    ],
    [
        " ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### ",
    ],
    [
        " ### ", "#   #", "#   #", " ####", "    #", "    #", " ### ",
    ],
];

/// `samples` images, every digit equally likely, as columns of brightness from 0 to 255.
///
/// A digit sits anywhere within the image, is slanted a little, and is drawn with more or less ink;
/// `noise` is the standard deviation of the Gaussian noise on each pixel, as a share of full ink.
pub(super) fn table(samples: usize, noise: f64, rng: &mut impl Rng) -> Table {
    let mut pixels = vec![Vec::new(); SIDE * SIDE];
    let mut y = Vec::with_capacity(samples);
    for _ in 0..samples {
        let digit = rng.random_range(0..DIGITS.len());
        y.push(digit);
        for (column, ink) in pixels.iter_mut().zip(image(digit, noise, rng)) {
            let brightness = f64::from(BRIGHTEST) * ink.clamp(0.0, 1.0);
            column.push(brightness.round());
        }
    }
    let names: Vec<String> = (0..DIGITS.len()).map(|digit| digit.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let blank = Labelled::new("label", &names, y);
    let numbered = pixels.into_iter().enumerate();
    numbered
        .fold(blank, |table, (i, column)| {
            table.numbers(&pixel_name(i / SIDE, i % SIDE), column)
        })
        .into_table()
}

/// A schema that declares every column a pixel.
pub(super) fn schema_text() -> String {
    let section = |i| {
        let name = pixel_name(i / SIDE, i % SIDE);
        format!("[features.{name}]\nkind = \"pixel\"\n")
    };
    (0..SIDE * SIDE).map(section).collect()
}

/// Ink of every pixel of one image, row by row.
fn image(digit: usize, noise: f64, rng: &mut impl Rng) -> Vec<f64> {
    let left = rng.random_range(0.5..2.5);
    let top = rng.random_range(0.0..1.0);
    let slant = rng.random_range(-0.15..0.15);
    let strength = rng.random_range(0.75..1.0);
    let ink = |row: usize, column: usize| {
        let y = row as f64 - top;
        let x = column as f64 - left - slant * (3.0 - y);
        strength * interpolated(digit, y, x)
    };
    (0..SIDE * SIDE)
        .map(|i| ink(i / SIDE, i % SIDE) + noise * normal(rng))
        .collect()
}

/// Ink of the digit's drawing at a place between its pixels.
fn interpolated(digit: usize, y: f64, x: f64) -> f64 {
    let (row, column) = (y.floor(), x.floor());
    let (down, right) = (y - row, x - column);
    let ink = |row: f64, column: f64| {
        let inside = (0.0..7.0).contains(&row) && (0.0..5.0).contains(&column);
        let drawn = inside && DIGITS[digit][row as usize].as_bytes()[column as usize] == b'#';
        f64::from(u8::from(drawn))
    };
    let upper = (1.0 - right) * ink(row, column) + right * ink(row, column + 1.0);
    let lower = (1.0 - right) * ink(row + 1.0, column) + right * ink(row + 1.0, column + 1.0);
    (1.0 - down) * upper + down * lower
}
