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
mod clipboard;
pub mod command;
mod complete;
pub mod config;
mod controls;
mod core;
mod entries;
pub mod export;
mod frame_writer;
mod ground;
pub mod handout;
pub mod input;
pub mod keymap;
pub mod layout;
pub mod lesson;
mod letter;
pub mod log;
mod mouse;
pub mod panels;
pub mod pictures;
mod reading;
mod record;
mod refresh;
pub mod reproduce;
mod run;
mod save;
pub mod share;
mod spoken;
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
    io::{self, IsTerminal, Write},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use ratatui::{Terminal, backend::CrosstermBackend, layout::Size};

pub use run::{Clock, Dashboard, SystemClock, Worker};
pub use spoken::plain;
pub use summary::Summary;

use config::Config;
use core::Core;
use frame_writer::{FrameWriter, Trouble};
use input::{HANGUP, Input, Reader};
use lesson::Lesson;
use log::{LogFile, Tone};
use pictures::Pictures;
use state::{App, Request, replay};
use theme::{Level, Theme};
use widgets::Marker;

use crate::{ascii::unicode_is_read, recipe::Recipe, run::Autosave};

/// How the dashboard begins.
pub struct Options {
    /// How many colours the terminal shows; found from the environment if not given.
    pub level: Option<Level>,
    /// Colours, lines, mouse and keys.
    pub config: Config,
    /// Where the log goes; nowhere if not given.
    pub log_folder: Option<PathBuf>,
    /// The file that the recipe came from, and the recipe.
    pub recipe: Option<(Recipe, PathBuf)>,
    /// The shared session that is opened.
    pub shared: Option<share::Shared>,
    /// The lesson that is played.
    pub lesson: Option<Arc<Lesson>>,
    /// The recipe that is played.
    pub replay: Option<replay::State>,
    /// Where it is kept that the tour has been offered; not given if it is not to be offered.
    pub offer: Option<PathBuf>,
    /// What keeps the run.
    pub autosave: Option<Autosave>,
    /// A line to begin with.
    pub greeting: Option<String>,
}

impl Options {
    /// The state of a dashboard on a terminal of this size.
    fn app(&self, size: Size) -> App {
        let variable = |name: &str| std::env::var(name).ok();
        let config = &self.config;
        let level = self.level.unwrap_or_else(|| Level::detect(variable));
        let suggested = || ground::by_environment(variable);
        let name = config.theme.or_else(suggested).unwrap_or_default();
        let marker = match unicode_is_read() {
            true => config.marker,
            false => Marker::Ascii,
        };
        let theme = Theme::new(name, level, marker);
        let mut app = App::new(theme, config.keymap.clone(), size);
        app.follows_ground = config.theme.is_none();
        if let Some(colours) = config.projector {
            app.project(colours);
        }
        app.defaults = config.defaults.clone();
        app.pictures = Pictures::new(config.pictures, variable);
        if let Some((recipe, path)) = &self.recipe {
            app.unsaved.keep(recipe.clone(), path);
        }
        let own = self.lesson.is_none() && self.shared.is_none() && self.replay.is_none();
        app.offer = self.offer.clone().filter(|_| own);
        app
    }

    /// Plays and opens what it begins with.
    fn begin(self, core: &mut Core<'_>) {
        if let Some(lesson) = self.lesson {
            core.play(lesson);
        }
        if let Some(replay) = self.replay {
            core.replay(replay);
        }
        if let Some(greeting) = self.greeting {
            core.say(Tone::Note, &greeting);
        }
        if let Some(shared) = self.shared {
            core.restore(shared);
        }
    }
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
    /// The number of the signal that asked for the end, if it was one.
    pub signal: Option<i32>,
    /// Where the run is kept that was interrupted.
    pub kept: Option<PathBuf>,
}

impl Farewell {
    fn of(app: &App, signal: Option<i32>) -> Self {
        Self {
            summary: Summary::of(app),
            picture: export::ansi(&export::frame(app)),
            signal,
            kept: None,
        }
    }
}

