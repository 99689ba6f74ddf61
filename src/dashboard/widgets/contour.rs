//! Lines between classes on a grid.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{Dots, Marker, chart::stamp};

/// Classes on a regular grid, the first row at the top, and how clear-cut they are.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// Columns and rows.
    pub resolution: (usize, usize),
    /// Class per grid point, row by row.
    pub class: &'a [u16],
    /// Lead of that class over the next per grid point; 0 on the line.
    pub margin: &'a [f32],
}

impl Grid<'_> {
    /// Index of the sample shown at cell `(x, y)` of `(width, height)` cells laid over the grid.
    pub(super) fn index(&self, (x, y): (u32, u32), (width, height): (u32, u32)) -> Option<usize> {
        let (columns, rows) = self.resolution;
        let at =
            |i: u32, of: u32, cells: usize| (2 * i as usize + 1) * cells / (2 * of as usize).max(1);
        let index = at(y, height, rows) * columns + at(x, width, columns);
        let inside = x < width && y < height && columns > 0;
        (inside && index < self.class.len()).then_some(index)
    }
}

/// The line between classes, drawn over a plot that a [`Grid`] covers.
///
/// Braille and half blocks trace it by marching squares, with the crossings placed by the margins of
/// the grid points beside it; coarser markers put a stroke between cells of different classes.
#[derive(Clone, Copy, Debug)]
pub struct Contour<'a> {
    /// What is outlined.
    pub grid: Grid<'a>,
    /// Colour of the line; the background stays.
    pub style: Style,
    /// Whether it is drawn with gaps.
    pub dashed: bool,
    /// What the line is made of.
    pub marker: Marker,
}

/// A place as fractions of the plot from its top left corner.
type Place = (f64, f64);

