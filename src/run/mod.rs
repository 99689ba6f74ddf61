//! A run without a display: trains the arms of a recipe, tells several sinks, keeps the results.

mod autosave;
pub mod checkpoint;
mod directory;
mod event;
mod keep;
pub mod known;
mod lock;
pub mod metrics;
mod own_file;
mod past;
mod save;
mod train;
pub mod words;

pub use autosave::{Autosave, Interrupted, interrupted, standing};
pub use directory::{Begun, DirectoryError, RunDirectory, is_begun, recipe_in};
pub use event::{Event, Sink};
pub use keep::model_file;
pub use lock::{Lock, LockError};
pub use past::{ArmScore, Past, PastError, runs_in};
pub use save::save;
pub use train::{Run, RunError, Trained, TrainedArm, train, train_with};

use own_file::own_file;
