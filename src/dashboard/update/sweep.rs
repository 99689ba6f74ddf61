//! Looking at a sweep, and opening one of its combinations.

use std::path::Path;

use super::{data, selection::moved};
use crate::{
    dashboard::{
        action::SweepLook,
        log::Tone,
        state::{
            App, Mode,
            sweep::{State, Table, Wish},
        },
    },
    recipe::Recipe,
    session::Command,
};

/// Shows the sweep in the folder at `path`.
pub(super) fn open(app: &mut App, path: &Path) -> Vec<Command> {
    app.mode = Mode::Sweep(Box::new(State::new(path.to_owned())));
    Vec::new()
}

pub(super) fn go(state: &mut State, lines: i32) {
    let count = state.lines();
    let line = state.line();
    *line = moved(*line, lines, count);
}

pub(super) fn turn(app: &mut App, by: i32) -> Vec<Command> {
    with(app, |state| state.turn(by))
}

pub(super) fn look(app: &mut App, look: SweepLook) -> Vec<Command> {
    with(app, |state| state.look(look))
}

fn with(app: &mut App, change: impl FnOnce(&mut State)) -> Vec<Command> {
    if let Mode::Sweep(state) = &mut app.mode {
        change(state);
    }
    Vec::new()
}

/// Has the recipe of the selected combination made.
pub(super) fn submit(app: &mut App) -> Vec<Command> {
    with(app, |state| {
        if let Some((settings, seed)) = state.selected_group() {
            let typed = state.typed.clone();
            let wish = Wish {
                typed,
                settings,
                seed,
            };
            state.opening = Some(wish.clone());
            state.wish = Some(wish);
        }
    })
}

/// Looks at the folder again when it is time to.
pub(super) fn tick(app: &mut App) {
    let now = app.now;
    if let Mode::Sweep(state) = &mut app.mode
        && state.due.take_if(|due| *due <= now).is_some()
    {
        state.wanted = true;
    }
}

/// Takes over what is finished, unless another sweep is looked at by now.
pub fn arrive(app: &mut App, typed: &Path, read: Result<Table, String>) {
    let now = app.now;
    if let Mode::Sweep(state) = &mut app.mode
        && state.typed == typed
    {
        state.arrive(read, now);
    }
}

/// Starts the run that was wished for, unless it is not wished for any more.
pub fn resolved(app: &mut App, wish: &Wish, recipe: Result<Recipe, String>) -> Vec<Command> {
    let Mode::Sweep(state) = &mut app.mode else {
        return Vec::new();
    };
    if state.opening.take_if(|opening| opening == wish).is_none() {
        return Vec::new();
    }
    match recipe {
        Ok(recipe) => {
            app.mode = Mode::Normal;
            app.arm = recipe.arms.len().saturating_sub(1);
            data::begin(app, recipe)
        }
        Err(problem) => {
            app.say(Tone::Refusal, problem);
            Vec::new()
        }
    }
}
