//! The loop: take everything that has arrived, then draw at most once.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, after, never, select};
use ratatui::{Terminal, backend::Backend, layout::Size};

use super::{
    Error,
    action::Action,
    export, ground,
    input::{HANGUP, Input},
    lesson::Lesson,
    log::Tone,
    mouse,
    reading::{self, Read, Reading},
    record::Recorder,
    refresh,
    share::Shared,
    state::{App, Request, replay},
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

/// Something that has happened.
enum Event {
    Input(Input),
    Snapshot(Arc<Snapshot>),
    Read(Read),
    WorkerLost,
    InputLost,
    Time,
}

/// A dashboard on a terminal, with all of the outside injected.
pub struct Dashboard<'a, B: Backend> {
    app: App,
    terminal: Terminal<B>,
    worker: &'a dyn Worker,
    snapshots: Receiver<Arc<Snapshot>>,
    inputs: Receiver<Input>,
    reading: Reading,
    recorder: Recorder,
    clock: &'a dyn Clock,
    changed: bool,
    last_frame: Option<Duration>,
    /// Size of the terminal when its cells were measured.
    measured: Option<Size>,
    /// The signal that asked for the end.
    signal: Option<i32>,
}

impl<'a, B: Backend> Dashboard<'a, B> {
    /// Tells the worker what is wanted and draws the first frame.
    ///
    /// # Errors
    /// [`Error::Terminal`] if the terminal refuses.
    pub fn new(
        mut app: App,
        terminal: Terminal<B>,
        worker: &'a dyn Worker,
        inputs: Receiver<Input>,
        clock: &'a dyn Clock,
    ) -> Result<Self, Error> {
        app.tick(clock.now());
        for command in update::begin(&mut app) {
            worker.send(command);
        }
        let snapshots = worker.snapshots().clone();
        let mut dashboard = Self {
            app,
            terminal,
            worker,
            snapshots,
            inputs,
            reading: Reading::default(),
            recorder: Recorder::default(),
            clock,
            changed: true,
            last_frame: None,
            measured: None,
            signal: None,
        };
        dashboard.draw()?;
        Ok(dashboard)
    }

    /// The dashboard's state.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The number of the signal that asked for the end, if one has.
    pub fn signal(&self) -> Option<i32> {
        self.signal
    }

    /// Takes an input that has arrived elsewhere.
    pub fn give(&mut self, input: Input) {
        self.take(Event::Input(input));
    }

    /// Shows a line at the foot of the screen.
    pub fn say(&mut self, tone: Tone, text: &str) {
        self.app.say(tone, text);
        self.changed = true;
    }

    /// Plays a lesson.
    pub fn play(&mut self, lesson: Arc<Lesson>) {
        let commands = update::lesson::start(&mut self.app, lesson);
        self.changed = true;
        self.tell(commands);
    }

    /// Plays a recipe as it was made.
    pub fn replay(&mut self, replay: replay::State) {
        let commands = update::replay::start(&mut self.app, replay);
        self.changed = true;
        self.tell(commands);
    }

    /// Goes to a session that was shared.
    pub fn restore(&mut self, shared: Shared) {
        let commands = update::share::restore(&mut self.app, shared);
        self.changed = true;
        self.tell(commands);
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
        let first = self.wait();
        self.take(first);
        let begun = self.clock.now();
        while self.clock.now().saturating_sub(begun) < FRAME_TIME
            && let Some(event) = self.ready()
        {
            self.take(event);
        }
        let (changed, commands) = update::tick(&mut self.app, self.clock.now());
        self.changed |= changed;
        self.tell(commands);
        self.reading.start(&mut self.app);
        if self.changed && self.until_frame().is_zero() {
            self.draw()?;
        }
        let request = std::mem::take(&mut self.app.request);
        if request == Request::Quit {
            let status = self.signal.map_or(0, |signal| 128 + signal);
            self.recorder.leave(status, self.clock.now());
        }
        Ok(request)
    }

    /// Draws everything anew, as after something else has used or resized the terminal.
    ///
    /// # Errors
    /// [`Error::Terminal`] if the terminal refuses.
    pub fn redraw(&mut self) -> Result<(), Error> {
        let size = self.terminal.size().map_err(refused)?;
        let resize = Action::Resize {
            columns: size.width,
            rows: size.height,
        };
        self.take(Event::Input(Input::Action(resize)));
        self.terminal.resize(size.into()).map_err(refused)?;
        self.draw()
    }

