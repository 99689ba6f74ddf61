//! Where the inspected sample is to go, and by how many ways.

use super::{inspect, navigation};
use crate::{
    dashboard::{action::Panel, log::Tone, state::App},
    data::nearest::hint,
    recourse::{OPPOSITE, Target},
    session::Command,
    text::printable,
};

/// Shows the target that `name` means.
pub(super) fn target(app: &mut App, name: &str) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return Vec::new();
    };
    let classes = &snapshot.dataset.classes;
    let Some(target) = Target::named(classes, name) else {
        let near = hint(name, classes.iter().map(String::as_str));
        let known = snapshot.dataset.shown_classes();
        let text = format!("there is no class {name}{near}; there are {known}, or {OPPOSITE}");
        app.say(Tone::Refusal, printable(&text).into_owned());
        return Vec::new();
    };
    (app.inspector.target, app.inspector.opposite) = match target {
        Target::Opposite => (None, true),
        Target::Class(class) => (Some(class), false),
    };
    show(app)
}

/// Lists up to `count` ways, or none but what the search found.
pub(super) fn list(app: &mut App, count: Option<usize>) -> Vec<Command> {
    app.inspector.ways = count.unwrap_or(0);
    show(app)
}

/// Lets each way change at most so many columns.
pub(super) fn max_changed(app: &mut App, most: Option<usize>) -> Vec<Command> {
    app.inspector.most = most;
    if app.inspector.ways == 0 {
        let each = match most {
            None => "any number of columns".to_owned(),
            Some(1) => "at most 1 column".to_owned(),
            Some(most) => format!("at most {most} columns"),
        };
        app.say(
            Tone::Note,
            format!("ways change {each}; :ways 3 lists some"),
        );
        return Vec::new();
    }
    show(app)
}

/// Shows the inspector, from its first line on.
fn show(app: &mut App) -> Vec<Command> {
    inspect::first(app);
    app.inspector.scroll = 0;
    navigation::focus(app, Panel::Inspector)
}
