//! Which plane of the feature space is shown, and which layers of it.

use crate::{
    dashboard::{log::Tone, state::App, theme::Ground},
    session::{Axes, Command},
};

/// Puts another feature on an axis.
pub(super) fn turn_axis(app: &mut App, axis: usize, by: i32) -> Vec<Command> {
    let Some(features) = dimensions(app) else {
        return Vec::new();
    };
    let mut pair = match app.boundary.plane(features) {
        Axes::Features(x, y) => [x, y],
        Axes::PrincipalComponents => [0, 1],
    };
    let (axis, count) = (axis.min(1), features as i64);
    let step = if by < 0 { -1 } else { 1 };
    let mut wanted = (pair[axis] as i64 + i64::from(by)).rem_euclid(count);
    if wanted == pair[1 - axis] as i64 {
        wanted = (wanted + step).rem_euclid(count);
    }
    pair[axis] = wanted as usize;
    app.boundary.axes = Some(Axes::Features(pair[0], pair[1]));
    Vec::new()
}

/// Principal components, or the first two features.
pub(super) fn toggle_principal(app: &mut App) -> Vec<Command> {
    if let Some(features) = dimensions(app) {
        let other = match app.boundary.plane(features) {
            Axes::Features(..) => Axes::PrincipalComponents,
            Axes::PrincipalComponents => Axes::Features(0, 1),
        };
        app.boundary.axes = Some(other);
    }
    Vec::new()
}

/// Samples of all classes, then of one after the other.
pub(super) fn cycle_class(app: &mut App) -> Vec<Command> {
    let classes = app
        .snapshot
        .as_ref()
        .map_or(0, |snapshot| snapshot.dataset.classes.len());
    let next = app.boundary.only.map_or(0, |class| class + 1);
    app.boundary.only = Some(next).filter(|&class| class < classes);
    Vec::new()
}

pub(super) fn toggle_field(app: &mut App) -> Vec<Command> {
    app.boundary.ground = match app.boundary.ground {
        Ground::Empty => Ground::Shaded,
        _ => Ground::Empty,
    };
    Vec::new()
}

pub(super) fn toggle_discrete(app: &mut App) -> Vec<Command> {
    app.boundary.ground = match app.boundary.ground {
        Ground::Flat => Ground::Shaded,
        _ => Ground::Flat,
    };
    Vec::new()
}

/// The number of features, if there is a choice.
fn dimensions(app: &mut App) -> Option<usize> {
    let features = app.snapshot.as_ref()?.dataset.dimensions();
    if features < 3 {
        app.say(Tone::Refusal, "both features are on the screen already");
    }
    (features > 2).then_some(features)
}
