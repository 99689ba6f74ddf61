//! The end of long work by a signal.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI32, Ordering},
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
    /// The first one's number; 0 before.
    number: Arc<AtomicI32>,
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
        let number = Arc::new(AtomicI32::new(0));
        let first = Arc::clone(&number);
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                if let Some(signal) = signals.forever().next() {
                    first.store(signal, Ordering::SeqCst);
                    wish.request();
                }
            })?;
        Ok(Self { halt, came, number })
    }

    /// The wish to stop.
    pub(super) fn halt(&self) -> Halt {
        self.halt.clone()
    }

    /// The number of the signal that made the wish.
    pub(super) fn signal(&self) -> i32 {
        self.number.load(Ordering::SeqCst)
    }

    /// Whether a signal came.
    pub(super) fn came(&self) -> bool {
        self.came.load(Ordering::Relaxed)
    }
}
