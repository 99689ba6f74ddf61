//! Lines over two axes.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, widgets::Widget};

use super::{Axes, Dots, Extent, Mark, Marker, draw_marks};

/// One line of a chart.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Points in the order in which they are joined; a point that is not finite leaves a gap.
    pub points: Vec<(f64, f64)>,
    /// Colour of the line.
    pub style: Style,
    /// Whether it is drawn with gaps.
    pub dashed: bool,
    /// A letter at the last point, which tells lines apart without colours.
    pub tag: Option<char>,
}

/// Lines in a frame of axes. Later series cover earlier ones: a cell has one colour.
///
/// ```text
/// 1.0┤⠒⠒⠤⣀⡀
/// 0.5┤     ⠈⠉⠒⠤⣀
/// 0.0┤
///    └┬────┬────┬
///    0.0  0.1  0.2
/// ```
#[derive(Clone, Debug)]
pub struct LineChart<'a> {
    /// What is drawn, from back to front.
    pub series: &'a [Series],
    /// Values of the horizontal axis.
    pub x: Extent,
    /// Values of the vertical axis.
    pub y: Extent,
    /// Axes around the lines.
    pub axes: Axes<'a>,
    /// What the lines are made of.
    pub marker: Marker,
}

impl Widget for &LineChart<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        self.axes.render(area, buffer);
        let plot = self.axes.inner(area);
        for series in self.series {
            let mut dots = Dots::new(plot.width, plot.height, self.marker);
            self.trace(series, &mut dots);
            stamp(&dots, plot, series.style, buffer);
        }
        draw_marks(&self.tags(), plot, buffer);
    }
}

impl LineChart<'_> {
    /// Letters at the ends of the lines.
    fn tags(&self) -> Vec<Mark> {
        let tag = |series: &Series| {
            let finite = |(x, y): &(f64, f64)| Some((self.x.fraction(*x)?, self.y.fraction(*y)?));
            let at = series.points.iter().rev().find_map(finite)?;
            Some(Mark {
                at,
                glyph: series.tag?,
                style: series.style,
            })
        };
        self.series.iter().filter_map(tag).collect()
    }

    fn trace(&self, series: &Series, dots: &mut Dots) {
        let place = |&(x, y): &(f64, f64)| Some((self.x.fraction(x)?, 1.0 - self.y.fraction(y)?));
        let mut last = None;
        for point in series.points.iter().map(place) {
            match (last, point) {
                (Some(from), Some(to)) => dots.line(from, to, series.dashed),
                (None, Some((x, y))) => dots.point(x, y),
                (_, None) => {}
            }
            last = point;
        }
    }
}

/// Puts the dots on the screen, leaving the background as it is.
pub(super) fn stamp(dots: &Dots, area: Rect, style: Style, buffer: &mut Buffer) {
    for row in 0..area.height {
        for column in 0..area.width {
            let cell = buffer.cell_mut((area.x + column, area.y + row));
            if let (Some(glyph), Some(cell)) = (dots.glyph(column, row), cell) {
                cell.set_char(glyph).set_style(style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Tick, *};
    use ratatui::style::Color;

    fn drawn(series: &[Series], width: u16, height: u16) -> Buffer {
        let (x, y) = (Extent::new(0.0, 1.0), Extent::new(0.0, 1.0));
        let (x_ticks, y_ticks) = (Tick::over(x, 2), Tick::over(y, 2));
        let axes = Axes {
            x: &x_ticks,
            y: &y_ticks,
            ..Axes::default()
        };
        let chart = LineChart {
            series,
            x,
            y,
            axes,
            marker: Marker::Braille,
        };
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        chart.render(buffer.area, &mut buffer);
        buffer
    }

    #[test]
    fn a_falling_line() {
        let series = Series {
            points: vec![(0.0, 1.0), (1.0, 0.0)],
            ..Series::default()
        };
        let expected = Buffer::with_lines([
            "1.0┤⠑⢄       ",
            "   │  ⠉⠢⡀    ",
            "0.5┤    ⠈⠢⣀  ",
            "0.0┤       ⠑⢄",
            "   └┬───┬───┬",
            "   0.0 0.5   ",
        ]);
        assert_eq!(drawn(&[series], 13, 6), expected);
    }

    #[test]
    fn values_that_are_not_finite_leave_a_gap() {
        let points = vec![
            (0.0, 0.0),
            (0.5, f64::NAN),
            (1.0, 0.0),
            (f64::INFINITY, 1.0),
        ];
        let series = Series {
            points,
            style: Color::Red.into(),
            dashed: false,
            tag: None,
        };
        let drawn = drawn(&[series], 13, 6);
        let bottom: String = (4..13)
            .map(|x| drawn.cell((x, 3)).unwrap().symbol().to_owned())
            .collect();
        assert_eq!(bottom, "⡀       ⢀");
        assert_eq!(drawn.cell((4, 3)).unwrap().fg, Color::Red);
    }

    #[test]
    fn later_series_cover_earlier_ones() {
        let flat = |color: Color| Series {
            points: vec![(0.0, 0.0), (1.0, 0.0)],
            style: color.into(),
            dashed: false,
            tag: None,
        };
        let drawn = drawn(&[flat(Color::Red), flat(Color::Blue)], 13, 6);
        assert_eq!(drawn.cell((8, 3)).unwrap().fg, Color::Blue);
    }

    #[test]
    fn small_areas_are_safe() {
        let series = Series {
            points: vec![(0.0, 1.0), (1.0, 0.0)],
            ..Series::default()
        };
        for (width, height) in [(0, 0), (1, 1), (0, 5), (5, 0)] {
            drawn(std::slice::from_ref(&series), width, height);
        }
    }
}
