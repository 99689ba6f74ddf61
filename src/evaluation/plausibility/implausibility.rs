//! Implausibility IP: how far a point is from real samples.

use ndarray::ArrayView2;

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
}
