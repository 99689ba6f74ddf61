//! Energy: what the classifier itself holds to be typical of a class.

use ndarray::ArrayView1;

use super::bootstrap::mean;

/// Energy `E(x, t) = −M(x)[t]` of a point with these logits `(k,)`.
pub fn energy(logits: ArrayView1<'_, f32>, target: usize) -> f64 {
    -f64::from(logits[target])
}

/// Energy differential: mean energy of counterfactuals minus that of real samples of their target
/// class, given the energies of each. Not a number if there are none of either.
///
/// It is the negative of what the contrastive divergence of Eq. 2 makes large; above 0, the model
/// holds the counterfactuals to be less typical of the class than its samples.
pub fn energy_differential(counterfactuals: &[f64], samples: &[f64]) -> f64 {
    mean(counterfactuals) - mean(samples)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Architecture, Mlp};
    use ndarray::array;

    #[test]
    fn higher_logits_mean_lower_energy() {
        let architecture = Architecture {
            inputs: 1,
            hidden: vec![],
            outputs: 2,
        };
        let model = Mlp::from_parameters(architecture, vec![1.0, -1.0, 0.5, 0.0]).unwrap();
        let energies = |points: &[f32]| -> Vec<f64> {
            let logits = points.iter().map(|&x| model.logits(array![[x]].view()));
            logits.map(|logits| energy(logits.row(0), 0)).collect()
        };
        assert_eq!(energies(&[1.0, 2.0]), [-1.5, -2.5]);
        let difference = energy_differential(&energies(&[1.0, 2.0]), &energies(&[4.0]));
        assert_eq!(difference, 2.5);
        assert!(energy_differential(&[], &[1.0]).is_nan());
    }
}
