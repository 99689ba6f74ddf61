//! The end of long work by a signal.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
    iterator::Signals,
};

use crate::halt::Halt;

/// Turns the first SIGINT, SIGTERM or SIGHUP into a wish to stop; a second one ends the process.
pub(super) struct Interrupt {
    halt: Halt,
    came: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on.
    ///
    /// # Errors
    /// What the system fails with if it takes no signal handler.
    pub(super) fn new() -> io::Result<Self> {
        const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];
        let came = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&came))?;
            flag::register(signal, Arc::clone(&came))?;
        }
        let halt = Halt::default();
        let (wish, mut signals) = (halt.clone(), Signals::new(SIGNALS)?);
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                if signals.forever().next().is_some() {
                    wish.request();
                }
            })?;
        Ok(Self { halt, came })
    }

    /// The wish to stop.
    pub(super) fn halt(&self) -> Halt {
        self.halt.clone()
    }

    /// Whether a signal came.
    pub(super) fn came(&self) -> bool {
        self.came.load(Ordering::Relaxed)
    }
}
