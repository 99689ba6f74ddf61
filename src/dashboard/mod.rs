//! The dashboard: both arms side by side, live.
//!
//! Everything goes one way round. A key becomes an [`Action`](action::Action),
//! [`update`] turns it into a change of the [`App`] and commands to the worker, and
//! [`view`] draws the app without changing it:
//!
//! ```text
//! key, signal, script ──► Action ──► update ──► App ──► view ──► frame
//!                                      │         ▲
//!                                   Command   Snapshot
//!                                      ▼         │
//!                                        worker
//! ```

pub mod action;
pub mod app;
pub mod command;
mod controls;
mod export;
mod frame_writer;
pub mod input;
pub mod keymap;
pub mod layout;
pub mod panels;
mod run;
mod save;
mod summary;
mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod widgets;

#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal};

use ratatui::{Terminal, backend::CrosstermBackend, layout::Size};

pub use run::{Clock, Dashboard, SystemClock, Worker};
pub use summary::Summary;

use app::{App, Request};
use frame_writer::FrameWriter;
use input::Reader;
use keymap::{Keymap, KeymapError};
use theme::{Level, Theme};
use widgets::Marker;

/// How the dashboard begins.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How many colours the terminal shows; found from the environment if not given.
    pub level: Option<Level>,
    /// What lines are made of.
    pub marker: Marker,
}

/// Why there is no dashboard.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Standard output is no terminal.
    #[error("the dashboard needs a terminal; use --plain, or `ctui train`, where there is none")]
    NoTerminal,
    /// The terminal refused.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] io::Error),
    /// The keys are not usable.
    #[error(transparent)]
    Keys(#[from] KeymapError),
}

/// Shows `worker` on the terminal until the user leaves.
///
/// # Errors
/// [`Error`] if there is no terminal or it fails; it is restored in any case.
pub fn run<W: Worker>(worker: &W, options: &Options) -> Result<Summary, Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let level = options
        .level
        .unwrap_or_else(|| Level::detect(|name| std::env::var(name).ok()));
    let keymap = Keymap::standard()?;
    let theme = Theme::dark(level, options.marker);
    let (columns, rows) = crossterm::terminal::size()?;
    let app = App::new(theme, keymap, Size::new(columns, rows));

    let guard = terminal::Guard::new()?;
    let reader = Reader::start()?;
    let clock = SystemClock::default();
    let screen = Terminal::new(CrosstermBackend::new(FrameWriter::new(io::stdout())))?;
    let mut dashboard = Dashboard::new(app, screen, worker, reader.inputs().clone(), &clock)?;
    loop {
        match dashboard.turn()? {
            Request::None => {}
            Request::Quit => return Ok(Summary::of(dashboard.app())),
            Request::Suspend => {
                guard.suspend()?;
                dashboard.redraw()?;
            }
            Request::Redraw => {
                guard.resume()?;
                dashboard.redraw()?;
            }
        }
    }
}
