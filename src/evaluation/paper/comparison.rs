//! Counterfactual training against the baseline: percent reduction, its errors, its significance.

use rand::{Rng, RngExt};
use serde::Serialize;

use super::published::PublishedComparison;
use crate::{
    evaluation::bootstrap::{
        RESAMPLES, mean, percentile_interval, resampled_means, standard_deviation,
    },
    random::{Purpose, stream},
};

/// Share of the bootstrapped differences that an effect must keep on one side of 0.
const LEVEL: f64 = 0.99;

/// Means of an arm and of the baseline, and how they differ. What cannot be said is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Mean of the arm: over the seeds, of the mean over the rounds.
    pub ct: f64,
    /// Mean of the baseline.
    pub bl: f64,
    /// Percent reduction `100 · (1 − CT / BL)`.
    pub reduction: f64,
    /// Standard error of the reduction by resampling rounds within each seed: the uncertainty of
    /// the evaluation alone.
    pub se: f64,
    /// Standard error of the mean of the seeds' reductions: the uncertainty of data and training
    /// too. Not a number for one seed.
    pub seed_se: f64,
    /// Whether the bootstrapped 99 % percentile interval of the difference of means excludes 0.
    /// Seeds are resampled first, then rounds within them, so that with several seeds the verdict
    /// is not about one training run.
    pub significant: bool,
    /// What the paper has.
    pub published: Option<PublishedComparison>,
}

/// A measure's values, one list per seed.
type PerSeed<'a> = &'a [Vec<f64>];

impl Comparison {
    /// Compares an arm with the baseline; element `s` of both holds the rounds of seed `s`.
    ///
    /// Rounds that are not numbers are left out, and so are seeds that have none left in either
    /// arm.
    pub fn new(
        arm: PerSeed<'_>,
        baseline: PerSeed<'_>,
        published: Option<PublishedComparison>,
    ) -> Self {
        let pairs: Vec<_> = arm
            .iter()
            .zip(baseline)
            .map(|(arm, baseline)| (defined(arm), defined(baseline)))
            .filter(|(arm, baseline)| !arm.is_empty() && !baseline.is_empty())
            .collect();
        let means: Vec<_> = pairs.iter().map(|(a, b)| (mean(a), mean(b))).collect();
        let (ct, bl) = mean_pair(&means);
        let by_seed: Vec<f64> = means.iter().map(|&(a, b)| reduction(a, b)).collect();
        let (reductions, differences) = resample(&pairs);
        let [lower, upper] = percentile_interval(&differences, LEVEL);
        Self {
            ct,
            bl,
            reduction: reduction(ct, bl),
            se: standard_deviation(&reductions),
            seed_se: standard_deviation(&by_seed) / (by_seed.len() as f64).sqrt(),
            significant: lower > 0.0 || upper < 0.0,
            published,
        }
    }
}

fn reduction(ct: f64, bl: f64) -> f64 {
    100.0 * (1.0 - ct / bl)
}

fn defined(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|v| v.is_finite()).collect()
}

fn mean_pair(pairs: &[(f64, f64)]) -> (f64, f64) {
    let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    (mean(&a), mean(&b))
}

/// Bootstrapped percent reductions, of rounds within seeds, and bootstrapped differences of means,
/// of seeds and of rounds within them.
fn resample(pairs: &[(Vec<f64>, Vec<f64>)]) -> (Vec<f64>, Vec<f64>) {
    if pairs.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut random = stream(0, Purpose::Bootstrap, 0);
    let means: Vec<Vec<(f64, f64)>> = pairs
        .iter()
        .map(|(arm, baseline)| {
            let arm = resampled_means(arm, RESAMPLES, &mut random);
            let baseline = resampled_means(baseline, RESAMPLES, &mut random);
            arm.into_iter().zip(baseline).collect()
        })
        .collect();
    (0..RESAMPLES)
        .map(|resample| {
            let drawn: Vec<_> = means.iter().map(|seed| seed[resample]).collect();
            let (ct, bl) = mean_pair(&drawn);
            let (arm, baseline) = mean_pair(&with_replacement(&drawn, &mut random));
            (reduction(ct, bl), arm - baseline)
        })
        .unzip()
}

fn with_replacement<T: Copy>(values: &[T], random: &mut impl Rng) -> Vec<T> {
    let draw = |_| values[random.random_range(0..values.len())];
    (0..values.len()).map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(mean: f64, spread: f64) -> Vec<f64> {
        (0..100)
            .map(|i| mean + spread * (f64::from(i) / 49.5 - 1.0))
            .collect()
    }

    #[test]
    fn a_clear_effect_is_significant() {
        let found = Comparison::new(&[around(2.0, 0.5)], &[around(4.0, 0.5)], None);
        assert!((found.reduction - 50.0).abs() < 1e-9 && found.significant);
        let theory = 50.0 * (0.29_f64 / 10.0).hypot(0.5 * 0.29 / 10.0) / 2.0;
        assert!(
            (found.se / theory - 1.0).abs() < 0.1,
            "{} {theory}",
            found.se
        );
        assert!(found.seed_se.is_nan());
    }

    #[test]
    fn seeds_that_disagree_take_the_significance_away() {
        let baseline = vec![around(4.0, 0.1); 4];
        let arm = [3.0, 5.0, 3.5, 4.8].map(|mean| around(mean, 0.1));
        let found = Comparison::new(&arm, &baseline, None);
        assert!(!found.significant && found.seed_se > 5.0 * found.se);
    }

    #[test]
    fn nothing_to_compare_is_said() {
        let found = Comparison::new(&[vec![f64::NAN]], &[vec![1.0]], None);
        assert!(found.reduction.is_nan() && found.se.is_nan() && !found.significant);
    }
}
