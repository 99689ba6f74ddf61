//! Focusing, forking, adding, dropping and renaming arms.

use super::data;
use crate::{
    dashboard::{action::ArmEdit, log::Tone, state::App},
    recipe::{self, Arm, ArmError, Recipe},
    session::{Command, Snapshot},
    training::Method,
};

/// Focuses the arm that is `by` further on, going round at the ends.
pub(super) fn next(app: &mut App, by: i32) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone() else {
        return Vec::new();
    };
    let count = snapshot.arms.len() as i64;
    let at = (app.focused(&snapshot) as i64 + i64::from(by)).rem_euclid(count.max(1));
    focus(app, &snapshot, at as usize)
}

fn focus(app: &mut App, snapshot: &Snapshot, arm: usize) -> Vec<Command> {
    app.arm = arm;
    let name = &app.focused_arm(snapshot).name;
    let text = match app.all_arms {
        true => format!("{name} is shown; changes hold for all arms"),
        false => format!("parameters and features are those of {name}"),
    };
    app.say(Tone::Note, text);
    Vec::new()
}

/// Lets changes hold for all arms, or for the focused one alone.
pub(super) fn toggle_all(app: &mut App) -> Vec<Command> {
    app.all_arms ^= true;
    let name = (app.snapshot.as_deref()).map_or("", |snapshot| &app.focused_arm(snapshot).name);
    let text = match app.all_arms {
        true => "changes hold for all arms".to_owned(),
        false => format!("changes hold for {name} alone"),
    };
    app.say(Tone::Note, text);
    Vec::new()
}

/// Copies the focused arm as it is at the epoch shown, and focuses the copy.
pub(super) fn fork(app: &mut App, name: &str) -> Vec<Command> {
    let Some(snapshot) = steady(app) else {
        return Vec::new();
    };
    let focused = app.focused(&snapshot);
    let arm = snapshot.arms[focused].name.clone();
    let mut trial = snapshot.recipe.as_ref().clone();
    match trial.fork(focused, snapshot.epoch, name) {
        Err(error) => refuse(app, &error),
        Ok(position) => {
            app.arm = position;
            let text = format!("{name} is forked off {arm} at epoch {}", snapshot.epoch);
            app.say(Tone::Note, text);
            let name = name.to_owned();
            vec![Command::Fork { arm, name }]
        }
    }
}

/// Focuses, adds, drops or renames an arm.
pub(super) fn edit(app: &mut App, what: ArmEdit, name: Option<&str>) -> Vec<Command> {
    let Some(snapshot) = steady(app) else {
        return Vec::new();
    };
    match (what, name) {
        (ArmEdit::Focus, Some(name)) => match snapshot.recipe.position(name) {
            Ok(arm) => focus(app, &snapshot, arm),
            Err(error) => refuse(app, &error),
        },
        (ArmEdit::Add, Some(regime)) => add(app, &snapshot, regime),
        (ArmEdit::Drop, name) => drop(app, &snapshot, name),
        (ArmEdit::Rename, Some(name)) => rename(app, &snapshot, name),
        (ArmEdit::Focus | ArmEdit::Rename, None) => say(app, "name the arm: arm focus CT"),
        (ArmEdit::Add, None) => say(app, "name the regime: arm add CT"),
    }
}

/// Adds an arm with the controls that the focused one began with, but for its method.
fn add(app: &mut App, snapshot: &Snapshot, regime: &str) -> Vec<Command> {
    let Some(method) = Method::named(regime) else {
        let known: Vec<_> = Method::all().map(|method| method.abbreviation).collect();
        let known = known.join(", ");
        return say(
            app,
            format!("there is no regime of that name; there are {known}"),
        );
    };
    let focused = &snapshot.recipe.arms[app.focused(snapshot)];
    let arm = Arm::new(focused.controls.clone()).with_method(method);
    let mut trial = snapshot.recipe.as_ref().clone();
    match trial.add(arm.clone()) {
        Err(error) => refuse(app, &error),
        Ok(position) => {
            app.arm = position;
            let name = &trial.arms[position].name;
            let text = format!("{name} is trained up to epoch {}", snapshot.epoch);
            app.say(Tone::Note, text);
            vec![Command::Add(Box::new(arm))]
        }
    }
}

fn drop(app: &mut App, snapshot: &Snapshot, name: Option<&str>) -> Vec<Command> {
    let position = match name {
        Some(name) => snapshot.recipe.position(name),
        None => Ok(app.focused(snapshot)),
    };
    let mut trial = snapshot.recipe.as_ref().clone();
    match position.and_then(|position| trial.remove(position).map(|()| position)) {
        Err(error) => refuse(app, &error),
        Ok(position) => {
            let name = snapshot.arms[position].name.clone();
            app.say(Tone::Note, format!("{name} is dropped"));
            vec![Command::Drop(name)]
        }
    }
}

fn rename(app: &mut App, snapshot: &Snapshot, name: &str) -> Vec<Command> {
    let position = app.focused(snapshot);
    let mut trial = snapshot.recipe.as_ref().clone();
    match trial.rename(position, name) {
        Err(error) => refuse(app, &error),
        Ok(()) => {
            let arm = snapshot.arms[position].name.clone();
            app.say(Tone::Note, format!("{arm} is called {name} from now on"));
            let name = name.to_owned();
            vec![Command::Rename { arm, name }]
        }
    }
}

/// Starts again with the arms that `list` names, on the same data.
pub(super) fn begin(app: &mut App, list: &str) -> Vec<Command> {
    let (Some(snapshot), Some(controls)) = (app.snapshot.clone(), app.controls().cloned()) else {
        return Vec::new();
    };
    match recipe::arms(list, &controls) {
        Err(error) => say(app, error.to_string()),
        Ok(arms) => {
            app.arm = 1;
            let source = snapshot.recipe.source.clone();
            let drawing = snapshot.drawn();
            let mut recipe = Recipe {
                source,
                drawing,
                arms,
            };
            recipe.share_data();
            data::begin(app, recipe)
        }
    }
}

/// The snapshot, if the worker is there and not on its way to another epoch.
fn steady(app: &mut App) -> Option<std::sync::Arc<Snapshot>> {
    if let Some(epoch) = app.sought {
        app.say(Tone::Refusal, format!("still on the way to epoch {epoch}"));
        return None;
    }
    app.snapshot.clone().filter(|_| !app.lost)
}

fn refuse(app: &mut App, error: &ArmError) -> Vec<Command> {
    say(app, error.to_string())
}

fn say(app: &mut App, text: impl Into<String>) -> Vec<Command> {
    app.say(Tone::Refusal, text);
    Vec::new()
}
