//! Which values a number may have.

use super::{Recourse, Start};
use crate::{
    data::{Feature, Interval, Kind, Mutability, Scale, TableFormat},
    math::log10,
};

/// Values of a number that are allowed: multiples of a step, between two of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    /// In units of the file; positive.
    pub(super) step: f64,
    /// The smallest and the largest allowed multiple.
    pub(super) multiples: [f64; 2],
}

impl Limit {
    /// Of a number with a `domain` in model units; `None` for a category.
    pub(super) fn of(feature: &Feature, domain: Interval) -> Option<Self> {
        if matches!(feature.kind, Kind::Category { .. }) {
            return None;
        }
        let step = match (&feature.kind, feature.step) {
            (_, Some(step)) => step,
            (Kind::Pixel, None) => 1.0,
            (_, None) => feature.scale.resolution(),
        };
        let ends = [domain.lower, domain.upper].map(|end| feature.scale.to_file(end));
        let [lower, upper] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
        let slack = |end: f64| match end.is_finite() {
            true => 1e-3 + 1e-6 * (end / step).abs(),
            false => 0.0,
        };
        let least = (lower / step - slack(lower)).ceil();
        let most = (upper / step + slack(upper)).floor();
        let mut limit = Self {
            step,
            multiples: [least, most],
        };
        let outside = |limit: Self, multiple: f64| {
            !domain.contains(feature.scale.to_model(limit.value(multiple)))
        };
        if outside(limit, least) {
            limit.multiples[0] += 1.0;
        }
        if outside(limit, most) {
            limit.multiples[1] -= 1.0;
        }
        Some(limit)
    }

    /// The value of a multiple of the step.
    pub(super) fn value(&self, multiple: f64) -> f64 {
        if self.step >= 1.0 || self.step <= 0.0 {
            return multiple * self.step;
        }
        let decimals = (-log10(self.step)).ceil().clamp(0.0, 15.0) as usize + 2;
        let text = format!("{:.*}", decimals, multiple * self.step);
        text.parse().unwrap_or(multiple * self.step)
    }

    /// The value of the multiple nearest to a value in model units.
    pub(super) fn nearest(&self, scale: Scale, model: f32) -> f64 {
        self.value((scale.to_file(model) / self.step).round())
    }
}

/// Lets no counterfactual move into a category that stands for a missing value.
pub fn never_unknown(features: &[Feature], mutability: &mut [Mutability]) {
    for (feature, mutability) in features.iter().zip(mutability) {
        if let Kind::Category { category, .. } = &feature.kind
            && TableFormat::default().is_missing(category)
        {
            *mutability = match *mutability {
                Mutability::Both | Mutability::Decrease => Mutability::Decrease,
                Mutability::Increase | Mutability::None => Mutability::None,
            };
        }
    }
}

impl Recourse<'_> {
    /// Whether the number at `position` may take the multiple, coming from `start`.
    pub(super) fn allows(&self, start: &Start, position: usize, multiple: f64) -> bool {
        let Some(limit) = &self.limits[position] else {
            return false;
        };
        let [least, most] = limit.multiples;
        let (value, before) = (limit.value(multiple), start.numbers[position]);
        let inside = least <= multiple && multiple <= most;
        inside
            && match self.constraints.mutability[position] {
                Mutability::Both => true,
                Mutability::Increase => value >= before,
                Mutability::Decrease => value <= before,
                Mutability::None => false,
            }
    }

    /// The value in model units of a multiple: the factual's, to the bit, where people are told the same.
    pub(super) fn model_value(&self, start: &Start, position: usize, multiple: f64) -> f32 {
        let value = self.limits[position].map_or(multiple, |limit| limit.value(multiple));
        match value == start.numbers[position] {
            true => start.factual[position],
            false => self.features[position].scale.to_model(value),
        }
    }

    /// The multiples on the near and on the far side of the value that `point` has at `position`, as
    /// seen from the factual, and the nearer of the two first.
    pub(super) fn around(&self, point: &[f32], position: usize) -> [f64; 2] {
        let Some(limit) = &self.limits[position] else {
            return [0.0; 2];
        };
        let exact = self.features[position].scale.to_file(point[position]) / limit.step;
        let nearest = exact.round();
        match nearest > exact {
            true => [nearest, exact.floor()],
            false => [nearest, exact.ceil()],
        }
    }
}
