//! Keeping things in files, and leaving.

use std::path::{Path, PathBuf};

use crate::{
    dashboard::{
        action::Action,
        export, letter,
        log::Tone,
        save::{self, SaveError},
        state::{App, Request, effort::LONG},
        summary::Summary,
    },
    files::{Existing, write_whole},
    session::Command,
    shell::quote,
};

/// Offers the tour no more, now and at later starts.
pub(super) fn decline_tour(app: &mut App) {
    if let Some(path) = app.offer.take()
        && let Err(error) = write_whole(&path, |file| writeln!(file, "the tour was offered"))
    {
        app.note(
            Tone::Refusal,
            format!("cannot write {}: {error}", path.display()),
        );
    }
}

/// Leaves, but says once if changes would be lost.
pub(super) fn quit(app: &mut App) -> Vec<Command> {
    let unsaved = match &app.snapshot {
        Some(snapshot) if app.unsaved.differs(&snapshot.recipe) => snapshot.recipe.changes(),
        _ => 0,
    };
    let sure = match unsaved {
        0 => is_sure(app, Action::Quit, "leaves"),
        _ => app.unsaved.warned(unsaved),
    };
    if sure {
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
        format!("{unsaved} {changes} not saved · :save DIR keeps · {key} again leaves"),
    );
    Vec::new()
}

/// Whether little would be lost by `action`, or the user wants it nevertheless; asks if need be.
pub(super) fn is_sure(app: &mut App, action: Action, consequence: &str) -> bool {
    let spent = app.effort.spent();
    let key = app.keymap.key(&action).unwrap_or_default();
    if spent < LONG || app.effort.asked(action, app.now) {
        return true;
    }
    let minutes = spent.as_secs() / 60;
    app.say(
        Tone::Refusal,
        format!(
            "{minutes} min of training are not saved · :save DIR keeps · {key} again {consequence}"
        ),
    );
    false
}

/// Keeps the run in a directory.
pub(super) fn save(app: &mut App, path: &Path) -> Vec<Command> {
    let Some(snapshot) = app.snapshot.clone() else {
        app.say(Tone::Refusal, "there is nothing to save yet");
        return Vec::new();
    };
    let action = Action::Save(path.to_owned());
    let saved = replacing(app, action, |_, existing| {
        save::save(&snapshot, path, existing).map(|recipe| (path.to_owned(), recipe))
    });
    match saved {
        Ok(recipe) => {
            app.effort.save();
            app.unsaved.keep(snapshot.recipe.as_ref().clone(), &recipe);
            let word = quote(&path.display().to_string());
            app.say(
                Tone::Note,
                format!("saved · ctui --resume {word} goes on with it"),
            );
        }
        Err(error) => app.say(Tone::Refusal, error),
    }
    Vec::new()
}

/// Writes with `write`, which also says where it wrote to; over files of this session, but over others
/// only when asked a second time.
fn replacing<T>(
    app: &mut App,
    action: Action,
    write: impl Fn(&App, Existing) -> Result<(PathBuf, T), SaveError>,
) -> Result<T, String> {
    let (path, result) = asking(app, action, write)?;
    app.effort.write(path);
    Ok(result)
}

/// As [`replacing`], without taking what is written for replaceable from now on.
pub(super) fn asking<T>(
    app: &mut App,
    action: Action,
    write: impl Fn(&App, Existing) -> Result<T, SaveError>,
) -> Result<T, String> {
    let mut written = write(app, Existing::Kept);
    if let Err(SaveError::Exists(path)) = &written {
        if !app.effort.has_written(path) && !app.effort.asked(action, app.now) {
            return Err(format!(
                "{} is there already · the same again replaces it",
                path.display()
            ));
        }
        written = write(app, Existing::Replaced);
    }
    written.map_err(|error| error.to_string())
}

/// Puts the command line that gives this run into the clipboard.
pub(super) fn copy_command(app: &mut App) -> Vec<Command> {
    let Summary {
        command, missing, ..
    } = Summary::of(app);
    let note = match missing {
        0 => format!("sent to the terminal: {command}"),
        1 => format!("sent to the terminal, without the change made while training: {command}"),
        _ => format!(
            "sent to the terminal, without the {missing} changes made while training: {command}"
        ),
    };
    copy(app, command, note)
}

/// Puts the recipe into the clipboard.
pub(super) fn copy_recipe(app: &mut App) -> Vec<Command> {
    let recipe = app
        .snapshot
        .as_ref()
        .map(|snapshot| snapshot.recipe.clone());
    let text = recipe.and_then(|recipe| serde_json::to_string_pretty(recipe.as_ref()).ok());
    copy(
        app,
        text.unwrap_or_default(),
        "the recipe is sent to the terminal".into(),
    )
}

/// Most terminals take no more than this many bytes.
const CLIPBOARD: usize = 74_000;

fn copy(app: &mut App, text: String, note: String) -> Vec<Command> {
    if text.is_empty() {
        app.say(Tone::Refusal, "there is nothing to copy yet");
    } else if text.len() > CLIPBOARD {
        app.say(Tone::Refusal, "too long for the clipboard; use :save DIR");
    } else {
        app.request = Request::Copy(text);
        app.say(Tone::Note, note);
    }
    Vec::new()
}

/// Keeps the picture or the history.
pub(super) fn export(app: &mut App, path: &Path) -> Vec<Command> {
    let action = Action::Export(path.to_owned());
    let exported = replacing(app, action, |app, existing| {
        export::export(app, path, existing).map(|what| (path.to_owned(), what))
    });
    match exported {
        Ok(what) => app.say(Tone::Note, format!("{what} in {}", path.display())),
        Err(error) => app.say(Tone::Refusal, error),
    }
    Vec::new()
}

/// Writes a letter about the inspected sample.
pub(super) fn letter(app: &mut App, path: &Path) -> Vec<Command> {
    let action = Action::Letter(path.to_owned());
    let written = replacing(app, action, |app, existing| {
        letter::write(app, path, existing).map(|()| (path.to_owned(), ()))
    });
    match written {
        Ok(()) => app.say(Tone::Note, format!("the letter is in {}", path.display())),
        Err(error) => app.say(Tone::Refusal, error),
    }
    Vec::new()
}
