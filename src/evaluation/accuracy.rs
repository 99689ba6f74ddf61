//! Accuracy and macro-averaged F1 of predictions.

use crate::{data::Samples, model::Mlp};

/// Share of samples whose class the model predicts; not a number if there are no samples.
pub fn accuracy(model: &Mlp, samples: &Samples) -> f32 {
    share_equal(&model.predict(samples.x.view()), &samples.y)
}

/// Share of positions at which `predicted` and `actual`, both `(n,)`, agree; not a number for
/// `n = 0`.
pub fn share_equal(predicted: &[usize], actual: &[usize]) -> f32 {
    let equal = predicted.iter().zip(actual).filter(|(p, a)| p == a).count();
    (equal as f64 / actual.len() as f64) as f32
}

/// Unweighted mean over the classes of `2·TP / (2·TP + FP + FN)`.
///
/// `predicted` and `actual` are `(n,)`. A class that is neither predicted nor present does not
/// count; not a number for `n = 0`.
pub fn macro_f1(predicted: &[usize], actual: &[usize], classes: usize) -> f32 {
    let mut hits = vec![0_usize; classes];
    let mut mentions = vec![0_usize; classes];
    for (&predicted, &actual) in predicted.iter().zip(actual) {
        mentions[predicted] += 1;
        mentions[actual] += 1;
        hits[actual] += usize::from(predicted == actual);
    }
    let scores: Vec<f64> = hits
        .iter()
        .zip(&mentions)
        .filter(|&(_, &mentions)| mentions > 0)
        .map(|(&hits, &mentions)| 2.0 * hits as f64 / mentions as f64)
        .collect();
    (scores.iter().sum::<f64>() / scores.len() as f64) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_averages_over_the_classes_that_occur() {
        let f1 = macro_f1(&[0, 0, 1, 1], &[0, 1, 1, 1], 3);
        assert!((f1 - (2.0 / 3.0 + 4.0 / 5.0) / 2.0).abs() < 1e-6, "{f1}");
        assert!(macro_f1(&[], &[], 2).is_nan());
    }

    #[test]
    fn accuracy_is_the_share_of_agreements() {
        assert_eq!(share_equal(&[0, 1, 2, 0], &[0, 1, 1, 0]), 0.75);
        assert!(share_equal(&[], &[]).is_nan());
    }
}
