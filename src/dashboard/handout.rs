//! A run's page to hand out, and the picture of its boundaries, from what a session shows.

use super::{
    letter::letter,
    share::{self, Look, Shared},
    state::inspector,
    theme::{Level, Theme, ThemeName},
    widgets::Marker,
};
use crate::{
    data::image,
    handout::{Code, Colours, Handout, Shown},
    session::Snapshot,
};

/// The page of a run that rests: what it shows is `shared`, which is also what its code opens.
pub fn page(snapshot: &Snapshot, shared: &Shared) -> String {
    let inspector = at_hand(snapshot, &shared.look.inspector);
    let arms = 0..snapshot.arms.len();
    let advice = letter(snapshot, &inspector, arms);
    let handout = Handout {
        snapshot,
        shown: shown(snapshot, &shared.look),
        advice: advice.map_err(|reason| why_none(snapshot, &inspector, &reason)),
        code: code(shared),
        colours: [ThemeName::Light, ThemeName::Dark].map(colours),
    };
    handout.html()
}

fn colours(name: ThemeName) -> Colours {
    Theme::new(name, Level::Rgb, Marker::default()).colours()
}

/// What the pictures of the boundaries show.
pub fn shown<'a>(snapshot: &'a Snapshot, look: &Look) -> Shown<'a> {
    let (boundary, inspector) = (&look.boundary, &look.inspector);
    let arms = 0..snapshot.arms.len();
    Shown {
        samples: boundary.samples.of(snapshot),
        only: boundary.only,
        paths: boundary.paths,
        inspected: inspector.row,
        searches: arms.map(|arm| inspector.example(snapshot, arm)).collect(),
    }
}

/// The inspected sample, told by the search if ways are wished for that were not looked for.
fn at_hand(snapshot: &Snapshot, wished: &inspector::State) -> inspector::State {
    let view = wished.wanted_ways(snapshot);
    let found = &snapshot.ways;
    let is_new = found.view == view && found.epoch == snapshot.epoch;
    inspector::State {
        ways: if is_new { wished.ways } else { 0 },
        ..wished.clone()
    }
}

/// Why there is no advice, in a sentence.
fn why_none(snapshot: &Snapshot, inspector: &inspector::State, reason: &str) -> String {
    match inspector.row {
        None => "No test sample was inspected, so nobody is advised.".into(),
        Some(_) if image::shape(&snapshot.dataset.features).is_some() => {
            "These data are images: changed pixels are nothing that a person could be advised to do."
                .into()
        }
        Some(row) => format!("There is no advice for test sample {row}: {reason}."),
    }
}

fn code(shared: &Shared) -> Result<Code, String> {
    let text = shared.encode().map_err(|error| error.to_string())?;
    Ok(Code {
        picture: share::picture(&text),
        text,
    })
}
