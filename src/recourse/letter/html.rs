//! The page.

use super::{
    Common, Letter, Section, Way,
    words::{decision, list, percent},
};
use crate::{
    data::{Feature, Mutability},
    xml::escaped,
};

const STYLE: &str = "\
@page { size: A4; margin: 18mm }
body { font: 11pt/1.4 Georgia, 'Times New Roman', serif; color: #111; background: #fff;
  max-width: 42em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em; margin: 0 0 .2em } h2 { font-size: 1.1em; margin: 1.1em 0 .2em }
p, ul { margin: .3em 0 } table { border-collapse: collapse; margin: .4em 0; width: 100% }
caption { text-align: left; font-style: italic } th, td { text-align: left; padding: .15em .6em;
  border-bottom: 1px solid #767676; vertical-align: top } small { color: #444 }
@media print { body { margin: 0; max-width: none; font-size: 9pt; line-height: 1.35 } h2, table { break-inside: avoid } }";

/// What no model can promise.
const LIMITS: [&str; 5] = [
    "These are decisions of a computer model. Whoever answers for the decision may decide otherwise.",
    "The changes are the smallest that the model was found to accept; others may exist that suit you better.",
    "The model was asked about you with these values and everything else as it is now. If other things change too, its answer may change.",
    "A model can be replaced by a newer one. What this one accepts today, the next one need not.",
    "The model knows what went together in the past, not what causes what. Nobody can promise that such a change would do you good.",
];

/// The letter as HTML.
pub(super) fn page(letter: &Letter<'_>) -> String {
    let told = told(letter, 2);
    let limits: String = LIMITS
        .iter()
        .map(|limit| format!("<li>{limit}</li>\n"))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>What was decided, and what would change it</title>\n<style>\n{STYLE}\n</style>\n</head>\n\
         <body>\n<main>\n<h1>What was decided, and what would change it</h1>\n<p>About {}.</p>\n\
         {told}<h2>What this letter cannot promise</h2>\n<ul>\n{limits}</ul>\n</main>\n</body>\n</html>\n",
        escaped(&letter.subject)
    )
}

/// What the models say, under headings of a level.
pub(super) fn told(letter: &Letter<'_>, level: u8) -> String {
    let sections = letter.sections.iter();
    let sections: String = sections
        .map(|section| self::section(letter, section, level))
        .collect();
    let locked = match same_for_all(letter) {
        Some(mutability) => format!(
            "<h{level}>What was not allowed to change</h{level}>\n{}",
            locked(letter.features, mutability)
        ),
        None => String::new(),
    };
    sections + &locked
}

fn section(letter: &Letter<'_>, section: &Section, level: u8) -> String {
    let (decided, wished) = (
        escaped(&decision(
            &section.decided,
            section.decided == section.wished,
        )),
        escaped(&decision(&section.wished, true)),
    );
    let mut text = format!(
        "<section>\n<h{level}>By {}</h{level}>\n",
        escaped(&section.model)
    );
    text += &format!(
        "<p>The decision is <strong>{decided}</strong>. The model gives this decision a chance of {}.</p>\n",
        percent(f64::from(section.certainty))
    );
    if section.decided == section.wished && section.ways.iter().all(|way| way.advice.changes == 0) {
        text += "<p>That is the decision asked about. Nothing would have to change.</p>\n";
        return text + "</section>\n";
    }
    if section.ways.is_empty() {
        text += &format!(
            "<p>No change within what was allowed was found that leads to {wished}.</p>\n"
        );
    }
    for (number, way) in section.ways.iter().enumerate() {
        let title = match section.ways.len() {
            1 => format!("What would lead to {wished}"),
            _ => format!("Way {} to {wished}", number + 1),
        };
        text += &self::way(letter, section, way, &title);
    }
    if same_for_all(letter).is_none() {
        text += "<p>What was not allowed to change:</p>\n";
        text += &locked(letter.features, &section.mutability);
    }
    text + "</section>\n"
}

/// How features were allowed to change, if it was the same for all models.
fn same_for_all<'a>(letter: &'a Letter<'_>) -> Option<&'a [Mutability]> {
    let mut all = letter.sections.iter().map(|section| &section.mutability);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

fn way(letter: &Letter<'_>, section: &Section, way: &Way, title: &str) -> String {
    let rows: String = letter
        .changes(section, way)
        .iter()
        .map(|change| {
            let description = match change.description.is_empty() {
                true => String::new(),
                false => format!("<br/><small>{}</small>", escaped(change.description)),
            };
            format!(
                "<tr><th scope=\"row\">{}{description}</th><td>{}</td><td>{}</td></tr>\n",
                escaped(change.column),
                escaped(&change.now),
                escaped(&change.instead)
            )
        })
        .collect();
    let mut text = format!(
        "<table>\n<caption>{title}</caption>\n<thead><tr><th scope=\"col\">What</th><th scope=\"col\">Now</th>\
         <th scope=\"col\">Instead</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    );
    let chance = percent(f64::from(way.advice.probability));
    text += &match way.advice.mature {
        true => format!("<p>With all of these the model gives it a chance of {chance}.</p>\n"),
        false => format!(
            "<p>With all of these the model gives it a chance of {chance}, less than the {} that were asked for.</p>\n",
            percent(f64::from(section.threshold))
        ),
    };
    for relation in &way.advice.broken {
        text += &format!(
            "<p>Mind that these values do not go together: {} should hold.</p>\n",
            escaped(
                &relation
                    .replace("<=", "is at most")
                    .replace('<', "is less than")
            )
        );
    }
    text + &way.profile.as_ref().map(common).unwrap_or_default()
}

fn common(profile: &Common) -> String {
    let within: Vec<String> = profile
        .within
        .iter()
        .map(|(column, difference)| format!("{column} within {difference}"))
        .collect();
    let like = match within.is_empty() {
        true => "the same in what would change".to_owned(),
        false => format!("alike in what would change ({})", list(&within)),
    };
    let share = match profile.of {
        0 => String::new(),
        of => format!(", {}", percent(profile.alike as f64 / of as f64)),
    };
    format!(
        "<p>How common this is: of the {} cases in {} that got this decision, {} {} {}{share}.</p>\n",
        profile.of,
        escaped(&profile.source),
        profile.alike,
        if profile.alike == 1 { "is" } else { "are" },
        escaped(&like)
    )
}

/// A list of what was not allowed to change.
fn locked(features: &[Feature], mutability: &[Mutability]) -> String {
    let named = |wanted: Mutability| {
        let of_kind = features.iter().zip(mutability);
        let mut names: Vec<String> = of_kind
            .filter(|(_, mutability)| **mutability == wanted)
            .map(|(feature, _)| column(feature).to_owned())
            .collect();
        names.dedup();
        names
    };
    let sentences = [
        (Mutability::None, "Not allowed to change"),
        (Mutability::Increase, "Only allowed to rise"),
        (Mutability::Decrease, "Only allowed to fall"),
    ];
    let mut items = String::new();
    for (mutability, sentence) in sentences {
        let mut names = named(mutability);
        if mutability == Mutability::Decrease {
            names.retain(|name| features.iter().any(|feature| feature.name == *name));
        }
        if !names.is_empty() {
            items += &format!("<li>{sentence}: {}</li>\n", escaped(&list(&names)));
        }
    }
    if items.is_empty() {
        items = "<li>Nothing was held fixed: everything that the model looks at was allowed to change.</li>\n".into();
    }
    format!("<ul>\n{items}</ul>\n")
}

fn column(feature: &Feature) -> &str {
    crate::data::encode::column_name(feature)
}
