//! A run without a display: trains one model by a recipe, tells several sinks, keeps the results.

mod directory;
mod event;
mod train;

pub use directory::RunDirectory;
pub use event::{Event, Sink};
pub use train::{RunError, Trained, train, train_with};
