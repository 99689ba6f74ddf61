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

    /// Where a feature lands that wants to move by `step` from `value`.
    ///
    /// The step is masked by the feature's mutability, and the result is projected to its domain,
    /// unless the projection itself would go a way that the mutability forbids (a factual may lie
    /// outside of the domain). A step that is not a number does not move.
    pub fn moved(&self, feature: usize, value: f32, step: f32) -> f32 {
        let mutability = self.mutability[feature];
        if step.is_nan() {
            return value;
        }
        let wanted = self.domain[feature].project(value + mutability.mask(step));
        match mutability {
            Mutability::Both => wanted,
            Mutability::Increase => wanted.max(value),
            Mutability::Decrease => wanted.min(value),
            Mutability::None => value,
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
        assert_eq!(constraints(Mutability::None).moved(0, 3.0, -1.0), 3.0);
        assert_eq!(constraints(Mutability::Increase).moved(0, 3.0, 0.5), 3.0);
        assert_eq!(constraints(Mutability::Decrease).moved(0, 3.0, -0.5), 1.0);
        assert_eq!(constraints(Mutability::Both).moved(0, 3.0, 0.5), 1.0);
    }

    #[test]
    fn what_is_not_a_number_does_not_move() {
        assert_eq!(constraints(Mutability::Both).moved(0, 0.5, f32::NAN), 0.5);
    }

    #[test]
    fn violations_are_found() {
        assert!(constraints(Mutability::None).violated(&[0.0], &[0.1]));
        assert!(constraints(Mutability::Increase).violated(&[0.0], &[-0.1]));
        assert!(constraints(Mutability::Both).violated(&[0.0], &[1.1]));
        assert!(!constraints(Mutability::Decrease).violated(&[0.0], &[-0.1]));
    }
}
