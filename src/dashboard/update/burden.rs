//! By what people are grouped.

use std::sync::Arc;

use super::{navigation, selection::moved};
use crate::{
    dashboard::{action::Panel, log::Tone, state::App},
    data::{constrain, nearest::hint},
    session::{Burdens, Command},
    text::printable,
};

/// Groups by the column that is `by` further on.
pub(super) fn next(app: &mut App, by: i32) -> Vec<Command> {
    let Some(burdens) = measured(app) else {
        return Vec::new();
    };
    let place = moved(app.burden.place(&burdens), by, burdens.columns.len());
    group(app, burdens.columns.get(place).cloned());
    Vec::new()
}

/// Groups by the column called `name`, and shows the panel.
pub(super) fn group_by(app: &mut App, name: &str) -> Vec<Command> {
    let features = app.snapshot.as_ref().map(|known| &known.dataset.features);
    let columns = features.map_or(Vec::new(), |features| constrain::names(features));
    if !columns.iter().any(|(column, _)| *column == name) {
        let known = columns.iter().map(|(column, _)| *column);
        let text = format!("there is no column {name}{}", hint(name, known));
        app.say(Tone::Refusal, printable(&text).into_owned());
        return Vec::new();
    }
    group(app, Some(name.to_owned()));
    navigation::focus(app, Panel::Burden)
}

/// Asks what the next class costs those who are not predicted as it.
pub(super) fn next_target(app: &mut App, by: i32) -> Vec<Command> {
    let classes = (app.snapshot.as_ref()).map_or(0, |snapshot| snapshot.dataset.classes.len());
    let Some(burdens) = measured(app).filter(|_| classes > 0) else {
        return Vec::new();
    };
    let place = burdens.target as i64 + i64::from(by);
    app.burden.view.target = Some(place.rem_euclid(classes as i64) as usize);
    app.burden.scroll = 0;
    Vec::new()
}

fn group(app: &mut App, column: Option<String>) {
    app.burden.view.column = column;
    app.burden.scroll = 0;
}

/// What is known of groups, once something is; the user is told otherwise.
fn measured(app: &mut App) -> Option<Arc<Burdens>> {
    let burdens = app.snapshot.as_ref().map(|known| known.burdens.clone());
    let known = burdens.filter(|burdens| burdens.epoch > 0);
    if known.is_none() {
        app.say(Tone::Refusal, "not measured yet: train an epoch first");
    }
    known
}
