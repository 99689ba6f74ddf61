//! How training stands.

use crate::{
    dashboard::{
        panels::percent,
        state::{App, speed::speed},
    },
    session::{Snapshot, Status},
    training::Method,
};

/// How training stands, as far as one is told of it when it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The data are not there yet.
    Preparing,
    /// A generator learns first.
    Fitting,
    /// Epochs are trained.
    Running,
    /// A command is awaited.
    Paused,
    /// All epochs are trained.
    Finished,
    /// It does not go on by itself: why, and what to do.
    Stopped(String),
}

impl Standing {
    /// How things stand.
    pub fn of(app: &App) -> Self {
        let Some(snapshot) = app.snapshot.as_deref() else {
            return Self::Preparing;
        };
        match &snapshot.status {
            _ if app.lost => Self::Stopped(
                "the worker ended without saying why; save DIR keeps the run, quit leaves".into(),
            ),
            _ if snapshot.fitting.is_some() => Self::Fitting,
            _ if app.intent == Some(true) => Self::Running,
            Status::NonFinite(what) => Self::Stopped(format!(
                "a loss is not finite: {what}; undo takes the last change back, run goes on, restart begins anew"
            )),
            Status::Failed(what) => {
                Self::Stopped(format!("{what}; restart begins anew, quit leaves"))
            }
            Status::Running => Self::Running,
            Status::Paused => Self::Paused,
            Status::Finished => Self::Finished,
        }
    }

    /// In a sentence.
    pub fn in_words(&self, epoch: usize) -> String {
        match self {
            Self::Preparing => "data are being prepared".into(),
            Self::Fitting => "an autoencoder is being fitted first".into(),
            Self::Running => "running".into(),
            Self::Paused => format!("paused at epoch {epoch}; run goes on"),
            Self::Finished => format!("finished at epoch {epoch}; run trains on"),
            Self::Stopped(why) => format!("stopped at epoch {epoch}: {why}"),
        }
    }
}

/// What is trained, how far it is, and how right the models are.
pub fn lines(app: &App) -> Vec<String> {
    let standing = Standing::of(app);
    let Some(snapshot) = app.snapshot.as_deref() else {
        return vec![format!("status: {}", standing.in_words(0))];
    };
    let mut lines = vec![format!(
        "status: {}, {}; {}",
        snapshot.dataset.shown_name(),
        epoch(snapshot),
        standing.in_words(snapshot.epoch)
    )];
    lines.push(format!(
        "pace of training: {:.1} ms for an epoch, then a pause of {} ms; seed {}",
        1e3 * snapshot.epoch_time.as_secs_f64(),
        speed(app.speed),
        snapshot.recipe.seed()
    ));
    lines.extend((0..snapshot.arms.len()).map(|position| arm(app, snapshot, position)));
    lines.extend(
        app.inspector
            .row
            .map(|row| format!("inspected: row {row} of the test set; sample tells of it")),
    );
    lines.extend(app.lesson.as_ref().map(|state| {
        let (step, all) = (state.step + 1, state.lesson.steps.len());
        format!(
            "lesson: {}, card {step} of {all}; card tells it again",
            state.lesson.title
        )
    }));
    lines
}

fn epoch(snapshot: &Snapshot) -> String {
    let (epoch, planned) = (snapshot.epoch, snapshot.recipe.epochs());
    match epoch <= planned {
        true => format!("epoch {epoch} of {planned}"),
        false => format!("epoch {epoch}"),
    }
}

fn arm(app: &App, snapshot: &Snapshot, position: usize) -> String {
    let arm = &snapshot.arms[position];
    let method = Method::of(arm.objective, arm.controls().parameters.members);
    let mut text = format!(
        "arm {}: {}, test accuracy {}",
        arm.name,
        method.title,
        percent(arm.accuracy)
    );
    if let Some(parent) = &arm.parent {
        text += &format!(", copied from {} at epoch {}", parent.arm, parent.epoch);
    }
    if snapshot.arms.len() > 1 && position == app.focused(snapshot) {
        text += match app.all_arms {
            true => "; it has the focus, and changes hold for all arms",
            false => "; it has the focus: changes, parameters and features are its",
        };
    }
    text
}
