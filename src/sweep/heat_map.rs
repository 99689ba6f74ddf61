//! A score over two parameters: for the eye, as text and as SVG.

use std::collections::HashMap;

use super::{Setting, score::Score, summary::Group};
use crate::xml::{Anchor, Svg};

/// Width and height of a cell of the picture.
const CELL: [f64; 2] = [84.0, 38.0];
/// Least room for the names at its left, and room for those at its top.
const LEFT: f64 = 110.0;
const TOP: f64 = 64.0;
/// Size of its letters.
const LETTER: f64 = 13.0;
/// Width of a letter, about.
const WIDTH: f64 = 7.0;
/// Room around everything.
const MARGIN: f64 = 12.0;
/// Colour of what matters less.
const FAINT: &str = "#555555";

/// Mean scores over the levels of two parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    /// The parameter of the rows.
    pub row: String,
    /// The parameter of the columns.
    pub column: String,
    /// Levels of the rows.
    pub rows: Vec<String>,
    /// Levels of the columns.
    pub columns: Vec<String>,
    /// The score.
    pub score: Score,
    /// Mean over everything else, `(rows, columns)`; `None` where there is nothing.
    pub means: Vec<Vec<Option<f64>>>,
}

impl HeatMap {
    /// Of `score` over the parameters `row` and `column` of `groups`, in the order of the levels.
    pub fn new(groups: &[Group], score: Score, row: &str, column: &str) -> Self {
        let (rows, columns) = (levels(groups, row), levels(groups, column));
        let place = |levels: &[String]| -> HashMap<String, usize> {
            levels.iter().cloned().zip(0..).collect()
        };
        let (down, across) = (place(&rows), place(&columns));
        let mut sums = vec![vec![(0.0, 0_usize); columns.len()]; rows.len()];
        for group in groups {
            let at = |name: &str, places: &HashMap<String, usize>| {
                places.get(&group.settings.get(name)?.text()).copied()
            };
            if let (Some(row), Some(column), Some(estimate)) = (
                at(row, &down),
                at(column, &across),
                group.scores.get(&score),
            ) {
                let (sum, count) = &mut sums[row][column];
                *sum += estimate.mean;
                *count += 1;
            }
        }
        let mean = |&(sum, count): &(f64, usize)| (count > 0).then(|| sum / count as f64);
        let means = sums
            .iter()
            .map(|row| row.iter().map(mean).collect())
            .collect();
        Self {
            row: row.to_owned(),
            column: column.to_owned(),
            rows,
            columns,
            score,
            means,
        }
    }

    /// Smallest and largest mean; 0 and 0 if there are none.
    pub fn range(&self) -> (f64, f64) {
        let values = || self.means.iter().flatten().flatten().copied();
        let min = values().fold(f64::INFINITY, f64::min);
        let max = values().fold(f64::NEG_INFINITY, f64::max);
        if min <= max { (min, max) } else { (0.0, 0.0) }
    }

    /// Where a mean lies between the smallest, 0, and the largest, 1.
    pub fn share(&self, value: f64) -> f64 {
        let (min, max) = self.range();
        if max > min {
            (value - min) / (max - min)
        } else {
            0.5
        }
    }

    /// As a picture that stands by itself.
    pub fn to_svg(&self) -> String {
        let (score, row, column) = (self.score.name(), &self.row, &self.column);
        let title = format!("{score} over {row} and {column}");
        let what = format!("{score}: {}", self.score.help());
        let cells = CELL[0] * self.columns.len() as f64;
        let wide = |text: &str| WIDTH * text.chars().count() as f64 + 2.0 * MARGIN;
        let left = LEFT.max(wide(row));
        let size = [
            wide(&what).max(left + cells + MARGIN),
            TOP + CELL[1] * self.rows.len() as f64 + MARGIN,
        ];
        let mut svg = Svg::sheet(size, &title);
        let middle = left + cells / 2.0;
        svg.text([MARGIN, 22.0], LETTER, Anchor::Start, &what);
        svg.inked([middle, 44.0], LETTER, Anchor::Middle, FAINT, column);
        svg.inked([MARGIN, TOP - 4.0], LETTER, Anchor::Start, FAINT, row);
        for (across, level) in self.columns.iter().enumerate() {
            let x = left + CELL[0] * (across as f64 + 0.5);
            svg.text([x, TOP - 4.0], LETTER, Anchor::Middle, level);
        }
        for (down, (level, means)) in self.rows.iter().zip(&self.means).enumerate() {
            let y = TOP + CELL[1] * down as f64;
            let base = y + CELL[1] / 2.0 + 5.0;
            svg.text([left - 10.0, base], LETTER, Anchor::End, level);
            for (across, mean) in means.iter().enumerate() {
                self.cell(&mut svg, *mean, [left + CELL[0] * across as f64, y]);
            }
        }
        svg.finish()
    }

    fn cell(&self, svg: &mut Svg, mean: Option<f64>, [x, y]: [f64; 2]) {
        let (fill, ink, text) = match mean {
            None => ("#eeeeee".to_owned(), FAINT, "–".to_owned()),
            Some(mean) => {
                let share = self.share(mean);
                let ink = if share > 0.55 { "#ffffff" } else { "#1b1b1b" };
                (shade(share), ink, short(mean))
            }
        };
        let [width, height] = CELL;
        svg.rectangle([x, y], [width - 2.0, height - 2.0], &fill);
        let base = [x + width / 2.0, y + height / 2.0 + 5.0];
        svg.inked(base, LETTER, Anchor::Middle, ink, &text);
    }
}

/// From light to dark blue.
fn shade(share: f64) -> String {
    let channel = |from: f64, to: f64| (from + (to - from) * share).round() as u8;
    let [red, green, blue] =
        [(239.0, 8.0), (243.0, 64.0), (255.0, 129.0)].map(|(a, b)| channel(a, b));
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Three significant digits.
pub fn short(value: f64) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let size = if value == 0.0 {
        0
    } else {
        value.abs().log10().floor() as i32
    };
    let decimals = (2 - size).clamp(0, 6) as usize;
    format!("{value:.decimals$}")
}

/// The levels of a parameter: numbers by size, words in alphabetical order.
fn levels(groups: &[Group], name: &str) -> Vec<String> {
    let settings = groups.iter().filter_map(|group| group.settings.get(name));
    let mut found: Vec<&Setting> = settings.collect();
    found.sort_by(|a, b| a.order(b));
    let mut found: Vec<String> = found.into_iter().map(Setting::text).collect();
    found.dedup();
    found
}
