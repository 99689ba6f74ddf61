//! A field of class probabilities in a few quantised shades.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
    widgets::Widget,
};

/// How the field is told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// By background colours, two per cell: per class from doubtful to certain.
    Colours(Vec<Vec<Color>>),
    /// By glyphs: per class their style, and glyphs from doubtful to certain.
    Glyphs(Vec<(Style, Vec<char>)>),
    /// Not at all: only the decision line is drawn.
    Nothing,
}

/// How a field is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Shades {
    /// The field's inside.
    pub fill: Fill,
    /// The decision line.
    pub line: Color,
    /// The decision line as it was some epochs ago.
    pub ghost: Color,
    /// Draw with ASCII only.
    pub ascii: bool,
}

/// Classes and certainties on a regular grid, the first row at the top.
///
/// Every cell of the screen shows two samples, one above the other; where neighbouring samples
/// belong to different classes runs the decision line.
#[derive(Clone, Copy)]
pub struct Backdrop<'a> {
    /// Columns and rows of the grid.
    pub resolution: (usize, usize),
    /// Class per grid point, row by row.
    pub class: &'a [u16],
    /// Certainty per grid point, from 0 (all classes alike) to 1.
    pub certainty: &'a dyn Fn(usize) -> f32,
    /// Classes of an earlier field on the same grid.
    pub ghost: Option<&'a [u16]>,
    /// How it is drawn.
    pub shades: &'a Shades,
}

impl Backdrop<'_> {
    /// Index of the sample shown at half-cell `(x, y)` of `(width, height)` half-cells.
    fn index(&self, (x, y): (u32, u32), (width, height): (u32, u32)) -> Option<usize> {
        let (columns, rows) = self.resolution;
        let at =
            |i: u32, of: u32, cells: usize| (2 * i as usize + 1) * cells / (2 * of as usize).max(1);
        let index = at(y, height, rows) * columns + at(x, width, columns);
        let inside = x < width && y < height && columns > 0;
        (inside && index < self.class.len()).then_some(index)
    }

    /// Whether the class changes between a half-cell and its right or lower neighbour.
    fn edge(&self, class: &[u16], (x, y): (u32, u32), size: (u32, u32)) -> (bool, bool) {
        let class_at = |at| self.index(at, size).and_then(|index| class.get(index));
        let here = class_at((x, y));
        let differs = |there: Option<&u16>| there.is_some() && here.is_some() && there != here;
        (differs(class_at((x + 1, y))), differs(class_at((x, y + 1))))
    }

    fn on_line(&self, class: Option<&[u16]>, at: (u32, u32), size: (u32, u32)) -> bool {
        class.is_some_and(|class| {
            let (right, below) = self.edge(class, at, size);
            right || below
        })
    }

    fn colour(&self, at: (u32, u32), size: (u32, u32)) -> Option<Color> {
        if self.on_line(Some(self.class), at, size) {
            return Some(self.shades.line);
        }
        if self.on_line(self.ghost, at, size) {
            return Some(self.shades.ghost);
        }
        let Fill::Colours(ramps) = &self.shades.fill else {
            return None;
        };
        let index = self.index(at, size)?;
        let ramp = ramps.get(usize::from(self.class[index]) % ramps.len().max(1))?;
        shade(ramp, (self.certainty)(index)).copied()
    }

    fn coloured_cell(&self, (x, y): (u16, u16), area: Rect, buffer: &mut Buffer) {
        let size = (u32::from(area.width), 2 * u32::from(area.height));
        let half = |lower: u32| self.colour((u32::from(x), 2 * u32::from(y) + lower), size);
        let Some(cell) = buffer.cell_mut((area.x + x, area.y + y)) else {
            return;
        };
        match (half(0), half(1)) {
            (None, None) => {}
            (Some(upper), Some(lower)) if upper == lower => {
                cell.set_symbol(" ").set_bg(lower);
            }
            (Some(upper), Some(lower)) => {
                cell.set_symbol("▀").set_fg(upper).set_bg(lower);
            }
            (Some(upper), None) => {
                cell.set_symbol("▀").set_fg(upper);
            }
            (None, Some(lower)) => {
                cell.set_symbol("▄").set_fg(lower);
            }
        }
    }

    fn glyph_cell(&self, (x, y): (u16, u16), area: Rect, buffer: &mut Buffer) {
        let size = (u32::from(area.width), u32::from(area.height));
        let at = (u32::from(x), u32::from(y));
        let Some(cell) = buffer.cell_mut((area.x + x, area.y + y)) else {
            return;
        };
        let edges = self.edge(self.class, at, size);
        if let Some(glyph) = stroke(edges, self.shades.ascii) {
            cell.set_char(glyph).set_fg(self.shades.line);
            return;
        }
        let Fill::Glyphs(textures) = &self.shades.fill else {
            return;
        };
        let Some(index) = self.index(at, size) else {
            return;
        };
        let texture = textures.get(usize::from(self.class[index]) % textures.len().max(1));
        if let Some((style, glyphs)) = texture {
            cell.set_char(
                shade(glyphs, (self.certainty)(index))
                    .copied()
                    .unwrap_or(' '),
            );
            cell.set_style(*style);
        }
    }
}

