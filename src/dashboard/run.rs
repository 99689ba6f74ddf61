//! The loop: take everything that has arrived, then draw at most once.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::Receiver;
use ratatui::{Terminal, backend::Backend, layout::Size};

use super::{
    Error,
    action::Action,
    core::Core,
    export,
    input::Input,
    record::Recorder,
    refresh,
    state::{App, Request},
    update, view,
};
use crate::session::{Command, Session, Snapshot};

/// What trains behind the dashboard.
pub trait Worker {
    /// Hands a command over without waiting.
    fn send(&self, command: Command);
    /// Where the newest snapshot arrives.
    fn snapshots(&self) -> &Receiver<Arc<Snapshot>>;
}

impl Worker for Session {
    fn send(&self, command: Command) {
        Session::send(self, command);
    }

    fn snapshots(&self) -> &Receiver<Arc<Snapshot>> {
        Session::snapshots(self)
    }
}

/// What time it is.
pub trait Clock {
    /// Time since some fixed moment; never goes back.
    fn now(&self) -> Duration;
}

/// The system's clock.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Shortest time between two frames.
pub const FRAME_TIME: Duration = Duration::from_millis(33);

/// A dashboard on a terminal, with all of the outside injected.
pub struct Dashboard<'a, B: Backend> {
    /// What it shows.
    pub(super) core: Core<'a>,
    terminal: Terminal<B>,
    recorder: Recorder,
    last_frame: Option<Duration>,
    /// Size of the terminal when its cells were measured.
    measured: Option<Size>,
}

impl<'a, B: Backend> Dashboard<'a, B> {
    /// Tells the worker what is wanted and draws the first frame.
    ///
    /// # Errors
    /// [`Error::Terminal`] if the terminal refuses.
    pub fn new(
        app: App,
        terminal: Terminal<B>,
        worker: &'a dyn Worker,
        inputs: Receiver<Input>,
        clock: &'a dyn Clock,
    ) -> Result<Self, Error> {
        let mut dashboard = Self {
            core: Core::new(app, worker, inputs, clock),
            terminal,
            recorder: Recorder::default(),
            last_frame: None,
            measured: None,
        };
        dashboard.draw()?;
        Ok(dashboard)
    }

    /// The dashboard's state.
    pub fn app(&self) -> &App {
        &self.core.app
    }

    /// The terminal that is drawn on.
    pub fn terminal(&mut self) -> &mut Terminal<B> {
        &mut self.terminal
    }

    /// Waits until something happens, takes all of it, and draws if it is time to.
    ///
    /// Without anything to do this sleeps; it returns at least whenever a frame is drawn.
    ///
    /// # Errors
    /// [`Error::Terminal`] if the terminal refuses.
    pub fn turn(&mut self) -> Result<Request, Error> {
        let patience = self.patience();
        self.core.gather(patience);
        if self.core.changed && self.until_frame().is_zero() {
            self.draw()?;
        }
        let request = self.core.request();
        if request == Request::Quit {
            let status = self.core.signal.map_or(0, |signal| 128 + signal);
            self.recorder.leave(status, self.core.now());
        }
        Ok(request)
    }

    /// Draws everything anew, as after something else has used or resized the terminal.
    ///
    /// # Errors
    /// [`Error::Terminal`] if the terminal refuses.
    pub fn redraw(&mut self) -> Result<(), Error> {
        let size = self.terminal.size().map_err(refused)?;
        self.core.act(Action::Resize {
            columns: size.width,
            rows: size.height,
        });
        self.terminal.resize(size.into()).map_err(refused)?;
        self.draw()
    }

    /// How long to sleep at most: until the next frame, or until something happens by itself.
    fn patience(&self) -> Option<Duration> {
        if self.core.changed {
            return Some(self.until_frame());
        }
        let next = self.core.app.wakes_at()?;
        Some(next.saturating_sub(self.core.now()))
    }

    fn until_frame(&self) -> Duration {
        let next = self
            .last_frame
            .map_or(Duration::ZERO, |last| last + FRAME_TIME);
        next.saturating_sub(self.core.now())
    }

    fn draw(&mut self) -> Result<(), Error> {
        let app = &mut self.core.app;
        if self.measured != Some(app.size) {
            self.measured = Some(app.size);
            if let Ok(window) = self.terminal.backend_mut().window_size() {
                let (cells, pixels) = (window.columns_rows, window.pixels);
                app.pictures.measure(cells, pixels);
            }
        }
        refresh::refresh(app);
        let app = &self.core.app;
        let drawn = self
            .terminal
            .draw(|frame| view::draw(app, frame.area(), frame.buffer_mut()))
            .map_err(refused)?;
        let now = self.core.now();
        let recorded = match app.pictures.are_pixels() {
            true => self.recorder.follow(app, &export::frame(app), now),
            false => self.recorder.follow(app, drawn.buffer, now),
        };
        self.last_frame = Some(now);
        self.core.changed = recorded.is_err();
        if let Err(error) = recorded {
            update::recording::fail(&mut self.core.app, &error);
        }
        Ok(())
    }
}

/// An error of any backend.
pub(super) fn refused(error: impl std::error::Error) -> Error {
    Error::Terminal(io::Error::other(error.to_string()))
}
