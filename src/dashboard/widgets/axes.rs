//! Axes with ticks and names around a plot.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, widgets::Widget};

use super::{fit, middle, put, width};
use crate::plot::Extent;

/// A labelled position on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where: 0 at the axis' lower end, 1 at the upper end.
    pub at: f64,
    /// What is written there.
    pub label: String,
}

/// Fewest ticks that let a scale be read.
const FEWEST: usize = 3;

impl Tick {
    /// About `wanted` round ticks over `extent`, but no fewer than three.
    pub fn over(extent: Extent, wanted: usize) -> Vec<Self> {
        let wanted = enough(extent, wanted);
        Self::labelled(extent, wanted, |value| extent.label(value, wanted))
    }

    /// As [`Tick::over`], with labels of one's own; of several ticks with the same label the first.
    pub fn labelled(extent: Extent, wanted: usize, label: impl Fn(f64) -> String) -> Vec<Self> {
        let values = extent.ticks(enough(extent, wanted)).into_iter();
        let mut ticks: Vec<Self> = values
            .filter_map(|value| {
                let at = extent.fraction(value)?;
                let label = label(value);
                Some(Self { at, label })
            })
            .collect();
        ticks.dedup_by(|next, last| next.label == last.label);
        ticks
    }
}

/// The least number of ticks from `wanted` on that gives enough of them.
fn enough(extent: Extent, wanted: usize) -> usize {
    let mut numbers = wanted..wanted + 2 * FEWEST;
    numbers
        .find(|&number| extent.ticks(number).len() >= FEWEST)
        .unwrap_or(wanted)
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
                &middle(self.y_name, area.width),
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
        let mut used: Vec<(u16, u16)> = Vec::new();
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
            let free = used.last().map_or(area.x, |(_, end)| end + 1);
            if left >= free {
                put(buffer, area, (left, y + 1), &tick.label, self.text);
                used.push((left, left + wide));
            }
        }
        self.name(area, plot, &used, buffer);
    }

    /// Writes the name of the horizontal axis into the last gap between its labels, which take
    /// columns `used`; over the last labels if there is no gap for it.
    fn name(&self, area: Rect, plot: Rect, used: &[(u16, u16)], buffer: &mut Buffer) {
        let name = middle(self.x_name, plot.width / 2);
        if name.is_empty() {
            return;
        }
        let y = plot.bottom() + 1;
        let starts = used.iter().map(|(_, end)| end + 1);
        let ends = used.iter().map(|(start, _)| start.saturating_sub(1));
        let gaps: Vec<(u16, u16)> = std::iter::once(area.x)
            .chain(starts)
            .zip(ends.chain([plot.right()]))
            .collect();
        let fits = |(start, end): &&(u16, u16)| start + width(&name) <= *end;
        let end = match gaps.iter().rev().find(fits) {
            Some((_, end)) => *end,
            None => {
                let covered = plot.right().saturating_sub(width(&name) + 1);
                for &(start, end) in used.iter().filter(|(_, end)| *end > covered) {
                    let blanks = " ".repeat(usize::from(end - start));
                    put(buffer, area, (start, y), &blanks, self.text);
                }
                plot.right()
            }
        };
        put(buffer, area, (end - width(&name), y), &name, self.text);
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
            "   0.0       0.5   ε 1.0",
        ]);
        assert_eq!(drawn(24, 8, false), expected);
    }

    #[test]
    fn every_range_gets_three_ticks_and_shows_them_beside_the_name() {
        let ranges = [
            (0.0, 1.0),
            (0.0, 100.0),
            (0.0, 30.0),
            (-1.5, 2.5),
            (-0.27, 0.31),
            (3.0, 3.1),
            (0.0, 0.1),
            (120.0, 980.0),
            (-7.3, 4.1),
        ];
        for (lower, upper) in ranges {
            let extent = Extent::new(lower, upper);
            for wanted in 1..6 {
                let ticks = Tick::over(extent, wanted);
                assert!(ticks.len() >= 3, "{lower} {upper} {wanted}: {ticks:?}");
            }
            let ticks = Tick::over(extent, 2);
            let axes = Axes {
                x: &ticks,
                y: &ticks,
                x_name: "epoch",
                ..Axes::default()
            };
            let mut buffer = Buffer::empty(Rect::new(0, 0, 36, 9));
            axes.render(buffer.area, &mut buffer);
            let row = |y: u16| (0..36).map(move |x| (x, y));
            let text: String = row(8).map(|at| buffer[at].symbol().to_owned()).collect();
            let words: Vec<&str> = text.split_whitespace().collect();
            assert!(words.contains(&"epoch") && words.len() >= 4, "{text}");
            let tees = (0..9).filter(|&y| row(y).any(|at| buffer[at].symbol() == "┤"));
            assert!(tees.count() >= 3, "{lower} {upper}");
        }
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
