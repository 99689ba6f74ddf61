//! Lines over a quantity, as SVG.

use crate::{
    plot::Extent,
    text::shortened,
    xml::{Anchor, Element, Svg},
};

/// Width and height of the chart's inside.
const PLOT: [f64; 2] = [390.0, 190.0];
/// Room around it: left, top without the legend, right, bottom.
const ROOM: [f64; 4] = [62.0, 8.0, 18.0, 46.0];
/// Size of letters, and their width on average.
const LETTER: f64 = 14.0;
const LETTER_WIDTH: f64 = 0.58 * LETTER;
/// Height of a line of the legend, and width of an entry's stroke.
const ENTRY: [f64; 2] = [20.0, 26.0];
/// Most characters of a line's name.
const NAME: usize = 24;
/// Ticks that are wanted of both axes.
const TICKS: [usize; 2] = [6, 4];
/// Stretches of a line; of each, the least and the largest value are drawn.
const STRETCHES: usize = 200;

/// A line of a chart.
pub(super) struct Line {
    pub(super) name: String,
    /// Its colour.
    pub(super) paint: String,
    /// Its dashes as SVG takes them; empty for none.
    pub(super) dashes: &'static str,
    /// From left to right; what is not a number is a gap.
    pub(super) points: Vec<(f64, f64)>,
}

/// Lines over common axes.
pub(super) struct Chart {
    pub(super) title: String,
    /// What it shows, in words.
    pub(super) text: String,
    pub(super) x: Extent,
    pub(super) y: Extent,
    pub(super) x_name: &'static str,
    /// What follows the numbers of the vertical axis.
    pub(super) unit: &'static str,
    pub(super) lines: Vec<Line>,
    /// Places that are marked by a dotted line.
    pub(super) marks: Vec<f64>,
}

impl Chart {
    /// The chart as an element of a page.
    pub(super) fn draw(&self) -> Element {
        let legend = self.legend();
        let rows = legend.last().map_or(0.0, |(_, [_, y], _)| y + ENTRY[0]);
        let top = ROOM[1] + rows;
        let size = [ROOM[0] + PLOT[0] + ROOM[2], top + PLOT[1] + ROOM[3]];
        let mut svg = Svg::new(size, &self.title).described(&self.text);
        for (line, [x, y], name) in legend {
            let middle = ROOM[1] + y + 0.5 * ENTRY[0];
            let ends = [[x, middle], [x + ENTRY[1], middle]];
            svg.curve(&ends, &line.paint, line.dashes);
            let at = [x + ENTRY[1] + 5.0, middle + 0.35 * LETTER];
            svg.text(at, LETTER, Anchor::Start, &name);
        }
        self.axes(&mut svg, top);
        for line in &self.lines {
            for piece in self.pieces(line, top) {
                svg.curve(&piece, &line.paint, line.dashes);
            }
        }
        svg.into_element()
    }

    /// The lines with where they are named, in as many rows as it takes.
    fn legend(&self) -> Vec<(&Line, [f64; 2], String)> {
        let mut at = [ROOM[0], 0.0];
        let mut entries = Vec::new();
        for line in &self.lines {
            let name = shortened(&line.name, NAME).into_owned();
            let width = ENTRY[1] + 5.0 + LETTER_WIDTH * name.chars().count() as f64 + 16.0;
            if at[0] > ROOM[0] && at[0] + width > ROOM[0] + PLOT[0] + ROOM[2] {
                at = [ROOM[0], at[1] + ENTRY[0]];
            }
            entries.push((line, at, name));
            at[0] += width;
        }
        entries
    }

