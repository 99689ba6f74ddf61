//! Data sets: features, samples, where they come from, and how they are read and written.
//!
//! Everything below this module works in *model units* (what the classifier sees). A feature's
//! [`Scale`] turns them into the units of the file and back.

mod dataset;
mod error;
mod feature;

pub use dataset::{Dataset, Samples};
pub use error::DataError;
pub use feature::{Feature, Interval, Kind, Mutability, Scale};
