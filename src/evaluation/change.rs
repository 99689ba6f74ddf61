//! What a counterfactual asks of a person: cost and redundancy.

use ndarray::{ArrayView1, ArrayView2};

/// Largest change of a feature that counts as none, in model units.
pub const UNMOVED: f32 = 1e-5;

/// L1 distance of a counterfactual to its factual, both `(d,)` (Wachter et al. 2017).
pub fn cost(factual: ArrayView1<'_, f32>, counterfactual: ArrayView1<'_, f32>) -> f64 {
    let pairs = factual.iter().zip(&counterfactual);
    pairs.map(|(a, b)| f64::from((a - b).abs())).sum()
}

/// Share of features that moved by less than [`UNMOVED`]; not a number for `d = 0`.
pub fn redundancy(factual: ArrayView1<'_, f32>, counterfactual: ArrayView1<'_, f32>) -> f64 {
    let pairs = factual.iter().zip(&counterfactual);
    let unmoved = pairs.filter(|(a, b)| (*a - *b).abs() < UNMOVED).count();
    unmoved as f64 / factual.len() as f64
}

/// Mean of `measure` over pairs of rows of `factuals` and `counterfactuals`, both `(n, d)`; not a
/// number for `n = 0`.
pub fn mean_over_rows(
    factuals: ArrayView2<'_, f32>,
    counterfactuals: ArrayView2<'_, f32>,
    measure: fn(ArrayView1<'_, f32>, ArrayView1<'_, f32>) -> f64,
) -> f64 {
    let pairs = factuals.rows().into_iter().zip(counterfactuals.rows());
    pairs.map(|(a, b)| measure(a, b)).sum::<f64>() / factuals.nrows() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn cost_and_redundancy_of_known_moves() {
        let from = array![[0.0, 1.0], [0.0, 0.0]];
        let to = array![[0.5, -1.0], [1.0, 0.0]];
        assert_eq!(mean_over_rows(from.view(), to.view(), cost), 1.75);
        assert_eq!(mean_over_rows(from.view(), to.view(), redundancy), 0.25);
    }
}
