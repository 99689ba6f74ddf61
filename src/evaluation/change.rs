//! What a counterfactual asks of a person: cost and redundancy.

use ndarray::ArrayView1;

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

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn cost_and_redundancy_of_known_moves() {
        let (from, to) = (array![0.0, 0.0], array![1.5, 0.0]);
        assert_eq!(cost(from.view(), to.view()), 1.5);
        assert_eq!(redundancy(from.view(), to.view()), 0.5);
    }
}
