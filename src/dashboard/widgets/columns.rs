//! A histogram of upright bars, in eighths of a cell.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Draws one bar per value, as wide as they fit, from the bottom of `plot`; `highest` reaches its
/// top. Values that share a column of the screen are added up. Values that are not finite or not
/// positive leave no bar.
pub fn columns(
    values: &[f64],
    highest: f64,
    plot: Rect,
    style: Style,
    ascii: bool,
    buffer: &mut Buffer,
) {
    if values.is_empty() || plot.is_empty() {
        return;
    }
    let width = usize::from(plot.width);
    for x in 0..width {
        let first = x * values.len() / width;
        let after = ((x + 1) * values.len() / width).max(first + 1);
        let sum: f64 = values[first..after.min(values.len())].iter().sum();
        let share = (sum / highest).clamp(0.0, 1.0);
        let mut eighths = (share * 8.0 * f64::from(plot.height)).round() as usize;
        if sum > 0.0 && share > 0.0 {
            eighths = eighths.max(1);
        }
        for up in 0..plot.height {
            let here = eighths.saturating_sub(8 * usize::from(up)).min(8);
            let at = (plot.x + x as u16, plot.bottom() - 1 - up);
            let glyph = match (here, ascii) {
                (0, _) => continue,
                (_, true) => '#',
                (here, false) => EIGHTHS[here - 1],
            };
            if let Some(cell) = buffer.cell_mut(at) {
                cell.set_char(glyph).set_style(style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[f64], width: u16, height: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        columns(values, 4.0, buffer.area, Style::new(), false, &mut buffer);
        buffer
    }

    #[test]
    fn bars_stand_side_by_side() {
        let expected = Buffer::with_lines(["  ██  ", "▁▁████"]);
        assert_eq!(drawn(&[0.1, 4.0, 2.0], 6, 2), expected);
    }

    #[test]
    fn crowded_values_are_added_up() {
        assert_eq!(
            drawn(&[1.0, 1.0, 2.0, 2.0], 2, 1),
            Buffer::with_lines(["▄█"])
        );
    }

    #[test]
    fn nonsense_leaves_no_bar() {
        let blank = Buffer::with_lines(["   "]);
        assert_eq!(drawn(&[f64::NAN, -1.0, 0.0], 3, 1), blank);
        drawn(&[], 3, 1);
        drawn(&[1.0], 0, 0);
    }
}