impl Widget for Backdrop<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        for y in 0..area.height {
            for x in 0..area.width {
                match self.shades.fill {
                    Fill::Glyphs(_) => self.glyph_cell((x, y), area, buffer),
                    _ if self.shades.ascii => self.glyph_cell((x, y), area, buffer),
                    _ => self.coloured_cell((x, y), area, buffer),
                }
            }
        }
    }
}

/// The element of `ramp` for a certainty from 0 to 1.
fn shade<T>(ramp: &[T], certainty: f32) -> Option<&T> {
    let last = ramp.len().checked_sub(1)?;
    ramp.get((certainty.clamp(0.0, 1.0) * last as f32).round() as usize)
}

/// The stroke between a cell and its right and lower neighbours of other classes.
fn stroke((right, below): (bool, bool), ascii: bool) -> Option<char> {
    match (right, below) {
        (false, false) => None,
        (true, false) => Some(if ascii { '|' } else { '│' }),
        (false, true) => Some(if ascii { '_' } else { '─' }),
        (true, true) => Some(if ascii { '/' } else { '┘' }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [u16; 16] = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1];

    fn drawn(fill: Fill, width: u16, height: u16, ascii: bool) -> Buffer {
        let shades = Shades {
            fill,
            line: Color::White,
            ghost: Color::Gray,
            ascii,
        };
        let certainty = |_: usize| 1.0;
        let field = Backdrop {
            resolution: (4, 4),
            class: &CLASSES,
            certainty: &certainty,
            ghost: None,
            shades: &shades,
        };
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        field.render(buffer.area, &mut buffer);
        buffer
    }

    #[test]
    fn glyphs_tell_classes_apart_without_colour() {
        let fill = Fill::Glyphs(vec![
            (Style::new(), vec![' ', '.']),
            (Style::new(), vec![' ', ':']),
        ]);
        let expected = [".│::", ".│::", "..│:", "..│:"];
        let buffer = drawn(fill.clone(), 4, 4, false);
        let lines: Vec<String> = (0..4)
            .map(|y| {
                (0..4)
                    .map(|x| buffer.cell((x, y)).unwrap().symbol().to_owned())
                    .collect()
            })
            .collect();
        assert_eq!(lines[0], expected[0]);
        assert_eq!(lines[3], expected[3]);
        let ascii = drawn(fill, 4, 4, true);
        assert!(ascii.content().iter().all(|cell| cell.symbol().is_ascii()));
    }

    #[test]
    fn colours_share_a_cell_in_halves() {
        let fill = Fill::Colours(vec![vec![Color::Blue], vec![Color::Red]]);
        let buffer = drawn(fill, 4, 2, false);
        let cell = |x, y| buffer.cell((x, y)).unwrap();
        assert_eq!((cell(0, 0).symbol(), cell(0, 0).bg), (" ", Color::Blue));
        assert_eq!((cell(1, 0).symbol(), cell(1, 0).bg), (" ", Color::White));
        assert_eq!((cell(3, 1).symbol(), cell(3, 1).bg), (" ", Color::Red));
        assert_eq!(
            (cell(2, 0).symbol(), cell(2, 0).fg, cell(2, 0).bg),
            ("▀", Color::Red, Color::White)
        );
    }

    #[test]
    fn without_a_field_the_line_remains() {
        let buffer = drawn(Fill::Nothing, 4, 2, false);
        assert_eq!(buffer.cell((0, 0)).unwrap().bg, Color::Reset);
        assert_eq!(buffer.cell((1, 0)).unwrap().bg, Color::White);
    }

    #[test]
    fn certainty_chooses_the_shade() {
        let ramp = [0, 1, 2, 3];
        assert_eq!(shade(&ramp, 0.0), Some(&0));
        assert_eq!(shade(&ramp, 0.5), Some(&2));
        assert_eq!(shade(&ramp, 7.0), Some(&3));
        assert_eq!(shade(&ramp, f32::NAN), Some(&0));
        assert_eq!(shade::<u8>(&[], 0.5), None);
    }

    #[test]
    fn any_area_and_any_grid_fit_together() {
        for (width, height) in [(0, 0), (1, 1), (9, 3)] {
            drawn(Fill::Colours(vec![]), width, height, false);
        }
        let shades = Shades {
            fill: Fill::Nothing,
            line: Color::White,
            ghost: Color::Gray,
            ascii: false,
        };
        let certainty = |_: usize| f32::NAN;
        let empty = Backdrop {
            resolution: (0, 0),
            class: &[],
            certainty: &certainty,
            ghost: Some(&[]),
            shades: &shades,
        };
        assert_eq!(empty.index((0, 0), (3, 3)), None);
        empty.render(
            Rect::new(0, 0, 3, 3),
            &mut Buffer::empty(Rect::new(0, 0, 3, 3)),
        );
    }
}
