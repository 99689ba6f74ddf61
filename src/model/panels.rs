//! Points side by side, so that one instruction works on many of them.

use rayon::prelude::*;

use super::{LANES, Lanes};

/// Lanes that one thread fills at a time; the calling thread fills up to twice as many alone.
const AT_ONCE: usize = 1 << 12;

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
        self.gather(rows.len() / width, |point| &rows[point * width..][..width]);
    }

    /// Makes `points` points, the values of each being the row `(d,)` that `row` gives for it.
    pub fn gather<'r>(&mut self, points: usize, row: impl Fn(usize) -> &'r [f32] + Sync) {
        self.resize(points);
        let fill = |(panel, lanes): (usize, &mut [Lanes])| {
            let first = panel * LANES;
            let used = (points - first).min(LANES);
            let mut rows: [&[f32]; LANES] = [&[]; LANES];
            for (rows, point) in rows[..used].iter_mut().zip(first..) {
                *rows = row(point);
            }
            transpose(&rows[..used], lanes);
        };
        let width = self.width.max(1);
        if self.lanes.len() <= 2 * AT_ONCE {
            self.lanes.chunks_mut(width).enumerate().for_each(fill);
        } else {
            let panels = self.lanes.par_chunks_mut(width).enumerate();
            panels.with_min_len((AT_ONCE / width).max(1)).for_each(fill);
        }
        self.clear_padding();
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

/// Writes `rows`, each `(d,)`, to the lanes of a panel, few features at a time so that these stay
/// in the fastest cache.
fn transpose(rows: &[&[f32]], panel: &mut [Lanes]) {
    for (part, lanes) in panel.chunks_mut(LANES).enumerate() {
        for (lane, row) in rows.iter().enumerate() {
            for (lanes, &value) in lanes.iter_mut().zip(row.iter().skip(part * LANES)) {
                lanes[lane] = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_survive_the_way_through_panels() {
        for (width, points) in [(3, 37), (1, 16), (16, 5), (35, 300)] {
            let rows: Vec<f32> = (0..width * points).map(|value| value as f32).collect();
            let panels = Panels::from_rows(width, &rows);
            assert_eq!(panels.to_rows(), rows);
            let last = (points - 1) * width;
            assert_eq!(panels.row(points - 1).collect::<Vec<_>>(), rows[last..]);
            assert_eq!(panels.get(4, width - 1), rows[5 * width - 1]);
        }
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
