//! Changing hyper-parameters.

use crate::{
    dashboard::{log::Tone, state::App},
    recipe::Controls,
    session::{Command, Status},
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
    let source = app
        .snapshot
        .as_ref()
        .map(|snapshot| &snapshot.recipe.source);
    if source.is_some_and(|source| !parameter.is_of(source)) {
        let symbol = parameter.symbol;
        let text = format!("{symbol} is for synthetic data only; these are read from a file");
        app.say(Tone::Refusal, text);
        return Vec::new();
    }
    let index = TABLE.iter().position(|known| known.name == parameter.name);
    app.parameters.selected = index.unwrap_or(app.parameters.selected);
    change(app, parameter, |controls| {
        parameter
            .parse(&mut controls.parameters, value)
            .map_err(|error| error.to_string())
    })
}

pub(super) fn reset(app: &mut App) -> Vec<Command> {
    let (Some(parameter), Some(start)) = (TABLE.get(app.parameters.selected), start(app)) else {
        return Vec::new();
    };
    change(app, parameter, |controls| {
        let value = parameter.get(&start.parameters);
        parameter
            .set(&mut controls.parameters, value)
            .map_err(|error| error.to_string())
    })
}

pub(super) fn reset_all(app: &mut App) -> Vec<Command> {
    let Some(start) = start(app) else {
        return Vec::new();
    };
    if !wish(app, start, "all values as at the start") {
        app.say(Tone::Refusal, "everything is as it was at the start");
        return Vec::new();
    }
    let when = next_epoch(app);
    app.say(Tone::Note, format!("all values as at the start · {when}"));
    tell(app)
}

/// When a change of the controls is trained with.
pub(super) fn next_epoch(app: &App) -> &'static str {
    let status = app.snapshot.as_ref().map(|snapshot| &snapshot.status);
    match status {
        Some(Status::Finished) if !app.is_running() => "from the next epoch: Space trains on",
        _ => "from the next epoch",
    }
}

/// The controls that the focused arm began with.
fn start(app: &App) -> Option<Controls> {
    let snapshot = app.snapshot.as_deref()?;
    let arm = snapshot.recipe.arms.get(app.focused(snapshot))?;
    Some(arm.controls.clone())
}

/// Wishes the focused arm's controls to be so; whether they are not already.
pub(super) fn wish(app: &mut App, controls: Controls, label: &str) -> bool {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return false;
    };
    let arm = app.focused(snapshot);
    match app.all_arms {
        true => app.desired.set_everywhere(arm, &controls, label.to_owned()),
        false => app.desired.set(arm, controls, label.to_owned()),
    }
}

/// Tells the worker what is wished.
pub(super) fn tell(app: &App) -> Vec<Command> {
    vec![Command::Set(app.desired.all().clone())]
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
    let Some(mut controls) = app.controls().cloned() else {
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
    if !wish(app, controls, &label) {
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
        Effect::NextEpoch => next_epoch(app),
        Effect::Restart => "after a restart (r)",
    };
    app.say(Tone::Note, format!("{label} · {when}"));
    tell(app)
}

fn follow(app: &mut App, changed: Option<String>, done: &str, refusal: &str) -> Vec<Command> {
    let Some(label) = changed else {
        app.say(Tone::Refusal, refusal);
        return Vec::new();
    };
    app.say(Tone::Note, format!("{done}: {label}"));
    tell(app)
}
