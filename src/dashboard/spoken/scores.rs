//! The scoreboard in words.

use crate::{
    dashboard::{panels::scoreboard::explanation, state::App},
    data::nearest::hint,
    evaluation::{
        estimate::Estimate,
        told::{is_known, percent, published_value, two_digits, value},
    },
    session::{Score, Snapshot},
};

/// Whether there are measures to tell.
pub fn is_measured(app: &App) -> bool {
    measured(app).is_some()
}

/// All measures with their errors.
pub fn lines(app: &App) -> Vec<String> {
    let Some(snapshot) = measured(app) else {
        return vec!["score: not measured yet; it comes while training runs".to_owned()];
    };
    let board = &snapshot.scoreboard;
    let heading = format!(
        "score at epoch {}, {} against {}: `score` and a name say what a measure is of",
        board.epoch,
        others(snapshot),
        snapshot.reference().name
    );
    let mut lines = vec![heading];
    lines.extend(board.scores.iter().map(|score| line(snapshot, score)));
    lines.extend(
        board
            .problem
            .iter()
            .map(|problem| format!("attention: {problem}")),
    );
    lines
}

/// The place of the measure that is called so.
///
/// # Errors
/// A sentence, if there is none, or nothing is measured yet.
pub fn find(app: &App, name: &str) -> Result<usize, String> {
    let Some(snapshot) = measured(app) else {
        return Err("nothing is measured yet; it comes while training runs".to_owned());
    };
    let measures = || snapshot.scoreboard.scores.iter().map(|score| score.measure);
    let wanted = name.to_lowercase().replace("_star", "*");
    let is = |known: &str| known.to_lowercase() == wanted;
    let exact = measures().position(|one| is(one.title()) || is(one.facts().short));
    let begins = |known: &str| known.to_lowercase().starts_with(&wanted);
    let found = exact.or_else(|| measures().position(|one| begins(one.title())));
    found.ok_or_else(|| {
        let titles: Vec<_> = measures().map(|one| one.title()).collect();
        let hint = hint(name, titles.iter().copied());
        format!(
            "no measure is called `{name}`{hint}; there are {}",
            titles.join(", ")
        )
    })
}

/// What the selected measure is, of what, and how sure its change is.
pub fn selected(app: &App) -> Vec<String> {
    let Some(snapshot) = measured(app) else {
        return lines(app);
    };
    let scores = &snapshot.scoreboard.scores;
    let Some(score) = scores.get(app.scoreboard.selected) else {
        return Vec::new();
    };
    let mut lines = vec![line(snapshot, score)];
    let told = explanation(app, snapshot).into_iter().skip(1);
    let title = score.measure.title();
    lines.extend(told.map(|told| format!("about {title}: {told}")));
    lines
}

fn measured(app: &App) -> Option<&Snapshot> {
    let snapshot = app.snapshot.as_deref();
    snapshot.filter(|known| !known.scoreboard.scores.is_empty())
}

fn others(snapshot: &Snapshot) -> String {
    let names: Vec<_> = snapshot
        .arms
        .iter()
        .skip(1)
        .map(|arm| arm.name.as_str())
        .collect();
    match names.is_empty() {
        true => "alone".to_owned(),
        false => names.join(", "),
    }
}

/// Every arm's value, and how it differs from the reference's.
fn line(snapshot: &Snapshot, score: &Score) -> String {
    let mut parts = Vec::new();
    for (position, arm) in snapshot.arms.iter().enumerate() {
        let mut part = match score
            .values
            .get(position)
            .filter(|found| found.value.is_finite())
        {
            Some(found) => format!("{} {}", arm.name, with_error(found, value)),
            None => format!("{} not known", arm.name),
        };
        if position > 0 {
            part += &format!(", {}", change(snapshot, score, position));
        }
        parts.push(part);
    }
    format!("{}: {}", score.measure.title(), parts.join("; "))
}

fn change(snapshot: &Snapshot, score: &Score, arm: usize) -> String {
    let found = score.change(arm);
    let reference = &snapshot.reference().name;
    if !found.percent.value.is_finite() {
        return format!("change against {reference} not known");
    }
    let mut text = format!(
        "change against {reference} {}",
        with_error(&found.percent, percent)
    );
    text += match (found.significant, is_known(&found.percent)) {
        (true, _) => ", significant",
        (false, true) => ", not significant",
        (false, false) => ", less than its error, so nothing can be said",
    };
    if let Some(known) = found.published {
        text += &format!(
            ", published BL {}, CT {}, {}",
            published_value(known.bl),
            published_value(known.ct),
            percent(-known.reduction)
        );
    }
    text
}

fn with_error(found: &Estimate, number: fn(f64) -> String) -> String {
    match found.error.is_finite() {
        true => format!("{} ± {}", number(found.value), two_digits(found.error)),
        false => number(found.value),
    }
}
