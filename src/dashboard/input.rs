//! What comes from outside: keys, sizes and signals, read on threads of their own.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::{self, Event, KeyEvent, KeyEventKind, MouseEvent};

use super::action::Action;

/// Something from outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// Something that isn't a key: a new size, a script.
    Action(Action),
    /// The system asks to end.
    Terminate,
    /// The program was stopped and goes on.
    Resumed,
}

/// Most inputs that wait; a terminal that sends more has to wait itself.
const WAITING: usize = 1024;
/// How often the reader looks whether it is still wanted.
const PATIENCE: Duration = Duration::from_millis(250);

/// Reads the terminal and catches signals while it lives.
#[derive(Debug)]
pub struct Reader {
    inputs: Receiver<Input>,
    unwanted: Arc<AtomicBool>,
}

impl Reader {
    /// Starts reading.
    ///
    /// # Errors
    /// If threads or signal handlers cannot be had.
    pub fn start() -> io::Result<Self> {
        let (sender, inputs) = bounded(WAITING);
        let unwanted = Arc::new(AtomicBool::new(false));
        signals(sender.clone())?;
        let flag = Arc::clone(&unwanted);
        thread::Builder::new()
            .name("input".into())
            .spawn(move || read(&sender, &flag))?;
        Ok(Self { inputs, unwanted })
    }

    /// Where inputs arrive.
    pub fn inputs(&self) -> &Receiver<Input> {
        &self.inputs
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.unwanted.store(true, Ordering::Relaxed);
    }
}

fn read(sender: &Sender<Input>, unwanted: &AtomicBool) {
    while !unwanted.load(Ordering::Relaxed) {
        let event = match event::poll(PATIENCE) {
            Ok(false) => continue,
            Ok(true) => event::read(),
            Err(error) => Err(error),
        };
        let input = match event {
            Ok(event) => translate(event),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
            Err(_) => Some(Input::Terminate),
        };
        let last = input == Some(Input::Terminate);
        if input.is_some_and(|input| sender.send(input).is_err()) || last {
            return;
        }
    }
}

/// Presses only: some terminals report releases as well.
fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Press => Some(Input::Key(key)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Resize(columns, rows) => Some(Input::Action(Action::Resize { columns, rows })),
        _ => None,
    }
}

#[cfg(unix)]
fn signals(sender: Sender<Input>) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
    };
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT])?;
    let forward = move || {
        for signal in signals.forever() {
            let input = if signal == SIGCONT {
                Input::Resumed
            } else {
                Input::Terminate
            };
            if sender.send(input).is_err() {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("signals".into())
        .spawn(forward)?;
    Ok(())
}

#[cfg(not(unix))]
fn signals(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn only_presses_count() {
        let mut key = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        assert_eq!(translate(Event::Key(key)), Some(Input::Key(key)));
        key.kind = KeyEventKind::Release;
        assert_eq!(translate(Event::Key(key)), None);
        key.kind = KeyEventKind::Repeat;
        assert_eq!(translate(Event::Key(key)), None);
        let resize = Action::Resize {
            columns: 80,
            rows: 24,
        };
        assert_eq!(
            translate(Event::Resize(80, 24)),
            Some(Input::Action(resize))
        );
        assert_eq!(translate(Event::FocusGained), None);
    }
}
