//! Implausibility IP*: how well counterfactuals can be told from real samples.

use ndarray::{ArrayView2, CowArray, Ix2};
use pulp::Simd;
use rayon::prelude::*;

use crate::{
    math::exp,
    model::{LANES, Lanes, Panels, Registers, Vectorized},
};

/// Length scale ℓ of the kernel with which the published tables come out (the paper's text says
/// 0.5).
pub const LENGTH_SCALE: f64 = 5.0;
/// Most samples a side of the MMD that an evaluation takes.
pub const MMD_SAMPLES: usize = 100;

/// Points compared with a panel at a time, so that a loaded feature is used several times.
const TILE: usize = 4;
/// Operations that are worth a thread.
const WORK: usize = 1 << 20;

/// Unbiased estimate of the squared maximum mean discrepancy of the distributions that `a` `(m, d)`
/// and `b` `(n, d)` are drawn from (Gretton et al. 2012, Eq. 3), with the Gaussian kernel
/// `exp(−‖x − y‖² / (2ℓ²))`.
///
/// It may be below 0; IP* counts that as 0. Not a number unless `m, n ≥ 2`.
pub fn mmd2(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, length_scale: f64) -> f64 {
    let (m, n) = (a.nrows() as f64, b.nrows() as f64);
    let (a, b) = (Points::new(a), Points::new(b));
    let scale = (-0.5 / (length_scale * length_scale)) as f32;
    let between = a.kernel_sum(&b, Pairs::All, scale) / (m * n);
    let within = |points: &Points<'_>, n: f64| {
        2.0 * points.kernel_sum(points, Pairs::Unordered, scale) / (n * (n - 1.0))
    };
    within(&a, m) + within(&b, n) - 2.0 * between
}

/// IP*: [`mmd2`], with estimates below 0 counted as 0.
pub fn ip_star(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, length_scale: f64) -> f64 {
    let estimate = mmd2(a, b, length_scale);
    if estimate < 0.0 { 0.0 } else { estimate }
}

/// Points `(n, d)`, one after the other and side by side.
struct Points<'a> {
    rows: CowArray<'a, f32, Ix2>,
    panels: Panels,
}

/// Which pairs of a point of one set and a point of another count.
#[derive(Clone, Copy)]
enum Pairs {
    All,
    /// Those whose second point comes after the first: pairs within one set.
    Unordered,
}

impl<'a> Points<'a> {
    fn new(points: ArrayView2<'a, f32>) -> Self {
        let rows = match points.is_standard_layout() {
            true => CowArray::from(points),
            false => CowArray::from(points.as_standard_layout().into_owned()),
        };
        let values = rows.as_slice().unwrap_or_default();
        let panels = Panels::from_rows(rows.ncols(), values);
        Self { rows, panels }
    }

    /// Sum of the kernel over pairs of one point of `self` and one of `others`.
    fn kernel_sum(&self, others: &Self, pairs: Pairs, scale: f32) -> f64 {
        let width = self.panels.width().max(1);
        let at_once = WORK / (3 * LANES * width * self.panels.len().max(1));
        let panels = others.panels.lanes().par_chunks_exact(width).enumerate();
        let sums = panels.with_min_len(at_once.max(1)).map(|(panel, lanes)| {
            let first = panel * LANES;
            let rows = self.rows.as_slice().unwrap_or_default();
            let end = match pairs {
                Pairs::All => rows.len(),
                Pairs::Unordered => rows.len().min((first + LANES) * width),
            };
            let sum = PanelSum {
                rows: &rows[..end],
                lanes,
                first,
                points: others.panels.len(),
                pairs,
                scale,
            };
            sum.vectorize()
        });
        sums.collect::<Vec<f64>>().into_iter().sum()
    }
}

/// The kernel's sum over pairs of a row and a point of one panel.
struct PanelSum<'a> {
    /// `(m, d)` row-major.
    rows: &'a [f32],
    /// `(d,)`.
    lanes: &'a [Lanes],
    /// Position of the panel's first point.
    first: usize,
    /// Number of points of all panels.
    points: usize,
    pairs: Pairs,
    scale: f32,
}

