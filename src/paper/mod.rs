//! The paper's tables, measured anew and set beside the published numbers.
//!
//! A [`Plan`] names a table, its data sets and seeds, and every deviation from the protocol that
//! gave the published numbers. [`Plan::carry_out`] trains and measures; [`TableKind::report`] makes
//! the table of it.

mod chart;
mod figure;
mod grid;
mod measured;
mod plan;
mod table;
mod task;
mod train;

pub use grid::{Grid, number};
pub use measured::{Finished, Measured, Monitor, PaperError, Results};
pub use plan::{Plan, Subject};
pub use table::Report;
pub use task::{Measure, TableKind, Task};
