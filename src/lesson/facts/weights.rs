//! The weights of linear models.

use ndarray::Array2;

use crate::{lesson::expression::ExpressionError, model::Mlp};

/// |w| of one feature over |w| of another, where `w` is the second class' weight minus the first's.
///
/// # Errors
/// [`ExpressionError`] if the model is not linear, or has more than two classes.
pub(super) fn ratio(model: &Mlp, features: [usize; 2]) -> Result<f64, ExpressionError> {
    if !model.architecture().hidden.is_empty() || model.classes() != 2 {
        let message = "weights can be compared of linear models (hidden_layers = 0) of two classes";
        return Err(ExpressionError(message.to_owned()));
    }
    let mut probes = Array2::zeros((3, model.inputs()));
    for (row, feature) in features.into_iter().enumerate() {
        probes[[row, feature]] = 1.0;
    }
    let logits = model.logits(probes.view());
    let slope = |row: usize| {
        let rise = |class: usize| f64::from(logits[[row, class]] - logits[[2, class]]);
        (rise(1) - rise(0)).abs()
    };
    Ok(slope(0) / slope(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Architecture;

    fn model(hidden: Vec<usize>) -> Mlp {
        let architecture = Architecture {
            inputs: 2,
            hidden,
            outputs: 2,
        };
        let count = architecture.parameters();
        let weights = [0.5, -1.0, 1.5, 3.0, 0.2, 0.1];
        let parameters = (0..count).map(|at| weights[at % 6]).collect();
        Mlp::from_parameters(architecture, parameters).unwrap()
    }

    #[test]
    fn the_ratio_is_of_what_separates_the_classes() {
        let found = ratio(&model(Vec::new()), [0, 1]).unwrap();
        assert!((found - 0.25).abs() < 1e-6, "{found}");
        let inverse = ratio(&model(Vec::new()), [1, 0]).unwrap();
        assert!((inverse - 4.0).abs() < 1e-5, "{inverse}");
        assert!(ratio(&model(vec![4]), [0, 1]).is_err());
    }
}
