//! What a counterfactual must respect: mutability and domain of every feature.

use crate::data::{Interval, Mutability};

/// Constraints per feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraints {
    /// How each feature may change, `(d,)`.
    pub mutability: Vec<Mutability>,
    /// The values each feature may take, `(d,)`.
    pub domain: Vec<Interval>,
}

impl Constraints {
    /// No constraints on `dimensions` features.
    pub fn none(dimensions: usize) -> Self {
        Self {
            mutability: vec![Mutability::Both; dimensions],
            domain: vec![Interval::UNBOUNDED; dimensions],
        }
    }

    /// What feature `feature` must respect.
    #[inline(always)]
    pub(super) fn rule(&self, feature: usize) -> Rule {
        let mutability = self.mutability[feature];
        Rule {
            domain: self.domain[feature],
            rises: matches!(mutability, Mutability::Both | Mutability::Increase),
            falls: matches!(mutability, Mutability::Both | Mutability::Decrease),
        }
    }

    /// Whether `point` breaks a constraint, having started from `factual`; both `(d,)`.
    ///
    /// Outside of its domain a feature may only be where the factual left it no way back in.
    pub fn violated(&self, factual: &[f32], point: &[f32]) -> bool {
        factual
            .iter()
            .zip(point)
            .enumerate()
            .any(|(feature, (&from, &to))| {
                let change = to - from;
                let direction = self.mutability[feature].mask(change) != change;
                let inside = self.domain[feature].contains(to) || to == from;
                direction || !inside
            })
    }
}

/// What one feature must respect.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    domain: Interval,
    rises: bool,
    falls: bool,
}

impl Rule {
    /// Where the feature lands that wants to move by `step` from `value`.
    #[inline(always)]
    pub(super) fn moved(self, value: f32, step: f32) -> f32 {
        self.reached(value, value + step)
    }

    /// Where the feature lands that wants to go from `value` to `wanted`.
    ///
    /// The result is projected to the domain, and stays where it is if it would go a way that the
    /// mutability forbids, be it by the projection (a factual may lie outside of the domain). What
    /// is not a number is not reached.
    #[inline(always)]
    pub(super) fn reached(self, value: f32, wanted: f32) -> f32 {
        let Interval { lower, upper } = self.domain;
        let wanted = if wanted < lower { lower } else { wanted };
        let wanted = if wanted > upper { upper } else { wanted };
        let rises = wanted > value && self.rises;
        let falls = wanted < value && self.falls;
        if rises | falls { wanted } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constraints(mutability: Mutability) -> Constraints {
        Constraints {
            mutability: vec![mutability],
            domain: vec![Interval {
                lower: -1.0,
                upper: 1.0,
            }],
        }
    }

    #[test]
    fn a_factual_outside_its_domain_is_not_pushed_the_wrong_way() {
        assert_eq!(constraints(Mutability::None).rule(0).moved(3.0, -1.0), 3.0);
        assert_eq!(
            constraints(Mutability::Increase).rule(0).moved(3.0, 0.5),
            3.0
        );
        assert_eq!(
            constraints(Mutability::Decrease).rule(0).moved(3.0, -0.5),
            1.0
        );
        assert_eq!(constraints(Mutability::Both).rule(0).moved(3.0, 0.5), 1.0);
    }

    #[test]
    fn what_is_not_a_number_does_not_move() {
        assert_eq!(
            constraints(Mutability::Both).rule(0).moved(0.5, f32::NAN),
            0.5
        );
    }

    #[test]
    fn violations_are_found() {
        assert!(constraints(Mutability::None).violated(&[0.0], &[0.1]));
        assert!(constraints(Mutability::Increase).violated(&[0.0], &[-0.1]));
        assert!(constraints(Mutability::Both).violated(&[0.0], &[1.1]));
        assert!(!constraints(Mutability::Decrease).violated(&[0.0], &[-0.1]));
    }
}
