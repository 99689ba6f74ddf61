//! What every face of the dashboard has in common: it takes whatever arrives, changes the state, and
//! tells the worker.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use crossbeam_channel::{Receiver, after, never, select};

use super::{
    action::Action,
    ground,
    input::{HANGUP, Input},
    lesson::Lesson,
    log::Tone,
    mouse,
    reading::{self, Read, Reading},
    run::{Clock, Worker},
    share::Shared,
    state::{App, Request, replay},
    update,
};
use crate::session::{Command, Snapshot};

/// Longest time in which events are taken before anything is shown.
const GATHERING: Duration = Duration::from_millis(33);

/// Something that has happened.
enum Event {
    Input(Input),
    Snapshot(Arc<Snapshot>),
    Read(Read),
    WorkerLost,
    InputLost,
    Time,
}

/// The state, with all of the outside injected.
pub struct Core<'a> {
    /// The state.
    pub app: App,
    worker: &'a dyn Worker,
    snapshots: Receiver<Arc<Snapshot>>,
    inputs: Receiver<Input>,
    reading: Reading,
    clock: &'a dyn Clock,
    /// Whether anything has changed that is to be shown.
    pub changed: bool,
    /// The signal that asked for the end.
    pub signal: Option<i32>,
    /// Lines that were typed and that nobody has looked at; nothing at the end of all lines.
    pub lines: VecDeque<Option<String>>,
}

impl<'a> Core<'a> {
    /// Tells the worker what is wanted.
    pub fn new(
        mut app: App,
        worker: &'a dyn Worker,
        inputs: Receiver<Input>,
        clock: &'a dyn Clock,
    ) -> Self {
        app.tick(clock.now());
        for command in update::begin(&mut app) {
            worker.send(command);
        }
        Self {
            app,
            worker,
            snapshots: worker.snapshots().clone(),
            inputs,
            reading: Reading::default(),
            clock,
            changed: true,
            signal: None,
            lines: VecDeque::new(),
        }
    }

    /// Time since some fixed moment.
    pub fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Takes an input that has arrived elsewhere.
    pub fn give(&mut self, input: Input) {
        self.take(Event::Input(input));
    }

    /// Tells the user something.
    pub fn say(&mut self, tone: Tone, text: &str) {
        self.app.say(tone, text);
        self.changed = true;
    }

    /// Does what the user wants.
    pub fn act(&mut self, action: Action) {
        let commands = update::update(&mut self.app, action);
        self.follow(commands);
    }

    /// Plays a lesson.
    pub fn play(&mut self, lesson: Arc<Lesson>) {
        let commands = update::lesson::start(&mut self.app, lesson);
        self.follow(commands);
    }

    /// Plays a recipe as it was made.
    pub fn replay(&mut self, replay: replay::State) {
        let commands = update::replay::start(&mut self.app, replay);
        self.follow(commands);
    }

    /// Goes to a session that was shared.
    pub fn restore(&mut self, shared: Shared) {
        let commands = update::share::restore(&mut self.app, shared);
        self.follow(commands);
    }

    /// Waits until something happens, but not longer than `patience` if that is given, and takes all
    /// of it.
    pub fn gather(&mut self, patience: Option<Duration>) {
        let first = self.wait(patience);
        self.take(first);
        let begun = self.now();
        while self.now().saturating_sub(begun) < GATHERING
            && let Some(event) = self.ready()
        {
            self.take(event);
        }
        let (changed, commands) = update::tick(&mut self.app, self.clock.now());
        self.changed |= changed;
        self.tell(commands);
        self.reading.start(&mut self.app);
    }

    /// What is to be done beside showing.
    pub fn request(&mut self) -> Request {
        std::mem::take(&mut self.app.request)
    }

    fn wait(&self, patience: Option<Duration>) -> Event {
        let timer = patience.map_or_else(never, after);
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
        self.follow(commands);
    }

    /// Hands on what a change of the state asks for.
    fn follow(&mut self, commands: Vec<Command>) {
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
            Input::Line(line) => {
                self.lines.push_back(line);
                Vec::new()
            }
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
}
