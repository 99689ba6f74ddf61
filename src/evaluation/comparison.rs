//! Counterfactual training against the baseline: percent reduction, its errors, its significance.

use serde::Serialize;

use super::{
    bootstrap::{mean, percentile_interval, standard_deviation},
    estimate::Estimate,
    published::PublishedComparison,
};

/// Share of the rounds' differences that an effect must keep on one side of 0.
const LEVEL: f64 = 0.99;

/// Means of an arm and of the baseline, and how they differ. What cannot be said is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Mean of the arm: over the seeds, of the mean over the rounds.
    pub ct: f64,
    /// Mean of the baseline.
    pub bl: f64,
    /// Standard error of `ct` by the spread of the rounds: of the evaluation alone.
    pub ct_se: f64,
    /// Standard error of `bl`.
    pub bl_se: f64,
    /// Percent reduction `100 · (1 − mean of CT / BL over the rounds)`, mean over the seeds.
    pub reduction: f64,
    /// The same as `rounds_sd`, which the paper calls the standard error.
    pub se: f64,
    /// The published ±: standard deviation of the reduction over the rounds of a seed; mean over
    /// the seeds.
    pub rounds_sd: f64,
    /// 0.5 and 99.5 % quantiles of the rounds' reductions, of all seeds, in percent.
    pub interval: [f64; 2],
    /// Standard error of the mean of the seeds' reductions: the uncertainty of data and training
    /// too. Not a number for one seed.
    pub seed_se: f64,
    /// The published `*`: whether the 0.5 and 99.5 % quantiles of the rounds' differences `CT − BL`,
    /// of all seeds, exclude 0.
    pub significant: bool,
    /// Whether Student's 99 % interval of the seeds' mean reduction excludes 0: a verdict about
    /// training anew on new data. `None` for one seed.
    pub significant_across_seeds: Option<bool>,
    /// What the paper has.
    pub published: Option<PublishedComparison>,
}

/// A measure's rounds, one list per seed.
type PerSeed<'a> = &'a [Vec<f64>];

/// What the rounds of one seed say.
struct Seed {
    ct: Estimate,
    bl: Estimate,
    /// Percent reductions of the rounds in which it is defined.
    reductions: Vec<f64>,
    /// Differences `CT − BL` of the rounds in which both are defined.
    differences: Vec<f64>,
}

impl Seed {
    /// Round `r` of both arms is element `r`.
    fn new(arm: &[f64], baseline: &[f64]) -> Self {
        let pairs = || arm.iter().zip(baseline);
        let finite = |values: Vec<f64>| -> Vec<f64> {
            values
                .into_iter()
                .filter(|value| value.is_finite())
                .collect()
        };
        Self {
            ct: Estimate::of_mean(arm),
            bl: Estimate::of_mean(baseline),
            reductions: finite(pairs().map(|(ct, bl)| 100.0 * (1.0 - ct / bl)).collect()),
            differences: finite(pairs().map(|(ct, bl)| ct - bl).collect()),
        }
    }
}

