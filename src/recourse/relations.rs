//! Relations between columns.

use super::{Recourse, Start};
use crate::data::{DataError, Feature, nearest};

/// A relation between two numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Related {
    /// Position of the one that must not be larger.
    lower: usize,
    /// Position of the other.
    upper: usize,
    /// Whether it must be smaller.
    strict: bool,
    /// As people write it.
    text: String,
}

impl Related {
    fn holds(&self, lower: f64, upper: f64) -> bool {
        lower < upper || (lower == upper && !self.strict)
    }
}

/// The relations that `features` speak of.
///
/// # Errors
/// [`DataError::Value`] for one with a column that there is not.
pub(super) fn of(features: &[Feature]) -> Result<Vec<Related>, DataError> {
    let mut related = Vec::new();
    for (lower, feature) in features.iter().enumerate() {
        for bound in &feature.at_most {
            let names = || features.iter().map(|feature| feature.name.as_str());
            let upper = names().position(|name| name == bound.feature).ok_or_else(|| {
                DataError::Value(format!(
                    "feature `{}` is related to `{}`, which is no number that the model takes{}",
                    feature.name,
                    bound.feature,
                    nearest::hint(&bound.feature, names())
                ))
            })?;
            let sign = if bound.strict { "<" } else { "<=" };
            related.push(Related {
                lower,
                upper,
                strict: bound.strict,
                text: format!("{} {sign} {}", feature.name, bound.feature),
            });
        }
    }
    Ok(related)
}

impl Recourse<'_> {
    /// The relations that `point` breaks although the factual keeps them.
    pub(super) fn broken(&self, start: &Start, point: &[f32]) -> Vec<String> {
        let broken = self
            .related
            .iter()
            .filter(|&r| self.breaks(r, start, point));
        broken.map(|related| related.text.clone()).collect()
    }

    /// Whether `point` keeps all relations that the factual keeps.
    pub(super) fn keeps(&self, start: &Start, point: &[f32]) -> bool {
        !self.related.iter().any(|r| self.breaks(r, start, point))
    }

    fn breaks(&self, related: &Related, start: &Start, point: &[f32]) -> bool {
        let value = |position| self.value(start, point, position);
        let before = related.holds(start.numbers[related.lower], start.numbers[related.upper]);
        before && !related.holds(value(related.lower), value(related.upper))
    }

    /// Sets back numbers that break a relation: to where it holds, or to where they were.
    pub(super) fn mend(&self, start: &Start, point: &mut [f32]) {
        for _ in 0..=self.related.len() {
            for related in &self.related {
                if self.breaks(related, start, point) {
                    self.mend_one(related, start, point);
                }
            }
        }
    }

    fn mend_one(&self, related: &Related, start: &Start, point: &mut [f32]) {
        let Related { lower, upper, .. } = *related;
        let bound = |position: usize, of: f64, up: bool| {
            let limit = self.limits[position]?;
            let exact = of / limit.step;
            let multiple = match (up, related.strict) {
                (false, false) => exact.floor(),
                (false, true) => exact.ceil() - 1.0,
                (true, false) => exact.ceil(),
                (true, true) => exact.floor() + 1.0,
            };
            let allowed = self.allows(start, position, multiple);
            allowed.then(|| self.model_value(start, position, multiple))
        };
        if start.moves(point, lower)
            && let Some(value) = bound(lower, self.value(start, point, upper), false)
        {
            point[lower] = value;
        } else if start.moves(point, upper)
            && let Some(value) = bound(upper, self.value(start, point, lower), true)
        {
            point[upper] = value;
        }
        if self.breaks(related, start, point) {
            for position in [lower, upper] {
                point[position] = start.factual[position];
            }
        }
    }
}
