//! What happens in a run, and who is told.

use std::io;

use crate::{data::Dataset, learner::Standing, training::EpochReport};

/// Something that happened in a run.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// The data are there; training begins.
    Started {
        /// The data.
        dataset: &'a Dataset,
        /// Remarks on what was left out or decided when reading the data.
        notes: &'a [String],
        /// Number of epochs to come.
        epochs: usize,
        /// Number of arms.
        arms: usize,
    },
    /// A generator is being fitted to the data.
    Fitting {
        /// Share of that work that is done.
        done: f32,
    },
    /// An arm has trained an epoch.
    Epoch {
        /// The arm's name.
        arm: &'a str,
        /// What the epoch was like.
        report: &'a EpochReport,
    },
    /// All arms have trained an epoch.
    Reached {
        /// Where the run stands; its reports are in the events before.
        standing: &'a dyn Fn() -> Standing,
        /// Whether this was the last epoch, or the run ends here because that was asked for.
        last: bool,
    },
    /// All epochs were trained.
    Finished {
        /// Wall time of the training loop, in seconds.
        seconds: f64,
    },
}

/// Something that is told of every event: a progress bar, a log.
pub trait Sink {
    /// Takes note of an event.
    ///
    /// # Errors
    /// What the system says if the note cannot be written.
    fn take(&mut self, event: Event<'_>) -> io::Result<()>;
}