/// Shows `worker` on the terminal until the user leaves; for a screen reader, in lines of `output`.
///
/// # Errors
/// [`Error`] if there is no terminal or it fails; it is restored in any case.
pub fn run<W: Worker>(
    worker: &W,
    mut options: Options,
    output: &mut dyn Write,
) -> Result<Farewell, Error> {
    let autosave = options.autosave.take();
    let left = match options.config.screen_reader {
        true => spoken::run(worker, options, autosave.as_ref(), output),
        false => show(worker, options, autosave.as_ref()),
    };
    let Some(autosave) = autosave else {
        return left;
    };
    let interrupted = left.as_ref().map_or(true, |left| left.signal.is_some());
    let path = autosave.path().to_owned();
    let kept = autosave.end(interrupted).then_some(path);
    left.map(|left| Farewell { kept, ..left })
}

fn show<W: Worker>(
    worker: &W,
    options: Options,
    autosave: Option<&Autosave>,
) -> Result<Farewell, Error> {
    if !io::stdout().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let (columns, rows) = crossterm::terminal::size()?;
    let mut app = options.app(Size::new(columns, rows));
    let mut log = LogFile::open(options.log_folder.clone());

    let reader = Reader::start()?;
    let guard = terminal::Guard::new(options.config.mouse, log.path())?;
    let early = ask(&guard, &reader, &mut app)?;
    let clock = SystemClock::default();
    let trouble = Trouble::default();
    let writer = FrameWriter::new(io::stdout(), trouble.clone());
    let screen = Terminal::new(CrosstermBackend::new(writer))?;
    let mut dashboard = Dashboard::new(app, screen, worker, reader.inputs().clone(), &clock)?;
    options.begin(&mut dashboard.core);
    early
        .into_iter()
        .for_each(|input| dashboard.core.give(input));
    loop {
        let request = dashboard.turn()?;
        keep(&mut dashboard.core, autosave);
        log.follow(&dashboard.app().log);
        if let Some(error) = trouble.take() {
            let signal = signal_behind(&error, &reader).ok_or(error)?;
            return Ok(Farewell::of(dashboard.app(), Some(signal)));
        }
        match request {
            Request::None => {}
            Request::Quit => {
                return Ok(Farewell::of(dashboard.app(), dashboard.core.signal));
            }
            Request::Copy(text) => {
                clipboard::copy(text)?;
            }
            Request::Suspend if !terminal::has_shell() => {
                dashboard
                    .core
                    .say(Tone::Refusal, "there is no shell to go back to; q leaves");
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

/// Hands the newest snapshot to what keeps the run, unless it is a lesson's, and says what went wrong
/// there.
fn keep(core: &mut Core<'_>, autosave: Option<&Autosave>) {
    let Some(autosave) = autosave else {
        return;
    };
    let app = &core.app;
    if let (Some(snapshot), None) = (&app.snapshot, &app.lesson) {
        autosave.take(snapshot);
    }
    if let Some(problem) = autosave.problem() {
        core.say(Tone::Refusal, &problem);
    }
}

/// Asks the terminal for its background if the theme follows that, and waits a moment for the
/// answer; gives what else has arrived.
fn ask(guard: &terminal::Guard, reader: &Reader, app: &mut App) -> io::Result<Vec<Input>> {
    if !app.follows_ground || app.theme.level() == Level::Off || !answers_questions() {
        return Ok(Vec::new());
    }
    guard.ask()?;
    let mut early = ground::answers(reader.inputs());
    early.retain(|input| match input {
        Input::Background(colour) => {
            app.theme = app.theme.renamed(ground::by_colour(*colour));
            false
        }
        _ => true,
    });
    Ok(early)
}

/// The console of Linux shows questions as text.
fn answers_questions() -> bool {
    std::env::var("TERM").is_ok_and(|terminal| terminal != "linux")
}

/// The signal that came with an error of the terminal; a terminal that is gone counts as one.
fn signal_behind(error: &io::Error, reader: &Reader) -> Option<i32> {
    let deadline = Instant::now() + LAST_WORD;
    while let Ok(input) = reader.inputs().recv_deadline(deadline) {
        if let Input::Terminate(signal) = input {
            return Some(signal);
        }
    }
    let gone = error.kind() == io::ErrorKind::BrokenPipe || error.raw_os_error() == Some(EIO);
    gone.then_some(HANGUP)
}

/// How long a signal may come after the error that belongs to it.
const LAST_WORD: Duration = Duration::from_millis(200);
/// What the system says of a terminal that is gone.
const EIO: i32 = 5;
