//! Counterfactual training against the baseline: percent reduction, its errors, its significance.

use serde::Serialize;

use super::{
    bootstrap::{RESAMPLES, mean, percentile_interval, resampled_means, standard_deviation},
    published::PublishedComparison,
};
use crate::random::{Purpose, stream};

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
    /// Bootstrapped 99 % percentile interval of the reduction, in percent; of the evaluation alone.
    pub interval: [f64; 2],
    /// Standard error of the mean of the seeds' reductions: the uncertainty of data and training
    /// too. Not a number for one seed.
    pub seed_se: f64,
    /// Whether the bootstrapped 99 % percentile interval of the difference of means excludes 0: a
    /// verdict, like the paper's, about the very models that were evaluated.
    pub significant: bool,
    /// Whether Student's 99 % interval of the seeds' mean reduction excludes 0: a verdict about
    /// training anew on new data. `None` for one seed.
    pub significant_across_seeds: Option<bool>,
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
        let seed_se = standard_deviation(&by_seed) / (by_seed.len() as f64).sqrt();
        let statistic = mean(&by_seed).abs() / seed_se;
        Self {
            ct,
            bl,
            reduction: reduction(ct, bl),
            se: standard_deviation(&reductions),
            interval: percentile_interval(&reductions, LEVEL),
            seed_se,
            significant: lower > 0.0 || upper < 0.0,
            significant_across_seeds: (by_seed.len() > 1)
                .then(|| statistic > student_quantile(by_seed.len() - 1)),
            published,
        }
    }
}

/// Half the width of Student's 99 % interval, in standard errors, for `freedom ≥ 1` degrees of
/// freedom: tabulated, and from 11 on by the expansion of Cornish and Fisher.
fn student_quantile(freedom: usize) -> f64 {
    const TABLE: [f64; 10] = [
        63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169,
    ];
    if let Some(&quantile) = freedom.checked_sub(1).and_then(|row| TABLE.get(row)) {
        return quantile;
    }
    let (z, n) = (2.575_829_f64, freedom as f64);
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * n * n);
    z + (z.powi(3) + z) / (4.0 * n) + second
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

/// Bootstrapped percent reductions and differences of means; rounds are resampled within their
/// seed.
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
            (reduction(ct, bl), ct - bl)
        })
        .unzip()
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
        let [lower, upper] = found.interval;
        assert!(45.0 < lower && lower < 50.0 && 50.0 < upper && upper < 55.0);
        let theory = 50.0 * (0.29_f64 / 10.0).hypot(0.5 * 0.29 / 10.0) / 2.0;
        assert!(
            (found.se / theory - 1.0).abs() < 0.1,
            "{} {theory}",
            found.se
        );
        assert!(found.seed_se.is_nan());
    }

    #[test]
    fn seeds_that_disagree_are_no_evidence_about_training() {
        let baseline = vec![around(4.0, 0.1); 4];
        let arm = [3.0, 5.0, 3.5, 4.2].map(|mean| around(mean, 0.1));
        let found = Comparison::new(&arm, &baseline, None);
        assert!(found.significant && found.seed_se > 5.0 * found.se);
        assert_eq!(found.significant_across_seeds, Some(false));
        let arm = [3.0, 3.1, 2.9, 3.0].map(|mean| around(mean, 0.1));
        let found = Comparison::new(&arm, &baseline, None);
        assert_eq!(found.significant_across_seeds, Some(true));
    }

    #[test]
    fn student_intervals_narrow_to_the_normal_one() {
        let tabulated = [(11, 3.106), (20, 2.845), (60, 2.660), (1000, 2.581)];
        for (freedom, expected) in tabulated {
            assert!((student_quantile(freedom) - expected).abs() < 0.012);
        }
        assert!(student_quantile(10) > student_quantile(11));
    }

    #[test]
    fn nothing_to_compare_is_said() {
        let found = Comparison::new(&[vec![f64::NAN]], &[vec![1.0]], None);
        assert!(found.reduction.is_nan() && found.se.is_nan() && !found.significant);
    }
}
