//! Lines between classes on a grid.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{Dots, Marker, chart::stamp};
use crate::plot::Grid;

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
    /// Whether every cell that it goes through is filled, where it is made of dots.
    pub thick: bool,
    /// What the line is made of.
    pub marker: Marker,
}

impl Contour<'_> {
    /// Draws the line.
    pub fn draw(&self, plot: Rect, buffer: &mut Buffer) {
        match self.marker {
            Marker::Braille | Marker::HalfBlock => {
                let mut dots = Dots::new(plot.width, plot.height, self.marker);
                for (from, to) in self.grid.segments() {
                    dots.line(from, to, self.dashed);
                }
                match self.thick {
                    true => fill(&dots, plot, self.style, buffer),
                    false => stamp(&dots, plot, self.style, buffer),
                }
            }
            Marker::Dot | Marker::Ascii => self.strokes(plot, buffer),
        }
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

/// Fills all cells with dots in them.
fn fill(dots: &Dots, plot: Rect, style: Style, buffer: &mut Buffer) {
    for at in plot.positions() {
        let glyph = dots.glyph(at.x - plot.x, at.y - plot.y);
        if let (Some(_), Some(cell)) = (glyph, buffer.cell_mut(at)) {
            cell.set_char('█').set_style(style);
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
            thick: false,
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
    fn a_thick_line_fills_its_cells() {
        let contour = Contour {
            grid: Grid {
                resolution: (4, 4),
                class: &CLASSES,
                margin: &[0.5; 16],
            },
            style: Style::new(),
            dashed: false,
            thick: true,
            marker: Marker::HalfBlock,
        };
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 4));
        contour.draw(buffer.area, &mut buffer);
        let symbols = || buffer.content().iter().map(|cell| cell.symbol());
        assert!(symbols().all(|symbol| symbol == " " || symbol == "█"));
        assert!(symbols().filter(|symbol| *symbol == "█").count() >= 4);
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
