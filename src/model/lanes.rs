//! The same number of several points, side by side.

use std::ops::{Deref, DerefMut};

/// Points per panel.
pub const LANES: usize = 16;

/// One feature, or one unit, of all points of a panel; aligned as the widest vectors want it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub struct Lanes([f32; LANES]);

impl Lanes {
    /// The same value in all lanes.
    #[inline(always)]
    pub const fn splat(value: f32) -> Self {
        Self([value; LANES])
    }

    /// The value that `value` gives for each lane.
    #[inline(always)]
    pub fn from_fn(value: impl FnMut(usize) -> f32) -> Self {
        Self(std::array::from_fn(value))
    }

    /// What `change` makes of each value.
    #[inline(always)]
    pub fn map(self, change: impl FnMut(f32) -> f32) -> Self {
        Self(self.0.map(change))
    }

    /// The sum of all lanes, pair by pair.
    #[inline(always)]
    pub fn total(mut self) -> f32 {
        let mut half = LANES / 2;
        while half > 0 {
            let (low, high) = self.0.split_at_mut(half);
            for (low, high) in low.iter_mut().zip(high) {
                *low += *high;
            }
            half /= 2;
        }
        self.0[0]
    }
}

impl Deref for Lanes {
    type Target = [f32; LANES];

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Lanes {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_count_every_lane() {
        assert_eq!(Lanes::from_fn(|lane| (1 << lane) as f32).total(), 65535.0);
        assert_eq!(Lanes::splat(0.5).total(), 8.0);
    }
}
