//! Counterfactual search (Eq. 1): from a factual towards a target class, by gradient descent on
//! the input.
//!
//! [`search`] moves a whole batch at once and leaves out points that are finished; [`walks`] keeps
//! every step. What the search minimises besides cross-entropy and cost is the
//! [`Generator`]'s business: one small file each.

mod active;
mod constraints;
mod descent;
mod generator;
mod search;
mod walk;

pub use constraints::Constraints;
pub use generator::{Eccco, Generator, GeneratorKind, Generic};
pub use search::{Counterfactuals, SearchParameters, search};
pub use walk::{Outcome, Walk, walks};
