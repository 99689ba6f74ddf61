//! Plain ratatui widgets: they know areas, numbers and styles, but nothing of training.

mod axes;
mod chart;
mod dots;
mod extent;
mod field;
mod marks;
mod text;

pub use axes::{Axes, Tick};
pub use chart::{LineChart, Series};
pub use dots::{Dots, Marker};
pub use extent::Extent;
pub use field::{Backdrop, Fill, Shades};
pub use marks::{Mark, Trail, draw_marks, draw_trails};
pub use text::{fit, pad, put, width};
