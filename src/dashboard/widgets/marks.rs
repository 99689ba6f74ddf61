//! Glyphs and trails over a plot.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{Dots, Marker, axes::cell, chart::stamp};

/// A glyph at a place, or a few that make a larger one.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where its middle is: fractions of the plot from its lower left corner.
    pub at: (f64, f64),
    /// What is drawn, a cell for each character.
    pub glyphs: String,
    /// How; the background stays.
    pub style: Style,
}

/// A line through several places.
#[derive(Clone, Debug, PartialEq)]
pub struct Trail {
    /// Places: fractions of the plot from its lower left corner.
    pub places: Vec<(f64, f64)>,
    /// How; the background stays.
    pub style: Style,
    /// Whether it is drawn with gaps.
    pub dashed: bool,
}

/// Draws every mark that lies inside `plot`; later ones cover earlier ones.
pub fn draw_marks(marks: &[Mark], plot: Rect, buffer: &mut Buffer) {
    for mark in marks {
        let column = cell(mark.at.0, plot.x, plot.width);
        let row = cell(1.0 - mark.at.1, plot.y, plot.height);
        let (Some(x), Some(y)) = (column, row) else {
            continue;
        };
        let half = (mark.glyphs.chars().count().saturating_sub(1) / 2) as u16;
        let columns = (0..).map(|place: u16| (x + place).checked_sub(half));
        for (glyph, x) in mark.glyphs.chars().zip(columns) {
            let inside = x.filter(|x| (plot.left()..plot.right()).contains(x));
            if let Some(cell) = inside.and_then(|x| buffer.cell_mut((x, y))) {
                cell.set_char(glyph).set_style(mark.style);
            }
        }
    }
}

/// Draws the parts of the trails inside `plot`.
pub fn draw_trails(trails: &[Trail], plot: Rect, marker: Marker, buffer: &mut Buffer) {
    for trail in trails {
        let mut dots = Dots::new(plot.width, plot.height, marker);
        let down = |&(x, y): &(f64, f64)| (x, 1.0 - y);
        for pair in trail.places.windows(2) {
            dots.line(down(&pair[0]), down(&pair[1]), trail.dashed);
        }
        stamp(&dots, plot, trail.style, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;

    #[test]
    fn marks_stand_where_they_belong() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 3));
        buffer.set_style(buffer.area, Style::new().bg(Color::Blue));
        let mark = |x, y, glyphs: &str| Mark {
            at: (x, y),
            glyphs: glyphs.to_owned(),
            style: Color::White.into(),
        };
        let marks = [
            mark(0.0, 0.0, "a"),
            mark(1.0, 1.0, "b"),
            mark(0.5, 0.5, "c"),
            mark(1.5, 0.5, "d"),
            mark(f64::NAN, 0.0, "e"),
        ];
        draw_marks(&marks, buffer.area, &mut buffer);
        let mut expected = Buffer::with_lines(["    b", "  c  ", "a    "]);
        expected.set_style(expected.area, Style::new().bg(Color::Blue));
        for at in [(4, 0), (2, 1), (0, 2)] {
            expected.cell_mut(at).unwrap().set_fg(Color::White);
        }
        assert_eq!(buffer, expected);
    }

    #[test]
    fn large_marks_lie_around_their_places_and_inside_the_plot() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 3));
        let mark = |x, y, glyphs: &str| Mark {
            at: (x, y),
            glyphs: glyphs.to_owned(),
            style: Style::new(),
        };
        let plot = Rect::new(1, 0, 4, 3);
        let marks = [
            mark(0.5, 1.0, "abc"),
            mark(0.0, 0.5, "def"),
            mark(1.0, 0.0, "gh"),
        ];
        draw_marks(&marks, plot, &mut buffer);
        assert_eq!(buffer, Buffer::with_lines(["  abc ", " ef   ", "    g "]));
    }

    #[test]
    fn trails_join_their_places() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 2));
        let trail = Trail {
            places: vec![(0.0, 1.0), (1.0, 0.0)],
            style: Style::new(),
            dashed: false,
        };
        draw_trails(&[trail], buffer.area, Marker::Braille, &mut buffer);
        assert_eq!(buffer, Buffer::with_lines(["⠑⢄  ", "  ⠑⢄"]));
    }

    #[test]
    fn nothing_to_draw_on() {
        let mut buffer = Buffer::empty(Rect::ZERO);
        let trail = Trail {
            places: vec![(0.0, 1.0), (1.0, 0.0)],
            style: Style::new(),
            dashed: false,
        };
        draw_trails(&[trail], Rect::ZERO, Marker::Braille, &mut buffer);
        draw_marks(
            &[Mark {
                at: (0.0, 0.0),
                glyphs: "x".to_owned(),
                style: Style::new(),
            }],
            Rect::ZERO,
            &mut buffer,
        );
    }
}
