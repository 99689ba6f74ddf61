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
pub mod command;
mod complete;
pub mod config;
mod controls;
pub mod export;
mod frame_writer;
pub mod input;
pub mod keymap;
pub mod layout;
pub mod log;
mod mouse;
pub mod panels;
pub mod pictures;
mod refresh;
pub mod reproduce;
mod run;
mod save;
pub mod state;
mod summary;
mod terminal;
pub mod theme;
pub mod update;
mod variants;
pub mod view;
pub mod widgets;

#[cfg(test)]
mod tests;

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

use crossterm::{clipboard::CopyToClipboard, execute};
use ratatui::{Terminal, backend::CrosstermBackend, layout::Size};

pub use run::{Clock, Dashboard, SystemClock, Worker};
pub use summary::Summary;

use config::Config;
use frame_writer::FrameWriter;
use input::Reader;
use log::LogFile;
use pictures::Pictures;
use state::{App, Request};
use theme::{Level, Theme};

use crate::recipe::Recipe;

/// How the dashboard begins.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many colours the terminal shows; found from the environment if not given.
    pub level: Option<Level>,
    /// Colours, lines, mouse and keys.
    pub config: Config,
    /// Where the log goes; nowhere if not given.
    pub log_folder: Option<PathBuf>,
    /// The file that the recipe came from, and the recipe.
    pub recipe: Option<(Recipe, PathBuf)>,
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
}

/// What remains of a dashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Farewell {
    /// What was done, and how to do it again.
    pub summary: Summary,
    /// The last picture, with the escape sequences of its colours.
    pub picture: String,
}

/// Shows `worker` on the terminal until the user leaves.
///
/// # Errors
/// [`Error`] if there is no terminal or it fails; it is restored in any case.
pub fn run<W: Worker>(worker: &W, options: Options) -> Result<Farewell, Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let level = options
        .level
        .unwrap_or_else(|| Level::detect(|name| std::env::var(name).ok()));
    let config = options.config;
    let theme = Theme::new(config.theme, level, config.marker);
    let (columns, rows) = crossterm::terminal::size()?;
    let mut app = App::new(theme, config.keymap, Size::new(columns, rows));
    app.defaults = config.defaults;
    app.pictures = Pictures::new(config.pictures, |name| std::env::var(name).ok());
    if let Some((recipe, path)) = options.recipe {
        app.unsaved.keep(recipe, &path);
    }
    let mut log = LogFile::open(options.log_folder);

    let guard = terminal::Guard::new(config.mouse, log.path())?;
    let reader = Reader::start()?;
    let clock = SystemClock::default();
    let screen = Terminal::new(CrosstermBackend::new(FrameWriter::new(io::stdout())))?;
    let mut dashboard = Dashboard::new(app, screen, worker, reader.inputs().clone(), &clock)?;
    loop {
        let request = dashboard.turn()?;
        log.follow(&dashboard.app().log);
        match request {
            Request::None => {}
            Request::Quit => {
                return Ok(Farewell {
                    summary: Summary::of(dashboard.app()),
                    picture: export::ansi(&export::frame(dashboard.app())),
                });
            }
            Request::Copy(text) => {
                execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?;
            }
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
