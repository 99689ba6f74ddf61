//! Takes the terminal over, and gives it back whatever happens.

use std::{io, panic, thread};

use crossterm::{
    cursor, execute,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};

/// The terminal is in raw mode on its alternate screen while this lives.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal over; a panic of this thread gives it back before its message is printed.
    ///
    /// # Errors
    /// If there is no terminal, or it refuses.
    pub fn new() -> io::Result<Self> {
        restore_on_panic();
        let guard = Self(());
        enter()?;
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
        enter()
    }

    /// Takes the terminal over again after something else has used it.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub fn resume(&self) -> io::Result<()> {
        enter()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, cursor::Hide)
}

/// Does what it can: there is nobody left to tell about errors.
fn leave() {
    let _ = execute!(io::stdout(), LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
}

/// A panic elsewhere, such as in the worker, is shown inside the frame instead.
fn restore_on_panic() {
    let drawing = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
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
