//! How cells and names are shown in messages.

use std::borrow::Cow;

use crate::text;

/// Names in quotes, at most the first twelve.
pub(in crate::data) fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{}`", shortened(name)))
        .collect();
    let rest = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &rest
}

/// At most 40 characters of a cell, none of which steers a terminal.
pub(in crate::data) fn shortened(cell: &str) -> String {
    const SHOWN: usize = 40;
    let short: Cow<'_, str> = text::shortened(cell, SHOWN);
    text::printable(&short).into_owned()
}
