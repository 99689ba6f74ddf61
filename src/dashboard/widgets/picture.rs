//! Grey images, two pixels per cell.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
};

/// Brightness in glyphs, for terminals that show no greys.
const RAMP: [char; 5] = [' ', '░', '▒', '▓', '█'];
/// The same in ASCII.
const ASCII_RAMP: [char; 5] = [' ', '.', '+', '%', '@'];

/// A grey image, row by row from the top, brightness from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Columns and rows.
    pub size: (usize, usize),
    /// Brightness per pixel.
    pub brightness: Vec<f32>,
    /// Shades from black to white; glyphs are used where there are none.
    pub greys: Vec<Color>,
    /// Draw with ASCII only.
    pub ascii: bool,
}

impl Picture {
    /// Columns and rows of cells that the image takes.
    pub fn cells(size: (usize, usize)) -> (u16, u16) {
        let bounded = |pixels: usize| pixels.min(usize::from(u16::MAX)) as u16;
        (bounded(size.0), bounded(size.1.div_ceil(2)))
    }

    /// Draws what fits of the image at the top left of `area`, shrunk if the area is too small.
    pub fn draw(&self, area: Rect, style: Style, buffer: &mut Buffer) {
        let (columns, rows) = Self::cells(self.size);
        let shrink = (u32::from(columns).div_ceil(u32::from(area.width.max(1))))
            .max(u32::from(rows).div_ceil(u32::from(area.height.max(1))))
            .max(1) as usize;
        let (columns, rows) = Self::cells((self.size.0 / shrink, self.size.1 / shrink));
        for (x, y) in (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))) {
            let at = (area.x.saturating_add(x), area.y.saturating_add(y));
            let half =
                |lower: usize| self.pixel(usize::from(x), 2 * usize::from(y) + lower, shrink);
            let (Some(cell), true) = (buffer.cell_mut(at), area.contains(at.into())) else {
                continue;
            };
            let (upper, lower) = (half(0), half(1));
            if self.greys.is_empty() {
                let ramp = if self.ascii { ASCII_RAMP } else { RAMP };
                let mean = 0.5 * (upper + lower);
                cell.set_char(ramp[step(mean, ramp.len())]).set_style(style);
            } else {
                let grey = |value| self.greys[step(value, self.greys.len())];
                cell.set_symbol("▀").set_fg(grey(upper)).set_bg(grey(lower));
            }
        }
    }

    /// Mean brightness of a block of `shrink` × `shrink` pixels; 0 outside.
    fn pixel(&self, x: usize, y: usize, shrink: usize) -> f32 {
        let (columns, rows) = self.size;
        let block = (shrink * y..shrink * (y + 1))
            .flat_map(|row| (shrink * x..shrink * (x + 1)).map(move |column| (column, row)));
        let inside = block.filter(|&(column, row)| column < columns && row < rows);
        let value = |(column, row)| self.brightness.get(row * columns + column).copied();
        let (sum, count) = inside
            .filter_map(value)
            .fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
        if count == 0 { 0.0 } else { sum / count as f32 }
    }
}

/// The step of `count` that a brightness from 0 to 1 belongs to.
fn step(brightness: f32, count: usize) -> usize {
    let last = count.saturating_sub(1);
    ((brightness.clamp(0.0, 1.0) * last as f32).round() as usize).min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(greys: Vec<Color>, ascii: bool) -> Picture {
        Picture {
            size: (2, 4),
            brightness: vec![0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, f32::NAN],
            greys,
            ascii,
        }
    }

    fn drawn(picture: &Picture, width: u16, height: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        picture.draw(buffer.area, Style::new(), &mut buffer);
        buffer
    }

    #[test]
    fn glyphs_stand_for_greys() {
        let buffer = drawn(&picture(Vec::new(), true), 2, 2);
        assert_eq!(buffer, Buffer::with_lines([" @", "@ "]));
    }

    #[test]
    fn a_cell_holds_two_pixels() {
        let buffer = drawn(&picture(vec![Color::Black, Color::White], false), 2, 2);
        let cell = buffer.cell((1, 0)).unwrap();
        assert_eq!(
            (cell.symbol(), cell.fg, cell.bg),
            ("▀", Color::White, Color::White)
        );
    }

    #[test]
    fn any_area_is_safe() {
        for (width, height) in [(0, 0), (1, 1), (9, 1)] {
            drawn(&picture(Vec::new(), false), width, height);
        }
    }
}
