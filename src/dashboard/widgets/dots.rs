//! A raster finer than the screen's cells, for lines.

use crate::choices::choices;

choices! {
    /// What lines are made of.
    #[derive(Default)]
    pub enum Marker {
        /// 2 × 4 dots per cell.
        #[default]
        Braille,
        /// 1 × 2 blocks per cell.
        HalfBlock,
        /// One dot per cell.
        Dot,
        /// One full stop per cell, for terminals that know only ASCII.
        Ascii,
    }
}

impl Marker {
    /// The next one in [`Marker::ALL`], wrapping around.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// Dots per cell, `(columns, rows)`.
    fn grain(self) -> (usize, usize) {
        match self {
            Self::Braille => (2, 4),
            Self::HalfBlock => (1, 2),
            Self::Dot | Self::Ascii => (1, 1),
        }
    }
}

/// Bits of a braille cell by row and column.
const BRAILLE: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// A raster of dots over `columns × rows` cells.
#[derive(Clone, Debug)]
pub struct Dots {
    marker: Marker,
    columns: usize,
    rows: usize,
    bits: Vec<u8>,
}

impl Dots {
    /// An empty raster.
    pub fn new(columns: u16, rows: u16, marker: Marker) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self {
            marker,
            columns,
            rows,
            bits: vec![0; columns * rows],
        }
    }

    /// Sets the dot at `x`, `y`: fractions of the raster from its top left corner.
    pub fn point(&mut self, x: f64, y: f64) {
        let (width, height) = self.size();
        if (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y) {
            self.set((x * (width - 1.0)).round(), (y * (height - 1.0)).round());
        }
    }

    /// Draws the part of a line that lies inside; ends are fractions as in [`Dots::point`].
    ///
    /// With `dashed`, about every other pair of dots is left out, whatever the direction.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), dashed: bool) {
        let Some((from, to)) = clip(from, to) else {
            return;
        };
        let (width, height) = self.size();
        let scaled = |(x, y): (f64, f64)| (x * (width - 1.0), y * (height - 1.0));
        let ((x0, y0), (x1, y1)) = (scaled(from), scaled(to));
        let steps = (x1 - x0).abs().max((y1 - y0).abs()).ceil().max(1.0);
        for step in 0..=steps as usize {
            let share = step as f64 / steps;
            let (x, y) = (
                (x0 + share * (x1 - x0)).round(),
                (y0 + share * (y1 - y0)).round(),
            );
            if !dashed || (x as usize + 2 * y as usize) % 4 < 2 {
                self.set(x, y);
            }
        }
    }

    /// The glyph of a cell, unless it is empty.
    pub fn glyph(&self, column: u16, row: u16) -> Option<char> {
        let (column, row) = (usize::from(column), usize::from(row));
        if column >= self.columns || row >= self.rows {
            return None;
        }
        let bits = self.bits[row * self.columns + column];
        match (self.marker, bits) {
            (_, 0) => None,
            (Marker::Braille, bits) => char::from_u32(0x2800 + u32::from(bits)),
            (Marker::HalfBlock, 1) => Some('▀'),
            (Marker::HalfBlock, 2) => Some('▄'),
            (Marker::HalfBlock, _) => Some('█'),
            (Marker::Dot, _) => Some('·'),
            (Marker::Ascii, _) => Some('.'),
        }
    }

    /// Size in dots.
    fn size(&self) -> (f64, f64) {
        let (wide, high) = self.marker.grain();
        ((self.columns * wide) as f64, (self.rows * high) as f64)
    }

    fn set(&mut self, x: f64, y: f64) {
        let (wide, high) = self.marker.grain();
        if x < 0.0 || y < 0.0 {
            return;
        }
        let (x, y) = (x as usize, y as usize);
        let (column, row) = (x / wide, y / high);
        if column < self.columns && row < self.rows {
            self.bits[row * self.columns + column] |= match self.marker {
                Marker::Braille => BRAILLE[y % 4][x % 2],
                _ => 1 << (y % high),
            };
        }
    }
}

/// The part of a line inside the unit square (Liang and Barsky 1984); `None` if there is none.
fn clip(from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    if !(dx.is_finite() && dy.is_finite()) {
        return None;
    }
    let edges = [
        (-dx, from.0),
        (dx, 1.0 - from.0),
        (-dy, from.1),
        (dy, 1.0 - from.1),
    ];
    let (mut enter, mut leave) = (0f64, 1f64);
    for (slope, room) in edges {
        let crossing = room / slope;
        match slope.partial_cmp(&0.0)? {
            std::cmp::Ordering::Equal if room < 0.0 => return None,
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Less => enter = enter.max(crossing),
            std::cmp::Ordering::Greater => leave = leave.min(crossing),
        }
    }
    let at = |share: f64| (from.0 + share * dx, from.1 + share * dy);
    (enter <= leave).then(|| (at(enter), at(leave)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(dots: &Dots) -> Vec<String> {
        (0..dots.rows as u16)
            .map(|row| {
                (0..dots.columns as u16)
                    .map(|column| dots.glyph(column, row).unwrap_or(' '))
                    .collect()
            })
            .collect()
    }

    fn diagonal(marker: Marker) -> Vec<String> {
        let mut dots = Dots::new(4, 2, marker);
        dots.line((0.0, 0.0), (1.0, 1.0), false);
        picture(&dots)
    }

    #[test]
    fn a_diagonal_in_every_marker() {
        assert_eq!(diagonal(Marker::Braille), ["⠑⢄  ", "  ⠑⢄"]);
        assert_eq!(diagonal(Marker::HalfBlock), ["▀▄  ", "  ▀▄"]);
        assert_eq!(diagonal(Marker::Dot), ["··  ", "  ··"]);
        assert_eq!(diagonal(Marker::Ascii), ["..  ", "  .."]);
    }

    #[test]
    fn dashes_leave_gaps() {
        let mut dots = Dots::new(4, 1, Marker::Braille);
        dots.line((0.0, 0.0), (1.0, 0.0), true);
        assert_eq!(picture(&dots), ["⠉ ⠉ "]);
    }

    #[test]
    fn lines_are_clipped_and_nonsense_is_ignored() {
        let mut dots = Dots::new(2, 1, Marker::Dot);
        dots.line((-1e9, 0.5), (1e9, 0.5), false);
        assert_eq!(picture(&dots), ["··"]);
        let mut empty = Dots::new(2, 1, Marker::Dot);
        empty.line((0.0, -3.0), (1.0, -2.0), false);
        empty.line((f64::NAN, 0.0), (1.0, 1.0), false);
        empty.line((0.0, 0.0), (f64::INFINITY, 1.0), false);
        empty.point(f64::NAN, 0.5);
        empty.point(2.0, 0.5);
        assert_eq!(picture(&empty), ["  "]);
    }

    #[test]
    fn no_cells_no_trouble() {
        let mut dots = Dots::new(0, 0, Marker::Braille);
        dots.line((0.0, 0.0), (1.0, 1.0), false);
        dots.point(0.5, 0.5);
        assert_eq!(dots.glyph(0, 0), None);
    }
}
