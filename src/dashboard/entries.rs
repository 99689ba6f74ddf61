//! Entries of TOML files, with the place of every mistake.

use std::{borrow::Cow, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{data::nearest::hint, text::concise};

/// A mistake, and where it is.
pub(super) type Mistake = (Range<usize>, String);

/// The table that `text` holds.
pub(super) fn parsed(text: &str) -> Result<Spanned<DeTable<'_>>, Mistake> {
    DeTable::parse(text).map_err(|error| {
        let span = error.span().unwrap_or_default();
        let name = text.get(span.clone()).unwrap_or_default();
        let problem = match error.message().contains("duplicate") {
            true => format!("`{}` is there twice; leave one", concise(name)),
            false => concise(error.message().trim()),
        };
        (span, problem)
    })
}

/// The line of a place, from 1.
pub(super) fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.get(..span.start.min(text.len()));
    before.unwrap_or(text).matches('\n').count() + 1
}

/// That there is no entry of this name.
pub(super) fn unknown(key: &Spanned<Cow<'_, str>>, known: &[&str]) -> Mistake {
    let name = key.get_ref();
    let hint = hint(name, known.iter().copied());
    (
        key.span(),
        format!(
            "there is no entry `{name}`{hint}; there are {}",
            known.join(", ")
        ),
    )
}

/// That an entry takes something else.
pub(super) fn expected(name: &str, value: &Spanned<DeValue<'_>>, what: &str) -> Mistake {
    (value.span(), format!("`{name}` takes {what}"))
}

/// A table.
pub(super) fn inner<'a, 'i>(
    name: &str,
    value: &'a Spanned<DeValue<'i>>,
) -> Result<&'a DeTable<'i>, Mistake> {
    let wanted = || expected(name, value, &format!("a table: write [{name}]"));
    value.get_ref().as_table().ok_or_else(wanted)
}

/// True or false.
pub(super) fn boolean(name: &str, value: &Spanned<DeValue<'_>>) -> Result<bool, Mistake> {
    let wanted = || expected(name, value, "true or false");
    value.get_ref().as_bool().ok_or_else(wanted)
}

/// A text.
pub(super) fn string<'a>(name: &str, value: &'a Spanned<DeValue<'_>>) -> Result<&'a str, Mistake> {
    let wanted = || expected(name, value, "a text in quotation marks");
    value.get_ref().as_str().ok_or_else(wanted)
}

/// A list, with the place of every element.
pub(super) fn list<'a, 'i>(
    name: &str,
    value: &'a Spanned<DeValue<'i>>,
    of: &str,
) -> Result<&'a [Spanned<DeValue<'i>>], Mistake> {
    let wanted = || {
        expected(
            name,
            value,
            &format!("a list of {of}: write [\"…\", \"…\"]"),
        )
    };
    match value.get_ref() {
        DeValue::Array(elements) => Ok(elements),
        _ => Err(wanted()),
    }
}

/// A list of texts, each with its place.
pub(super) fn strings<'a>(
    name: &str,
    value: &'a Spanned<DeValue<'_>>,
) -> Result<Vec<(Range<usize>, &'a str)>, Mistake> {
    let elements = list(name, value, "texts")?.iter();
    let text = |element: &'a Spanned<DeValue<'_>>| Ok((element.span(), string(name, element)?));
    elements.map(text).collect()
}

/// What a parameter's value is written as: a number, or a text.
pub(super) fn written(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}
