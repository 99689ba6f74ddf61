//! A field of class probabilities in a few quantised shades.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
    widgets::Widget,
};

use crate::plot::Grid;

/// How a field is told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// By background colours, two per cell: per class from doubtful to certain.
    Colours(Vec<Vec<Color>>),
    /// By glyphs: per class their style, and glyphs from doubtful to certain.
    Glyphs(Vec<(Style, Vec<char>)>),
    /// Not at all.
    Nothing,
}

/// How a field and its lines look.
#[derive(Clone, Debug, PartialEq)]
pub struct Shades {
    /// The field's inside.
    pub fill: Fill,
    /// The decision line.
    pub line: Style,
    /// The decision line as it was some epochs ago.
    pub ghost: Style,
}

/// The shaded ground of a plot; every cell shows two samples, one above the other.
#[derive(Clone, Copy)]
pub struct Backdrop<'a> {
    /// The classes.
    pub grid: Grid<'a>,
    /// Certainty per grid point, from 0 (all classes alike) to 1.
    pub certainty: &'a dyn Fn(usize) -> f32,
    /// How it is drawn.
    pub fill: &'a Fill,
}

impl Backdrop<'_> {
    fn coloured_cell(
        &self,
        ramps: &[Vec<Color>],
        (x, y): (u16, u16),
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let size = (u32::from(area.width), 2 * u32::from(area.height));
        let half = |lower: u32| {
            let index = self
                .grid
                .index((u32::from(x), 2 * u32::from(y) + lower), size)?;
            let ramp = ramps.get(usize::from(self.grid.class[index]) % ramps.len().max(1))?;
            shade(ramp, (self.certainty)(index)).copied()
        };
        let (Some(upper), Some(lower)) = (half(0), half(1)) else {
            return;
        };
        if let Some(cell) = buffer.cell_mut((area.x + x, area.y + y)) {
            if upper == lower {
                cell.set_symbol(" ").set_bg(lower);
            } else {
                cell.set_symbol("▀").set_fg(upper).set_bg(lower);
            }
        }
    }

    fn glyph_cell(
        &self,
        textures: &[(Style, Vec<char>)],
        (x, y): (u16, u16),
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let size = (u32::from(area.width), u32::from(area.height));
        let Some(index) = self.grid.index((u32::from(x), u32::from(y)), size) else {
            return;
        };
        let texture = textures.get(usize::from(self.grid.class[index]) % textures.len().max(1));
        if let (Some((style, glyphs)), Some(cell)) =
            (texture, buffer.cell_mut((area.x + x, area.y + y)))
        {
            let glyph = shade(glyphs, (self.certainty)(index)).copied();
            cell.set_char(glyph.unwrap_or(' ')).set_style(*style);
        }
    }
}

impl Widget for Backdrop<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        for at in (0..area.height).flat_map(|y| (0..area.width).map(move |x| (x, y))) {
            match self.fill {
                Fill::Glyphs(textures) => self.glyph_cell(textures, at, area, buffer),
                Fill::Colours(ramps) => self.coloured_cell(ramps, at, area, buffer),
                Fill::Nothing => {}
            }
        }
    }
}

/// The element of `ramp` for a certainty from 0 to 1.
fn shade<T>(ramp: &[T], certainty: f32) -> Option<&T> {
    let last = ramp.len().checked_sub(1)?;
    ramp.get((certainty.clamp(0.0, 1.0) * last as f32).round() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [u16; 16] = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1];

    fn drawn(fill: &Fill, width: u16, height: u16) -> Buffer {
        let field = Backdrop {
            grid: Grid {
                resolution: (4, 4),
                class: &CLASSES,
                margin: &[],
            },
            certainty: &|_| 1.0,
            fill,
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
        assert_eq!(
            drawn(&fill, 4, 4),
            Buffer::with_lines(["..::", "..::", "...:", "...:"])
        );
    }

    #[test]
    fn colours_share_a_cell_in_halves() {
        let fill = Fill::Colours(vec![vec![Color::Blue], vec![Color::Red]]);
        let buffer = drawn(&fill, 4, 2);
        let cell = |x, y| buffer.cell((x, y)).unwrap();
        assert_eq!((cell(0, 0).symbol(), cell(0, 0).bg), (" ", Color::Blue));
        assert_eq!((cell(3, 1).symbol(), cell(3, 1).bg), (" ", Color::Red));
        let mixed = drawn(&fill, 4, 1);
        let cell = mixed.cell((2, 0)).unwrap();
        assert_eq!(
            (cell.symbol(), cell.fg, cell.bg),
            ("▀", Color::Red, Color::Blue)
        );
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
            drawn(&Fill::Colours(vec![]), width, height);
            drawn(&Fill::Glyphs(vec![]), width, height);
        }
        let empty = Backdrop {
            grid: Grid {
                resolution: (0, 0),
                class: &[],
                margin: &[],
            },
            certainty: &|_| f32::NAN,
            fill: &Fill::Colours(vec![vec![Color::Red]]),
        };
        assert_eq!(empty.grid.index((0, 0), (3, 3)), None);
        empty.render(
            Rect::new(0, 0, 3, 3),
            &mut Buffer::empty(Rect::new(0, 0, 3, 3)),
        );
    }
}
