//! The scoreboard as a table, with its errors.

use crate::{
    evaluation::{
        estimate::Estimate,
        told::{change, interval, number, percent, published_value, two_digits},
    },
    session::{Score, Snapshot},
    xml::Element,
};

/// What the scoreboard has, or that it has nothing yet.
pub(super) fn table(snapshot: &Snapshot) -> Vec<Element> {
    let board = &snapshot.scoreboard;
    let mut found: Vec<Element> = (board.problem.iter())
        .map(|problem| Element::new("p").text(&format!("Without counterfactuals: {problem}.")))
        .collect();
    if board.scores.is_empty() {
        found.push(Element::new("p").text("Nothing is measured yet."));
        return found;
    }
    let caption = format!("After epoch {}, ± standard errors", board.epoch);
    let star = match snapshot.arms.len() {
        1 => "",
        _ => " * marks changes of which 99 % of the rounds go the same way.",
    };
    let signs = format!("– stands where the error exceeds the value.{star}");
    found.push(Element::new("p").with("class", "faint").text(&signs));
    let table = Element::new("table")
        .and(Element::new("caption").text(&caption))
        .and(Element::new("thead").and(head(snapshot)))
        .and(Element::new("tbody").all(board.scores.iter().map(|score| row(snapshot, score))));
    found.push(super::page::wide(table, "Scoreboard"));
    let notes = board.scores.iter().map(|score| note(snapshot, score));
    found.push(Element::new("ul").with("class", "notes").all(notes));
    found
}

/// Arms beyond the first, which are compared with it.
fn others(snapshot: &Snapshot) -> std::ops::Range<usize> {
    1..snapshot.arms.len()
}

fn has_published(snapshot: &Snapshot) -> bool {
    let scores = snapshot.scoreboard.scores.iter();
    let mut changes = scores.flat_map(|score| others(snapshot).map(|arm| score.change(arm)));
    changes.any(|change| change.published.is_some())
}

fn head(snapshot: &Snapshot) -> Element {
    let column = |text: &str| Element::new("th").with("scope", "col").text(text);
    let number = |text: &str| column(text).with("class", "number");
    let arms = snapshot.arms.iter().map(|arm| number(&arm.name));
    let reference = &snapshot.reference().name;
    let changes = others(snapshot)
        .map(|arm| number(&format!("{} against {reference}", snapshot.arms[arm].name)));
    let row = Element::new("tr").and(column("measure")).all(arms);
    let row = row.all(changes);
    match has_published(snapshot) {
        true => row.and(number("in the paper")),
        false => row,
    }
}

fn row(snapshot: &Snapshot, score: &Score) -> Element {
    let name = Element::new("th")
        .with("scope", "row")
        .text(score.measure.title());
    let cell = || Element::new("td").with("class", "number");
    let values = (score.values.iter()).map(|found| cell().text(&with_error(found)));
    let row = Element::new("tr").and(name).all(values);
    let row = row.all(others(snapshot).map(|arm| difference(score, arm)));
    match has_published(snapshot) {
        true => row.and(published(snapshot, score, cell())),
        false => row,
    }
}

/// What a measure is, and of what its numbers are.
fn note(snapshot: &Snapshot, score: &Score) -> Element {
    let facts = score.measure.facts();
    let better = match facts.more_is_better {
        true => "more is better",
        false => "less is better",
    };
    let protocol = snapshot.scoreboard.protocol.as_ref();
    let origin = protocol.map_or_else(String::new, |protocol| {
        format!(" ({})", score.measure.origin(protocol))
    });
    let name = Element::new("strong").text(facts.title);
    let text = format!(": {}; {better}{origin}", facts.help);
    Element::new("li").and(name).text(&text)
}

/// A value with its error.
fn with_error(found: &Estimate) -> String {
    number(Some(found)) + &error(found.error, "")
}

fn error(error: f64, unit: &str) -> String {
    match error.is_finite() && error > 0.0 {
        true => format!(" ± {}{unit}", two_digits(error)),
        false => String::new(),
    }
}

/// How an arm differs from the reference, good or bad where that is significant.
fn difference(score: &Score, arm: usize) -> Element {
    let found = score.change(arm);
    let better = (found.percent.value > 0.0) == score.measure.facts().more_is_better;
    let (star, class) = match (found.significant, better) {
        (true, true) => ("*", "number good"),
        (true, false) => ("*", "number bad"),
        (false, _) => ("", "number"),
    };
    let text = change(found.percent);
    let star = if text == "–" { "" } else { star };
    let text = format!("{text}{star}{}", error(found.percent.error, " %"));
    let cell = Element::new("td").with("class", class).text(&text);
    cell.all(interval(found.interval).map(|interval| Element::new("small").text(&interval)))
}

/// What the paper has, where a run is comparable, in a cell.
fn published(snapshot: &Snapshot, score: &Score, cell: Element) -> Element {
    let mut changes = others(snapshot).map(|arm| score.change(arm));
    let Some(found) = changes.find_map(|change| change.published) else {
        return cell;
    };
    let star = if found.significant { "*" } else { "" };
    let change = format!(
        "{}{star}{}",
        percent(-found.reduction),
        error(found.se, " %")
    );
    let [bl, ct] = [found.bl, found.ct].map(published_value);
    let values = format!("BL {bl}, CT {ct}");
    cell.text(&change).and(Element::new("small").text(&values))
}
