//! The inspected sample in words: what it is, what would have to change, and the advice.

use crate::{
    dashboard::{
        panels::inspector::{
            advice::{ROUNDED, arms, class, sentence},
            amounts::{decimals, grouped},
            ways,
        },
        state::App,
    },
    data::image,
    recourse::Start,
    session::{Example, Snapshot},
    text::number_of,
};

/// Most features that are told of one by one.
const FEATURES: usize = 20;

/// Whether all is there that the user wants to know of the sample.
pub fn is_found(app: &App) -> bool {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return false;
    };
    let found = arms(app, snapshot).into_iter().all(|arm| {
        let example = app.inspector.example(snapshot, arm);
        let wanted = app.inspector.class(&snapshot.arms[arm].trajectories);
        let fits = |target| wanted.is_none_or(|wanted| wanted == target);
        example.is_some_and(|example| fits(example.trajectory.target))
    });
    let ways = app.inspector.wanted_ways(snapshot);
    found && ways.is_none_or(|view| snapshot.ways.view == Some(view))
}

/// All about the inspected sample.
pub fn lines(app: &App) -> Vec<String> {
    let (Some(snapshot), Some(row)) = (app.snapshot.as_deref(), app.inspector.row) else {
        return vec![
            "sample: none is inspected; `inspect 12` inspects row 12 of the test set".into(),
        ];
    };
    let found: Vec<(usize, &Example)> = arms(app, snapshot)
        .into_iter()
        .filter_map(|arm| Some((arm, app.inspector.example(snapshot, arm)?)))
        .collect();
    let Some(&(_, first)) = found.first() else {
        return vec![format!(
            "sample: row {row} is searched from; `sample` asks again"
        )];
    };
    let mut lines = vec![heading(snapshot, first)];
    lines.extend(found.iter().map(|(arm, example)| {
        let name = &snapshot.arms[*arm].name;
        format!(
            "advice of {name}: {}",
            sentence(snapshot, example, "leads to")
        )
    }));
    lines.extend(told_ways(app, snapshot));
    if image::shape(&snapshot.dataset.features).is_none() {
        lines.extend(features(snapshot, &found));
    }
    lines.extend(
        found
            .iter()
            .map(|(arm, example)| outcome(snapshot, *arm, example)),
    );
    lines
}

fn heading(snapshot: &Snapshot, example: &Example) -> String {
    let dataset = &snapshot.dataset;
    let name = |index: usize| class(&dataset.shown_class(index));
    let label = dataset.test.y.get(example.row).copied().unwrap_or_default();
    format!(
        "sample: row {} of the test set, whose rows are 0 to {}; it is {}, and is to become {}",
        example.row,
        dataset.test.len().saturating_sub(1),
        name(label),
        name(example.trajectory.target)
    )
}

/// The ways that are wished for.
fn told_ways(app: &App, snapshot: &Snapshot) -> Vec<String> {
    let Some(view) = app.inspector.wanted_ways(snapshot) else {
        return Vec::new();
    };
    let Some(texts) = ways::texts(app, snapshot, &view) else {
        return vec![format!("ways: {}", ways::reason(snapshot))];
    };
    let line = |(arm, text, indent): (usize, String, u16)| match indent {
        0 => format!("ways of {text}"),
        _ => format!("way of {}, {text}", snapshot.arms[arm].name),
    };
    texts.into_iter().map(line).collect()
}

/// What every feature is, and what it becomes; those that change most first.
fn features(snapshot: &Snapshot, found: &[(usize, &Example)]) -> Vec<String> {
    let dataset = &snapshot.dataset;
    let Some((_, first)) = found
        .first()
        .filter(|(_, first)| first.row < dataset.test.len())
    else {
        return Vec::new();
    };
    let factual = dataset.test.x.row(first.row).to_vec();
    let start = Start::told(&dataset.features, factual, first.trajectory.target);
    let change = |feature: usize| {
        let advice = found
            .iter()
            .filter_map(|(_, example)| example.advice.as_ref());
        let changes = advice.map(|advice| (advice.point[feature] - start.factual[feature]).abs());
        changes.fold(0.0, f32::max)
    };
    let mut order: Vec<usize> = (0..dataset.dimensions()).collect();
    order.sort_by(|&a, &b| change(b).total_cmp(&change(a)));
    let line = |feature: usize| {
        let facts = &dataset.features[feature];
        let number = |value: f64| grouped(value, decimals(facts));
        let now = number(start.numbers[feature]);
        let mut text = format!("feature {}: {now}", facts.shown_name());
        if !facts.unit.is_empty() {
            text += &format!(" {}", facts.shown_unit());
        }
        for (arm, example) in found {
            let to = example.advice.as_ref().map(|advice| advice.values[feature]);
            let name = &snapshot.arms[*arm].name;
            text += &match to {
                None => format!(", {name} not known"),
                Some(to) if to == start.numbers[feature] => format!(", {name} the same"),
                Some(to) => format!(", {name} {}", number(to)),
            };
        }
        text
    };
    let left = order.len().saturating_sub(FEATURES);
    let mut lines: Vec<String> = order.into_iter().take(FEATURES).map(line).collect();
    if left > 0 {
        lines.push(format!("features: {left} more change less"));
    }
    lines
}

/// How the search ended, how sure the model is, what it costs, and whether constraints are kept.
fn outcome(snapshot: &Snapshot, arm: usize, example: &Example) -> String {
    let outcome = example.trajectory.outcome;
    let name = &snapshot.arms[arm].name;
    let Some(advice) = &example.advice else {
        return format!("outcome of {name}: no advice");
    };
    let word = match (advice.mature, outcome.mature) {
        (true, _) => "mature",
        (false, true) => ROUNDED,
        (false, false) => outcome
            .exhaustion
            .map_or("exhausted", |reason| reason.name()),
    };
    let broken = match advice.broken.as_slice() {
        [] => "constraints kept".to_owned(),
        broken => format!("constraints broken: {}", broken.join(", ")),
    };
    format!(
        "outcome of {name}: {word} after {}, probability of the target {:.3}, cost {:.2}, {broken}",
        number_of(outcome.steps, "step"),
        advice.probability,
        advice.cost
    )
}
