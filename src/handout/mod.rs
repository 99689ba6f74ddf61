//! A page about a run, to be handed out: one file of HTML that needs nothing else, for screens and for
//! paper.
//!
//! | file | what it makes |
//! |---|---|
//! | `page` | the page, section by section |
//! | `plane` | shapes of a boundary's picture, for whatever draws them |
//! | `figure` | such a picture as SVG, with axes |
//! | `curves`, `chart` | curves over epochs and under attack, as SVG |
//! | `scores` | the scoreboard with its errors |
//! | `settings`, `changes` | parameters and locks, and what was changed while training |
//! | `style` | colours, and how screens and paper are laid out |

mod changes;
mod chart;
mod curves;
mod figure;
mod glyph;
mod page;
mod plane;
mod scores;
mod settings;
mod style;

use crate::{recourse::letter::Letter, session::Snapshot};

pub use glyph::{Glyph, Outline};
pub use plane::{ASPECT, Ink, Shape, Shown, WIDTH, shapes};
pub use style::Colours;

/// What is told of a run that rests.
pub struct Handout<'a> {
    /// The run.
    pub snapshot: &'a Snapshot,
    /// What of it the pictures of the boundaries show.
    pub shown: Shown<'a>,
    /// What the arms say about the inspected sample, or why they say nothing.
    pub advice: Result<Letter<'a>, String>,
    /// What opens the run again, or why nothing does.
    pub code: Result<Code, String>,
    /// On light and on dark screens; paper is light.
    pub colours: [Colours; 2],
}

/// A session as one code.
pub struct Code {
    /// The code.
    pub text: String,
    /// The same for cameras, row by row from the top, `true` where it is dark; none if it is too long.
    pub picture: Option<Vec<Vec<bool>>>,
}

impl Handout<'_> {
    /// The page: HTML that is well-formed XML too.
    pub fn html(&self) -> String {
        page::page(self)
    }
}
