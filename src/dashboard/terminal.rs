//! Takes the terminal over, and gives it back whatever happens.

use std::{
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::log::note;

/// The terminal is in raw mode on its alternate screen while this lives.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

/// The alternate screen without a cursor; pasted text is marked as such.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?2004h";
/// Buttons and wheel are reported, motion is not; positions as decimal numbers.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
/// Everything back, also in the middle of a frame.
const LEAVE: &str = "\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?1049l\x1b[?25h";
/// Which colour the background has, and what the terminal can do: all know the second question, so
/// its answer tells that there is none to the first.
const QUESTIONS: &str = "\x1b]11;?\x1b\\\x1b[c";
/// How long the terminal may take when the process cannot wait.
const LAST_WAIT: Duration = Duration::from_millis(200);

/// Whether the terminal is taken over: giving it back twice would put the cursor back over what a
/// panic has printed meanwhile.
static TAKEN: AtomicBool = AtomicBool::new(false);

impl Guard {
    /// Takes the terminal over; a panic of this thread gives it back before its message is printed.
    ///
    /// # Errors
    /// If there is no terminal, or it refuses.
    pub fn new(mouse: bool, log: Option<&Path>) -> io::Result<Self> {
        restore_on_panic(log.map(Path::to_owned));
        let guard = Self { mouse };
        guard.enter()?;
        Ok(guard)
    }

    /// Gives the terminal back to the shell, stops this program, and takes it over again once the
    /// shell resumes it.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub fn suspend(&self) -> io::Result<()> {
        leave();
        stop()?;
        self.resume()
    }

    /// Asks for the colour of the background; the answers come as input.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub fn ask(&self) -> io::Result<()> {
        send(QUESTIONS)
    }

    /// Takes the terminal over again after something else has used it, whatever mode that has left
    /// it in.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub fn resume(&self) -> io::Result<()> {
        disable_raw_mode()?;
        self.enter()
    }

    fn enter(&self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        send(ENTER)?;
        match self.mouse {
            true => send(MOUSE_ON),
            false => Ok(()),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Does what it can: there is nobody left to tell about errors.
fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = send(LEAVE);
    let _ = disable_raw_mode();
}

/// Gives the terminal back from any thread, and does not wait for a terminal that is stuck.
pub fn abandon() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = disable_raw_mode();
    let start = Instant::now();
    let sent = thread::spawn(|| send_directly(LEAVE.as_bytes()));
    while !sent.is_finished() && start.elapsed() < LAST_WAIT {
        thread::sleep(Duration::from_millis(5));
    }
}

fn send(text: &str) -> io::Result<()> {
    let mut output = io::stdout();
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Writes to the terminal past whoever holds standard output.
#[cfg(unix)]
pub fn send_directly(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = rustix::io::write(rustix::stdio::stdout(), bytes)?;
        bytes = bytes.get(written.max(1)..).unwrap_or_default();
    }
    Ok(())
}

/// Writes to the terminal.
#[cfg(not(unix))]
pub fn send_directly(bytes: &[u8]) -> io::Result<()> {
    io::stdout().write_all(bytes)
}

/// A panic elsewhere, such as in the worker, is shown inside the frame instead; all go to the log.
fn restore_on_panic(log: Option<PathBuf>) {
    let drawing = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if let Some(log) = &log {
            note(log, &info.to_string());
        }
        if thread::current().id() == drawing {
            leave();
            previous(info);
        }
    }));
}

/// Whether there is a shell that could resume this program: the leader of its session and what
/// shares the leader's group have none.
#[cfg(unix)]
pub fn has_shell() -> bool {
    use rustix::process::{getpgrp, getsid};
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops the whole job, so that a parent such as `cargo run` stops with it.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Whether there is a shell that could resume this program.
#[cfg(not(unix))]
pub fn has_shell() -> bool {
    false
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}