impl Comparison {
    /// Compares an arm with the baseline; element `s` of both holds the rounds of seed `s`, in the
    /// same order for both.
    ///
    /// Rounds that are not numbers are left out, and so are seeds in which no round is defined for
    /// both.
    pub fn new(
        arm: PerSeed<'_>,
        baseline: PerSeed<'_>,
        published: Option<PublishedComparison>,
    ) -> Self {
        let pairs = arm.iter().zip(baseline);
        let seeds: Vec<Seed> = pairs
            .map(|(arm, baseline)| Seed::new(arm, baseline))
            .filter(|seed| !seed.differences.is_empty())
            .collect();
        let over_seeds = |value: fn(&Seed) -> f64| -> Vec<f64> {
            let values = seeds.iter().map(value);
            values.filter(|value| value.is_finite()).collect()
        };
        let error = |error: fn(&Seed) -> f64| {
            let squares: f64 = seeds
                .iter()
                .map(|seed| crate::math::square(error(seed)))
                .sum();
            squares.sqrt() / seeds.len() as f64
        };
        let by_seed = over_seeds(|seed| mean(&seed.reductions));
        let rounds_sd = mean(&over_seeds(|seed| standard_deviation(&seed.reductions)));
        let all = |rounds: fn(&Seed) -> &Vec<f64>| -> Vec<f64> {
            seeds.iter().flat_map(rounds).copied().collect()
        };
        let differences = all(|seed| &seed.differences);
        let [lower, upper] = percentile_interval(&differences, LEVEL);
        let seed_se = standard_deviation(&by_seed) / (by_seed.len() as f64).sqrt();
        let statistic = mean(&by_seed).abs() / seed_se;
        Self {
            ct: mean(&over_seeds(|seed| seed.ct.value)),
            bl: mean(&over_seeds(|seed| seed.bl.value)),
            ct_se: error(|seed| seed.ct.error),
            bl_se: error(|seed| seed.bl.error),
            reduction: mean(&by_seed),
            se: rounds_sd,
            rounds_sd,
            interval: percentile_interval(&all(|seed| &seed.reductions), LEVEL),
            seed_se,
            significant: differences.len() > 1 && (lower > 0.0 || upper < 0.0),
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
    let second = (5.0 * crate::math::pow(z, 5.0) + 16.0 * crate::math::pow(z, 3.0) + 3.0 * z)
        / (96.0 * n * n);
    z + (crate::math::pow(z, 3.0) + z) / (4.0 * n) + second
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
    fn the_published_rules_by_hand() {
        let (arm, baseline) = (vec![1.0, 2.0, f64::NAN], vec![2.0, 8.0, 1.0]);
        let found = Comparison::new(
            std::slice::from_ref(&arm),
            std::slice::from_ref(&baseline),
            None,
        );
        assert_eq!((found.ct, found.reduction), (1.5, 62.5));
        assert!(
            (found.rounds_sd - 12.5 * 2.0_f64.sqrt()).abs() < 1e-9 && found.se == found.rounds_sd
        );
        assert!((found.ct_se - 0.5).abs() < 1e-9 && found.seed_se.is_nan());
        assert!(found.significant);
        let crossed = Comparison::new(&[vec![1.0, 9.0]], &[vec![2.0, 8.0]], None);
        assert!(!crossed.significant);
        assert!(!Comparison::new(&[vec![1.0]], &[vec![2.0]], None).significant);
    }

    #[test]
    fn more_rounds_do_not_make_the_published_error_smaller() {
        let few = Comparison::new(&[around(2.0, 0.5)], &[around(4.0, 0.0)], None);
        let arm = around(2.0, 0.5).repeat(4);
        let many = Comparison::new(&[arm], &[around(4.0, 0.0).repeat(4)], None);
        assert!((few.rounds_sd / many.rounds_sd - 1.0).abs() < 0.01 && few.significant);
        assert!((few.ct_se / many.ct_se - 2.0).abs() < 0.02);
        let [lower, upper] = few.interval;
        assert!(37.0 < lower && lower < 38.5 && 61.5 < upper && upper < 63.0);
    }

    #[test]
    fn seeds_that_disagree_are_no_evidence_about_training() {
        let baseline = vec![around(4.0, 0.1); 4];
        let arm = [3.0, 5.0, 3.5, 4.2].map(|mean| around(mean, 0.1));
        let found = Comparison::new(&arm, &baseline, None);
        assert!(!found.significant && found.seed_se > 5.0 * found.rounds_sd);
        assert_eq!(found.significant_across_seeds, Some(false));
        let arm = [3.0, 3.1, 2.9, 3.0].map(|mean| around(mean, 0.1));
        let found = Comparison::new(&arm, &baseline, None);
        assert!(found.significant);
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
