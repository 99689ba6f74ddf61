//! What `?` shows: the entry of the focused row, and the list of keys, both searched at once.

use crate::{
    dashboard::{
        action::Panel,
        keymap::{Binding, Context},
        state::App,
        widgets::{TextField, wrapped},
    },
    glossary::{self, Entry},
    training::{TABLE, TERMS},
};

/// Columns of the explanations.
pub const COLUMNS: u16 = 74;
/// Most entries that a search shows.
const MOST: usize = 12;

/// What the list remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What is searched for.
    pub query: TextField,
    /// The first line that is visible.
    pub scroll: usize,
    /// What was in focus when the list was opened.
    pub topics: Vec<&'static Entry>,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub enum Row<'a> {
    /// What the following lines explain.
    Entry(&'static Entry),
    /// A line of an explanation.
    Text(String),
    /// A formula, or where the paper has it.
    Source(String),
    /// Nothing.
    Blank,
    /// Where the following keys hold.
    Heading(Context),
    /// Keys and what they do.
    Binding(&'a Binding),
}

/// What is in focus: the selected row, and its panel.
pub fn topics(app: &App) -> Vec<&'static Entry> {
    let panel = app.arrangement.focus;
    let row = match panel {
        Panel::Losses => TERMS.get(app.losses.selected).map(|term| term.0),
        Panel::Parameters => TABLE.get(app.parameters.selected).map(|one| one.name),
        Panel::Scoreboard => app.snapshot.as_ref().and_then(|snapshot| {
            let scores = &snapshot.scoreboard.scores;
            let score = scores.get(app.scoreboard.selected)?;
            Some(score.measure.title())
        }),
        _ => None,
    };
    let names = row.into_iter().chain([panel.title()]);
    names.filter_map(glossary::find).collect()
}

/// All lines: explanations, then keys, of those that match the search.
pub fn lines<'a>(app: &'a App, state: &State) -> Vec<Row<'a>> {
    let query = state.query.value();
    let found = match query.trim() {
        "" => state.topics.clone(),
        _ => glossary::search(query),
    };
    let mut rows: Vec<Row<'_>> = found.into_iter().take(MOST).flat_map(explain).collect();
    rows.extend(keys(app, query));
    rows
}

/// The lines of one explanation.
fn explain(entry: &'static Entry) -> Vec<Row<'static>> {
    let mut rows = vec![Row::Entry(entry)];
    rows.extend(wrapped(entry.text, COLUMNS).into_iter().map(Row::Text));
    let source = entry.source();
    if !source.is_empty() {
        rows.extend(wrapped(&source, COLUMNS).into_iter().map(Row::Source));
    }
    rows.push(Row::Blank);
    rows
}

/// Keys that match, with a heading before each context.
fn keys<'a>(app: &'a App, query: &str) -> Vec<Row<'a>> {
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
    let bindings = app.keymap.bindings().iter();
    let mut rows = Vec::new();
    let mut context = None;
    for binding in bindings.filter(|binding| matches(binding)) {
        if context.replace(binding.context) != Some(binding.context) {
            rows.push(Row::Heading(binding.context));
        }
        rows.push(Row::Binding(binding));
    }
    rows
}
