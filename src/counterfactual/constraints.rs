//! What a counterfactual must respect: mutability and domain of every feature, and categories.

use std::ops::Range;

use pulp::Simd;

use crate::{
    data::{Dataset, Interval, Mutability, groups::groups},
    model::Registers,
};

/// Constraints per feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraints {
    /// How each feature may change, `(d,)`.
    pub mutability: Vec<Mutability>,
    /// The values each feature may take, `(d,)`.
    pub domain: Vec<Interval>,
    /// Positions of each one-hot group.
    pub groups: Vec<Range<usize>>,
}

impl Constraints {
    /// Constraints on the features of `dataset`: the `wanted` mutabilities and the features' own
    /// where there are too few, and domains that reach over `sigmas` standard deviations unless
    /// the features have their own.
    pub fn on(dataset: &Dataset, wanted: &[Mutability], sigmas: f64) -> Self {
        Self {
            mutability: dataset.mutability(wanted),
            domain: dataset.domains(sigmas as f32),
            groups: groups(&dataset.features),
        }
    }

    /// No constraints on `dimensions` features.
    pub fn none(dimensions: usize) -> Self {
        Self {
            mutability: vec![Mutability::Both; dimensions],
            domain: vec![Interval::UNBOUNDED; dimensions],
            groups: Vec::new(),
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
        let rules = self.mutability.iter().zip(&self.domain);
        let features = factual.iter().zip(point).zip(rules);
        features.fold(false, |broken, ((&from, &to), (&mutability, domain))| {
            let falls = (to < from) & (mutability == Mutability::Increase);
            let rises = (to > from) & (mutability == Mutability::Decrease);
            let moves = (to != from) & (mutability == Mutability::None);
            let inside = (domain.lower <= to) & (to <= domain.upper) | (to == from);
            broken | falls | rises | moves | !inside
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
    /// The same, wherever the feature lands.
    pub(super) fn without_domain(self) -> Self {
        Self {
            domain: Interval::UNBOUNDED,
            ..self
        }
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
        let rises = (wanted > value) & self.rises;
        let falls = (wanted < value) & self.falls;
        if rises | falls { wanted } else { value }
    }

    /// [`Rule::reached`] for all lanes at once.
    #[inline(always)]
    pub(super) fn reached_by_all<S: Simd, const N: usize>(
        self,
        simd: S,
        value: Registers<S, N>,
        wanted: Registers<S, N>,
    ) -> Registers<S, N> {
        let [lower, upper] =
            [self.domain.lower, self.domain.upper].map(|end| Registers::splat(simd, end));
        let wanted = wanted.if_below(simd, lower, lower, wanted);
        let wanted = upper.if_below(simd, wanted, upper, wanted);
        let risen = if self.rises { wanted } else { value };
        let fallen = if self.falls { wanted } else { value };
        let reached = value.if_below(simd, wanted, risen, value);
        wanted.if_below(simd, value, fallen, reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lanes, Vectorized};

    fn constraints(mutability: Mutability) -> Constraints {
        Constraints {
            mutability: vec![mutability],
            domain: vec![Interval {
                lower: -1.0,
                upper: 1.0,
            }],
            groups: Vec::new(),
        }
    }

    #[test]
    fn a_factual_outside_its_domain_is_not_pushed_the_wrong_way() {
        assert_eq!(constraints(Mutability::None).rule(0).reached(3.0, 2.0), 3.0);
        assert_eq!(
            constraints(Mutability::Increase).rule(0).reached(3.0, 3.5),
            3.0
        );
        assert_eq!(
            constraints(Mutability::Decrease).rule(0).reached(3.0, 2.5),
            1.0
        );
        assert_eq!(constraints(Mutability::Both).rule(0).reached(3.0, 3.5), 1.0);
    }

    #[test]
    fn what_is_not_a_number_does_not_move() {
        assert_eq!(
            constraints(Mutability::Both).rule(0).reached(0.5, f32::NAN),
            0.5
        );
    }

    struct ReachedByAll(Rule, Lanes, Lanes);

    impl Vectorized for ReachedByAll {
        type Output = Lanes;

        #[inline(always)]
        fn run<S: Simd, const N: usize>(self, simd: S) -> Lanes {
            let [value, wanted] = [&self.1, &self.2].map(Registers::<S, N>::load);
            let mut reached = Lanes::default();
            let lanes = self.0.reached_by_all(simd, value, wanted);
            lanes.store(&mut reached);
            reached
        }
    }

    #[test]
    fn many_at_once_reach_what_one_does() {
        let corners = [-3.0, -1.0, 0.0, 0.5, 1.0, 3.0, f32::NAN, f32::INFINITY];
        for mutability in Mutability::ALL {
            let rule = constraints(mutability).rule(0);
            for value in [-3.0, -1.0, 0.0, 0.5, 1.0, 3.0] {
                let wanted =
                    Lanes::from_fn(|lane| corners[lane / 2] * (1.0 - (lane % 2) as f32 * 2.0));
                let reached = ReachedByAll(rule, Lanes::splat(value), wanted).vectorize();
                let expected = wanted.map(|wanted| rule.reached(value, wanted));
                assert_eq!(reached, expected, "{mutability:?} {value} {wanted:?}");
            }
        }
    }

    #[test]
    fn violations_are_found() {
        assert!(constraints(Mutability::None).violated(&[0.0], &[0.1]));
        assert!(constraints(Mutability::Increase).violated(&[0.0], &[-0.1]));
        assert!(constraints(Mutability::Both).violated(&[0.0], &[1.1]));
        assert!(!constraints(Mutability::Decrease).violated(&[0.0], &[-0.1]));
    }
}
