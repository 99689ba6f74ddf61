//! The list of keys, as it is searched and scrolled.

use crate::dashboard::{
    keymap::{Binding, Context, Keymap},
    widgets::TextField,
};

/// What the list remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What is searched for.
    pub query: TextField,
    /// The first line that is visible.
    pub scroll: usize,
}

/// A line of the list.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// Where the following keys hold.
    Heading(Context),
    /// Keys and what they do.
    Binding(&'a Binding),
}

/// All lines that match a search.
pub fn lines<'a>(keymap: &'a Keymap, query: &str) -> Vec<Row<'a>> {
    let query = query.to_lowercase();
    let matches = |binding: &Binding| {
        let Binding {
            context,
            hint,
            help,
            ..
        } = binding;
        let text = format!("{} {hint} {help} {}", binding.keys(), context.title());
        !binding.chords.is_empty() && text.to_lowercase().contains(&query)
    };
    let mut rows = Vec::new();
    let mut context = None;
    for binding in keymap.bindings().iter().filter(|binding| matches(binding)) {
        if context.replace(binding.context) != Some(binding.context) {
            rows.push(Row::Heading(binding.context));
        }
        rows.push(Row::Binding(binding));
    }
    rows
}
