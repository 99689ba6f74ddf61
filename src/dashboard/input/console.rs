//! Reading a console that knows keys and not bytes.

use std::{
    io,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use crossbeam_channel::Sender;
use crossterm::event::{self, Event, KeyEventKind};

use super::{Action, HANGUP, Input, hand_over};

/// How often the reader looks whether it is still wanted.
const PATIENCE: Duration = Duration::from_millis(250);

pub(super) fn open() -> io::Result<()> {
    Ok(())
}

/// Hands over what happens until nobody wants it any more or the console is gone.
pub(super) fn read(_: &(), sender: &Sender<Input>, unwanted: &AtomicBool) {
    while !unwanted.load(Ordering::Relaxed) {
        let event = match event::poll(PATIENCE) {
            Ok(false) => continue,
            Ok(true) => event::read(),
            Err(error) => Err(error),
        };
        let input = match event {
            Ok(event) => translate(event),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
            Err(_) => Some(Input::Terminate(HANGUP)),
        };
        let last = input == Some(Input::Terminate(HANGUP));
        if !hand_over(input, sender) || last {
            return;
        }
    }
}

/// Presses only: consoles report releases as well.
fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Press => Some(Input::Key(key)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Paste(text) => Some(Input::Action(Action::Paste(text))),
        Event::Resize(columns, rows) => Some(Input::Action(Action::Resize { columns, rows })),
        _ => None,
    }
}
