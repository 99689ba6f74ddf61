//! Recipes: everything that determines a run, bit for bit, and how they are read and written.
//!
//! A [`Recipe`] is a source of data and one to four [`Arm`]s that are trained on them. The same
//! recipe gives the same weights: with or without a dashboard, at any speed, with any number of
//! threads.

mod arm;
mod comparison;
mod controls;
mod error;
mod file;
mod format;
mod happening;
mod locate;
mod name;
mod plan;

pub use arm::{Arm, Change, Parent};
pub use comparison::{Comparison, arms, assign};
pub use controls::Controls;
pub use error::{ArmError, RecipeError};
pub use file::{open, read, write, write_to};
pub use happening::{Difference, Happening, differences, tally};
pub use locate::locate;
pub use name::check_name;
pub use plan::{MAX_ARMS, Recipe, data_parameters};
