//! Keeping things in files, and leaving.

use std::path::Path;

use crate::{
    dashboard::{
        action::Action,
        app::{App, Request, Tone},
        export, save,
    },
    session::Command,
};

/// Leaves, but says once if changes would be lost.
pub(super) fn quit(app: &mut App) -> Vec<Command> {
    let unsaved = match &app.snapshot {
        Some(snapshot) if app.unsaved.differs(&snapshot.recipe) => snapshot.recipe.changes.len(),
        _ => 0,
    };
    if unsaved == 0 || app.unsaved.warned() {
        app.request = Request::Quit;
        return Vec::new();
    }
    let key = app.keymap.key(&Action::Quit).unwrap_or_default();
    let changes = if unsaved == 1 {
        "change is"
    } else {
        "changes are"
    };
    app.say(
        Tone::Refusal,
        format!("{unsaved} {changes} not saved · :save FILE keeps · {key} again leaves"),
    );
    Vec::new()
}

/// Keeps the recipe and both models.
pub(super) fn save(app: &mut App, path: &Path) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone() else {
        app.say(Tone::Refusal, "there is nothing to save yet");
        return Vec::new();
    };
    match save::save(&snapshot, path) {
        Ok(files) => {
            app.unsaved.keep(snapshot.recipe.as_ref().clone());
            let names: Vec<_> = files
                .iter()
                .map(|file| file.display().to_string())
                .collect();
            app.say(Tone::Note, format!("saved {}", names.join(", ")));
        }
        Err(error) => app.say(Tone::Refusal, error),
    }
    Vec::new()
}

/// Keeps the picture or the history.
pub(super) fn export(app: &mut App, path: &Path) -> Vec<Command> {
    match export::export(app, path) {
        Ok(what) => app.say(Tone::Note, format!("{what} in {}", path.display())),
        Err(error) => app.say(Tone::Refusal, error),
    }
    Vec::new()
}
