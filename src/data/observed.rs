//! What samples are known to reach, feature by feature.

use ndarray::{ArrayView1, ArrayView2};
use serde::{Deserialize, Serialize};

use super::{Feature, Interval};

/// What the training samples have of a feature, in model units. It is kept with a model, so that its
/// counterfactuals can be bounded where the samples are not at hand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Smallest value.
    pub min: f32,
    /// Largest value.
    pub max: f32,
    /// Mean.
    pub mean: f64,
    /// Population standard deviation.
    pub deviation: f64,
    /// Lower median.
    pub median: f32,
}

impl Observed {
    /// What a `column` of samples, `(n,)`, has; `None` for no samples, or if it overflows.
    pub fn of(column: ArrayView1<'_, f32>) -> Option<Self> {
        let mut values = column.to_vec();
        let middle = values.len().checked_sub(1)? / 2;
        let median = *values.select_nth_unstable_by(middle, f32::total_cmp).1;
        let column = column.mapv(f64::from);
        let observed = Self {
            min: values.iter().copied().fold(f32::INFINITY, f32::min),
            max: values.iter().copied().fold(f32::NEG_INFINITY, f32::max),
            mean: column.mean()?,
            deviation: column.std(0.0),
            median,
        };
        observed.is_sound().then_some(observed)
    }

    /// What a standardised feature is known to have when nothing but its scale is known: mean 0 and
    /// deviation 1.
    pub const STANDARD: Self = Self {
        min: 0.0,
        max: 0.0,
        mean: 0.0,
        deviation: 1.0,
        median: 0.0,
    };

    /// Whether all are finite numbers, and none the wrong way round.
    pub fn is_sound(&self) -> bool {
        self.min <= self.max
            && self.deviation >= 0.0
            && [self.mean, self.deviation].into_iter().all(f64::is_finite)
            && [self.min, self.max, self.median]
                .into_iter()
                .all(f32::is_finite)
    }

    /// `[min(min x, μ − sigmas·σ), max(max x, μ + sigmas·σ)]`.
    pub fn domain(&self, sigmas: f32) -> Interval {
        let reach = f64::from(sigmas) * self.deviation;
        Interval {
            lower: f64::from(self.min).min(self.mean - reach) as f32,
            upper: f64::from(self.max).max(self.mean + reach) as f32,
        }
    }
}

/// What each column of `x`, `(n, d)`, has; `None` for no samples, or if one overflows.
pub fn observe(x: ArrayView2<'_, f32>) -> Option<Vec<Observed>> {
    x.columns().into_iter().map(Observed::of).collect()
}

/// The box that advice stays in, `(d,)`, in model units: a feature's own bounds where it has some; the
/// range of whole numbers, which have values of their own kind only (no −2 children, no 20th of 16
/// grades); otherwise what was observed and `sigmas` standard deviations reach, or no bounds at all if
/// nothing was.
pub fn bounds(features: &[Feature], observed: Option<&[Observed]>, sigmas: f32) -> Vec<Interval> {
    let inferred = |position: usize| {
        let observed = observed.and_then(|all| all.get(position));
        match (features[position].range, observed) {
            (Some(range), _) => features[position].scale.interval(range),
            (None, Some(observed)) => observed.domain(sigmas),
            (None, None) => Interval::UNBOUNDED,
        }
    };
    let features = features.iter().enumerate();
    features
        .map(|(position, feature)| feature.domain.unwrap_or_else(|| inferred(position)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn columns_are_observed() {
        let observed = observe(array![[0.0, 5.0], [2.0, 5.0], [1.0, 5.0], [9.0, 5.0]].view());
        let [first, second] = observed.unwrap()[..] else {
            panic!("two columns")
        };
        assert_eq!((first.min, first.max, first.median), (0.0, 9.0, 1.0));
        assert_eq!((first.mean, second.deviation), (3.0, 0.0));
        let domain = first.domain(2.0);
        let reach = 2.0 * first.deviation as f32;
        assert_eq!((domain.lower, domain.upper), (3.0 - reach, 3.0 + reach));
    }

    #[test]
    fn what_overflows_or_is_not_there_is_not_observed() {
        assert_eq!(observe(array![[f32::NAN], [0.0]].view()), None);
        assert_eq!(observe(ndarray::Array2::zeros((0, 2)).view()), None);
        let interval = bounds(&[Feature::numeric("a")], None, 2.0)[0];
        assert_eq!(interval, Interval::UNBOUNDED);
    }
}