    fn axes(&self, svg: &mut Svg, top: f64) {
        let [left, bottom] = [ROOM[0], top + PLOT[1]];
        for tick in self.y.ticks(TICKS[1]) {
            let Some(share) = self.y.fraction(tick) else {
                continue;
            };
            let y = bottom - PLOT[1] * share;
            svg.rule([left, y], [left + PLOT[0], y], false);
            let text = format!("{}{}", self.y.label(tick, TICKS[1]), self.unit);
            svg.text([left - 6.0, y + 0.35 * LETTER], LETTER, Anchor::End, &text);
        }
        for tick in self.x.ticks(TICKS[0]) {
            let Some(share) = self.x.fraction(tick) else {
                continue;
            };
            let at = [left + PLOT[0] * share, bottom + LETTER + 3.0];
            let text = self.x.label(tick, TICKS[0]);
            svg.text(at, LETTER, Anchor::Middle, &text);
        }
        for share in self.marks.iter().filter_map(|&at| self.x.fraction(at)) {
            let x = left + PLOT[0] * share.clamp(0.0, 1.0);
            let ends = [("x1", x), ("y1", top), ("x2", x), ("y2", bottom)];
            let rule = Element::new("line").at(ends).with("stroke", "currentColor");
            svg.add(rule.with("stroke-dasharray", "1 3"));
        }
        svg.rule([left, bottom], [left + PLOT[0], bottom], true);
        svg.rule([left, top], [left, bottom], true);
        let below = [left + PLOT[0] / 2.0, bottom + 2.0 * LETTER + 8.0];
        svg.text(below, LETTER, Anchor::Middle, self.x_name);
    }

    /// The pieces of a line between gaps; what is beyond the axis lies on its edge.
    fn pieces(&self, line: &Line, top: f64) -> Vec<Vec<[f64; 2]>> {
        let place = |&(x, y): &(f64, f64)| {
            let (x, y) = (self.x.fraction(x)?, self.y.fraction(y)?);
            Some([
                ROOM[0] + PLOT[0] * x.clamp(0.0, 1.0),
                top + PLOT[1] * (1.0 - y.clamp(0.0, 1.0)),
            ])
        };
        let places: Vec<Option<[f64; 2]>> = thinned(&line.points).iter().map(place).collect();
        let pieces = places.split(Option::is_none);
        pieces
            .map(|piece| piece.iter().copied().flatten().collect())
            .filter(|piece: &Vec<_>| !piece.is_empty())
            .collect()
    }
}

/// Points of which no more are drawn than are seen: the least and the largest of every stretch.
fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if points.len() <= 2 * STRETCHES {
        return points.to_vec();
    }
    let stretches = points.chunks(points.len().div_ceil(STRETCHES));
    stretches
        .flat_map(|stretch| {
            let by_value = |a: &usize, b: &usize| stretch[*a].1.total_cmp(&stretch[*b].1);
            let least = (0..stretch.len()).min_by(by_value).unwrap_or(0);
            let most = (0..stretch.len()).max_by(by_value).unwrap_or(0);
            let ends = [least.min(most), least.max(most)];
            ends.map(|index| stretch[index])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: Vec<(f64, f64)>) -> Chart {
        Chart {
            title: "loss".into(),
            text: "falls".into(),
            x: Extent::new(0.0, 10.0),
            y: Extent::new(0.0, 1.0),
            x_name: "epoch",
            unit: "",
            lines: vec![Line {
                name: "a<b".into(),
                paint: "red".into(),
                dashes: "",
                points,
            }],
            marks: vec![5.0],
        }
    }

    #[test]
    fn a_line_has_gaps_and_stays_inside() {
        let chart = chart(vec![(1.0, 0.5), (2.0, f64::NAN), (3.0, 1.0), (4.0, 9.0)]);
        let pieces = chart.pieces(&chart.lines[0], 100.0);
        assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        let across = |share: f64| ROOM[0] + PLOT[0] * share;
        assert_eq!(pieces[1], [[across(0.3), 100.0], [across(0.4), 100.0]]);
        let drawn = chart.draw().to_string();
        assert!(drawn.contains("a&lt;b") && drawn.contains("<desc>falls</desc>"));
        assert!(!drawn.contains("NaN"));
    }

    #[test]
    fn no_spike_of_a_long_line_is_lost() {
        let mut points: Vec<(f64, f64)> = (0..5000).map(|i| (f64::from(i), 0.0)).collect();
        (points[1234].1, points[4999].1) = (7.0, -3.0);
        let thin = thinned(&points);
        assert!(thin.len() <= 2 * STRETCHES + 2);
        assert!(thin.contains(&(1234.0, 7.0)) && thin.contains(&(4999.0, -3.0)));
        assert!(thin.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    }
}
