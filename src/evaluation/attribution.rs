//! Attribution: integrated gradients (Sundararajan et al. 2017), and what they say of a model's
//! sensitivity to protected features.

use ndarray::{Array2, ArrayView2, Axis};
use rand::RngExt;
use rayon::prelude::*;

use super::{bootstrap::quantile, estimate::Estimate};
use crate::{
    data::Samples,
    model::Mlp,
    random::{Purpose, stream},
};

/// Points of the path from baseline to sample at which the gradient is taken (midpoint rule).
pub const PATH_STEPS: usize = 50;

/// Samples that one thread attributes at a time; results do not depend on it.
const BLOCK: usize = 256;

/// Where the paths of integrated gradients begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The origin of model units.
    Zero,
    /// A point per sample, each feature uniform between −1 and 1; drawn with this seed.
    Uniform(u64),
}

impl Baseline {
    /// Baselines `(n, d)` for `n` samples in round `round`.
    pub fn draw(self, shape: (usize, usize), round: u64) -> Array2<f32> {
        match self {
            Self::Zero => Array2::zeros(shape),
            Self::Uniform(seed) => {
                let mut random = stream(seed, Purpose::Attribution, 2 * round);
                Array2::from_shape_simple_fn(shape, || random.random_range(-1.0..=1.0))
            }
        }
    }
}

/// Integrated gradients `(n, d)` of the logits of classes `targets` `(n,)`, from `baselines` to `x`,
/// both `(n, d)`.
///
/// A row sums to the difference of the logit between sample and baseline (completeness), up to the
/// error of [`PATH_STEPS`] midpoints.
pub fn integrated_gradients(
    model: &Mlp,
    x: ArrayView2<'_, f32>,
    baselines: ArrayView2<'_, f32>,
    targets: &[usize],
) -> Array2<f32> {
    let mut found = Array2::zeros(x.raw_dim());
    found
        .axis_chunks_iter_mut(Axis(0), BLOCK)
        .into_par_iter()
        .zip(x.axis_chunks_iter(Axis(0), BLOCK))
        .zip(baselines.axis_chunks_iter(Axis(0), BLOCK))
        .zip(targets.par_chunks(BLOCK))
        .for_each(|(((mut found, x), baselines), targets)| {
            found.assign(&along_paths(model, x, baselines, targets));
        });
    found
}

/// [`integrated_gradients`] of a few samples.
fn along_paths(
    model: &Mlp,
    x: ArrayView2<'_, f32>,
    baselines: ArrayView2<'_, f32>,
    targets: &[usize],
) -> Array2<f32> {
    let (path, classes) = (&x - &baselines, model.classes());
    let mut sum = Array2::zeros(path.raw_dim());
    for step in 0..PATH_STEPS {
        let share = (step as f32 + 0.5) / PATH_STEPS as f32;
        let points = &baselines + &(&path * share);
        sum += &model.input_gradient(points.view(), |_, cotangent| {
            for (row, &target) in cotangent.chunks_mut(classes).zip(targets) {
                row[target] = 1.0;
            }
        });
    }
    sum * path / PATH_STEPS as f32
}

/// Mean integrated gradients `(k, d)` of each class's logit over points `(n, d)`.
pub fn class_attributions(model: &Mlp, x: ArrayView2<'_, f32>, baseline: Baseline) -> Array2<f32> {
    let baselines = baseline.draw(x.dim(), 0);
    let mut means = Array2::zeros((model.classes(), x.ncols()));
    for (class, mut mean) in means.rows_mut().into_iter().enumerate() {
        let targets = vec![class; x.nrows()];
        let attributions = integrated_gradients(model, x, baselines.view(), &targets);
        if let Some(values) = attributions.mapv(f64::from).mean_axis(Axis(0)) {
            mean.assign(&values.mapv(|value| value as f32));
        }
    }
    means
}

/// Mean integrated gradients `(d,)` over samples, each of the logit of its own label; not numbers
/// without samples.
pub fn label_attributions(model: &Mlp, samples: &Samples, baseline: Baseline) -> Vec<f64> {
    mean_attribution(model, samples, baseline, 0)
}

/// Each feature's share of the attribution, `(d,)`: mean absolute integrated gradients of the logit
/// of a sample's own label, over their sum.
pub fn attribution_shares(model: &Mlp, samples: &Samples, baseline: Baseline) -> Vec<Estimate> {
    let baselines = baseline.draw(samples.x.dim(), 0);
    let found = integrated_gradients(model, samples.x.view(), baselines.view(), &samples.y);
    let sizes = found.mapv(|value| f64::from(value.abs()));
    let wholes = sizes.sum_axis(Axis(1)).to_vec();
    let columns = sizes.columns().into_iter();
    columns
        .map(|column| Estimate::of_ratio(&column.to_vec(), &wholes))
        .collect()
}

