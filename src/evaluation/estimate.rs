//! A measured value and how uncertain it is.

use serde::Serialize;

use super::bootstrap::{mean, standard_deviation};

/// A measured value with its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The value; not a number if there is none.
    pub value: f64,
    /// Its standard error; not a number if nothing can be said of it.
    pub error: f64,
}

impl Estimate {
    /// The mean of independent `values`, such as a measure's rounds; those that are not finite are
    /// left out.
    pub fn of_mean(values: &[f64]) -> Self {
        let finite = values.iter().copied().filter(|value| value.is_finite());
        let values: Vec<f64> = finite.collect();
        let value = mean(&values);
        let error = standard_deviation(&values) / (values.len() as f64).sqrt();
        Self {
            value,
            error: without_dust(error, value),
        }
    }

    /// A share of `n` independent cases, with the binomial error.
    pub fn of_share(share: f64, n: usize) -> Self {
        Self {
            value: share,
            error: (share * (1.0 - share) / n as f64).sqrt(),
        }
    }

    /// The ratio of the sums of `parts` and `wholes`, both `(n,)`, with the error of its
    /// linearisation.
    pub fn of_ratio(parts: &[f64], wholes: &[f64]) -> Self {
        let value = mean(parts) / mean(wholes);
        let pairs = parts.iter().zip(wholes);
        let rests: Vec<f64> = pairs.map(|(part, whole)| part - value * whole).collect();
        let error = standard_deviation(&rests) / (rests.len() as f64).sqrt();
        Self {
            value,
            error: without_dust(error / mean(wholes).abs(), value),
        }
    }
}

/// Equal values differ from their mean by rounding, which is no error.
fn without_dust(error: f64, value: f64) -> f64 {
    match error <= 1e-12 * value.abs() {
        true => 0.0,
        false => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_those_of_theory() {
        let found = Estimate::of_mean(&[1.0, f64::NAN, 3.0, 2.0]);
        assert_eq!(found.value, 2.0);
        assert!((found.error - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert!(Estimate::of_mean(&[]).value.is_nan());
        assert!(Estimate::of_mean(&[1.0]).error.is_nan());
        assert_eq!(Estimate::of_mean(&[0.1 + 0.2; 7]).error, 0.0);
        assert_eq!(Estimate::of_share(0.5, 100).error, 0.05);
        let found = Estimate::of_ratio(&[1.0, 2.0], &[2.0, 4.0]);
        assert_eq!((found.value, found.error), (0.5, 0.0));
        assert!(Estimate::of_ratio(&[1.0, 3.0], &[2.0, 4.0]).error > 0.0);
    }
}
