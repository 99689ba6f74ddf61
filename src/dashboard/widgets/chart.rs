//! Lines over two axes.

use std::collections::BTreeSet;

use ratatui::{buffer::Buffer, layout::Rect, style::Style, widgets::Widget};

use super::{Axes, Dots, Mark, Marker, axes::cell, draw_marks};
use crate::plot::Extent;

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
    /// Whether others may cover it: it is drawn faintly behind them, to compare with.
    pub background: bool,
}

/// Lines in a frame of axes. Later series cover earlier ones, since a cell has one colour; one that
/// would be hidden that way is drawn beside them, a cell higher or lower.
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

/// Cells by which a line may be moved up (or down) to be seen, the nearest first.
const MOVES: [i32; 5] = [0, 1, -1, 2, -2];

impl Widget for &LineChart<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        self.axes.render(area, buffer);
        let plot = self.axes.inner(area);
        let placed = self.placed(plot);
        for (series, (_, dots)) in self.series.iter().zip(&placed) {
            stamp(dots, plot, series.style, buffer);
        }
        let moves: Vec<i32> = placed.iter().map(|(up, _)| *up).collect();
        draw_marks(&self.tags(plot, &moves), plot, buffer);
    }
}

impl LineChart<'_> {
    /// How many cells each line is moved up, and its dots there.
    fn placed(&self, plot: Rect) -> Vec<(i32, Dots)> {
        let mut taken = BTreeSet::new();
        let mut placed: Vec<(i32, Dots)> = Vec::new();
        for series in self.series.iter().rev() {
            let found = self.trace(series, 0, plot);
            if series.background {
                placed.push((0, found));
                continue;
            }
            let whole = cells(&found, plot);
            let seen = |cells: &BTreeSet<_>| {
                let hidden = cells.intersection(&taken).count();
                cells.len() == whole.len() && 2 * hidden <= cells.len()
            };
            let moved = || {
                let moves = MOVES.into_iter().skip(1);
                let mut moves = moves.map(|up| (up, self.trace(series, up, plot)));
                moves.find(|(_, dots)| seen(&cells(dots, plot)))
            };
            let beside = if seen(&whole) { None } else { moved() };
            let (up, dots) = beside.unwrap_or((0, found));
            taken.extend(cells(&dots, plot));
            placed.push((up, dots));
        }
        placed.reverse();
        placed
    }

    /// Letters at the ends of the lines, in rows of their own where there are such.
    fn tags(&self, plot: Rect, moves: &[i32]) -> Vec<Mark> {
        let mut taken = BTreeSet::new();
        let mut tags = Vec::new();
        let rows = i32::from(plot.height);
        for (series, up) in self.series.iter().zip(moves).rev() {
            let finite = |(x, y): &(f64, f64)| Some((self.x.fraction(*x)?, self.y.fraction(*y)?));
            let end = series.points.iter().rev().find_map(finite);
            let (Some((x, y)), Some(glyph)) = (end, series.tag) else {
                continue;
            };
            let row = (y.clamp(0.0, 1.0) * f64::from(rows - 1)).round() as i32 + up;
            let column = cell(x, plot.x, plot.width);
            let free = |row: &i32| (0..rows).contains(row) && !taken.contains(&(column, *row));
            let nearest = MOVES.iter().map(|by| row + by).find(free).unwrap_or(row);
            taken.insert((column, nearest));
            tags.push(Mark {
                at: (x, f64::from(nearest) / f64::from((rows - 1).max(1))),
                glyphs: glyph.to_string(),
                style: series.style,
            });
        }
        tags
    }

    /// The dots of a line that is moved up by `up` cells.
    fn trace(&self, series: &Series, up: i32, plot: Rect) -> Dots {
        let mut dots = Dots::new(plot.width, plot.height, self.marker);
        let shift = f64::from(up) / f64::from(plot.height.max(1));
        let place = |&(x, y): &(f64, f64)| {
            let down = 1.0 - self.y.fraction(y)?;
            Some((self.x.fraction(x)?, down - shift))
        };
        let mut last = None;
        for point in series.points.iter().map(place) {
            match (last, point) {
                (Some(from), Some(to)) => dots.line(from, to, series.dashed),
                (None, Some((x, y))) => dots.point(x, y),
                (_, None) => {}
            }
            last = point;
        }
        dots
    }
}

/// The cells of `plot` that have dots, by row and column.
fn cells(dots: &Dots, plot: Rect) -> BTreeSet<(u16, u16)> {
    let all = (0..plot.height).flat_map(|row| (0..plot.width).map(move |column| (column, row)));
    all.filter(|&(column, row)| dots.glyph(column, row).is_some())
        .collect()
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
            ..Series::default()
        };
        let drawn = drawn(&[series], 13, 6);
        let bottom: String = (4..13)
            .map(|x| drawn.cell((x, 3)).unwrap().symbol().to_owned())
            .collect();
        assert_eq!(bottom, "⡀       ⢀");
        assert_eq!(drawn.cell((4, 3)).unwrap().fg, Color::Red);
    }

    /// A level line.
    fn flat(color: Color, y: f64) -> Series {
        Series {
            points: vec![(0.0, y), (1.0, y)],
            style: color.into(),
            tag: Some('x'),
            ..Series::default()
        }
    }

    /// How many cells have a colour.
    fn count(drawn: &Buffer, color: Color) -> usize {
        drawn
            .content()
            .iter()
            .filter(|cell| cell.fg == color)
            .count()
    }

    #[test]
    fn a_line_under_another_is_shown_beside_it() {
        for y in [0.0, 0.4, 1.0] {
            let lines = [Color::Red, Color::Green, Color::Blue].map(|color| flat(color, y));
            let drawn = drawn(&lines, 13, 8);
            for color in [Color::Red, Color::Green, Color::Blue] {
                assert!(count(&drawn, color) >= 9, "{y} {color}: {drawn:?}");
            }
            let tags = drawn.content().iter().filter(|cell| cell.symbol() == "x");
            assert_eq!(tags.count(), 3, "{y}");
        }
    }

    #[test]
    fn lines_that_only_cross_and_those_to_compare_with_stay_in_their_place() {
        let falling = |color: Color| Series {
            points: vec![(0.0, 1.0), (1.0, 0.0)],
            style: color.into(),
            ..Series::default()
        };
        let alone = drawn(&[falling(Color::Red)], 13, 8);
        let crossed = drawn(&[falling(Color::Red), flat(Color::Blue, 0.5)], 13, 8);
        assert!(count(&crossed, Color::Red) + 2 >= count(&alone, Color::Red));
        let behind = Series {
            background: true,
            ..flat(Color::Red, 0.5)
        };
        let drawn = drawn(&[behind, flat(Color::Blue, 0.5)], 13, 8);
        assert!(count(&drawn, Color::Red) <= 1);
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
