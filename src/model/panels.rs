//! Points side by side, so that one instruction works on many of them.

use super::{LANES, Lanes};

/// `n` points of `d` features, [`LANES`] of them to a panel.
///
/// A panel is `d` consecutive [`Lanes`]: feature by feature, the values of its points side by
/// side. Lanes of the last panel that belong to no point hold finite values that nobody looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panels {
    width: usize,
    points: usize,
    lanes: Vec<Lanes>,
}

impl Panels {
    /// No points of `width` features.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    /// Points from a row-major array `(n, width)`.
    pub fn from_rows(width: usize, rows: &[f32]) -> Self {
        let mut panels = Self::new(width);
        panels.take_rows(rows);
        panels
    }

    /// Takes over the points of a row-major array `(n, d)`.
    pub fn take_rows(&mut self, rows: &[f32]) {
        let width = self.width.max(1);
        self.resize(rows.len() / width);
        for (panel, rows) in self
            .lanes
            .chunks_exact_mut(width)
            .zip(rows.chunks(width * LANES))
        {
            for (lane, row) in rows.chunks_exact(width).enumerate() {
                for (lanes, &value) in panel.iter_mut().zip(row) {
                    lanes[lane] = value;
                }
            }
        }
    }

    /// Writes the points to a row-major array `(n, d)`.
    pub fn give_rows(&self, rows: &mut [f32]) {
        let width = self.width.max(1);
        for (panel, rows) in self.panels().zip(rows.chunks_mut(width * LANES)) {
            for (lane, row) in rows.chunks_exact_mut(width).enumerate() {
                for (lanes, value) in panel.iter().zip(row) {
                    *value = lanes[lane];
                }
            }
        }
    }

    /// The points as a row-major array `(n, d)`.
    pub fn to_rows(&self) -> Vec<f32> {
        let mut rows = vec![0.0; self.points * self.width];
        self.give_rows(&mut rows);
        rows
    }

    /// Makes room for `points` points, or drops those beyond. Memory is kept.
    pub fn resize(&mut self, points: usize) {
        let lanes = points.div_ceil(LANES) * self.width;
        self.lanes.resize(lanes, Lanes::default());
        self.points = points;
    }

    /// Number of features `d`.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of points `n`.
    pub fn len(&self) -> usize {
        self.points
    }

    /// Whether there are no points.
    pub fn is_empty(&self) -> bool {
        self.points == 0
    }

    /// One value of one point.
    pub fn get(&self, point: usize, feature: usize) -> f32 {
        self.lanes[point / LANES * self.width + feature][point % LANES]
    }

    /// Changes one value of one point.
    pub fn set(&mut self, point: usize, feature: usize, value: f32) {
        self.lanes[point / LANES * self.width + feature][point % LANES] = value;
    }

    /// The values of one point, `(d,)`.
    pub fn row(&self, point: usize) -> impl Iterator<Item = f32> {
        let first = point / LANES * self.width;
        self.lanes[first..first + self.width]
            .iter()
            .map(move |lanes| lanes[point % LANES])
    }

    /// Changes the values of one point to `row`, `(d,)`.
    pub fn set_row(&mut self, point: usize, row: impl IntoIterator<Item = f32>) {
        let first = point / LANES * self.width;
        for (lanes, value) in self.lanes[first..first + self.width].iter_mut().zip(row) {
            lanes[point % LANES] = value;
        }
    }

    /// Takes a point out; the last one takes its place.
    pub fn swap_remove(&mut self, point: usize) {
        let Some(last) = self.points.checked_sub(1) else {
            return;
        };
        let (from, to) = (last / LANES * self.width, point / LANES * self.width);
        for feature in 0..self.width {
            self.lanes[to + feature][point % LANES] = self.lanes[from + feature][last % LANES];
        }
        self.resize(last);
    }

    /// The panels in order, each `(d,)` lanes.
    pub fn panels(&self) -> std::slice::ChunksExact<'_, Lanes> {
        self.lanes.chunks_exact(self.width.max(1))
    }

    /// The panels in order, each `(d,)` lanes.
    pub fn panels_mut(&mut self) -> std::slice::ChunksExactMut<'_, Lanes> {
        self.lanes.chunks_exact_mut(self.width.max(1))
    }

    /// All lanes, panel by panel.
    pub fn lanes(&self) -> &[Lanes] {
        &self.lanes
    }

    /// All lanes, panel by panel.
    pub fn lanes_mut(&mut self) -> &mut [Lanes] {
        &mut self.lanes
    }

    /// Sets the lanes that belong to no point to 0.
    pub fn clear_padding(&mut self) {
        let used = self.points % LANES;
        if used > 0
            && let Some(last) = self.panels_mut().next_back()
        {
            for lanes in last {
                lanes[used..].fill(0.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_survive_the_way_through_panels() {
        let rows: Vec<f32> = (0..3 * 37).map(|value| value as f32).collect();
        let mut panels = Panels::from_rows(3, &rows);
        assert_eq!(panels.to_rows(), rows);
        assert_eq!(panels.row(20).collect::<Vec<_>>(), rows[60..63]);
        assert_eq!(panels.get(20, 1), rows[61]);
        panels.set_row(36, [1.0, 2.0, 3.0]);
        assert_eq!(panels.row(36).collect::<Vec<_>>(), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn padding_is_cleared_and_points_are_not() {
        let mut panels = Panels::from_rows(2, &[1.0; 2 * 17]);
        panels.lanes_mut().fill(Lanes::splat(1.0));
        panels.clear_padding();
        assert_eq!(panels.to_rows(), [1.0; 2 * 17]);
        assert_eq!(panels.lanes()[3][1..], [0.0; LANES - 1]);
    }
}