impl Vectorized for PanelSum<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, simd: S) -> f64 {
        let width = self.lanes.len();
        let used = (self.points - self.first).min(LANES);
        let mut sums = [0.0; LANES];
        for (tile, rows) in self.rows.chunks(TILE * width).enumerate() {
            let count = rows.len() / width;
            let rows = std::array::from_fn(|row| &rows[row.min(count - 1) * width..][..width]);
            let distances = squared_distances::<S, N>(simd, rows, self.lanes);
            for (row, distances) in (tile * TILE..).zip(&distances[..count]) {
                let skipped = match self.pairs {
                    Pairs::All => 0,
                    Pairs::Unordered => (row + 1).saturating_sub(self.first),
                };
                for (lane, (sum, distance)) in sums.iter_mut().zip(distances.iter()).enumerate() {
                    let counts = (lane >= skipped) & (lane < used);
                    let value = exp(self.scale * distance);
                    *sum += f64::from(if counts { value } else { 0.0 });
                }
            }
        }
        sums.iter().sum()
    }
}

/// Squared distances of each of `rows`, `(d,)`, to all points of a panel, `(d,)` lanes.
#[inline(always)]
fn squared_distances<S: Simd, const N: usize>(
    simd: S,
    rows: [&[f32]; TILE],
    panel: &[Lanes],
) -> [Lanes; TILE] {
    let zero = Registers::<S, N>::splat(simd, 0.0);
    let [mut a, mut b, mut c, mut d] = [zero; TILE];
    let [first, second, third, fourth] = rows;
    let pairs = first.iter().zip(second).zip(third.iter().zip(fourth));
    for (lanes, ((&w, &x), (&y, &z))) in panel.iter().zip(pairs) {
        let lanes = Registers::<S, N>::load(lanes);
        let [w, x, y, z] =
            [w, x, y, z].map(|value| Registers::splat(simd, value).subtract(simd, lanes));
        a = a.add_product(simd, w, w);
        b = b.add_product(simd, x, x);
        c = c.add_product(simd, y, y);
        d = d.add_product(simd, z, z);
    }
    let mut distances = [Lanes::default(); TILE];
    for (into, sums) in distances.iter_mut().zip([a, b, c, d]) {
        sums.store(into);
    }
    distances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};
    use ndarray::{Array2, array};
    use rand::RngExt;

    #[test]
    fn discrepancy_of_two_pairs_by_hand() {
        let (a, b) = (array![[0.0_f32], [1.0]], array![[0.0_f32], [2.0]]);
        let k = |squared: f64| (-squared / 2.0).exp();
        let expected = k(1.0) + k(4.0) - 2.0 * (1.0 + k(4.0) + k(1.0) + k(1.0)) / 4.0;
        assert!((mmd2(a.view(), b.view(), 1.0) - expected).abs() < 1e-6);
        assert_eq!(ip_star(a.view(), a.view(), 1.0), 0.0);
        assert!(ip_star(array![[0.0]].view(), b.view(), 1.0).is_nan());
    }

    /// The estimate, pair by pair and with twice the digits.
    fn reference(a: &Array2<f32>, b: &Array2<f32>, length_scale: f64) -> f64 {
        let mean = |a: &Array2<f32>, b: &Array2<f32>, same: bool| {
            let (mut sum, mut pairs) = (0.0, 0.0);
            for (i, x) in a.rows().into_iter().enumerate() {
                for (j, y) in b.rows().into_iter().enumerate() {
                    if !(same && i == j) {
                        let offsets = x.iter().zip(y).map(|(x, y)| f64::from(x - y));
                        let squared: f64 = offsets.map(|offset| offset * offset).sum();
                        sum += (-0.5 * squared / (length_scale * length_scale)).exp();
                        pairs += 1.0;
                    }
                }
            }
            sum / pairs
        };
        mean(a, a, true) + mean(b, b, true) - 2.0 * mean(a, b, false)
    }

    #[test]
    fn panels_and_threads_leave_no_pair_out() {
        let mut random = stream(2, Purpose::Data, 0);
        for (m, n, d) in [(2, 3, 1), (16, 17, 2), (33, 5, 3), (100, 100, 800)] {
            let mut draw =
                |n| Array2::from_shape_simple_fn((n, d), || random.random_range(-1.0_f32..1.0));
            let (a, b) = (draw(m), draw(n) + 0.3);
            for length_scale in [0.5, 5.0] {
                let expected = reference(&a, &b, length_scale);
                let found = mmd2(a.view(), b.view(), length_scale);
                assert!(
                    (found - expected).abs() < 2e-6,
                    "{m} {n} {d}: {found} {expected}"
                );
                let columns = a.t().as_standard_layout().into_owned();
                assert_eq!(mmd2(columns.t(), b.view(), length_scale), found);
            }
        }
    }
}
