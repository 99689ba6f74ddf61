//! What a page of HTML must be, whoever opens it.

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};

/// Elements that would load or run something.
const STRANGERS: [&str; 10] = [
    "script", "link", "iframe", "object", "embed", "img", "image", "audio", "video", "base",
];

/// Fails unless `page` is well-formed, refers to nothing outside, and can be read by those who do not see
/// it and by narrow screens; all of its text.
pub fn check(page: &str) -> String {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(page, options).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    let elements = || document.root().descendants().filter(Node::is_element);
    alone(page, elements());
    headings(elements());
    for element in elements() {
        match element.tag_name().name() {
            "svg" => drawing(element),
            "table" => table(element),
            _ => {}
        }
    }
    let viewport = elements().any(|element| element.attribute("name") == Some("viewport"));
    assert!(viewport, "phones get no width");
    assert!(page.contains("@page { size: A4") && page.contains("@media print"));
    let text = text(document.root());
    for c in text.chars() {
        let turns = matches!(u32::from(c), 0x200e..=0x200f | 0x202a..=0x202e | 0x2066..=0x2069);
        assert!(c == '\n' || !(c.is_control() || turns), "{c:?}");
    }
    text
}

/// The text of elements, apart from style.
fn text(node: Node<'_, '_>) -> String {
    let shown = |text: &Node<'_, '_>| {
        let inside = text.ancestors().any(|one| one.has_tag_name("style"));
        text.is_text() && !inside
    };
    let texts = node.descendants().filter(shown);
    texts.filter_map(|text| text.text()).collect()
}

/// Nothing comes from elsewhere, nothing runs, and what refers to something inside finds it.
fn alone<'a>(page: &str, elements: impl Iterator<Item = Node<'a, 'a>> + Clone) {
    let outside = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for part in ["http:", "https:", "@import", "javascript:", "data:", "//"] {
        assert!(!outside.contains(part), "{part}");
    }
    let mut ids = BTreeSet::new();
    for id in elements.clone().filter_map(|one| one.attribute("id")) {
        assert!(ids.insert(id), "{id} twice");
    }
    for element in elements {
        let name = element.tag_name().name();
        assert!(!STRANGERS.contains(&name), "{name}");
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && name != "src", "{name}");
            let inner = match name {
                "href" => value.strip_prefix('#'),
                _ => value
                    .strip_prefix("url(#")
                    .and_then(|rest| rest.strip_suffix(')')),
            };
            assert!(!value.contains("url(") || inner.is_some(), "{value}");
            assert!(inner.is_none_or(|id| ids.contains(id)), "{value}");
            assert!(name != "href" || inner.is_some(), "{value}");
        }
    }
}

/// One of the first level, and no level left out.
fn headings<'a>(elements: impl Iterator<Item = Node<'a, 'a>>) {
    let level = |name: &str| name.strip_prefix('h')?.parse::<u32>().ok();
    let levels: Vec<u32> = elements
        .filter_map(|element| level(element.tag_name().name()))
        .collect();
    assert_eq!(levels.first(), Some(&1));
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
}

/// A name, and if it shows numbers, a description.
fn drawing(svg: Node<'_, '_>) {
    assert_eq!(svg.attribute("role"), Some("img"));
    assert!(svg.attribute("viewBox").is_some());
    let title = svg.first_element_child().unwrap();
    assert!(title.has_tag_name(("http://www.w3.org/2000/svg", "title")));
    assert!(title.text().is_some_and(|text| !text.trim().is_empty()));
    for element in svg.descendants().filter(Node::is_element) {
        for attribute in element.attributes() {
            let value = attribute.value();
            assert!(!value.contains("NaN") && !value.contains("inf"), "{value}");
        }
    }
}

/// A caption, and headers that say what they are of.
fn table(table: Node<'_, '_>) {
    assert!(table.first_element_child().unwrap().has_tag_name("caption"));
    let headers: Vec<Node<'_, '_>> = (table.descendants())
        .filter(|element| element.has_tag_name("th"))
        .collect();
    assert!(!headers.is_empty());
    for header in headers {
        let scope = header.attribute("scope");
        assert!(scope.is_some_and(|scope| ["col", "row", "rowgroup"].contains(&scope)));
    }
}
