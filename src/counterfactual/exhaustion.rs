//! Why a search was exhausted: what its last steps show.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::data::{Interval, Mutability};

/// Why a search ran out of steps before it matured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exhaustion {
    /// The probability of the target class was still rising.
    Rising,
    /// It was stopped by the end of a feature's domain.
    Edge,
    /// It was stopped by a feature that must not change, or not that way.
    Lock,
    /// It gained nothing any more: it rests, or penalties and cost hold it back.
    Stuck,
    /// It jumps back and forth.
    Overshooting,
}

impl Exhaustion {
    /// All reasons, in the order shown.
    pub const ALL: [Self; 5] = [
        Self::Rising,
        Self::Edge,
        Self::Lock,
        Self::Stuck,
        Self::Overshooting,
    ];

    /// Name shown to people; the glossary has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rising => "still rising",
            Self::Edge => "at the edge",
            Self::Lock => "held by a lock",
            Self::Stuck => "stuck",
            Self::Overshooting => "overshooting",
        }
    }

    /// The reason for which a search failed whose target probabilities before the last two steps and
    /// after the last were `probabilities`, and that was pushed so at the end.
    pub(super) fn of(probabilities: [f32; 3], pressure: Pressure) -> Self {
        let [earlier, last] = [0, 1].map(|step| probabilities[step + 1] - probabilities[step]);
        let (rises, falls) = (last > NOTICEABLE, last < -NOTICEABLE);
        match () {
            () if rises && earlier < -NOTICEABLE => Self::Overshooting,
            () if falls && earlier > NOTICEABLE => Self::Overshooting,
            () if rises => Self::Rising,
            () if pressure.free >= pressure.locked + pressure.clipped => Self::Stuck,
            () if pressure.locked >= pressure.clipped => Self::Lock,
            () => Self::Edge,
        }
    }
}

/// The least change of a probability that counts as one.
const NOTICEABLE: f32 = 1e-4;

/// How much of what a step wants is possible, summed over the features.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pressure {
    /// Ways that are free.
    pub(super) free: f32,
    /// Ways that a mutability forbids.
    pub(super) locked: f32,
    /// Ways out of a domain.
    pub(super) clipped: f32,
}

impl Pressure {
    /// Adds a feature at `value` that is pushed by `push`.
    pub(super) fn add(&mut self, value: f32, push: f32, mutability: Mutability, domain: Interval) {
        let forbidden = match mutability {
            Mutability::Both => false,
            Mutability::Increase => push < 0.0,
            Mutability::Decrease => push > 0.0,
            Mutability::None => true,
        };
        let at_edge = push > 0.0 && value >= domain.upper || push < 0.0 && value <= domain.lower;
        match (forbidden, at_edge) {
            (true, _) => self.locked += push.abs(),
            (false, true) => self.clipped += push.abs(),
            (false, false) => self.free += push.abs(),
        }
    }
}

/// How many searches were exhausted for each reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exhaustions([usize; Exhaustion::ALL.len()]);

impl Exhaustions {
    /// Counts one more.
    pub fn add(&mut self, reason: Exhaustion) {
        self.0[reason as usize] += 1;
    }

    /// Counts those of `other` too.
    pub fn join(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
    }

    /// How many there are of a reason.
    pub fn of(&self, reason: Exhaustion) -> usize {
        self.0[reason as usize]
    }

    /// The reason of most of them; none if there are none.
    pub fn foremost(&self) -> Option<Exhaustion> {
        let all = Exhaustion::ALL.into_iter().rev();
        all.filter(|reason| self.of(*reason) > 0)
            .max_by_key(|reason| self.of(*reason))
    }
}

impl Serialize for Exhaustions {
    /// As a count per reason.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Exhaustion::ALL.map(|reason| (reason, self.of(reason))))
    }
}

impl<'de> Deserialize<'de> for Exhaustions {
    /// From a count per reason; reasons that are missing count 0.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let counts = BTreeMap::<Exhaustion, usize>::deserialize(deserializer)?;
        let mut counted = Self::default();
        for (reason, count) in counts {
            counted.0[reason as usize] = count;
        }
        Ok(counted)
    }
}

impl Extend<Exhaustion> for Exhaustions {
    fn extend<T: IntoIterator<Item = Exhaustion>>(&mut self, reasons: T) {
        reasons.into_iter().for_each(|reason| self.add(reason));
    }
}

impl FromIterator<Exhaustion> for Exhaustions {
    fn from_iter<T: IntoIterator<Item = Exhaustion>>(reasons: T) -> Self {
        let mut counted = Self::default();
        counted.extend(reasons);
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_steps_tell_why() {
        let pushed = |free, locked, clipped| Pressure {
            free,
            locked,
            clipped,
        };
        let free = pushed(1.0, 0.0, 0.0);
        let cases = [
            ([0.2, 0.3, 0.4], free, Exhaustion::Rising),
            ([f32::NAN, 0.3, 0.4], free, Exhaustion::Rising),
            ([0.4, 0.3, 0.4], free, Exhaustion::Overshooting),
            ([0.3, 0.4, 0.3], free, Exhaustion::Overshooting),
            ([0.4, 0.4, 0.4], free, Exhaustion::Stuck),
            ([0.5, 0.4, 0.3], free, Exhaustion::Stuck),
            ([0.4, 0.4, 0.4], pushed(0.1, 0.3, 0.2), Exhaustion::Lock),
            ([0.4, 0.4, 0.4], pushed(0.1, 0.1, 0.4), Exhaustion::Edge),
            ([0.1, 0.2, 0.3], pushed(0.1, 0.9, 0.0), Exhaustion::Rising),
        ];
        for (probabilities, pressure, expected) in cases {
            let found = Exhaustion::of(probabilities, pressure);
            assert_eq!(found, expected, "{probabilities:?} {pressure:?}");
        }
    }

    #[test]
    fn what_is_forbidden_or_outside_is_no_free_way() {
        let domain = Interval {
            lower: -1.0,
            upper: 1.0,
        };
        let mut pressure = Pressure::default();
        pressure.add(0.0, 0.1, Mutability::None, domain);
        pressure.add(0.0, -0.2, Mutability::Increase, domain);
        pressure.add(1.0, 0.4, Mutability::Both, domain);
        pressure.add(1.0, -0.8, Mutability::Both, domain);
        let expected = Pressure {
            free: 0.8,
            locked: 0.1 + 0.2,
            clipped: 0.4,
        };
        assert_eq!(pressure, expected);
    }

    #[test]
    fn reasons_are_counted() {
        use Exhaustion::{Edge, Lock, Stuck};
        let counted: Exhaustions = [Lock, Edge, Lock].into_iter().collect();
        assert_eq!((counted.of(Lock), counted.of(Stuck)), (2, 0));
        assert_eq!(counted.foremost(), Some(Lock));
        assert_eq!(Exhaustions::default().foremost(), None);
    }
}
