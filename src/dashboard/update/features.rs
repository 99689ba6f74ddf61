//! Changing how features may change.

use super::parameters;
use crate::{
    dashboard::{log::Tone, state::App},
    data::{Mutability, constrain::constrain},
    recipe::Controls,
    session::Command,
};

/// Turns the selected feature's mutability on by `steps`.
pub(super) fn turn(app: &mut App, steps: i32) -> Vec<Command> {
    let all = Mutability::ALL;
    set(app, |now| {
        let at = all.iter().position(|one| *one == now).unwrap_or(0) as i32;
        all[at.saturating_add(steps).rem_euclid(all.len() as i32) as usize]
    })
}

/// Sets the selected feature's mutability back to what the run began with.
pub(super) fn reset(app: &mut App) -> Vec<Command> {
    let index = app.features.selected;
    let start = app.snapshot.as_ref().and_then(|snapshot| {
        let arm = &snapshot.recipe.arms[app.focused(snapshot)];
        arm.controls.mutability.get(index).copied()
    });
    set(app, |now| start.unwrap_or(now))
}

/// Sets the mutability of the feature called `name`, or of the whole text column of that name, and
/// selects it.
pub(super) fn name(app: &mut App, name: &str, mutability: Mutability) -> Vec<Command> {
    let (Some(snapshot), Some(mut controls)) = (app.snapshot.clone(), app.controls().cloned())
    else {
        return Vec::new();
    };
    let features = &snapshot.dataset.features;
    match constrain(features, &mut controls.mutability, name, mutability) {
        Ok(positions) => {
            app.features.selected = positions.first().copied().unwrap_or(app.features.selected);
            ask(app, controls, format!("{name} {}", mutability.in_words()))
        }
        Err(error) => {
            app.say(Tone::Refusal, error.to_string());
            Vec::new()
        }
    }
}

/// Changes the mutability of the selected feature.
fn set(app: &mut App, change: impl FnOnce(Mutability) -> Mutability) -> Vec<Command> {
    let index = app.features.selected;
    let (Some(snapshot), Some(mut controls)) = (app.snapshot.clone(), app.controls().cloned())
    else {
        return Vec::new();
    };
    let (Some(feature), Some(mutability)) = (
        snapshot.dataset.features.get(index),
        controls.mutability.get_mut(index),
    ) else {
        return Vec::new();
    };
    *mutability = change(*mutability);
    let label = format!("{} {}", feature.name, mutability.in_words());
    ask(app, controls, label)
}

/// Asks for `controls`, which `label` describes, unless they are in force already.
fn ask(app: &mut App, controls: Controls, label: String) -> Vec<Command> {
    if !parameters::wish(app, controls, &label) {
        app.say(Tone::Refusal, format!("{label} already"));
        return Vec::new();
    }
    let when = parameters::next_epoch(app);
    app.say(Tone::Note, format!("{label} · {when}"));
    parameters::tell(app)
}
