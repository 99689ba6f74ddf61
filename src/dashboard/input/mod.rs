//! What comes from outside: keys, sizes and signals, read on threads of their own.

mod control;
mod decode;
mod paste;
#[cfg_attr(unix, path = "terminal.rs")]
#[cfg_attr(not(unix), path = "console.rs")]
mod reader;
mod sequence;
#[cfg(unix)]
mod signals;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::{KeyEvent, MouseEvent};

pub use decode::{Decoder, Report};

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
    /// A line of text was typed, where there is no screen; nothing at their end.
    Line(Option<String>),
    /// The colour of the terminal's background: red, green, blue.
    Background([u8; 3]),
    /// The terminal has answered all questions.
    Answered,
    /// The system asks to end, by a signal of this number.
    Terminate(i32),
    /// The program was stopped and goes on.
    Resumed,
}

impl From<Report> for Input {
    fn from(report: Report) -> Self {
        match report {
            Report::Key(key) => Self::Key(key),
            Report::Mouse(event) => Self::Mouse(event),
            Report::Paste(text) => Self::Action(Action::Paste(text)),
            Report::Background(colour) => Self::Background(colour),
            Report::Attributes => Self::Answered,
        }
    }
}

/// The signal that tells of a terminal that is gone.
pub const HANGUP: i32 = 1;

/// Most inputs that wait; a terminal that sends more has to wait itself.
const WAITING: usize = 1024;

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
    /// If the terminal, threads or signal handlers cannot be had.
    pub fn start() -> io::Result<Self> {
        let (sender, inputs) = bounded(WAITING);
        let unwanted = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        signals::forward(sender.clone(), &signals::OF_SCREENS)?;
        let flag = Arc::clone(&unwanted);
        let terminal = reader::open()?;
        thread::Builder::new()
            .name("input".into())
            .spawn(move || reader::read(&terminal, &sender, &flag))?;
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

/// Forwards signals that end a program, where there is no screen.
///
/// # Errors
/// If threads or signal handlers cannot be had.
pub fn listen(sender: Sender<Input>) -> io::Result<()> {
    #[cfg(unix)]
    signals::forward(sender, &[])?;
    #[cfg(not(unix))]
    drop(sender);
    Ok(())
}

/// Hands inputs over; whether somebody still wants them.
fn hand_over(inputs: impl IntoIterator<Item = Input>, sender: &Sender<Input>) -> bool {
    inputs.into_iter().all(|input| sender.send(input).is_ok())
}
