//! Categories within a search: relaxed, or decoded after every step.

use std::ops::Range;

use rand::RngExt;

use super::{Constraints, active::ActivePanel};
use crate::{
    data::groups,
    model::Lanes,
    random::{Purpose, stream},
};

/// What a search does with one-hot groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Categories {
    /// They move between their categories, as in training.
    #[default]
    Relaxed,
    /// After every step each group becomes its largest category that the constraints allow, so that
    /// the next gradient is taken there (straight-through), and the rule to stop sees it, as in the
    /// paper's evaluation.
    Decoded,
}

impl Categories {
    /// The `constraints` by which a search decodes, if it does.
    pub(super) fn decoded(self, constraints: &Constraints) -> Option<&Constraints> {
        (self == Self::Decoded && !constraints.groups.is_empty()).then_some(constraints)
    }
}

/// What distinguishes the choices between equal categories, so that they are the same wherever in
/// a batch a point is, and on any number of threads.
#[derive(Clone, Copy)]
struct Tie {
    /// Class that is aimed at.
    target: u32,
    /// Step of the search.
    step: usize,
}

impl Tie {
    /// One of `several` categories, by factual `(d,)` and position of the group.
    fn choose(self, factual: impl Iterator<Item = f32>, group: usize, several: usize) -> usize {
        const PRIME: u64 = 0x0100_0000_01b3;
        let mix = |hash: u64, bits: u32| (hash ^ u64::from(bits)).wrapping_mul(PRIME);
        let seed = factual.fold(mix(0xcbf2_9ce4_8422_2325, self.target), |hash, value| {
            mix(hash, value.to_bits())
        });
        let index = (self.step as u64 & 0xffff_ffff) << 16 | (group as u64 & 0xffff);
        stream(seed, Purpose::Categories, index).random_range(0..several)
    }
}

impl Constraints {
    /// Decodes the relaxed categories of `point`, having started from `factual`, both `(d,)`: each
    /// one-hot group becomes its largest category that the constraints allow. A group that did not
    /// move, or has no other category to go to, is the factual's.
    ///
    /// Of equal categories one is chosen at random, always the same for a factual, the class
    /// `target` that it is to go to, and the `step` of the search.
    pub fn decode(&self, factual: &[f32], point: &mut [f32], target: usize, step: usize) {
        let tie = Tie {
            target: target as u32,
            step,
        };
        for (position, group) in self.groups.iter().enumerate() {
            let (from, to) = (&factual[group.clone()], &mut point[group.clone()]);
            let choose = |several| tie.choose(factual.iter().copied(), position, several);
            self.decode_group(group, from, to, choose);
        }
    }

    /// [`Constraints::decode`] of one group, whose values are `from` in the factual and now `to`,
    /// both `(c,)`; `choose` picks one of several largest.
    fn decode_group(
        &self,
        group: &Range<usize>,
        from: &[f32],
        to: &mut [f32],
        choose: impl FnOnce(usize) -> usize,
    ) {
        if from == to {
            return;
        }
        let reaches = |category: usize, wanted: f32| {
            let value = from[category];
            let rule = self.rule(group.start + category);
            value == wanted || rule.reached(value, wanted) == wanted
        };
        let stuck = (0..from.len()).filter(|&category| !reaches(category, 0.0));
        let stuck: Vec<usize> = stuck.take(2).collect();
        let allowed = |category| match stuck[..] {
            [] => reaches(category, 1.0),
            [only] => only == category && reaches(category, 1.0),
            _ => false,
        };
        match groups::largest(to, allowed, choose) {
            Some(category) => {
                for (position, value) in to.iter_mut().enumerate() {
                    *value = groups::indicator(position == category);
                }
            }
            None => to.copy_from_slice(from),
        }
    }

    /// Decodes the points in the first `used` lanes of a panel after `step`, and raises their L∞
    /// `distances` to the factuals to what they are in the groups now.
    pub(super) fn decode_panel(
        &self,
        panel: &mut ActivePanel<'_>,
        used: usize,
        step: usize,
        distances: &mut Lanes,
    ) {
        let widest = self.groups.iter().map(Range::len).max().unwrap_or(0);
        let (mut from, mut to) = (Vec::with_capacity(widest), Vec::with_capacity(widest));
        for lane in 0..used {
            let target = panel.targets[lane];
            for (position, group) in self.groups.iter().enumerate() {
                from.clear();
                to.clear();
                from.extend(panel.factuals[group.clone()].iter().map(|f| f[lane]));
                to.extend(panel.points[group.clone()].iter().map(|p| p[lane]));
                let factual = || panel.factuals.iter().map(|lanes| lanes[lane]);
                let choose = |several| Tie { target, step }.choose(factual(), position, several);
                self.decode_group(group, &from, &mut to, choose);
                for (lanes, (&value, &start)) in panel.points[group.clone()]
                    .iter_mut()
                    .zip(to.iter().zip(&from))
                {
                    lanes[lane] = value;
                    distances[lane] = distances[lane].max((value - start).abs());
                }
            }
        }
    }

    /// Whether feature `feature` belongs to a one-hot group.
    pub(super) fn is_category(&self, feature: usize) -> bool {
        self.groups.iter().any(|group| group.contains(&feature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Mutability;

    #[test]
    fn groups_are_decoded_as_far_as_the_constraints_allow() {
        let decoded = |mutability: [Mutability; 3], factual: [f32; 4], mut point: [f32; 4]| {
            let mut constraints = Constraints {
                groups: std::iter::once(1..4).collect(),
                ..Constraints::none(4)
            };
            constraints.mutability[1..].copy_from_slice(&mutability);
            constraints.decode(&factual, &mut point, 1, 1);
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
    fn ties_are_broken_at_random_and_always_alike() {
        let constraints = Constraints {
            groups: std::iter::once(0..3).collect(),
            ..Constraints::none(4)
        };
        let decoded = |age: f32, step| {
            let mut point = [0.4, 0.4, 0.1, age];
            constraints.decode(&[1.0, 0.0, 0.0, age], &mut point, 1, step);
            point[..3].iter().position(|&value| value == 1.0)
        };
        let ages = (0..100).map(|age| age as f32);
        let chosen: Vec<_> = ages.clone().map(|age| decoded(age, 1)).collect();
        let first = chosen.iter().filter(|&&chosen| chosen == Some(0)).count();
        assert!((30..70).contains(&first) && !chosen.contains(&Some(2)));
        assert!(ages.clone().map(|age| decoded(age, 1)).eq(chosen.clone()));
        assert!(ages.map(|age| decoded(age, 2)).ne(chosen));
    }
}
