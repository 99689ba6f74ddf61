//! Laying finished runs over the charts.

use std::path::{Path, PathBuf};

use crate::{
    dashboard::{
        log::Tone,
        state::{
            App,
            overlay::{MAX, Overlay},
        },
    },
    session::Command,
};

/// The word that takes all runs away.
const NONE: &str = "none";

/// Has the run at `path` read, or takes all away.
pub(super) fn lay(app: &mut App, path: &Path) -> Vec<Command> {
    if path == Path::new(NONE) {
        return clear(app);
    }
    let overlays = &mut app.overlays;
    let known = |path: &Path| {
        let shown = overlays.shown.iter().map(|shown| shown.path.as_path());
        shown
            .chain(overlays.awaited.iter().map(PathBuf::as_path))
            .any(|known| known == path)
    };
    if overlays.awaited.iter().any(|awaited| awaited == path) {
        return Vec::new();
    }
    let count = overlays.shown.len() + overlays.awaited.len();
    if !known(path) && count >= MAX {
        app.say(
            Tone::Refusal,
            format!("{MAX} runs lie over the charts already; :overlay none takes them away"),
        );
        return Vec::new();
    }
    overlays.awaited.push(path.to_owned());
    overlays.wanted.push(path.to_owned());
    Vec::new()
}

fn clear(app: &mut App) -> Vec<Command> {
    let none = app.overlays.shown.is_empty() && app.overlays.awaited.is_empty();
    app.overlays = Default::default();
    match none {
        true => app.say(Tone::Refusal, "no run lies over the charts"),
        false => app.say(Tone::Note, "the charts show the present run alone"),
    }
    Vec::new()
}

/// Takes over a run that was read, unless it is not wanted any more.
pub fn arrive(app: &mut App, path: &Path, read: Result<Overlay, String>) {
    let overlays = &mut app.overlays;
    let Some(position) = overlays.awaited.iter().position(|known| known == path) else {
        return;
    };
    overlays.awaited.remove(position);
    match read {
        Ok(overlay) => {
            let title = overlay.title();
            let place = (overlays.shown.iter()).position(|shown| shown.path == overlay.path);
            let place = place.unwrap_or(overlays.shown.len());
            overlays.shown.truncate(MAX);
            match overlays.shown.get_mut(place) {
                Some(shown) => *shown = overlay,
                None => overlays.shown.push(overlay),
            }
            let number = place + 1;
            app.say(
                Tone::Note,
                format!("{number} is {title} in the charts · :overlay none takes it away"),
            );
        }
        Err(problem) => app.say(Tone::Refusal, problem),
    }
}
