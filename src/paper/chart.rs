//! Line charts made of letters.

use std::fmt::Write;

/// Rows of the drawing area.
const HEIGHT: usize = 12;
/// Columns of the drawing area.
const WIDTH: usize = 56;
/// What stands where several curves meet.
const MEETING: char = '+';

/// Curves over common places on the horizontal axis, each drawn with the first letter of its name.
pub struct Chart<'a> {
    title: &'a str,
    axis: &'a str,
    x: &'a [f64],
    curves: Vec<(&'a str, Vec<f64>)>,
}

impl<'a> Chart<'a> {
    /// A chart without curves; `x` ascends.
    pub fn new(title: &'a str, axis: &'a str, x: &'a [f64]) -> Self {
        Self {
            title,
            axis,
            x,
            curves: Vec::new(),
        }
    }

    /// Adds a curve with one value per place.
    pub fn add(&mut self, name: &'a str, y: &[f64]) {
        self.curves.push((name, y.to_vec()));
    }

    /// The lines of the chart, with axes and legend.
    pub fn draw(&self) -> String {
        let [min, max] = self.range();
        let mut cells = [[' '; WIDTH]; HEIGHT];
        for (letter, (_, y)) in self.letters().into_iter().zip(&self.curves) {
            let values = (0..WIDTH).map(|column| self.interpolate(y, column));
            for (column, value) in values.enumerate() {
                let share = (value - min) / (max - min);
                if (0.0..=1.0).contains(&share) {
                    let row = ((1.0 - share) * (HEIGHT - 1) as f64).round() as usize;
                    let there = &mut cells[row][column];
                    *there = if *there == ' ' { letter } else { MEETING };
                }
            }
        }
        let mut text = format!("{}\n", self.title);
        for (row, cells) in cells.iter().enumerate() {
            let share = 1.0 - row as f64 / (HEIGHT - 1) as f64;
            let line: String = cells.iter().collect();
            let value = min + share * (max - min);
            let _ = writeln!(text, "{value:>7.3} ┤{}", line.trim_end());
        }
        let _ = writeln!(text, "        └{}", "─".repeat(WIDTH));
        text + &self.legend()
    }

    /// Smallest and largest value, apart from each other.
    fn range(&self) -> [f64; 2] {
        let values = || self.curves.iter().flat_map(|(_, y)| y).copied();
        let min = values().fold(f64::INFINITY, f64::min);
        let max = values().fold(f64::NEG_INFINITY, f64::max);
        let room = if max - min > 1e-6 { 0.0 } else { 0.01 };
        [min - room, max + room]
    }

    /// The value of `y` at a column, linear between the places.
    fn interpolate(&self, y: &[f64], column: usize) -> f64 {
        let (Some(first), Some(last)) = (self.x.first(), self.x.last()) else {
            return f64::NAN;
        };
        let x = first + (last - first) * column as f64 / (WIDTH - 1) as f64;
        let after = self.x.partition_point(|&place| place < x).max(1);
        let after = after.min(self.x.len() - 1);
        let Some(before) = after.checked_sub(1) else {
            return y.first().copied().unwrap_or(f64::NAN);
        };
        let share = (x - self.x[before]) / (self.x[after] - self.x[before]);
        y[before] + share * (y[after] - y[before])
    }

    fn letters(&self) -> Vec<char> {
        let first = |(name, _): &(&str, Vec<f64>)| name.chars().next().unwrap_or('?');
        let mut letters: Vec<char> = self.curves.iter().map(first).collect();
        for later in 1..letters.len() {
            if letters[..later].contains(&letters[later]) {
                letters[later] = letters[later].to_ascii_lowercase();
            }
        }
        letters
    }

    fn legend(&self) -> String {
        let letters = self.letters();
        let names = letters.iter().zip(&self.curves);
        let names: Vec<String> = names.map(|(l, (name, _))| format!("{l} {name}")).collect();
        let ends = [self.x.first(), self.x.last()].map(|end| end.copied().unwrap_or(f64::NAN));
        let right = format!("{} {:.2}", self.axis, ends[1]);
        let space = WIDTH.saturating_sub(4 + right.chars().count());
        format!(
            "         {:.2}{}{right}\n         {}   {MEETING} several\n\n",
            ends[0],
            " ".repeat(space),
            names.join("   "),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_drawn_where_they_are() {
        let mut chart = Chart::new("both", "ε", &[0.0, 0.1]);
        chart.add("CT", &[1.0, 0.5]);
        chart.add("CD", &[1.0, 0.0]);
        let text = chart.draw();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "both");
        assert!(lines[1].starts_with("  1.000 ┤+"));
        assert!(lines[HEIGHT].starts_with("  0.000 ┤") && lines[HEIGHT].ends_with('c'));
        assert!(text.contains("C CT   c CD"));
    }

    #[test]
    fn a_flat_curve_has_a_range() {
        let mut chart = Chart::new("flat", "ε", &[0.0, 0.05, 0.1]);
        chart.add("BL", &[0.9; 3]);
        assert!(chart.draw().contains(&"B".repeat(WIDTH)));
    }
}
