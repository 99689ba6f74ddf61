//! Progress of work on several threads, and its end by Ctrl-C.

use std::{
    collections::BTreeSet,
    io::{self, IsTerminal, Write},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use signal_hook::{consts::SIGINT, flag};

use super::{progress::in_locale, remarks, say};
use crate::paper::Monitor;

/// Lines that are printed where there is no terminal.
const LINES: u64 = 10;

/// A bar on standard error, or lines where that is no terminal.
pub struct Watch {
    bar: Option<ProgressBar>,
    units: u64,
    done: AtomicU64,
    start: Instant,
    stop: Arc<AtomicBool>,
    said: Mutex<BTreeSet<String>>,
}

impl Watch {
    /// Watches `units` units of work. Ctrl-C asks for the end; a second one ends the process.
    ///
    /// # Errors
    /// What the system fails with if it takes no signal handler.
    pub fn new(units: u64) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&stop))?;
        flag::register(SIGINT, Arc::clone(&stop))?;
        let style = ProgressStyle::with_template("{percent:>3} % {bar:40} {elapsed}, {eta} left");
        let style = in_locale(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let bar = io::stderr().is_terminal().then(|| {
            let target = ProgressDrawTarget::stderr_with_hz(5);
            ProgressBar::with_draw_target(Some(units), target).with_style(style)
        });
        Ok(Self {
            bar,
            units,
            done: AtomicU64::new(0),
            start: Instant::now(),
            stop,
            said: Mutex::default(),
        })
    }

    /// Seconds since the beginning.
    pub fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Monitor for Watch {
    fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.bar {
            Some(bar) => bar.inc(1),
            None if done * LINES / self.units > (done - 1) * LINES / self.units => {
                let (share, seconds) = (100 * done / self.units, self.seconds());
                let _ = writeln!(remarks(), "{share:>3} % after {seconds:.1} s");
            }
            None => {}
        }
    }

    /// Says each remark once, however many models and seeds it is of.
    fn remark(&self, dataset: &str, note: &str) {
        let line = format!("{dataset}: {note}");
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.insert(line.clone()) {
            let say = || say(&[line]);
            let _ = match &self.bar {
                Some(bar) => bar.suspend(say),
                None => say(),
            };
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
