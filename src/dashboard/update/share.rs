//! One code for the whole session: made, shown, opened.

use std::sync::Arc;

use super::lesson;
use crate::{
    dashboard::{
        lesson::Lesson,
        log::Tone,
        share::{Look, ShareError, Shared},
        state::{
            App, Mode, Request,
            lesson::{Moment, State},
        },
    },
    session::Command,
};

/// The session as it is shared; none before there is one.
pub(in crate::dashboard) fn shared(app: &App) -> Option<Shared> {
    let moment = lesson::present(app)?;
    Some(Shared {
        epoch: moment.epoch,
        recipe: moment.recipe,
        look: Look {
            arm: moment.arm,
            focus: Some(moment.arrangement.focus),
            zoomed: moment.arrangement.zoomed,
            hidden: moment.arrangement.hidden,
            boundary: moment.boundary,
            inspector: moment.inspector,
        },
        lesson: (app.lesson.as_ref()).map(|state| (state.lesson.name.clone(), state.step)),
    })
}

/// The code of the session, or the user is told why there is none.
fn code(app: &mut App) -> Option<String> {
    let Some(shared) = shared(app) else {
        app.say(Tone::Refusal, "there is nothing to share yet");
        return None;
    };
    match shared.encode() {
        Ok(code) => Some(code),
        Err(error) => {
            app.say(Tone::Refusal, error.to_string());
            None
        }
    }
}

/// Puts the code into the clipboard.
pub(super) fn copy(app: &mut App) -> Vec<Command> {
    if let Some(code) = code(app) {
        let length = code.len();
        app.request = Request::Copy(code);
        app.say(
            Tone::Note,
            format!("a code of {length} characters is sent to the terminal; `ctui CODE` or :open CODE opens it"),
        );
    }
    Vec::new()
}

/// Shows the code as a picture to be photographed.
pub(super) fn picture(app: &mut App) -> Vec<Command> {
    if let Some(code) = code(app) {
        app.mode = Mode::Code(code);
    }
    Vec::new()
}

/// Opens a code.
pub(super) fn open(app: &mut App, code: &str) -> Vec<Command> {
    match Shared::decode(code) {
        Ok(shared) => restore(app, shared),
        Err(error) => refuse(app, &error),
    }
}

fn refuse(app: &mut App, error: &ShareError) -> Vec<Command> {
    app.say(Tone::Refusal, error.to_string());
    Vec::new()
}

/// Goes to a session that was shared.
pub(in crate::dashboard) fn restore(app: &mut App, shared: Shared) -> Vec<Command> {
    if !super::run_control::alive(app) {
        return Vec::new();
    }
    super::files::decline_tour(app);
    let Shared {
        recipe,
        epoch,
        look,
        lesson,
    } = shared;
    let mut arrangement = app.arrangement.clone();
    arrangement.focus = look.focus.unwrap_or(arrangement.focus);
    (arrangement.zoomed, arrangement.hidden) = (look.zoomed, look.hidden);
    let moment = Moment {
        recipe,
        epoch,
        arm: look.arm,
        arrangement,
        boundary: look.boundary,
        inspector: look.inspector,
    };
    let outside = match app.lesson.take() {
        Some(state) => state.outside,
        None => app.arrangement.clone(),
    };
    if let Some((name, step)) = lesson
        && let Ok(known) = Lesson::open(&name)
    {
        let step = step.min(known.steps.len().saturating_sub(1));
        app.lesson = Some(Box::new(State {
            lesson: Arc::new(known),
            step,
            hint: false,
            told: false,
            due: Default::default(),
            before: vec![moment.clone(); step + 1],
            outside,
        }));
    }
    app.mode = Mode::Normal;
    let commands = lesson::restore(app, moment);
    app.say(Tone::Note, format!("a shared session, at epoch {epoch}"));
    commands
}
