//! The table of all keys.

mod drawing;
mod everywhere;
mod panels;
mod popups;
mod typing;

use super::{Binding, Context, KeymapError};
use crate::dashboard::action::Action;

/// All keys, in the order in which they are listed.
pub(super) fn all() -> impl Iterator<Item = &'static Entry> {
    let parts = [
        everywhere::RUN,
        everywhere::SCREEN,
        everywhere::ALWAYS,
        panels::SAMPLES,
        panels::CHARTS,
        panels::LISTS,
        panels::GROUPS,
        popups::LESSON,
        popups::REPLAY,
        drawing::DRAWING,
        typing::TYPING,
        typing::TEXT,
        popups::SWEEP,
        popups::POPUPS,
    ];
    parts.into_iter().flatten()
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Entry {
    context: Context,
    keys: &'static str,
    action: Action,
    hint: &'static str,
    help: &'static str,
}

impl Entry {
    /// The binding that it declares; keys are separated by blanks.
    pub(super) fn binding(&self) -> Result<Binding, KeymapError> {
        let chords: Result<Vec<_>, _> = self.keys.split(' ').map(str::parse).collect();
        Ok(Binding {
            context: self.context,
            chords: chords?,
            action: self.action.clone(),
            hint: self.hint,
            help: self.help.into(),
        })
    }
}

/// A line that the footer doesn't show.
const fn key(context: Context, keys: &'static str, action: Action, help: &'static str) -> Entry {
    shown(context, keys, action, "", help)
}

/// A line that the footer shows as `hint`.
const fn shown(
    context: Context,
    keys: &'static str,
    action: Action,
    hint: &'static str,
    help: &'static str,
) -> Entry {
    Entry {
        context,
        keys,
        action,
        hint,
        help,
    }
}
