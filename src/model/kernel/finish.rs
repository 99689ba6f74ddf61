//! What becomes of sums before they are stored.

use crate::model::lanes::Lanes;

/// What becomes of the sums that a multiplication gives.
pub(super) trait Finish: Sync {
    /// The result for the sums at position `at` among all lanes of the result.
    fn finish(&self, at: usize, sums: Lanes) -> Lanes;
}

/// The sums themselves.
pub(super) struct Linear;

impl Finish for Linear {
    #[inline(always)]
    fn finish(&self, _: usize, sums: Lanes) -> Lanes {
        sums
    }
}

/// Rectified sums.
pub(super) struct Relu;

impl Finish for Relu {
    #[inline(always)]
    fn finish(&self, _: usize, sums: Lanes) -> Lanes {
        sums.map(|sum| if sum > 0.0 { sum } else { 0.0 })
    }
}

/// The sums where these outputs of [`Relu`] are not 0: its derivative.
pub(super) struct WhereActive<'a>(pub(super) &'a [Lanes]);

impl Finish for WhereActive<'_> {
    #[inline(always)]
    fn finish(&self, at: usize, sums: Lanes) -> Lanes {
        let outputs = &self.0[at];
        Lanes::from_fn(|lane| if outputs[lane] > 0.0 { sums[lane] } else { 0.0 })
    }
}
