//! Takes the terminal over, and gives it back whatever happens.

use std::{
    io, panic,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crossterm::{
    cursor, execute,
    style::Print,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};

use super::log::note;

/// The terminal is in raw mode on its alternate screen while this lives.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

/// Buttons and wheel are reported, motion is not; positions as decimal numbers.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

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
        self.enter()
    }

    /// Takes the terminal over again after something else has used it.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub fn resume(&self) -> io::Result<()> {
        self.enter()
    }

    fn enter(&self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, cursor::Hide)?;
        match self.mouse {
            true => execute!(io::stdout(), Print(MOUSE_ON)),
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
    let _ = execute!(
        io::stdout(),
        Print(MOUSE_OFF),
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
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

/// Stops the whole job, so that a parent such as `cargo run` stops with it.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    Ok(kill_current_process_group(Signal::TSTP)?)
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}
