//! Going through an epoch step by step.

use std::time::Duration;

use crate::{
    dashboard::{
        log::Tone,
        state::App,
        state::slow_motion::{Phase, State, longest},
    },
    session::Command,
};

/// One step forth or back; the first one pauses training.
pub(super) fn step(app: &mut App, by: i8) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone().filter(|_| !app.lost) else {
        return Vec::new();
    };
    let Some(phase) = app.slow_motion.phase else {
        app.slow_motion.phase = Some(Phase::Predict);
        app.intent = Some(false);
        return vec![Command::Pause];
    };
    let steps = longest(&snapshot);
    let next = match by < 0 {
        true => phase.previous(steps),
        false => phase.next(steps),
    };
    if by < 0 && next == phase {
        app.say(Tone::Refusal, "[ goes back to the epoch before");
    }
    app.slow_motion.phase = Some(next);
    match (phase, next) {
        (Phase::Outcome, Phase::Update) => vec![Command::StepEpoch],
        _ => Vec::new(),
    }
}

/// Lets slow motion play, or stops it where it is.
pub(super) fn play(app: &mut App) -> Vec<Command> {
    if app.slow_motion.due.take().is_some() {
        return Vec::new();
    }
    app.slow_motion.due = Some(app.now + app.slow_motion.pace());
    match app.slow_motion.phase {
        None => step(app, 1),
        Some(_) => Vec::new(),
    }
}

/// Makes the step that is due; tells whether there was one.
pub(super) fn tick(app: &mut App, now: Duration) -> Option<Vec<Command>> {
    app.slow_motion.due.take_if(|due| *due <= now)?;
    app.slow_motion.due = Some(now + app.slow_motion.pace());
    Some(step(app, 1))
}

pub(super) fn change_speed(app: &mut App, by: isize) -> Vec<Command> {
    if !app.slow_motion.change_speed(by) {
        app.say(Tone::Refusal, "slow motion knows no other speed");
    }
    Vec::new()
}

/// Back to training as usual.
pub(super) fn leave(app: &mut App) {
    app.slow_motion = State {
        speed: app.slow_motion.speed,
        ..State::default()
    };
}