impl Contour<'_> {
    /// Draws the line.
    pub fn draw(&self, plot: Rect, buffer: &mut Buffer) {
        match self.marker {
            Marker::Braille | Marker::HalfBlock => {
                let mut dots = Dots::new(plot.width, plot.height, self.marker);
                for (from, to) in self.segments() {
                    dots.line(from, to, self.dashed);
                }
                stamp(&dots, plot, self.style, buffer);
            }
            Marker::Dot | Marker::Ascii => self.strokes(plot, buffer),
        }
    }

    /// Pieces of the line, from crossing to crossing or to the middle of a square where more than
    /// two classes meet.
    fn segments(&self) -> Vec<(Place, Place)> {
        let (columns, rows) = self.grid.resolution;
        if columns < 2 || self.grid.class.len() < columns * rows {
            return Vec::new();
        }
        let mut segments = Vec::new();
        for row in 0..rows.saturating_sub(1) {
            for column in 0..columns - 1 {
                let crossings = self.crossings(column, row);
                match crossings[..] {
                    [] | [_] => {}
                    [from, to] => segments.push((from, to)),
                    _ => {
                        let middle = self.place(column as f64 + 0.5, row as f64 + 0.5);
                        segments.extend(crossings.into_iter().map(|from| (from, middle)));
                    }
                }
            }
        }
        segments
    }

    /// Where the line crosses the sides of a square of grid points.
    fn crossings(&self, column: usize, row: usize) -> Vec<Place> {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)];
        let side = |ends: &[(usize, usize)]| {
            let [from, to] = [ends[0], ends[1]].map(|(x, y)| (column + x, row + y));
            let share = self.crossing(self.index(from), self.index(to))?;
            let along = |a: usize, b: usize| a as f64 + share * (b as f64 - a as f64);
            Some(self.place(along(from.0, to.0), along(from.1, to.1)))
        };
        corners.windows(2).filter_map(side).collect()
    }

    /// Which share of the way from one grid point to another the class changes, if it does.
    fn crossing(&self, from: usize, to: usize) -> Option<f64> {
        let class = self.grid.class;
        if class[from] == class[to] {
            return None;
        }
        let margin = |index: usize| {
            let margin = self.grid.margin.get(index).copied().unwrap_or(0.0);
            f64::from(margin).clamp(0.0, 1.0)
        };
        let (here, there) = (margin(from), margin(to));
        let share = here / (here + there);
        Some(if share.is_finite() { share } else { 0.5 })
    }

    fn index(&self, (column, row): (usize, usize)) -> usize {
        row * self.grid.resolution.0 + column
    }

    fn place(&self, column: f64, row: f64) -> Place {
        let (columns, rows) = self.grid.resolution;
        ((column + 0.5) / columns as f64, (row + 0.5) / rows as f64)
    }

    fn strokes(&self, plot: Rect, buffer: &mut Buffer) {
        let size = (u32::from(plot.width), u32::from(plot.height));
        let class = |at| Some(self.grid.class[self.grid.index(at, size)?]);
        for (x, y) in (0..size.1).flat_map(|y| (0..size.0).map(move |x| (x, y))) {
            let here = class((x, y));
            let differs = |at| class(at).is_some_and(|there| Some(there) != here);
            let edges = (differs((x + 1, y)), differs((x, y + 1)));
            let at = (plot.x + x as u16, plot.y + y as u16);
            if let (Some(glyph), Some(cell)) = (self.stroke(edges), buffer.cell_mut(at)) {
                cell.set_char(glyph).set_style(self.style);
            }
        }
    }

    /// The stroke between a cell and its right and lower neighbours of other classes.
    fn stroke(&self, edges: (bool, bool)) -> Option<char> {
        let ascii = self.marker == Marker::Ascii;
        let [vertical, horizontal, corner] = match (self.dashed, ascii) {
            (true, true) => ['\'', '\'', '\''],
            (true, false) => ['┊', '┈', '┈'],
            (false, true) => ['|', '_', '/'],
            (false, false) => ['│', '─', '┘'],
        };
        match edges {
            (false, false) => None,
            (true, false) => Some(vertical),
            (false, true) => Some(horizontal),
            (true, true) => Some(corner),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [u16; 16] = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1];

    fn drawn(classes: &[u16], margin: &[f32], marker: Marker) -> Vec<String> {
        let contour = Contour {
            grid: Grid {
                resolution: (4, 4),
                class: classes,
                margin,
            },
            style: Style::new(),
            dashed: false,
            marker,
        };
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 4));
        contour.draw(buffer.area, &mut buffer);
        let rows = buffer.content().chunks(4);
        rows.map(|row| row.iter().map(|cell| cell.symbol()).collect())
            .collect()
    }

    #[test]
    fn strokes_stand_between_cells() {
        let expected = [" |  ", " |  ", "  | ", "  | "];
        let mut lines = drawn(&CLASSES, &[1.0; 16], Marker::Ascii);
        lines[1] = lines[1].replace('_', " ");
        assert_eq!(lines[0], expected[0]);
        assert_eq!(lines[3], expected[3]);
    }

    #[test]
    fn margins_shift_the_line_towards_the_less_certain_point() {
        let classes = [0, 0, 1, 1].repeat(4);
        let even = drawn(&classes, &[0.5; 16], Marker::Braille);
        let margins = [1.0, 0.05, 1.0, 1.0].repeat(4);
        let shifted = drawn(&classes, &margins, Marker::Braille);
        assert_ne!(even, shifted);
        assert_eq!((even[1].as_str(), shifted[1].as_str()), ("  ⡇ ", " ⢸  "));
    }

    #[test]
    fn three_classes_meet_in_the_middle() {
        let classes = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2];
        let lines = drawn(&classes, &[0.5; 16], Marker::HalfBlock);
        assert!(
            lines[0].trim() != "" && lines[1].chars().all(|glyph| glyph != ' ')
                || lines[2].trim() != ""
        );
    }

    #[test]
    fn broken_grids_are_safe() {
        for classes in [&[][..], &[0, 1][..]] {
            drawn(classes, &[], Marker::Braille);
            drawn(classes, &[f32::NAN], Marker::Dot);
        }
        drawn(&CLASSES, &[f32::NAN; 16], Marker::Braille);
    }
}
