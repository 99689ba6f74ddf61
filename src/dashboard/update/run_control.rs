//! Running, pausing, stepping, restarting.

use super::{files, parameters, replay, slow_motion};
use crate::{
    dashboard::{
        action::Action,
        log::Tone,
        state::{
            App,
            speed::{PAUSES, speed},
        },
    },
    data::{Drawing, Source},
    recipe::{Arm, Controls, Recipe},
    session::Command,
    training::{HyperParameters, Parameter},
};

/// Runs or pauses; on the way to another epoch only once that is reached.
pub(super) fn toggle(app: &mut App) -> Vec<Command> {
    if !alive(app) {
        return Vec::new();
    }
    let run = !app.is_running();
    slow_motion::leave(app);
    app.intent = Some(run);
    if let (Some(epoch), true) = (app.running_to, run) {
        return vec![Command::RunTo(epoch)];
    }
    match (app.sought, run) {
        (Some(_), _) => Vec::new(),
        (None, true) => vec![Command::Run],
        (None, false) => vec![Command::Pause],
    }
}

pub(super) fn step(app: &mut App) -> Vec<Command> {
    if !alive(app) {
        return Vec::new();
    }
    if let Some(epoch) = app.sought {
        app.say(Tone::Refusal, format!("still on the way to epoch {epoch}"));
        return Vec::new();
    }
    slow_motion::leave(app);
    app.intent = Some(false);
    vec![Command::StepEpoch]
}

pub(super) fn restart(app: &mut App, new_seed: bool) -> Vec<Command> {
    let action = match new_seed {
        true => Action::NewSeed,
        false => Action::Restart,
    };
    if !alive(app) || !files::is_sure(app, action, "starts anew") {
        return Vec::new();
    }
    let (Some(snapshot), Some(mut controls)) = (app.snapshot.clone(), app.controls().cloned())
    else {
        return Vec::new();
    };
    if new_seed && let Ok(seed) = Parameter::find("seed") {
        let next = seed.stepped(&controls.parameters, 1.0);
        if seed.set(&mut controls.parameters, next).is_ok() {
            parameters::wish(app, controls.clone(), "");
        }
    }
    let mut recipe = again(app, snapshot.recipe.source.clone(), &controls.parameters);
    recipe.drawing = snapshot.drawn();
    app.say(
        Tone::Note,
        format!("starting again from epoch 0 with seed {}", recipe.seed()),
    );
    slow_motion::leave(app);
    app.sought = None;
    app.intent = Some(true);
    vec![Command::Restart(Box::new(recipe))]
}

/// A recipe that begins with the arms as they are wished, but for the parameters of the data, which
/// are those of `focused`.
pub(super) fn again(app: &App, source: Source, focused: &HyperParameters) -> Recipe {
    let arms = app.desired.all().iter();
    let arm = |(name, controls): &(String, Controls)| Arm {
        name: name.clone(),
        parent: None,
        controls: controls.clone(),
        changes: Vec::new(),
    };
    let mut recipe = Recipe {
        source,
        drawing: Drawing::default(),
        arms: arms.map(arm).collect(),
    };
    recipe.share_data_of(focused);
    recipe
}

pub(super) fn change_speed(app: &mut App, by: isize) -> Vec<Command> {
    if app.slow_motion.phase.is_some() {
        return slow_motion::change_speed(app, by);
    }
    if let Some(commands) = replay::change_speed(app, by > 0) {
        return commands;
    }
    let index = app.speed.saturating_add_signed(by).min(PAUSES.len() - 1);
    if index == app.speed {
        let end = if by < 0 {
            "already at full speed"
        } else {
            "already at the slowest speed"
        };
        app.say(Tone::Refusal, end);
        return Vec::new();
    }
    app.speed = index;
    vec![Command::Delay(speed(index))]
}

pub(super) fn alive(app: &mut App) -> bool {
    if app.lost {
        app.say(Tone::Refusal, "training has stopped for good; q leaves");
    }
    !app.lost
}
