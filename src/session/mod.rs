//! A session: a worker thread trains both arms in lock-step; commands go in, snapshots come out.
//!
//! Nothing here knows of a terminal. Neither side ever waits for the other: parameter changes and
//! views travel in slots where the latest wins, snapshots in a slot where the newest wins.

mod command;
mod recipe;
mod snapshot;

pub use command::{Command, Controls, View};
pub use recipe::{Change, Recipe};
pub use snapshot::{
    ArmSnapshot, Axes, Field, History, Projection, Robustness, Snapshot, Status, Walks,
};
