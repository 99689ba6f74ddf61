//! A run without a display: trains one model by a recipe, tells several sinks, keeps the results.

mod directory;
mod event;
mod keep;
mod train;

pub use directory::RunDirectory;
pub use event::{Event, Sink};
pub use keep::{model_file, write_recipe};
pub use train::{RunError, Trained, train, train_with};
