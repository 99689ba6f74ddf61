//! Files that are read in threads of their own, so that drawing never waits for one.

use std::{path::PathBuf, thread};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{
    log::Tone,
    state::{
        App, Mode,
        overlay::Overlay,
        preview::{Preview, Subject},
    },
    update,
};
use crate::files::expand_home;

/// What someone waits for.
enum Wanted {
    /// The run in the directory that the user called so.
    Run(PathBuf),
    /// What data in a file look like.
    Preview(Box<Subject>),
}

/// What was read.
pub(super) enum Read {
    /// A run, to lie over the charts: its path as the user typed it, and what is in it.
    Run(PathBuf, Result<Overlay, String>),
    /// What data in a file look like.
    Preview(Box<Subject>, Box<Preview>),
}

impl Wanted {
    fn read(self) -> Read {
        match self {
            Self::Run(typed) => {
                let read = Overlay::read(&expand_home(&typed), &typed);
                Read::Run(typed, read)
            }
            Self::Preview(subject) => {
                let preview = Preview::new(&subject);
                Read::Preview(subject, Box::new(preview))
            }
        }
    }
}

/// The threads that read, and where their results arrive.
pub(super) struct Reading {
    done: Sender<Read>,
    /// What was read.
    pub(super) results: Receiver<Read>,
}

impl Default for Reading {
    fn default() -> Self {
        let (done, results) = unbounded();
        Self { done, results }
    }
}

impl Reading {
    /// Starts to read all that `app` waits for.
    pub(super) fn start(&self, app: &mut App) {
        let mut wanted: Vec<Wanted> = app.overlays.wanted.drain(..).map(Wanted::Run).collect();
        if let Mode::Picker(state) = &mut app.mode {
            let subject = state.wanted.take();
            wanted.extend(subject.map(|subject| Wanted::Preview(Box::new(subject))));
        }
        for wanted in wanted {
            let done = self.done.clone();
            let work = move || drop(done.send(wanted.read()));
            if let Err(error) = thread::Builder::new().name("reading".into()).spawn(work) {
                app.say(Tone::Refusal, format!("files cannot be read now: {error}"));
            }
        }
    }
}

/// Gives what was read to whoever still waits for it.
pub(super) fn deliver(app: &mut App, read: Read) {
    match read {
        Read::Run(path, read) => update::overlay::arrive(app, &path, read),
        Read::Preview(subject, preview) => {
            if let Mode::Picker(state) = &mut app.mode {
                state.arrive(&subject, *preview);
            }
        }
    }
}
