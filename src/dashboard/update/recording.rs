//! Recording the screen.

use std::{io, path::Path, sync::Arc};

use super::files::asking;
use crate::{
    dashboard::{
        action::Action,
        log::Tone,
        record,
        save::SaveError,
        state::{App, recording::State},
    },
    files::{Growing, expand_home},
    session::Command,
    shell::quote,
};

/// What ends a recording, in place of a file.
const STOP: &str = "stop";
/// Most bytes of a recording.
const MAX: u64 = 256 << 20;

/// Begins to record the screen into a file; ends that if `file` is `stop`, or none while it goes on.
pub(super) fn record(app: &mut App, file: Option<&Path>) -> Vec<Command> {
    let file = file.filter(|file| *file != Path::new(STOP));
    match (file, app.recording.take()) {
        (Some(path), None) => begin(app, path),
        (None, Some(recording)) => end(app, &recording),
        (None, None) => {
            let text = "nothing is being recorded; :record FILE.cast begins";
            app.say(Tone::Refusal, text);
        }
        (Some(_), Some(recording)) => {
            let text = format!(
                "{} is being recorded; :record stop ends it first",
                recording.name()
            );
            app.say(Tone::Refusal, text);
            app.recording = Some(recording);
        }
    }
    Vec::new()
}

fn begin(app: &mut App, path: &Path) {
    if path.extension().is_none_or(|ending| ending != "cast") {
        let text = format!("{}: a recording ends in .cast", path.display());
        app.say(Tone::Refusal, text);
        return;
    }
    let action = Action::Record {
        file: Some(path.to_owned()),
    };
    let begun = asking(app, action, |app, existing| {
        Growing::begin(&expand_home(path), existing, &record::header(app), MAX)
            .map_err(|error| SaveError::of(path, &error))
    });
    match begun {
        Ok(file) => {
            app.recording = Some(State {
                path: path.to_owned(),
                file: Arc::new(file),
            });
            let text = format!("recording to {} · :record stop ends it", path.display());
            app.say(Tone::Note, text);
        }
        Err(problem) => app.say(Tone::Refusal, problem),
    }
}

fn end(app: &mut App, recording: &State) {
    let word = quote(&recording.path.display().to_string());
    let text = format!("the recording has ended · asciinema play {word} shows it");
    app.say(Tone::Note, text);
}

/// The recording cannot go on; what there is of it stays.
pub(in crate::dashboard) fn fail(app: &mut App, error: &io::Error) {
    let Some(recording) = app.recording.take() else {
        return;
    };
    let why = match error.kind() {
        io::ErrorKind::FileTooLarge => format!("it has reached {} MB", MAX >> 20),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        _ => error.to_string(),
    };
    let text = format!(
        "the recording in {} ends here: {why}",
        recording.path.display()
    );
    app.say(Tone::Refusal, text);
}