fn mean_attribution(model: &Mlp, samples: &Samples, baseline: Baseline, round: u64) -> Vec<f64> {
    let baselines = baseline.draw(samples.x.dim(), round);
    let found = integrated_gradients(model, samples.x.view(), baselines.view(), &samples.y);
    match found.mapv(f64::from).mean_axis(Axis(0)) {
        Some(mean) => mean.to_vec(),
        None => vec![f64::NAN; samples.x.ncols()],
    }
}

/// Sensitivity of the model to each feature, `(d,)`, from mean attributions `(d,)` as the paper
/// normalises them: `|g| / (max g − min g)` for two features, `(g − min g) / (max g − min g)` for
/// any other number. Not a number where all attributions are equal.
pub fn sensitivities(mean: &[f64]) -> Vec<f64> {
    let min = mean.iter().copied().fold(f64::INFINITY, f64::min);
    let max = mean.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let part = |g: f64| if mean.len() == 2 { g.abs() } else { g - min };
    mean.iter().map(|&g| part(g) / (max - min)).collect()
}

/// How [`sensitivity_rounds`] samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SensitivityRounds {
    /// Number of rounds.
    pub rounds: usize,
    /// Samples per round, drawn with replacement.
    pub samples: usize,
    /// Where paths begin.
    pub baseline: Baseline,
    /// Seed of the draws.
    pub seed: u64,
}

/// Samples per round in the paper.
pub const SENSITIVITY_SAMPLES: usize = 2500;

impl SensitivityRounds {
    /// The paper's protocol, uniform baselines.
    pub fn paper(rounds: usize, samples: usize, seed: u64) -> Self {
        Self {
            rounds,
            samples,
            baseline: Baseline::Uniform(seed),
            seed,
        }
    }
}

/// Sensitivity to every feature, one `(d,)` per round: the [`sensitivities`] of the mean integrated
/// gradients, each of the logit of the sample's own label. Nothing without samples.
pub fn sensitivity_rounds(
    model: &Mlp,
    samples: &Samples,
    protocol: SensitivityRounds,
) -> Vec<Vec<f64>> {
    if samples.is_empty() || protocol.samples == 0 {
        return Vec::new();
    }
    let round = |round: u64| {
        let mut random = stream(protocol.seed, Purpose::Attribution, 2 * round + 1);
        let rows: Vec<usize> = (0..protocol.samples)
            .map(|_| random.random_range(0..samples.len()))
            .collect();
        let drawn = samples.select(&rows);
        sensitivities(&mean_attribution(model, &drawn, protocol.baseline, round))
    };
    (0..protocol.rounds as u64)
        .into_par_iter()
        .map(round)
        .collect()
}

/// Median and central 95 % interval of a measure over rounds.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Spread {
    /// Half of the rounds are below.
    pub median: f64,
    /// 2.5 % of the rounds are below.
    pub lower: f64,
    /// 2.5 % of the rounds are above.
    pub upper: f64,
}

impl Spread {
    /// Summary of `values`; `None` if there are none, or any is not a number.
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() || values.iter().any(|value| value.is_nan()) {
            return None;
        }
        let mut values = values.to_vec();
        values.sort_unstable_by(f64::total_cmp);
        Some(Self {
            median: quantile(&values, 0.5),
            lower: quantile(&values, 0.025),
            upper: quantile(&values, 0.975),
        })
    }
}

/// Per round, the mean of its sensitivities over the features `protected`; nothing if none is.
pub fn protected_sensitivity(rounds: &[Vec<f64>], protected: &[usize]) -> Vec<f64> {
    if protected.is_empty() {
        return Vec::new();
    }
    let mean = |round: &Vec<f64>| {
        let values = protected.iter().filter_map(|&feature| round.get(feature));
        values.sum::<f64>() / protected.len() as f64
    };
    rounds.iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_features_and_more_are_normalised_differently() {
        assert_eq!(sensitivities(&[-1.0, 3.0]), [0.25, 0.75]);
        assert_eq!(sensitivities(&[-1.0, 3.0, 1.0]), [0.0, 1.0, 0.5]);
        assert!(sensitivities(&[2.0]).iter().all(|value| value.is_nan()));
    }

    #[test]
    fn spread_averages_the_protected_features() {
        let rounds: Vec<Vec<f64>> = (0..=40).map(|i| vec![f64::from(i), 9.0, 0.0]).collect();
        let values = protected_sensitivity(&rounds, &[0, 2]);
        let spread = Spread::of(&values).unwrap();
        assert_eq!(
            (spread.median, spread.lower, spread.upper),
            (10.0, 0.5, 19.5)
        );
        assert!(Spread::of(&protected_sensitivity(&rounds, &[])).is_none());
        assert!(Spread::of(&[1.0, f64::NAN]).is_none());
    }
}
