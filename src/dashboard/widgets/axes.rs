//! Axes with ticks and names around a plot.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, widgets::Widget};

use super::{Extent, fit, put, width};

/// A labelled position on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where: 0 at the axis' lower end, 1 at the upper end.
    pub at: f64,
    /// What is written there.
    pub label: String,
}

impl Tick {
    /// About `wanted` round ticks over `extent`.
    pub fn over(extent: Extent, wanted: usize) -> Vec<Self> {
        let labelled = |value: f64| {
            let at = extent.fraction(value)?;
            Some(Self {
                at,
                label: extent.label(value, wanted),
            })
        };
        extent
            .ticks(wanted)
            .into_iter()
            .filter_map(labelled)
            .collect()
    }
}

/// A frame of two axes; [`Axes::inner`] is what remains for the plot.
///
/// ```text
///  accuracy
///   1.0┤
///   0.5┤
///   0.0┤
///      └┬─────┬─────┬
///      0.0   0.5   1.0  ε
/// ```
#[derive(Clone, Debug, Default)]
pub struct Axes<'a> {
    /// Ticks of the horizontal axis.
    pub x: &'a [Tick],
    /// Ticks of the vertical axis.
    pub y: &'a [Tick],
    /// Name of the horizontal axis.
    pub x_name: &'a str,
    /// Name of the vertical axis; takes a row above the plot unless empty.
    pub y_name: &'a str,
    /// Style of the lines.
    pub line: Style,
    /// Style of labels and names.
    pub text: Style,
    /// Draw with ASCII only.
    pub ascii: bool,
}

impl Axes<'_> {
    /// The part of `area` that is left for the plot; all of it if there is no room for axes.
    pub fn inner(&self, area: Rect) -> Rect {
        let gutter = self.gutter();
        let above = u16::from(!self.y_name.is_empty());
        if area.width < gutter + 6 || area.height < above + 4 {
            return area;
        }
        Rect {
            x: area.x + gutter,
            y: area.y + above,
            width: area.width - gutter,
            height: area.height - above - 2,
        }
    }

    fn gutter(&self) -> u16 {
        self.y
            .iter()
            .map(|tick| width(&tick.label))
            .max()
            .unwrap_or(0)
            .min(12)
            + 1
    }

    fn vertical(&self, area: Rect, plot: Rect, buffer: &mut Buffer) {
        let (bar, tee) = if self.ascii {
            ("|", "+")
        } else {
            ("│", "┤")
        };
        let x = plot.x - 1;
        for y in plot.top()..plot.bottom() {
            put(buffer, area, (x, y), bar, self.line);
        }
        for tick in self.y {
            let Some(y) = cell(1.0 - tick.at, plot.y, plot.height) else {
                continue;
            };
            put(buffer, area, (x, y), tee, self.line);
            let label = fit(&tick.label, x - area.x);
            put(buffer, area, (x - width(&label), y), &label, self.text);
        }
        if plot.y > area.y {
            put(
                buffer,
                area,
                (area.x, area.y),
                &fit(self.y_name, area.width),
                self.text,
            );
        }
    }

    fn horizontal(&self, area: Rect, plot: Rect, buffer: &mut Buffer) {
        let (corner, bar, tee) = if self.ascii {
            ("+", "-", "+")
        } else {
            ("└", "─", "┬")
        };
        let y = plot.bottom();
        put(buffer, area, (plot.x - 1, y), corner, self.line);
        for x in plot.left()..plot.right() {
            put(buffer, area, (x, y), bar, self.line);
        }
        let name = fit(self.x_name, plot.width / 2);
        let end = plot.right().saturating_sub(width(&name));
        put(buffer, area, (end, y + 1), &name, self.text);
        let room = if name.is_empty() {
            plot.right()
        } else {
            end.saturating_sub(1)
        };
        let mut free = area.x;
        for tick in self.x {
            let Some(x) = cell(tick.at, plot.x, plot.width) else {
                continue;
            };
            put(buffer, area, (x, y), tee, self.line);
            let wide = width(&tick.label);
            let left = x
                .saturating_sub(wide / 2)
                .max(area.x)
                .min(plot.right().saturating_sub(wide));
            if left >= free && left + wide <= room {
                put(buffer, area, (left, y + 1), &tick.label, self.text);
                free = left + wide + 1;
            }
        }
    }
}

impl Widget for &Axes<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let plot = self.inner(area);
        if plot != area {
            self.vertical(area, plot, buffer);
            self.horizontal(area, plot, buffer);
        }
    }
}

/// The cell at `fraction` of `length` cells from `start`.
pub(super) fn cell(fraction: f64, start: u16, length: u16) -> Option<u16> {
    let inside = (-1e-9..=1.0 + 1e-9).contains(&fraction) && length > 0;
    inside.then(|| start + (fraction.clamp(0.0, 1.0) * f64::from(length - 1)).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: u16, height: u16, ascii: bool) -> Buffer {
        let x = Tick::over(Extent::new(0.0, 1.0), 3);
        let y = Tick::over(Extent::new(0.0, 1.0), 2);
        let axes = Axes {
            x: &x,
            y: &y,
            x_name: "ε",
            y_name: "accuracy",
            ascii,
            ..Axes::default()
        };
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        axes.render(buffer.area, &mut buffer);
        buffer
    }

    #[test]
    fn ticks_and_names_surround_the_plot() {
        let expected = Buffer::with_lines([
            "accuracy                ",
            "1.0┤                    ",
            "   │                    ",
            "0.5┤                    ",
            "   │                    ",
            "0.0┤                    ",
            "   └┬─────────┬────────┬",
            "   0.0       0.5       ε",
        ]);
        assert_eq!(drawn(24, 8, false), expected);
    }

    #[test]
    fn ascii_uses_no_other_characters() {
        let text = format!(
            "{:?}",
            drawn(24, 8, true)
                .content()
                .iter()
                .map(|c| c.symbol())
                .collect::<String>()
        );
        assert!(text.replace('ε', "").is_ascii());
    }

    #[test]
    fn without_room_there_are_no_axes() {
        for (width, height) in [(0, 0), (1, 1), (5, 8), (24, 3)] {
            let blank = Buffer::empty(Rect::new(0, 0, width, height));
            assert_eq!(drawn(width, height, false), blank);
        }
    }
}
