//! Plausibility: how close counterfactuals are to real samples of their target class.

use ndarray::ArrayView2;

/// Length scale ℓ of the kernel with which the published tables come out (the paper's text says
/// 0.5).
pub const LENGTH_SCALE: f64 = 5.0;
/// Most samples a side of the MMD that an evaluation takes.
pub const MMD_SAMPLES: usize = 100;
/// Most target samples of the IP that an evaluation takes.
pub const IP_TARGETS: usize = 1000;

/// Samples of a target class, prepared for [`implausibility`](Self::implausibility).
///
/// Every feature's values are sorted and summed up, so that the mean L1 distance of a point takes
/// `O(d · log n)`.
#[derive(Clone, Debug)]
pub struct Targets {
    rows: usize,
    features: Vec<SortedFeature>,
}

/// One feature's values in ascending order.
#[derive(Clone, Debug)]
struct SortedFeature {
    values: Vec<f32>,
    /// Element `i` is the sum of the `i` smallest values.
    sums: Vec<f64>,
}

impl Targets {
    /// Prepares samples `(n, d)`.
    pub fn new(samples: ArrayView2<'_, f32>) -> Self {
        Self {
            rows: samples.nrows(),
            features: samples
                .columns()
                .into_iter()
                .map(|column| SortedFeature::new(column.to_vec()))
                .collect(),
        }
    }

    /// Implausibility IP: mean L1 distance of `point` `(d,)` to the samples (Altmeyer et al. 2024).
    /// Not a number if there are no samples.
    pub fn implausibility<'a>(&self, point: impl IntoIterator<Item = &'a f32>) -> f64 {
        let features = self.features.iter().zip(point);
        let sum: f64 = features.map(|(f, &value)| f.distance(value)).sum();
        sum / self.rows as f64
    }

    /// Mean IP of `points` `(m, d)`; not a number if there are none.
    pub fn mean_implausibility(&self, points: ArrayView2<'_, f32>) -> f64 {
        let rows = points.rows().into_iter();
        rows.map(|point| self.implausibility(point)).sum::<f64>() / points.nrows() as f64
    }
}

impl SortedFeature {
    fn new(mut values: Vec<f32>) -> Self {
        values.sort_unstable_by(f32::total_cmp);
        let mut sum = 0.0;
        let running = values.iter().map(|&value| {
            sum += f64::from(value);
            sum
        });
        Self {
            sums: std::iter::once(0.0).chain(running).collect(),
            values,
        }
    }

    /// Sum of the distances of `value` to all values.
    fn distance(&self, value: f32) -> f64 {
        let (n, below) = (
            self.values.len(),
            self.values.partition_point(|&v| v < value),
        );
        let above = self.sums[n] - self.sums[below];
        let balance = below as f64 - (n - below) as f64;
        f64::from(value) * balance - self.sums[below] + above
    }
}

/// Unbiased estimate of the squared maximum mean discrepancy of the distributions that `a` `(m, d)`
/// and `b` `(n, d)` are drawn from (Gretton et al. 2012, Eq. 3), with the Gaussian kernel
/// `exp(−‖x − y‖² / (2ℓ²))`.
///
/// It may be below 0; IP* counts that as 0. Not a number unless `m, n ≥ 2`.
pub fn mmd2(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, length_scale: f64) -> f64 {
    let (a, b) = (a.as_standard_layout(), b.as_standard_layout());
    let (Some(x), Some(y)) = (a.as_slice(), b.as_slice()) else {
        return f64::NAN;
    };
    let (d, scale) = (a.ncols().max(1), -0.5 / (length_scale * length_scale));
    let (m, n) = (a.nrows() as f64, b.nrows() as f64);
    let between = kernel_sum(x, y, d, scale) / (m * n);
    let within = |points, n: f64| 2.0 * kernel_sum_within(points, d, scale) / (n * (n - 1.0));
    within(x, m) + within(y, n) - 2.0 * between
}

/// IP*: [`mmd2`], with estimates below 0 counted as 0.
pub fn ip_star(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, length_scale: f64) -> f64 {
    let estimate = mmd2(a, b, length_scale);
    if estimate < 0.0 { 0.0 } else { estimate }
}

/// Sum of the kernel over all pairs of one point of `a` and one of `b`.
fn kernel_sum(a: &[f32], b: &[f32], d: usize, scale: f64) -> f64 {
    a.chunks_exact(d)
        .flat_map(|x| b.chunks_exact(d).map(move |y| kernel(x, y, scale)))
        .sum()
}

/// Sum of the kernel over all unordered pairs of distinct points.
fn kernel_sum_within(points: &[f32], d: usize, scale: f64) -> f64 {
    points
        .chunks_exact(d)
        .enumerate()
        .map(|(i, x)| kernel_sum(x, &points[(i + 1) * d..], d, scale))
        .sum()
}

fn kernel(x: &[f32], y: &[f32], scale: f64) -> f64 {
    let squared: f32 = x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum();
    (scale * f64::from(squared)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn implausibility_is_the_mean_l1_distance() {
        let targets = Targets::new(array![[0.0, 1.0], [2.0, 1.0], [5.0, -1.0]].view());
        let expected = ((1.0 + 0.5) + (1.0 + 0.5) + (4.0 + 1.5)) / 3.0;
        assert!((targets.implausibility(&[1.0, 0.5]) - expected).abs() < 1e-9);
        assert!(
            Targets::new(Array2::zeros((0, 1)).view())
                .implausibility(&[1.0])
                .is_nan()
        );
    }

    #[test]
    fn discrepancy_of_two_pairs_by_hand() {
        let (a, b) = (array![[0.0_f32], [1.0]], array![[0.0_f32], [2.0]]);
        let k = |squared: f64| (-squared / 2.0).exp();
        let expected = k(1.0) + k(4.0) - 2.0 * (1.0 + k(4.0) + k(1.0) + k(1.0)) / 4.0;
        assert!((mmd2(a.view(), b.view(), 1.0) - expected).abs() < 1e-9);
        assert_eq!(ip_star(a.view(), a.view(), 1.0), 0.0);
        assert!(ip_star(array![[0.0]].view(), b.view(), 1.0).is_nan());
    }
}
