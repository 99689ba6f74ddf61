//! Energy: what the classifier itself holds to be typical of a class.

use ndarray::ArrayView2;

use crate::model::Mlp;

/// Mean energy `E(x, t) = −M(x)[t]` of points `(n, d)`; not a number for `n = 0`.
pub fn mean_energy(model: &Mlp, points: ArrayView2<'_, f32>, target: usize) -> f64 {
    let logits = model.logits(points);
    let sum: f64 = logits.column(target).iter().map(|&l| f64::from(l)).sum();
    -sum / points.nrows() as f64
}

/// Energy differential: mean energy of counterfactuals `(n, d)` minus that of real samples of their
/// target class `(m, d)`.
///
/// It is the negative of what the contrastive divergence of Eq. 2 makes large; above 0, the model
/// holds the counterfactuals to be less typical of the class than its samples.
pub fn energy_differential(
    model: &Mlp,
    counterfactuals: ArrayView2<'_, f32>,
    samples: ArrayView2<'_, f32>,
    target: usize,
) -> f64 {
    mean_energy(model, counterfactuals, target) - mean_energy(model, samples, target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Architecture;
    use ndarray::array;

    #[test]
    fn higher_logits_mean_lower_energy() {
        let architecture = Architecture {
            inputs: 1,
            hidden: vec![],
            outputs: 2,
        };
        let model = Mlp::from_parameters(architecture, vec![1.0, -1.0, 0.5, 0.0]).unwrap();
        let (found, real) = (array![[1.0], [2.0]], array![[4.0]]);
        assert_eq!(mean_energy(&model, found.view(), 0), -2.0);
        let difference = energy_differential(&model, found.view(), real.view(), 0);
        assert_eq!(difference, 2.5);
    }
}
