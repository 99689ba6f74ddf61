//! Going to past epochs.

use crate::{
    dashboard::app::{App, Tone},
    session::{Command, Snapshot, Status},
};

/// Goes `by` epochs further from where the worker is, or is about to be.
pub(super) fn scrub(app: &mut App, by: i32) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.as_deref().filter(|_| !app.lost) else {
        return Vec::new();
    };
    let (oldest, newest) = (snapshot.oldest_epoch, snapshot.newest_epoch);
    let from = app.sought.unwrap_or(snapshot.epoch).min(newest);
    let epoch = from
        .saturating_add_signed(by as isize)
        .clamp(oldest.min(newest), newest);
    if epoch == from {
        let text = if by < 0 {
            "this is the beginning"
        } else {
            "this is the last epoch trained; Space goes on"
        };
        app.say(Tone::Refusal, text);
        return Vec::new();
    }
    super::slow_motion::leave(app);
    app.sought = Some(epoch);
    app.intent = Some(false);
    vec![Command::Rewind(epoch)]
}

/// Takes over the values that were in force at the epoch that was gone to, and goes on from there if
/// that was wanted meanwhile.
pub(super) fn arrive(app: &mut App, snapshot: &Snapshot) -> Vec<Command> {
    let failed = matches!(snapshot.status, Status::Failed(_));
    let there = |sought: &mut usize| failed || *sought == snapshot.epoch;
    if app.sought.take_if(there).is_none() {
        return Vec::new();
    }
    app.desired.recall(snapshot.controls());
    match app.intent == Some(true) && !failed {
        true => vec![Command::Run],
        false => Vec::new(),
    }
}
