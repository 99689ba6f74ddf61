//! Counterfactual search (Eq. 1): from a factual towards a target class, by gradient descent on
//! the input.

mod walk;

pub use walk::{Outcome, Walk};
