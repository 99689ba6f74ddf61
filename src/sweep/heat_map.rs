//! A score over two parameters: for the eye, as text and as SVG.

use std::{collections::HashMap, fmt::Write};

use super::{Setting, score::Score, summary::Group};

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
        const CELL: usize = 84;
        const TALL: usize = 38;
        const LEFT: usize = 110;
        const TOP: usize = 64;
        let width = LEFT + CELL * self.columns.len() + 24;
        let height = TOP + TALL * self.rows.len() + 40;
        let mut svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>{score} over {row} and {column}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="{LEFT}" y="22" font-weight="600">{score}: {help}</text>
<text x="{middle}" y="44" text-anchor="middle" fill="#555">{column}</text>
<text x="12" y="{TOP}" dy="-8" fill="#555">{row}</text>
"##,
            score = self.score.name(),
            help = self.score.help(),
            row = escaped(&self.row),
            column = escaped(&self.column),
            middle = LEFT + CELL * self.columns.len() / 2,
        );
        for (at, column) in self.columns.iter().enumerate() {
            let x = LEFT + CELL * at + CELL / 2;
            let text = escaped(column);
            let _ = writeln!(
                svg,
                r##"<text x="{x}" y="60" text-anchor="middle">{text}</text>"##
            );
        }
        for (at, (row, means)) in self.rows.iter().zip(&self.means).enumerate() {
            let (y, middle) = (TOP + TALL * at, TOP + TALL * at + TALL / 2 + 5);
            let (end, text) = (LEFT - 10, escaped(row));
            let _ = writeln!(
                svg,
                r##"<text x="{end}" y="{middle}" text-anchor="end">{text}</text>"##
            );
            for (across, mean) in means.iter().enumerate() {
                let x = LEFT + CELL * across;
                svg += &self.cell(*mean, [x, y, CELL, TALL]);
            }
        }
        svg + "</svg>\n"
    }

    fn cell(&self, mean: Option<f64>, [x, y, width, height]: [usize; 4]) -> String {
        let (fill, ink, text) = match mean {
            None => ("#eeeeee".to_owned(), "#555", "–".to_owned()),
            Some(mean) => {
                let share = self.share(mean);
                let ink = if share > 0.55 { "#ffffff" } else { "#1b1b1b" };
                (shade(share), ink, short(mean))
            }
        };
        let (inner, tall) = (width - 2, height - 2);
        let (middle, base) = (x + width / 2, y + height / 2 + 5);
        format!(
            r##"<rect x="{x}" y="{y}" width="{inner}" height="{tall}" rx="3" fill="{fill}"/>
<text x="{middle}" y="{base}" text-anchor="middle" fill="{ink}">{text}</text>
"##
        )
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

fn escaped(text: &str) -> String {
    let text = crate::text::printable(text);
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
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
