//! The brush: where it is, and what it draws.

use crate::{
    dashboard::{action::Panel, layout::Arrangement},
    session::{Axes, Projection},
};

/// How many points are drawn at once.
pub const SIZES: [usize; 3] = [1, 5, 20];

/// What a brush is like.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Where it is on the plot, as fractions from the lower left corner.
    pub at: [f64; 2],
    /// The class that it draws.
    pub class: usize,
    /// Position of its size in [`SIZES`].
    pub size: usize,
    /// Strokes that were made, so that no two sprays are alike.
    pub strokes: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            at: [0.5, 0.5],
            class: 0,
            size: 0,
            strokes: 0,
        }
    }
}

impl State {
    /// How many points it draws at once.
    pub fn points(&self) -> usize {
        SIZES[self.size.min(SIZES.len() - 1)]
    }
}

/// The feature on an axis of a plane, 0 horizontal and 1 vertical.
pub fn feature(projection: &Projection, axis: usize) -> usize {
    match projection.axes {
        Axes::Features(x, y) => [x, y][axis],
        Axes::PrincipalComponents => axis,
    }
}

/// Shows the boundaries and gives them the focus.
pub fn show(arrangement: &mut Arrangement) {
    let others = |panel: &Panel| *panel != Panel::Boundary;
    arrangement.hidden.retain(others);
    arrangement.focus = Panel::Boundary;
}
