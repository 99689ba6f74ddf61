//! Means, spreads and quantiles of rounds, and the bootstrap (Efron 1979).

use rand::{Rng, RngExt};

/// Resamples that give a standard error to a tenth of itself.
const RESAMPLES: usize = 200;

/// Standard error of `statistic`, a function of the positions of `n` cases, drawn with replacement.
///
/// Not a number for fewer than two cases.
pub fn standard_error(
    n: usize,
    random: &mut impl Rng,
    mut statistic: impl FnMut(&[usize]) -> f64,
) -> f64 {
    if n < 2 {
        return f64::NAN;
    }
    let mut positions = vec![0; n];
    let resampled = (0..RESAMPLES).map(|_| {
        positions.fill_with(|| random.random_range(0..n));
        statistic(&positions)
    });
    standard_deviation(&resampled.collect::<Vec<_>>())
}

/// Mean; not a number without values.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard deviation with `n − 1` in the denominator; of a resampled statistic, its standard
/// error. Not a number for fewer than two values.
pub fn standard_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    let mean = mean(values);
    let squares: f64 = values
        .iter()
        .map(|value| crate::math::square(value - mean))
        .sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// Central interval that covers the share `level` of `values`.
///
/// Not numbers if there are none, or any is not a number.
pub fn percentile_interval(values: &[f64], level: f64) -> [f64; 2] {
    if values.is_empty() || values.iter().any(|value| value.is_nan()) {
        return [f64::NAN; 2];
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let tail = 0.5 * (1.0 - level);
    [quantile(&sorted, tail), quantile(&sorted, 1.0 - tail)]
}

/// The value below which the share `share` of ascending values lies, interpolated linearly; not a
/// number without values.
pub fn quantile(ascending: &[f64], share: f64) -> f64 {
    let Some(last) = ascending.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = share.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (
        ascending[place.floor() as usize],
        ascending[place.ceil() as usize],
    );
    below + place.fract() * (above - below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};

    #[test]
    fn standard_error_of_a_mean_is_that_of_theory() {
        let mut random = stream(1, Purpose::Bootstrap, 0);
        let values: Vec<f64> = (0..400).map(|_| random.random_range(0.0..1.0)).collect();
        let of = |positions: &[usize]| {
            let drawn: Vec<f64> = positions.iter().map(|&position| values[position]).collect();
            mean(&drawn)
        };
        let error = standard_error(values.len(), &mut random, of);
        let theory = standard_deviation(&values) / 20.0;
        assert!((error / theory - 1.0).abs() < 0.2, "{error} {theory}");
        assert!(standard_error(1, &mut random, |_| 0.0).is_nan());
    }

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
        assert!(quantile(&[], 0.5).is_nan());
        assert!(percentile_interval(&[1.0, f64::NAN], 0.9)[0].is_nan());
    }
}