    fn wait(&self) -> Event {
        let timer = self.deadline().map_or_else(never, after);
        select! {
            recv(self.inputs) -> input => input.map_or(Event::InputLost, Event::Input),
            recv(self.snapshots) -> snapshot => snapshot.map_or(Event::WorkerLost, Event::Snapshot),
            recv(self.reading.results) -> read => read.map_or(Event::Time, Event::Read),
            recv(timer) -> _ => Event::Time,
        }
    }

    fn ready(&self) -> Option<Event> {
        select! {
            recv(self.inputs) -> input => input.ok().map(Event::Input),
            recv(self.snapshots) -> snapshot => snapshot.ok().map(Event::Snapshot),
            recv(self.reading.results) -> read => read.ok().map(Event::Read),
            default => None,
        }
    }

    /// How long to sleep at most: until the next frame, or until something happens by itself.
    fn deadline(&self) -> Option<Duration> {
        if self.changed {
            return Some(self.until_frame());
        }
        let next = self.app.wakes_at()?;
        Some(next.saturating_sub(self.clock.now()))
    }

    fn until_frame(&self) -> Duration {
        let next = self
            .last_frame
            .map_or(Duration::ZERO, |last| last + FRAME_TIME);
        next.saturating_sub(self.clock.now())
    }

    fn take(&mut self, event: Event) {
        let commands = match event {
            Event::Time => return,
            Event::Input(input) => self.input(input),
            Event::Snapshot(snapshot) => update::receive(&mut self.app, snapshot),
            Event::Read(read) => reading::deliver(&mut self.app, read),
            Event::WorkerLost => {
                self.app.lost = true;
                self.snapshots = never();
                Vec::new()
            }
            Event::InputLost => {
                self.inputs = never();
                self.signal.get_or_insert(HANGUP);
                update::update(&mut self.app, Action::Leave)
            }
        };
        self.changed = true;
        self.tell(commands);
        self.reading.start(&mut self.app);
    }

    fn tell(&self, commands: Vec<Command>) {
        for command in commands {
            self.worker.send(command);
        }
    }

    fn input(&mut self, input: Input) -> Vec<Command> {
        let actions = match input {
            Input::Action(action) => vec![action],
            Input::Key(key) => match self.app.keymap.action(&self.app.contexts(), key) {
                Some(action) => vec![action],
                None => {
                    update::unknown(&mut self.app, key);
                    Vec::new()
                }
            },
            Input::Mouse(event) => mouse::actions(&self.app, event),
            Input::Background(colour) => {
                if self.app.follows_ground {
                    self.app.theme = self.app.theme.renamed(ground::by_colour(colour));
                }
                Vec::new()
            }
            Input::Answered => Vec::new(),
            Input::Terminate(signal) => {
                self.signal.get_or_insert(signal);
                vec![Action::Leave]
            }
            Input::Resumed => vec![Action::Redraw],
        };
        let mut commands = Vec::new();
        for action in actions {
            if self.app.request != Request::Quit {
                commands.extend(update::update(&mut self.app, action));
            }
        }
        commands
    }

    fn draw(&mut self) -> Result<(), Error> {
        if self.measured != Some(self.app.size) {
            self.measured = Some(self.app.size);
            if let Ok(window) = self.terminal.backend_mut().window_size() {
                let (cells, pixels) = (window.columns_rows, window.pixels);
                self.app.pictures.measure(cells, pixels);
            }
        }
        refresh::refresh(&mut self.app);
        let app = &self.app;
        let drawn = self
            .terminal
            .draw(|frame| view::draw(app, frame.area(), frame.buffer_mut()))
            .map_err(refused)?;
        let now = self.clock.now();
        let recorded = match app.pictures.are_pixels() {
            true => self.recorder.follow(app, &export::frame(app), now),
            false => self.recorder.follow(app, drawn.buffer, now),
        };
        self.last_frame = Some(now);
        self.changed = recorded.is_err();
        if let Err(error) = recorded {
            update::recording::fail(&mut self.app, &error);
        }
        Ok(())
    }
}

/// An error of any backend.
pub(super) fn refused(error: impl std::error::Error) -> Error {
    Error::Terminal(io::Error::other(error.to_string()))
}
