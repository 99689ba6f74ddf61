//! Going to past epochs.

use crate::{
    dashboard::{log::Tone, state::App},
    session::{Command, Snapshot, Status},
};

/// Goes `by` epochs further from where the worker is, or is about to be.
pub(super) fn scrub(app: &mut App, by: i32) -> Vec<Command> {
    let Some(snapshot) = &app.snapshot else {
        return Vec::new();
    };
    let from = app.sought.unwrap_or(snapshot.epoch);
    let epoch = from.saturating_add_signed(by as isize);
    match go(app, epoch) {
        Some(commands) => commands,
        None => {
            let text = match by < 0 {
                true => "this is the beginning",
                false => "this is the last epoch trained; Space goes on",
            };
            app.say(Tone::Refusal, text);
            Vec::new()
        }
    }
}

/// Goes to an epoch of this run, or to the nearest one that it has.
pub(super) fn rewind(app: &mut App, epoch: usize) -> Vec<Command> {
    go(app, epoch).unwrap_or_default()
}

/// Goes to an epoch, unless the worker is there or about to be.
fn go(app: &mut App, epoch: usize) -> Option<Vec<Command>> {
    let snapshot = app.snapshot.as_deref().filter(|_| !app.lost)?;
    let (oldest, newest) = (snapshot.oldest_epoch, snapshot.newest_epoch);
    let from = app.sought.unwrap_or(snapshot.epoch).min(newest);
    let epoch = epoch.clamp(oldest.min(newest), newest);
    if epoch == from {
        return None;
    }
    super::slow_motion::leave(app);
    app.sought = Some(epoch);
    app.intent = Some(false);
    Some(vec![Command::Rewind(epoch)])
}

/// Takes over the values that were in force at the epoch that was gone to, and goes on from there if
/// that was wanted meanwhile.
pub(super) fn arrive(app: &mut App, snapshot: &Snapshot) -> Vec<Command> {
    let failed = matches!(snapshot.status, Status::Failed(_));
    let there = |sought: &mut usize| failed || *sought == snapshot.epoch;
    if app.sought.take_if(there).is_none() {
        return Vec::new();
    }
    app.desired.recall(snapshot);
    match app.intent == Some(true) && !failed {
        true => vec![Command::Run],
        false => Vec::new(),
    }
}
