//! Changing hyper-parameters.

use crate::{
    dashboard::{log::Tone, state::App},
    session::{Command, Controls},
    training::{Effect, Parameter, TABLE},
};

pub(super) fn adjust(app: &mut App, steps: i32) -> Vec<Command> {
    let Some(parameter) = TABLE.get(app.parameters.selected) else {
        return Vec::new();
    };
    change(app, parameter, |controls| {
        let value = parameter.stepped(&controls.parameters, f64::from(steps));
        parameter
            .set(&mut controls.parameters, value)
            .map_err(|error| error.to_string())
    })
}

/// Selects the parameter called `name` and sets it.
pub(super) fn assign(app: &mut App, name: &str, value: &str) -> Vec<Command> {
    let parameter = match Parameter::find(name) {
        Ok(parameter) => parameter,
        Err(error) => {
            app.say(Tone::Refusal, error.to_string());
            return Vec::new();
        }
    };
    let index = TABLE.iter().position(|known| known.name == parameter.name);
    app.parameters.selected = index.unwrap_or(app.parameters.selected);
    change(app, parameter, |controls| {
        parameter
            .parse(&mut controls.parameters, value)
            .map_err(|error| error.to_string())
    })
}

pub(super) fn reset(app: &mut App) -> Vec<Command> {
    let (Some(parameter), Some(snapshot)) =
        (TABLE.get(app.parameters.selected), app.snapshot.clone())
    else {
        return Vec::new();
    };
    change(app, parameter, |controls| {
        let value = parameter.get(&snapshot.recipe.controls.parameters);
        parameter
            .set(&mut controls.parameters, value)
            .map_err(|error| error.to_string())
    })
}

pub(super) fn reset_all(app: &mut App) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone() else {
        return Vec::new();
    };
    let start = snapshot.recipe.controls.clone();
    if !app
        .desired
        .set(start.clone(), "all values as at the start".into())
    {
        app.say(Tone::Refusal, "everything is as it was at the start");
        return Vec::new();
    }
    app.say(
        Tone::Note,
        "all values as at the start · from the next epoch",
    );
    vec![Command::Set(start)]
}

pub(super) fn undo(app: &mut App) -> Vec<Command> {
    let undone = app.desired.undo();
    follow(app, undone, "taken back", "nothing to take back")
}

pub(super) fn redo(app: &mut App) -> Vec<Command> {
    let redone = app.desired.redo();
    follow(app, redone, "made again", "nothing to make again")
}

/// Applies `edit` to `parameter` and tells the worker, or tells the user why not.
pub(super) fn change(
    app: &mut App,
    parameter: &Parameter,
    edit: impl FnOnce(&mut Controls) -> Result<(), String>,
) -> Vec<Command> {
    let Some(mut controls) = app.desired.controls().cloned() else {
        return Vec::new();
    };
    if let Err(error) = edit(&mut controls) {
        app.say(Tone::Refusal, error);
        return Vec::new();
    }
    let label = format!(
        "{} = {}",
        parameter.symbol,
        parameter.format(&controls.parameters)
    );
    if !app.desired.set(controls.clone(), label.clone()) {
        app.say(
            Tone::Refusal,
            format!(
                "{label} already: {} takes {}",
                parameter.symbol,
                parameter.expected()
            ),
        );
        return Vec::new();
    }
    let when = match parameter.effect {
        Effect::NextEpoch => "from the next epoch",
        Effect::Restart => "after a restart (r)",
    };
    app.say(Tone::Note, format!("{label} · {when}"));
    vec![Command::Set(controls)]
}

fn follow(app: &mut App, changed: Option<String>, done: &str, refusal: &str) -> Vec<Command> {
    let (Some(label), Some(controls)) = (changed, app.desired.controls().cloned()) else {
        app.say(Tone::Refusal, refusal);
        return Vec::new();
    };
    app.say(Tone::Note, format!("{done}: {label}"));
    vec![Command::Set(controls)]
}
