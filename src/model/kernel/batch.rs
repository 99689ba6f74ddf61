//! Where a batch is split over threads.

/// Panels of a batch that stays on the calling thread.
pub(super) const FEW: usize = 16;
