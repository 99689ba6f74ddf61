//! The generic generator, and Wachter's.

use std::sync::Arc;

use ndarray::{Array1, ArrayView2};

use super::Penalty;

/// No penalty beyond cross-entropy and L1 cost.
///
/// With weights it is the generator of Wachter, Mittelstadt and Russell (2017), who divide each
/// feature's distance by its median absolute deviation.
#[derive(Clone, Debug, Default)]
pub struct Generic {
    weights: Option<Arc<[f32]>>,
}

impl Generic {
    /// Weights the L1 cost per feature by `weights`, `(d,)`.
    pub fn weighted(weights: Arc<[f32]>) -> Self {
        Self {
            weights: Some(weights),
        }
    }
}

impl Penalty for Generic {
    fn cost_weights(&self) -> Option<&[f32]> {
        self.weights.as_deref()
    }
}

/// Wachter's weights `1 / MAD`, `(d,)`, with the median absolute deviation of each column of `x`,
/// `(n, d)`.
///
/// A column of which more than half is one value, such as most one-hot columns, has no MAD to
/// divide by and gets the weight 1.
pub fn mad_weights(x: ArrayView2<'_, f32>) -> Array1<f32> {
    x.columns()
        .into_iter()
        .map(|column| {
            let mut values = column.to_vec();
            let middle = median(&mut values);
            for value in &mut values {
                *value = (*value - middle).abs();
            }
            let weight = median(&mut values).recip();
            if weight.is_finite() { weight } else { 1.0 }
        })
        .collect()
}

/// The median, the mean of the middle two for an even number; not a number if there is none.
fn median(values: &mut [f32]) -> f32 {
    let half = values.len() / 2;
    if values.is_empty() {
        return f32::NAN;
    }
    let even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable_by(half, f32::total_cmp);
    let lower = below.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if even { (lower + *upper) / 2.0 } else { *upper }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn weights_are_one_over_the_median_absolute_deviation() {
        let x = array![
            [1.0, 0.0, 5.0],
            [2.0, 0.0, 5.0],
            [4.0, 0.0, 1.0],
            [8.0, 1.0, 9.0]
        ];
        assert_eq!(mad_weights(x.view()).to_vec(), [1.0 / 1.5, 1.0, 0.5]);
    }

    #[test]
    fn no_samples_give_no_weight() {
        let x = ndarray::Array2::zeros((0, 2));
        assert_eq!(mad_weights(x.view()).to_vec(), [1.0, 1.0]);
    }
}
