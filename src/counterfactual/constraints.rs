//! What a counterfactual must respect: mutability and domain of every feature, and categories.

use std::ops::Range;

use pulp::Simd;

use crate::{
    data::{Dataset, Interval, Mutability, groups},
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
            groups: groups::groups(&dataset.features),
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

    /// Decodes the relaxed categories of `point`, having started from `factual`, both `(d,)`: each
    /// one-hot group becomes its largest category that the constraints allow. A group that did not
    /// move, or has no other category to go to, is the factual's. Says whether anything changed.
    pub fn decode(&self, factual: &[f32], point: &mut [f32]) -> bool {
        let mut changed = false;
        for group in &self.groups {
            let (from, to) = (&factual[group.clone()], &mut point[group.clone()]);
            if from == to {
                continue;
            }
            let allowed = |category: usize| {
                group.clone().zip(from).all(|(feature, &value)| {
                    let wanted = groups::indicator(feature == group.start + category);
                    value == wanted || self.rule(feature).reached(value, wanted) == wanted
                })
            };
            let decoded = match groups::largest(to, allowed) {
                Some(category) => groups::one_hot(to.len(), category),
                None => from.to_vec(),
            };
            changed |= decoded != to;
            to.copy_from_slice(&decoded);
        }
        changed
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
    fn groups_are_decoded_as_far_as_the_constraints_allow() {
        let decoded = |mutability: [Mutability; 3], factual: [f32; 4], mut point: [f32; 4]| {
            let mut constraints = Constraints {
                groups: std::iter::once(1..4).collect(),
                ..Constraints::none(4)
            };
            constraints.mutability[1..].copy_from_slice(&mutability);
            constraints.decode(&factual, &mut point);
            point
        };
        let (both, none) = (Mutability::Both, Mutability::None);
        let (factual, point) = ([0.5, 1.0, 0.0, 0.0], [0.7, 0.4, 0.9, 0.6]);
        assert_eq!(decoded([both; 3], factual, point), [0.7, 0.0, 1.0, 0.0]);
        assert_eq!(
            decoded([both, none, both], factual, [0.7, 0.4, 0.0, 0.6]),
            [0.7, 0.0, 0.0, 1.0]
        );
        assert_eq!(
            decoded([none, both, both], factual, [0.7, 1.0, 0.0, 2.6]),
            [0.7, 1.0, 0.0, 0.0],
            "no other category can rise unless this one falls"
        );
        let rise = Mutability::Increase;
        assert_eq!(
            decoded([rise, both, both], factual, point),
            [0.7, 1.0, 0.0, 0.0]
        );
        let unknown = [0.5, 0.0, 0.0, 0.0];
        assert_eq!(decoded([both; 3], unknown, unknown), unknown);
        assert_eq!(decoded([both; 3], unknown, point), [0.7, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn violations_are_found() {
        assert!(constraints(Mutability::None).violated(&[0.0], &[0.1]));
        assert!(constraints(Mutability::Increase).violated(&[0.0], &[-0.1]));
        assert!(constraints(Mutability::Both).violated(&[0.0], &[1.1]));
        assert!(!constraints(Mutability::Decrease).violated(&[0.0], &[-0.1]));
    }
}
