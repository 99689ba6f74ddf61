//! A run without a display: trains the arms of a recipe, tells several sinks, keeps the results.

mod directory;
mod event;
mod keep;
pub mod known;
mod train;

pub use directory::RunDirectory;
pub use event::{Event, Sink};
pub use keep::model_file;
pub use train::{RunError, Trained, TrainedArm, train, train_with};
