//! Counterfactual search (Eq. 1): from a factual towards a target class, by gradient descent on
//! the input.
//!
//! [`Search::run`] moves a whole batch at once and leaves out points that are finished;
//! [`Search::trajectories`] keeps every step. Both ask a [`Generator`]: most add a [`Penalty`] to
//! cross-entropy and cost, one small file each. What a generator has to learn from training data,
//! it is [fitted](Background) to once.

mod active;
mod background;
mod backgrounds;
mod categories;
mod constraints;
mod descent;
mod exhaustion;
mod generator;
mod latent;
mod search;
mod step;
mod trajectory;

pub use background::Background;
pub use backgrounds::Backgrounds;
pub use categories::Categories;
pub use constraints::Constraints;
pub use exhaustion::{Exhaustion, Exhaustions};
pub use generator::{
    Attractors, Eccco, Generator, GeneratorKind, Generic, Gravitational, NEIGHBOURS, Omniscient,
    Penalty, draw_neighbours, mad_weights,
};
pub use search::{Counterfactuals, Search, SearchParameters};
pub use trajectory::{Outcome, Trajectory};
