//! The range of values that an axis shows, and its ticks.

/// A finite range of values, `lower < upper`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    lower: f64,
    upper: f64,
}

impl Extent {
    /// From `lower` to `upper`, put in order, widened if empty, `[0, 1]` if not finite.
    pub fn new(lower: f64, upper: f64) -> Self {
        let (lower, upper) = if lower <= upper {
            (lower, upper)
        } else {
            (upper, lower)
        };
        if !(upper - lower).is_finite() {
            return Self {
                lower: 0.0,
                upper: 1.0,
            };
        }
        let slack = lower.abs().max(1.0) * 1e-6;
        if upper - lower < slack {
            return Self {
                lower: lower - slack.max(0.5),
                upper: upper + slack.max(0.5),
            };
        }
        Self { lower, upper }
    }

    /// A range with round ends that holds every finite value of `values`; `[0, 1]` if there is none.
    ///
    /// Round ends keep an axis still while its data change a little.
    pub fn around(values: impl IntoIterator<Item = f64>) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (lower, upper) = finite
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if lower > upper {
            return Self {
                lower: 0.0,
                upper: 1.0,
            };
        }
        let tight = Self::new(lower, upper);
        let step = tight.step(4);
        Self::new(
            (tight.lower / step).floor() * step,
            (tight.upper / step).ceil() * step,
        )
    }

    /// As [`Extent::around`], but of values that only few others come near to, the range holds no
    /// more than half of what all others take: one value close to 0 on a logarithmic axis must not
    /// press everything else together.
    pub fn robust(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
        values.sort_unstable_by(f64::total_cmp);
        let Some(last) = values.len().checked_sub(1) else {
            return Self::around([]);
        };
        let few = values.len() / 20;
        let (low, high) = (values[few], values[last - few]);
        let beyond = 0.5 * (high - low);
        if few == 0 || beyond <= 0.0 {
            return Self::around(values);
        }
        Self::around([values[0].max(low - beyond), values[last].min(high + beyond)])
    }

    /// The smallest value.
    pub fn lower(self) -> f64 {
        self.lower
    }

    /// The largest value.
    pub fn upper(self) -> f64 {
        self.upper
    }

    /// Where `value` lies: 0 at the lower and 1 at the upper end, beyond outside; `None` if not finite.
    pub fn fraction(self, value: f64) -> Option<f64> {
        let fraction = (value - self.lower) / (self.upper - self.lower);
        fraction.is_finite().then_some(fraction)
    }

    /// Round values inside the range, about `wanted` of them.
    pub fn ticks(self, wanted: usize) -> Vec<f64> {
        let step = self.step(wanted.clamp(1, 50));
        let first = (self.lower / step - 1e-9).ceil();
        let last = (self.upper / step + 1e-9).floor();
        let count = (last - first).clamp(-1.0, 200.0) as i64;
        (0..=count)
            .map(|i| (first + i as f64) * step + 0.0)
            .collect()
    }

    /// `value` with as many decimals as ticks of this range need.
    pub fn label(self, value: f64, wanted: usize) -> String {
        let step = self.step(wanted.clamp(1, 50));
        let largest = self.lower.abs().max(self.upper.abs());
        if largest >= 1e6 || step < 1e-5 {
            return format!("{value:.0e}");
        }
        let decimals = (-step.log10().floor()).max(0.0) as usize;
        let text = format!("{value:.decimals$}");
        if text.starts_with('-') && text.bytes().all(|byte| b"-0.".contains(&byte)) {
            return text[1..].to_owned();
        }
        text
    }

    /// A round step (1, 2 or 5 times a power of ten) that cuts the range in about `parts`.
    fn step(self, parts: usize) -> f64 {
        let rough = (self.upper - self.lower) / parts as f64;
        let power = 10f64.powf(rough.log10().floor()).max(f64::MIN_POSITIVE);
        let round = [1.0, 2.0, 5.0]
            .into_iter()
            .find(|step| rough <= step * power * 1.001);
        round.unwrap_or(10.0) * power
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(Extent::new(-1.3, 2.2).ticks(4), [-1.0, 0.0, 1.0, 2.0]);
        assert_eq!(Extent::new(0.0, 1.0).ticks(4), [0.0, 0.5, 1.0]);
        assert_eq!(Extent::new(0.0, 47.0).ticks(3), [0.0, 20.0, 40.0]);
    }

    #[test]
    fn labels_have_the_decimals_of_their_step() {
        let unit = Extent::new(0.0, 1.0);
        assert_eq!(unit.label(0.5, 4), "0.5");
        assert_eq!(Extent::new(0.0, 400.0).label(100.0, 4), "100");
        assert_eq!(Extent::new(-1.0, 1.0).label(-0.0, 4), "0.0");
        assert_eq!(Extent::new(0.0, 4e7).label(1e7, 4), "1e7");
    }

    #[test]
    fn useless_bounds_are_repaired() {
        for (lower, upper) in [
            (f64::NAN, 1.0),
            (f64::NEG_INFINITY, 1.0),
            (f64::MIN, f64::MAX),
        ] {
            assert_eq!(
                Extent::new(lower, upper),
                Extent {
                    lower: 0.0,
                    upper: 1.0
                }
            );
        }
        assert_eq!(Extent::new(2.0, -1.0), Extent::new(-1.0, 2.0));
        let point = Extent::new(3.0, 3.0);
        assert!(point.lower() < 3.0 && 3.0 < point.upper());
    }

    #[test]
    fn surrounding_range_has_round_ends_and_ignores_gaps() {
        let extent = Extent::around([0.13, f64::NAN, 0.97, f64::INFINITY]);
        assert_eq!((extent.lower(), extent.upper()), (0.0, 1.0));
        assert_eq!(Extent::around([]), Extent::new(0.0, 1.0));
    }

    #[test]
    fn a_robust_range_heeds_few_values_little() {
        let usual = || (0..100).map(|i| -1.0 + f64::from(i) / 99.0);
        assert_eq!(Extent::robust(usual()), Extent::around(usual()));
        let with_spikes = Extent::robust(usual().chain([-12.0, -9.0, 7.0]));
        assert!(with_spikes.lower() >= -2.0 && with_spikes.upper() <= 1.0);
        assert!(with_spikes.lower() <= -1.0 && with_spikes.upper() >= 0.0);
        let few = [-12.0, 0.0, 1.0];
        assert_eq!(Extent::robust(few), Extent::around(few));
        assert_eq!(Extent::robust([]), Extent::around([]));
    }

    #[test]
    fn ticks_never_run_away() {
        for (lower, upper) in [(1e300, 1.1e300), (-1e-300, 1e-300), (1e15, 1e15 + 1.0)] {
            assert!(Extent::new(lower, upper).ticks(10).len() <= 201);
        }
    }
}
