//! Classes on a grid, and the line between them.

/// A place as fractions of the plot from its top left corner.
type Place = (f64, f64);

/// Classes on a regular grid, the first row at the top, and how clear-cut they are.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// Columns and rows.
    pub resolution: (usize, usize),
    /// Class per grid point, row by row.
    pub class: &'a [u16],
    /// Lead of that class over the next per grid point; 0 on the line.
    pub margin: &'a [f32],
}

impl Grid<'_> {
    /// Index of the sample shown at cell `(x, y)` of `(width, height)` cells laid over the grid.
    pub fn index(&self, (x, y): (u32, u32), (width, height): (u32, u32)) -> Option<usize> {
        let (columns, rows) = self.resolution;
        let at =
            |i: u32, of: u32, cells: usize| (2 * i as usize + 1) * cells / (2 * of as usize).max(1);
        let index = at(y, height, rows) * columns + at(x, width, columns);
        let inside = x < width && y < height && columns > 0;
        (inside && index < self.class.len()).then_some(index)
    }

    /// Pieces of the line between classes by marching squares, with the crossings placed by the margins
    /// of the grid points beside it: from crossing to crossing or to the middle of a square where more than
    /// two classes meet.
    pub fn segments(&self) -> Vec<(Place, Place)> {
        let (columns, rows) = self.resolution;
        if columns < 2 || self.class.len() < columns * rows {
            return Vec::new();
        }
        let mut segments = Vec::new();
        for row in 0..rows.saturating_sub(1) {
            for column in 0..columns - 1 {
                let crossings = self.crossings(column, row);
                match crossings[..] {
                    [] | [_] => {}
                    [from, to] => segments.push((from, to)),
                    _ => {
                        let middle = self.place(column as f64 + 0.5, row as f64 + 0.5);
                        segments.extend(crossings.into_iter().map(|from| (from, middle)));
                    }
                }
            }
        }
        segments
    }

    /// Where the line crosses the sides of a square of grid points.
    fn crossings(&self, column: usize, row: usize) -> Vec<Place> {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)];
        let side = |ends: &[(usize, usize)]| {
            let [from, to] = [ends[0], ends[1]].map(|(x, y)| (column + x, row + y));
            let share = self.crossing(self.position(from), self.position(to))?;
            let along = |a: usize, b: usize| a as f64 + share * (b as f64 - a as f64);
            Some(self.place(along(from.0, to.0), along(from.1, to.1)))
        };
        corners.windows(2).filter_map(side).collect()
    }

    /// Which share of the way from one grid point to another the class changes, if it does.
    fn crossing(&self, from: usize, to: usize) -> Option<f64> {
        let class = self.class;
        if class[from] == class[to] {
            return None;
        }
        let margin = |index: usize| {
            let margin = self.margin.get(index).copied().unwrap_or(0.0);
            f64::from(margin).clamp(0.0, 1.0)
        };
        let (here, there) = (margin(from), margin(to));
        let share = here / (here + there);
        Some(if share.is_finite() { share } else { 0.5 })
    }

    fn position(&self, (column, row): (usize, usize)) -> usize {
        row * self.resolution.0 + column
    }

    fn place(&self, column: f64, row: f64) -> Place {
        let (columns, rows) = self.resolution;
        ((column + 0.5) / columns as f64, (row + 0.5) / rows as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [u16; 16] = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1];

    fn places(margin: &[f32]) -> Vec<(Place, Place)> {
        let grid = Grid {
            resolution: (4, 4),
            class: &CLASSES,
            margin,
        };
        grid.segments()
    }

    #[test]
    fn the_line_is_between_classes_and_nearer_to_the_doubtful() {
        let even = places(&[0.5; 16]);
        assert_eq!(even.len(), 3);
        assert!(even.iter().all(|(from, to)| from.0 == 0.5 && to.0 == 0.5));
        let doubtful = places(&[1.0, 0.25, 0.75, 1.0].repeat(4));
        assert!(
            doubtful
                .iter()
                .all(|(from, _)| (from.0 - 0.4375).abs() < 1e-6)
        );
        assert_eq!(places(&[]).len(), 3);
        assert_eq!(places(&[f32::NAN; 16]).len(), 3);
    }
}
