//! Reading a terminal's bytes.

use std::{
    fs::File,
    io::{self, IsTerminal},
    os::fd::{AsFd, OwnedFd},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use crossbeam_channel::Sender;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::{Errno, read as read_bytes},
};

use super::{Decoder, HANGUP, Input, hand_over};

/// How often the reader looks whether it is still wanted.
const PATIENCE: Duration = Duration::from_millis(250);

/// Standard input if that is a terminal, or else the terminal that controls the process.
pub(super) fn open() -> io::Result<OwnedFd> {
    let stdin = io::stdin();
    match stdin.is_terminal() {
        true => stdin.as_fd().try_clone_to_owned(),
        false => File::open("/dev/tty").map(OwnedFd::from),
    }
}

/// Hands over what the terminal says until nobody wants it any more or the terminal is gone.
pub(super) fn read(terminal: &OwnedFd, sender: &Sender<Input>, unwanted: &AtomicBool) {
    let (mut decoder, mut reports) = (Decoder::default(), Vec::new());
    let mut bytes = vec![0; 1 << 14];
    while !unwanted.load(Ordering::Relaxed) {
        let patience = decoder.patience();
        match wait(terminal, patience.unwrap_or(PATIENCE)) {
            Ok(false) if patience.is_some() => decoder.settle(&mut reports),
            Ok(false) | Err(Errno::INTR | Errno::AGAIN) => continue,
            Ok(true) => match read_bytes(terminal, &mut bytes) {
                Ok(count @ 1..) => decoder.feed(&bytes[..count], &mut reports),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Ok(0) | Err(_) => break,
            },
            Err(_) => break,
        }
        if !hand_over(reports.drain(..).map(Input::from), sender) {
            return;
        }
    }
    if !unwanted.load(Ordering::Relaxed) {
        let _ = sender.send(Input::Terminate(HANGUP));
    }
}

/// Whether there are bytes within `patience`.
fn wait(terminal: &OwnedFd, patience: Duration) -> Result<bool, Errno> {
    let mut watched = [PollFd::new(terminal, PollFlags::IN)];
    let timeout = Timespec::try_from(patience).unwrap_or_default();
    poll(&mut watched, Some(&timeout)).map(|ready| ready > 0)
}
