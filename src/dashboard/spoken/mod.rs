//! The dashboard for those who listen: plain lines in place of a screen, and lines that are typed in
//! place of keys.
//!
//! It is another view of the same state. What is typed becomes the same [`Action`](super::action::Action)s,
//! `update` does the same, and what the panels show can be asked for in words, a file per panel. A line
//! has no escape sequences, nothing is overwritten, and nothing is said by position or colour.

mod answer;
mod boundary;
mod card;
mod counterfactuals;
mod ear;
mod features;
mod groups;
mod help;
mod losses;
mod parameters;
mod question;
mod robustness;
mod sample;
mod scores;
mod session;
mod status;
mod told;
mod wording;

#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal, Write};

use ratatui::layout::Size;

use super::{
    Error, Farewell, Options, Summary, SystemClock, Worker, core::Core, keep, log::LogFile,
    state::Request,
};
use crate::run::Autosave;
use session::Spoken;

pub use wording::plain;

/// The screen that there would be, for pictures that are exported.
const SCREEN: Size = Size::new(120, 40);

/// Speaks of `worker` to `output` until the user leaves, or all lines of standard input are answered.
///
/// # Errors
/// [`Error::Terminal`] if the output fails.
pub(super) fn run<W: Worker>(
    worker: &W,
    options: Options,
    autosave: Option<&Autosave>,
    output: &mut dyn Write,
) -> Result<Farewell, Error> {
    let app = options.app(SCREEN);
    let mut log = LogFile::open(options.log_folder.clone());
    let clock = SystemClock::default();
    let mut core = Core::new(app, worker, ear::open()?, &clock);
    options.begin(&mut core);
    let mut spoken = Spoken::new(core, output, io::stdin().is_terminal());
    loop {
        let request = spoken.turn()?;
        keep(&mut spoken.core, autosave);
        log.follow(&spoken.core.app.log);
        if request == Request::Quit {
            return Ok(Farewell {
                summary: Summary::of(&spoken.core.app),
                picture: String::new(),
                signal: spoken.core.signal,
                kept: None,
            });
        }
    }
}
