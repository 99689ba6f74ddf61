//! Changing how features may change.

use crate::{
    dashboard::{
        app::{App, Tone},
        panels::features::describe,
    },
    data::{Mutability, nearest},
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
    let start = app
        .snapshot
        .as_ref()
        .and_then(|snapshot| snapshot.recipe.controls.mutability.get(index).copied());
    set(app, |now| start.unwrap_or(now))
}

/// Selects the feature called `name` and sets its mutability.
pub(super) fn name(app: &mut App, name: &str, mutability: Mutability) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone() else {
        return Vec::new();
    };
    let names = || {
        snapshot
            .dataset
            .features
            .iter()
            .map(|feature| feature.name.as_str())
    };
    match names().position(|known| known == name) {
        Some(index) => {
            app.features.selected = index;
            set(app, |_| mutability)
        }
        None => {
            let hint = nearest::hint(name, names());
            let few: Vec<_> = names().take(12).collect();
            let all = match names().count() <= few.len() {
                true => format!("; there are {}", few.join(", ")),
                false => String::new(),
            };
            app.say(
                Tone::Refusal,
                format!("there is no feature `{name}`{hint}{all}"),
            );
            Vec::new()
        }
    }
}

fn set(app: &mut App, change: impl FnOnce(Mutability) -> Mutability) -> Vec<Command> {
    let index = app.features.selected;
    let (Some(snapshot), Some(mut controls)) =
        (app.snapshot.clone(), app.desired.controls().cloned())
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
    let label = format!("{} {}", feature.name, describe(*mutability));
    if !app.desired.set(controls.clone(), label.clone()) {
        app.say(Tone::Refusal, format!("{label} already"));
        return Vec::new();
    }
    app.say(Tone::Note, format!("{label} · from the next epoch"));
    vec![Command::Set(controls)]
}
