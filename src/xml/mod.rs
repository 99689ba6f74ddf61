//! Drawings and pages that stand in files: elements of SVG and HTML, well-formed however they are made.
//!
//! What is written here is HTML and XML at once, so that browsers and XML parsers read the same.

mod svg;

use std::fmt::{self, Display, Write};

use crate::text::printable;

pub use svg::{Anchor, Svg};

/// Elements that are written without an end, as HTML wants it or SVG allows it.
const ALONE: [&str; 10] = [
    "br", "circle", "col", "hr", "line", "meta", "path", "polygon", "polyline", "rect",
];
/// Elements that are part of a line of text; after any other, a line ends in the file.
const INLINE: [&str; 7] = ["abbr", "br", "code", "em", "small", "span", "strong"];

/// `text` as nothing but text, in an element or in an attribute's value.
///
/// Marks of XML become references; characters that cannot be seen, or that turn the direction of
/// writing, are spelled out as [`printable`] does, which leaves none that XML forbids.
pub fn escaped(text: &str) -> String {
    let text = printable(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A coordinate: a tenth of a pixel is seen, and no more.
pub fn tenths(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".into(),
        Some(whole) => whole.into(),
        None => text,
    }
}

/// An element with its attributes and what is in it. Whatever others wrote comes in as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: String,
    content: String,
}

impl Element {
    /// An empty element.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: String::new(),
            content: String::new(),
        }
    }

    /// With an attribute more.
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        let value = escaped(&value.to_string());
        let _ = write!(self.attributes, " {name}=\"{value}\"");
        self
    }

    /// With coordinates more, in pixels.
    pub fn at<const N: usize>(mut self, coordinates: [(&str, f64); N]) -> Self {
        for (name, value) in coordinates {
            self = self.with(name, tenths(value));
        }
        self
    }

    /// With text at the end of what is in it.
    pub fn text(mut self, text: &str) -> Self {
        self.content.push_str(&escaped(text));
        self
    }

    /// With elements at the end that are text already, none of it written by others.
    pub fn markup(mut self, markup: &str) -> Self {
        self.content.push_str(markup);
        self
    }

    /// With another element at the end of what is in it.
    pub fn and(mut self, inner: Self) -> Self {
        self.push(&inner);
        self
    }

    /// With other elements at the end of what is in it.
    pub fn all(mut self, inner: impl IntoIterator<Item = Self>) -> Self {
        inner.into_iter().for_each(|inner| self.push(&inner));
        self
    }

    /// Adds an element at the end of what is in it.
    pub fn push(&mut self, inner: &Self) {
        let end = if INLINE.contains(&inner.name) {
            ""
        } else {
            "\n"
        };
        let _ = write!(self.content, "{inner}{end}");
    }
}

impl Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            attributes,
            content,
        } = self;
        match content.is_empty() && ALONE.contains(name) {
            true => write!(formatter, "<{name}{attributes}/>"),
            false => write!(formatter, "<{name}{attributes}>{content}</{name}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let hostile = "<b>&\"'\u{1b}\u{202e}\u{fffe}";
        let shown = "&lt;b&gt;&amp;&quot;&#39;\\u{1b}\\u{202e}\\u{fffe}";
        assert_eq!(escaped(hostile), shown);
        let element = Element::new("p").with("title", hostile).text(hostile);
        assert_eq!(
            element.to_string(),
            format!("<p title=\"{shown}\">{shown}</p>")
        );
    }

    #[test]
    fn elements_end_as_html_wants_it() {
        let cell = Element::new("td");
        let row = Element::new("tr").and(cell.clone()).all([cell]);
        assert_eq!(row.to_string(), "<tr><td></td>\n<td></td>\n</tr>");
        let line = Element::new("line").at([("x1", -0.04), ("y1", 2.25)]);
        assert_eq!(line.to_string(), "<line x1=\"0\" y1=\"2.2\"/>");
    }
}
