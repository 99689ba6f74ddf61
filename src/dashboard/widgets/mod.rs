//! Plain ratatui widgets: they know areas, numbers and styles, but nothing of training.

mod axes;
mod bar;
mod cells;
mod chart;
mod columns;
mod contour;
mod dots;
mod field;
mod marks;
mod picture;
mod text;
mod text_field;

pub use axes::{Axes, Tick};
pub use bar::bar;
pub use cells::only_ascii;
pub use chart::{LineChart, Series};
pub use columns::columns;
pub use contour::Contour;
pub use dots::{Dots, Marker};
pub use field::{Backdrop, Fill, Shades};
pub use marks::{Mark, Trail, draw_marks, draw_trails};
pub use picture::Picture;
pub use text::{distinct, end, first_fitting, fit, middle, pad, put, width, wrapped};
pub use text_field::{TextEdit, TextField};
