//! Signals: those that end a program, stop it, let it go on, or tell of a new size.

use std::{io, sync::Arc, thread};

use crossbeam_channel::{Sender, TrySendError};
use signal_hook::{
    consts::{
        SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1,
        SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
    },
    flag,
    iterator::Signals,
    low_level::exit,
};

use super::Input;
use crate::dashboard::{action::Action, terminal};

/// Signals that end a program that doesn't catch them.
const ENDING: [i32; 11] = [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGIO, SIGXCPU,
];

/// Signals that matter to a screen: going on, stopping, a new size.
pub(super) const OF_SCREENS: [i32; 3] = [SIGCONT, SIGTSTP, SIGWINCH];

/// Forwards signals that end a program, and `others`, from a thread of its own. The second signal that
/// asks for the end gets it at once, with the terminal given back as well as that can be done. That a
/// file may not grow further is no end: whoever writes it is told by an error, as on a full disk.
pub(super) fn forward(sender: Sender<Input>, others: &[i32]) -> io::Result<()> {
    flag::register(SIGXFSZ, Arc::default())?;
    let mut signals = Signals::new(ENDING.iter().chain(others))?;
    let forward = move || {
        let mut ending = false;
        for signal in signals.forever() {
            let input = match signal {
                SIGCONT => Some(Input::Resumed),
                SIGTSTP => Some(Input::Action(Action::Suspend)),
                SIGWINCH => crossterm::terminal::size()
                    .ok()
                    .map(|(columns, rows)| Input::Action(Action::Resize { columns, rows })),
                _ if ending => {
                    terminal::abandon();
                    exit(128 + signal);
                }
                _ => Some(Input::Terminate(signal)),
            };
            ending |= matches!(input, Some(Input::Terminate(_)));
            ending |= !input.is_none_or(|input| hand_over(&sender, input));
        }
    };
    thread::Builder::new()
        .name("signals".into())
        .spawn(forward)?;
    Ok(())
}

/// Hands an input over without waiting for who takes it; whether there is somebody.
fn hand_over(sender: &Sender<Input>, input: Input) -> bool {
    match sender.try_send(input) {
        Ok(()) => true,
        Err(TrySendError::Disconnected(_)) => false,
        Err(TrySendError::Full(input)) => {
            let sender = sender.clone();
            let wait = move || drop(sender.send(input));
            thread::Builder::new().spawn(wait).is_ok()
        }
    }
}
