//! Files that are read in threads of their own, so that drawing never waits for one.

use std::{path::PathBuf, thread};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{
    log::Tone,
    state::{
        App, Mode,
        overlay::Overlay,
        preview::{Preview, Subject},
        sweep::{Table, Wish},
    },
    update,
};
use crate::{files::expand_home, recipe::Recipe, session::Command};

/// What someone waits for.
enum Wanted {
    /// The run in the directory that the user called so.
    Run(PathBuf),
    /// What data in a file look like.
    Preview(Box<Subject>),
    /// The sweep in the folder that the user called so.
    Sweep(PathBuf),
    /// The recipe of a combination of a sweep.
    Cell(Wish),
}

/// What was read.
pub(super) enum Read {
    /// A run, to lie over the charts: its path as the user typed it, and what is in it.
    Run(PathBuf, Result<Overlay, String>),
    /// What data in a file look like.
    Preview(Box<Subject>, Box<Preview>),
    /// What is finished of a sweep: its path as the user typed it, and the table.
    Sweep(PathBuf, Box<Result<Table, String>>),
    /// The recipe of a combination of a sweep.
    Cell(Wish, Box<Result<Recipe, String>>),
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
            Self::Sweep(typed) => {
                let table = Table::read(&typed);
                Read::Sweep(typed, Box::new(table))
            }
            Self::Cell(wish) => {
                let recipe = wish.recipe();
                Read::Cell(wish, Box::new(recipe))
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
        if let Mode::Sweep(state) = &mut app.mode {
            if std::mem::take(&mut state.wanted) {
                wanted.push(Wanted::Sweep(state.typed.clone()));
            }
            wanted.extend(state.wish.take().map(Wanted::Cell));
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

/// Gives what was read to whoever still waits for it; what the worker has to do in turn.
pub(super) fn deliver(app: &mut App, read: Read) -> Vec<Command> {
    match read {
        Read::Run(path, read) => update::overlay::arrive(app, &path, read),
        Read::Preview(subject, preview) => {
            if let Mode::Picker(state) = &mut app.mode {
                state.arrive(&subject, *preview);
            }
        }
        Read::Sweep(typed, read) => update::sweep::arrive(app, &typed, *read),
        Read::Cell(wish, recipe) => return update::sweep::resolved(app, &wish, *recipe),
    }
    Vec::new()
}
