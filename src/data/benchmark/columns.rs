//! Recognising the columns of originals and copies.

use std::path::Path;

use super::Benchmark;
use super::averages::Averages;
use super::facts::Facts;
use crate::data::csv::{Sheet, holds_numbers};
use crate::data::{DataError, Schema};

/// An open file with the names that its schema uses.
pub(in crate::data) struct Opened {
    pub(in crate::data) sheet: Sheet,
    pub(in crate::data) schema: Schema,
    /// Averages that are to be made of its totals, if any.
    pub(in crate::data) averages: Option<Averages>,
}

/// Opens the table of `benchmark` at `path`, its columns renamed to those of its schema.
///
/// # Errors
/// [`DataError::Content`] if it lacks a column of this data set; [`DataError::Value`] for images.
pub(in crate::data) fn recognise(benchmark: Benchmark, path: &Path) -> Result<Opened, DataError> {
    let name = benchmark.title();
    let facts = benchmark
        .facts()
        .ok_or_else(|| DataError::Value(format!("{name} is not a table")))?;
    let mut schema = Schema::parse(facts.schema).map_err(DataError::Value)?;
    let mut positive = None;
    let sheet = Sheet::open_as(path, facts.dialect, |first| {
        let given = first.iter().map(|column| normalised(column));
        positive = given.clone().find_map(|column| facts.positive_of(&column));
        match holds_numbers(&first) && first.len() == facts.header.len() {
            true => facts.header.iter().map(ToString::to_string).collect(),
            false => first
                .iter()
                .map(|column| facts.own_name(column, &schema))
                .collect(),
        }
    })?;
    schema.positive = positive.map(String::from);
    schema.ignore.retain(|column| sheet.header.contains(column));
    let there = |column: &String| {
        sheet.header.contains(column) || !facts.optional.contains(&column.as_str())
    };
    schema.features.retain(|column, _| there(column));
    let needed = schema.features.keys().chain(&schema.label);
    let missing: Vec<String> = needed
        .filter(|column| !sheet.header.contains(column))
        .map(|column| format!("`{column}`"))
        .collect();
    if missing.is_empty() {
        let averages = (benchmark == Benchmark::California)
            .then(|| Averages::missing_from(&sheet.header))
            .flatten();
        return Ok(Opened {
            sheet,
            schema,
            averages,
        });
    }
    Err(sheet.error(format!(
        "this is not the table of {name}: it has no column {}; {}",
        missing.join(", "),
        benchmark.where_from()
    )))
}

/// Names, normalised, of a column that numbers the rows, as programs call it which add one.
const ROW_NUMBERS: [&str; 3] = ["", "unnamed0", "index"];

impl Facts {
    /// The name that the schema uses for a column of a file.
    fn own_name(&self, column: &str, schema: &Schema) -> String {
        let wanted = normalised(column);
        if ROW_NUMBERS.contains(&wanted.as_str()) {
            return "row".into();
        }
        let same = |name: &str| normalised(name) == wanted;
        let alias = self
            .aliases
            .iter()
            .find(|(_, others)| others.iter().any(|other| same(other)));
        let own = schema
            .features
            .keys()
            .chain(&schema.ignore)
            .chain(&schema.label);
        match (own.into_iter().find(|name| same(name)), alias) {
            (Some(name), _) => name.clone(),
            (None, Some((name, _))) => (*name).into(),
            (None, None) => column.into(),
        }
    }

    /// The positive class, if `column` is a label column with an unusual one.
    fn positive_of(&self, column: &str) -> Option<&'static str> {
        let found = self
            .positive
            .iter()
            .find(|(label, _)| normalised(label) == column);
        found.map(|&(_, positive)| positive)
    }
}

/// A column name without case, spaces and punctuation.
fn normalised(column: &str) -> String {
    let letters = column.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
