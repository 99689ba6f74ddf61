//! The only place where the dashboard's state changes.

mod arms;
mod burden;
mod command_line;
mod data;
mod dispatch;
mod drawing;
mod entry;
mod features;
mod files;
mod history;
mod inspect;
pub(super) mod lesson;
mod look;
mod navigation;
pub(super) mod overlay;
mod parameters;
mod paste;
mod picker;
mod plane;
pub(super) mod recording;
pub(super) mod replay;
mod run_control;
mod selection;
pub(super) mod share;
mod slow_motion;
pub(super) mod sweep;
mod ways;

use std::{sync::Arc, time::Duration};

use crossterm::event::KeyEvent;

use super::{
    action::Action,
    keymap::Chord,
    log::Tone,
    state::{App, speed::speed},
};
use crate::session::{Command, Snapshot, Status};

/// Commands to send when the dashboard begins.
pub fn begin(app: &mut App) -> Vec<Command> {
    app.intent = Some(true);
    let mut commands = vec![Command::Delay(speed(app.speed)), Command::Run];
    commands.extend(look::changed(app));
    commands
}

/// Does what the user wants; what the worker has to do for it.
pub fn update(app: &mut App, action: Action) -> Vec<Command> {
    let mut commands = dispatch::dispatch(app, action);
    commands.extend(carry_on(app));
    commands.extend(look::changed(app));
    commands
}

/// Carries out what a lesson's step begins with, up to what the worker has to do.
fn carry_on(app: &mut App) -> Vec<Command> {
    let mut commands = Vec::new();
    while commands.is_empty() {
        let Some(action) = lesson::due(app) else {
            break;
        };
        commands = dispatch::dispatch(app, action);
    }
    commands
}

/// Says that a key means nothing here, and where to find those that do.
pub fn unknown(app: &mut App, key: KeyEvent) {
    let help = app.keymap.key(&Action::Help).unwrap_or_default();
    app.hint(format!(
        "{} does nothing here · {help} lists all keys",
        Chord::from(key)
    ));
}

/// Takes the last message away, once it was told.
pub fn hush(app: &mut App) {
    app.message = None;
}

/// Moves the clock on; whether anything on the screen changes, and what the worker has to do.
pub fn tick(app: &mut App, now: Duration) -> (bool, Vec<Command>) {
    let changed = app.tick(now);
    sweep::tick(app);
    match slow_motion::tick(app, now) {
        Some(mut commands) => {
            commands.extend(look::changed(app));
            (true, commands)
        }
        None => (changed, Vec::new()),
    }
}

/// Takes over a new snapshot; what the worker has to do in turn.
pub fn receive(app: &mut App, snapshot: Arc<Snapshot>) -> Vec<Command> {
    if let Some(refusal) = app.desired.follow(&snapshot) {
        app.say(Tone::Refusal, refusal);
    }
    if let Some(echo) = app.desired.echo(&snapshot) {
        app.say(Tone::Echo, echo);
    }
    app.effort.follow(&snapshot);
    remark(app, &snapshot);
    let running = snapshot.status == Status::Running;
    let settled = !matches!(snapshot.status, Status::Running | Status::Paused);
    app.intent.take_if(|intent| *intent == running || settled);
    let mut commands = history::arrive(app, &snapshot);
    lesson::arrive(app, &snapshot);
    commands.extend(replay::arrive(app, &snapshot));
    app.snapshot = Some(snapshot);
    navigation::settle(app);
    commands.extend(carry_on(app));
    commands.extend(look::changed(app));
    commands
}

/// Puts the remarks on newly read data, and what stopped training, among the messages.
fn remark(app: &mut App, snapshot: &Snapshot) {
    let known = app.snapshot.as_ref().map(|known| &known.notes);
    if known != Some(&snapshot.notes) {
        for note in snapshot.notes.iter() {
            app.note(Tone::Note, format!("{}: {note}", snapshot.dataset.name));
        }
    }
    let known = app.snapshot.as_ref().map(|known| &known.status);
    if let Status::NonFinite(what) | Status::Failed(what) = &snapshot.status
        && known != Some(&snapshot.status)
    {
        app.note(Tone::Refusal, what.clone());
    }
}
