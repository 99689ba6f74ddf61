//! Grey pixels as cells that carry a protocol's escape sequences.

use image::{DynamicImage, GrayImage, imageops};
use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Rect, Size},
    widgets::Widget,
};
use ratatui_image::{
    Image,
    protocol::{self, iterm2::Iterm2, kitty::Kitty, sixel::Sixel},
};

use super::{Grey, Protocol};

/// Most pixels of a picture on the screen.
const MAX_PIXELS: u32 = 1 << 21;

/// Where the picture goes, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// How the terminal is told.
    pub(super) protocol: Protocol,
    /// Columns and rows of cells.
    pub(super) cells: Size,
    /// Columns and rows of pixels of one cell.
    pub(super) cell: Size,
    /// Name of the picture for protocols that keep pictures.
    pub(super) id: u32,
    /// Whether there is a tmux to pass through.
    pub(super) tmux: bool,
}

impl Frame {
    /// The cells of the picture at the top left, as large as whole pixels fit; `None` if it cannot be
    /// encoded.
    pub(super) fn encode(self, grey: &Grey) -> Option<Buffer> {
        let picture = DynamicImage::ImageLuma8(self.canvas(grey)?);
        let (size, tmux) = (self.cells, self.tmux);
        let encoded = match self.protocol {
            Protocol::Kitty => {
                protocol::Protocol::Kitty(Kitty::new(picture, size, self.id, tmux, true).ok()?)
            }
            Protocol::Sixel => protocol::Protocol::Sixel(Sixel::new(picture, size, tmux).ok()?),
            Protocol::Iterm2 => protocol::Protocol::ITerm2(Iterm2::new(picture, size, tmux).ok()?),
        };
        let mut buffer = Buffer::empty(Rect::from(self.cells));
        Image::new(&encoded).render(buffer.area, &mut buffer);
        Some(buffer)
    }

    /// The picture on a black ground of exactly these cells.
    fn canvas(self, grey: &Grey) -> Option<GrayImage> {
        let width = u32::from(self.cells.width) * u32::from(self.cell.width);
        let height = u32::from(self.cells.height) * u32::from(self.cell.height);
        let (columns, rows) = (
            u32::try_from(grey.size.0).ok()?,
            u32::try_from(grey.size.1).ok()?,
        );
        if columns == 0 || rows == 0 || !(1..=MAX_PIXELS).contains(&width.checked_mul(height)?) {
            return None;
        }
        let picture = GrayImage::from_raw(columns, rows, grey.pixels.clone())?;
        let whole = (width / columns).min(height / rows);
        let scaled = match whole {
            0 => {
                let shrink = f64::from(columns) / f64::from(width);
                let shrink = shrink.max(f64::from(rows) / f64::from(height));
                let side = |pixels: u32| ((f64::from(pixels) / shrink) as u32).max(1);
                let filter = imageops::FilterType::Triangle;
                imageops::resize(&picture, side(columns), side(rows), filter)
            }
            _ => {
                let filter = imageops::FilterType::Nearest;
                imageops::resize(&picture, columns * whole, rows * whole, filter)
            }
        };
        let mut canvas = GrayImage::new(width, height);
        imageops::replace(&mut canvas, &scaled, 0, 0);
        Some(canvas)
    }
}

/// Bytes that the terminal is sent for a picture.
pub(super) fn bytes(encoded: &Buffer) -> usize {
    encoded
        .content()
        .iter()
        .map(Cell::symbol)
        .map(str::len)
        .sum()
}

/// Puts the cells of a picture at the top left of `area`.
pub(super) fn stamp(encoded: &Buffer, area: Rect, buffer: &mut Buffer) {
    for y in 0..encoded.area.height.min(area.height) {
        for x in 0..encoded.area.width.min(area.width) {
            let (Some(from), Some(to)) = (
                encoded.cell((x, y)),
                buffer.cell_mut((area.x + x, area.y + y)),
            ) else {
                continue;
            };
            *to = from.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(protocol: Protocol) -> Frame {
        Frame {
            protocol,
            cells: Size::new(4, 2),
            cell: Size::new(5, 10),
            id: 7,
            tmux: false,
        }
    }

    fn grey(columns: usize, rows: usize) -> Grey {
        Grey {
            size: (columns, rows),
            pixels: (0..columns * rows).map(|i| (i % 256) as u8).collect(),
        }
    }

    #[test]
    fn the_first_cell_carries_the_escape() {
        for (protocol, escape) in [
            (Protocol::Kitty, "\x1b_G"),
            (Protocol::Sixel, "\x1bP"),
            (Protocol::Iterm2, "\x1b]1337;File="),
        ] {
            let encoded = frame(protocol).encode(&grey(4, 4)).unwrap();
            assert_eq!(encoded.area, Rect::new(0, 0, 4, 2));
            assert!(
                encoded.content()[0].symbol().contains(escape),
                "{protocol:?}"
            );
            assert!(bytes(&encoded) > 20);
        }
    }

    #[test]
    fn pixels_grow_by_whole_numbers_and_shrink_if_they_must() {
        let canvas = frame(Protocol::Kitty).canvas(&grey(3, 3)).unwrap();
        assert_eq!(canvas.dimensions(), (20, 20));
        assert_eq!(
            (canvas.get_pixel(5, 5).0, canvas.get_pixel(6, 5).0),
            ([0], [1])
        );
        assert_eq!(
            (canvas.get_pixel(17, 17).0, canvas.get_pixel(18, 17).0),
            ([8], [0])
        );
        let shrunk = frame(Protocol::Kitty).canvas(&grey(40, 60)).unwrap();
        assert_eq!(shrunk.dimensions(), (20, 20));
    }

    #[test]
    fn what_cannot_be_a_picture_is_none() {
        let frame = frame(Protocol::Sixel);
        assert!(frame.encode(&grey(0, 3)).is_none());
        let cells = Size::new(u16::MAX, u16::MAX);
        assert!(Frame { cells, ..frame }.encode(&grey(3, 3)).is_none());
        let cells = Size::ZERO;
        assert!(Frame { cells, ..frame }.encode(&grey(3, 3)).is_none());
    }
}
