//! Between file units and model units: standardisation and one-hot groups.
//!
//! A list of [`Feature`](super::Feature)s says everything about an encoding: which column feeds a feature, how it
//! is scaled, which category it stands for. It is [`fit`] once, on training rows, and then applied
//! to any table with those columns by [`encode`].

mod apply;
mod fit;
mod learn;

pub use apply::{column_name, encode, unknown_categories};
pub use fit::{fit, standardises};
pub(super) use learn::whole_range;
