//! Softmax and cross-entropy of one row of logits.

/// Turns logits into probabilities, in place.
pub fn softmax(logits: &mut [f32]) {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = (*logit - most).exp();
        sum += *logit;
    }
    for logit in logits {
        *logit /= sum;
    }
}

/// Cross-entropy of `logits` with class `class`; writes its gradient, `softmax − one-hot`, times
/// `weight`, into `gradient`.
pub fn cross_entropy(logits: &[f32], class: usize, weight: f32, gradient: &mut [f32]) -> f32 {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (gradient, logit) in gradient.iter_mut().zip(logits) {
        *gradient = (logit - most).exp();
        sum += *gradient;
    }
    let scale = weight / sum;
    for gradient in gradient.iter_mut() {
        *gradient *= scale;
    }
    gradient[class] -= weight;
    sum.ln() + most - logits[class]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cross_entropy_and_its_gradient() {
        let mut gradient = [0.0; 3];
        let loss = cross_entropy(&[1.0, 2.0, 3.0], 2, 2.0, &mut gradient);
        assert!((loss - 0.407_606).abs() < 1e-6);
        let expected = [0.180_061, 0.489_457, -0.669_518];
        for (gradient, expected) in gradient.iter().zip(expected) {
            assert!((gradient - expected).abs() < 1e-5);
        }
    }

    #[test]
    fn softmax_survives_large_logits() {
        let mut logits = [1000.0, 1000.0, -1000.0];
        softmax(&mut logits);
        assert_eq!(logits, [0.5, 0.5, 0.0]);
    }
}
