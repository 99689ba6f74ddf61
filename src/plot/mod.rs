//! What plots are made of, wherever they are drawn: ranges with round ticks, and lines between classes.

mod extent;
mod grid;

pub use extent::Extent;
pub use grid::Grid;
