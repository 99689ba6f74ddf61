//! A pretended terminal, clock and worker for whole-dashboard tests.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::{Terminal, backend::TestBackend, layout::Size};

use super::fixture;
use crate::{
    dashboard::{
        Clock, Dashboard, Worker,
        input::Input,
        keymap::Keymap,
        state::{App, Request},
        theme::{Level, Theme},
        widgets::Marker,
    },
    recipe::{Controls, Recipe},
    session::{Command, Snapshot, View},
};

/// A worker that remembers what it was told.
pub struct Recorder {
    pub commands: RefCell<Vec<Command>>,
    pub sender: Cell<Option<Sender<Arc<Snapshot>>>>,
    pub snapshots: Receiver<Arc<Snapshot>>,
}

impl Recorder {
    pub fn new() -> Self {
        let (sender, snapshots) = unbounded();
        Self {
            commands: RefCell::default(),
            sender: Cell::new(Some(sender)),
            snapshots,
        }
    }

    pub fn publish(&self, snapshot: Snapshot) {
        let sender = self.sender.take().unwrap();
        sender.send(Arc::new(snapshot)).unwrap();
        self.sender.set(Some(sender));
    }

    pub fn told(&self) -> Vec<Command> {
        self.commands.take()
    }
}

impl Worker for Recorder {
    fn send(&self, command: Command) {
        self.commands.borrow_mut().push(command);
    }

    fn snapshots(&self) -> &Receiver<Arc<Snapshot>> {
        &self.snapshots
    }
}

/// A clock that moves on by hand.
#[derive(Default)]
pub struct ManualClock(Cell<Duration>);

impl ManualClock {
    pub fn advance(&self, milliseconds: u64) {
        self.0
            .set(self.0.get() + Duration::from_millis(milliseconds));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Duration {
        self.0.get()
    }
}

/// Runs `script` on a dashboard that has received one snapshot.
pub fn with_dashboard(width: u16, height: u16, script: impl FnOnce(&mut Stage<'_>)) {
    let (worker, clock) = (Recorder::new(), ManualClock::default());
    let (keys, inputs) = unbounded();
    let theme = Theme::dark(Level::Rgb, Marker::Braille);
    let app = App::new(theme, Keymap::standard().unwrap(), Size::new(width, height));
    let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    worker.publish(fixture::snapshot(57));
    let dashboard = Dashboard::new(app, terminal, &worker, inputs, &clock).unwrap();
    let mut stage = Stage {
        dashboard,
        keys,
        worker: &worker,
        clock: &clock,
    };
    stage.turn();
    stage.worker.told();
    script(&mut stage);
}

pub struct Stage<'a> {
    pub dashboard: Dashboard<'a, TestBackend>,
    pub keys: Sender<Input>,
    pub worker: &'a Recorder,
    pub clock: &'a ManualClock,
}

impl Stage<'_> {
    pub fn turn(&mut self) -> Request {
        self.clock.advance(40);
        self.dashboard.turn().unwrap()
    }

    /// Presses keys, separated by blanks, and returns what the worker was told.
    pub fn press(&mut self, keys: &str) -> Vec<Command> {
        for key in keys.split(' ') {
            self.keys.send(Input::Key(event(key))).unwrap();
        }
        self.turn();
        self.worker.told()
    }

    /// Clicks where `text` stands on the screen, and returns what the worker was told.
    pub fn click(&mut self, text: &str) -> Vec<Command> {
        let screen = self.screen();
        let lines = screen.lines().enumerate();
        let mut places = lines.filter_map(|(row, line)| Some((row, line.split_once(text)?.0)));
        let (row, before) = places.next().unwrap_or_else(|| panic!("{text}: {screen}"));
        let column = before.chars().count();
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    /// Uses the mouse somewhere, and returns what the worker was told.
    pub fn mouse(&mut self, kind: MouseEventKind, column: usize, row: usize) -> Vec<Command> {
        let event = MouseEvent {
            kind,
            column: column as u16,
            row: row as u16,
            modifiers: KeyModifiers::NONE,
        };
        self.keys.send(Input::Mouse(event)).unwrap();
        self.turn();
        self.worker.told()
    }

    pub fn publish(&mut self, snapshot: Snapshot) -> Vec<Command> {
        self.worker.publish(snapshot);
        self.turn();
        self.worker.told()
    }

    pub fn screen(&mut self) -> String {
        let buffer = self.dashboard.terminal().backend().buffer().clone();
        let rows = buffer.content().chunks(usize::from(buffer.area.width));
        let lines: Vec<String> = rows
            .map(|row| row.iter().map(|cell| cell.symbol()).collect())
            .collect();
        lines.join("\n")
    }
}

pub fn event(key: &str) -> KeyEvent {
    let (code, modifiers) = match key {
        "space" => (KeyCode::Char(' '), KeyModifiers::NONE),
        "enter" => (KeyCode::Enter, KeyModifiers::NONE),
        "esc" => (KeyCode::Esc, KeyModifiers::NONE),
        "backspace" => (KeyCode::Backspace, KeyModifiers::NONE),
        "tab" => (KeyCode::Tab, KeyModifiers::NONE),
        "home" => (KeyCode::Home, KeyModifiers::NONE),
        "end" => (KeyCode::End, KeyModifiers::NONE),
        "delete" => (KeyCode::Delete, KeyModifiers::NONE),
        "ctrl-w" => (KeyCode::Char('w'), KeyModifiers::CONTROL),
        "ctrl-u" => (KeyCode::Char('u'), KeyModifiers::CONTROL),
        "up" => (KeyCode::Up, KeyModifiers::NONE),
        "right" => (KeyCode::Right, KeyModifiers::NONE),
        "left" => (KeyCode::Left, KeyModifiers::NONE),
        "shift-right" => (KeyCode::Right, KeyModifiers::SHIFT),
        "shift-up" => (KeyCode::Up, KeyModifiers::SHIFT),
        "down" => (KeyCode::Down, KeyModifiers::NONE),
        "ctrl-c" => (KeyCode::Char('c'), KeyModifiers::CONTROL),
        "ctrl-z" => (KeyCode::Char('z'), KeyModifiers::CONTROL),
        other => (
            KeyCode::Char(other.chars().next().unwrap()),
            KeyModifiers::NONE,
        ),
    };
    KeyEvent::new(code, modifiers)
}

pub fn set(commands: &[Command]) -> &Controls {
    match commands {
        [Command::Set(controls)] => &controls[1].1,
        other => panic!("one change of controls, not {other:?}"),
    }
}

/// Types a command and carries it out.
pub fn command(stage: &mut Stage<'_>, line: &str) -> Vec<Command> {
    let keys: Vec<_> = line
        .chars()
        .map(|c| {
            if c == ' ' {
                "space".into()
            } else {
                c.to_string()
            }
        })
        .collect();
    stage.press(&format!(": {} enter", keys.join(" ")))
}

pub fn restarted(commands: Vec<Command>) -> Recipe {
    match <[Command; 1]>::try_from(commands) {
        Ok([Command::Restart(recipe)]) => *recipe,
        other => panic!("a restart, not {other:?}"),
    }
}

pub fn look(commands: &[Command]) -> &View {
    match commands {
        [Command::Look(view)] => view,
        other => panic!("one view, not {other:?}"),
    }
}
