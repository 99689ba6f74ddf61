//! What was changed while training, epoch by epoch.

use crate::{
    data::{Feature, Mutability, encode::column_name},
    recipe::{Arm, Controls, Difference, differences, tally},
    session::Snapshot,
    text::number_of,
    xml::Element,
};

/// Most names of features in a sentence.
const NAMES: usize = 12;

/// Changes, forks and drawn points in the order of their epochs.
pub(super) fn list(snapshot: &Snapshot) -> Element {
    let arms = snapshot.recipe.arms.iter();
    let mut events: Vec<(usize, String)> = arms.flat_map(|arm| of_arm(snapshot, arm)).collect();
    events.extend(drawn(snapshot));
    events.sort_by_key(|(epoch, _)| *epoch);
    if events.is_empty() {
        return Element::new("p").text("Nothing was changed while training.");
    }
    let items = events.iter().map(|(epoch, text)| {
        let when = Element::new("strong").text(&format!("Epoch {epoch}"));
        Element::new("li").and(when).text(&format!(": {text}"))
    });
    Element::new("ul").all(items)
}

fn of_arm(snapshot: &Snapshot, arm: &Arm) -> Vec<(usize, String)> {
    let mut events = Vec::new();
    let mut before = &arm.controls;
    for change in &arm.changes {
        let text = told(snapshot, before, &change.controls).join(", ");
        events.push((change.epoch, format!("{}: {text}", arm.name)));
        before = &change.controls;
    }
    events.extend(arm.parent.as_ref().map(|parent| {
        let text = format!("{} was forked off {} after it", arm.name, parent.arm);
        (parent.epoch, text)
    }));
    events
}

/// Points that people drew and took away, by the first epoch that was trained so.
fn drawn(snapshot: &Snapshot) -> impl Iterator<Item = (usize, String)> {
    let points = snapshot.recipe.drawing.points();
    let told =
        |what| move |(epoch, count)| (epoch, format!("{} {what}", number_of(count, "point")));
    let drawn = tally(points.iter().map(|point| point.since));
    let removed = tally(points.iter().filter_map(|point| point.until));
    drawn
        .map(told("drawn by hand"))
        .chain(removed.map(told("taken away again")))
}

/// In what two controls differ, one sentence for all features that are alike.
fn told(snapshot: &Snapshot, from: &Controls, to: &Controls) -> Vec<String> {
    let dataset = &snapshot.dataset;
    let found = differences(from, to, dataset);
    let values = found
        .iter()
        .filter(|one| matches!(one, Difference::Value(..)));
    let [before, after] = [from, to].map(|controls| dataset.mutability(&controls.mutability));
    let changed = |wanted: Mutability| {
        let pairs = before.iter().zip(&after);
        let moved = pairs.map(|(before, after)| before != after && *after == wanted);
        named(&dataset.features, moved)
    };
    let locks = Mutability::ALL.map(|wanted| (wanted, changed(wanted)));
    let locks = locks.into_iter().filter(|(_, names)| !names.is_empty());
    values
        .map(Difference::to_string)
        .chain(locks.map(|(wanted, names)| rule(wanted, &names)))
        .collect()
}

/// What features may not do, one sentence for all that are alike.
pub(super) fn locks(features: &[Feature], mutability: &[Mutability]) -> Vec<String> {
    let held = [Mutability::None, Mutability::Increase, Mutability::Decrease];
    let sentence = |wanted: Mutability| {
        let names = named(features, mutability.iter().map(|one| *one == wanted));
        (!names.is_empty()).then(|| rule(wanted, &names))
    };
    held.into_iter().filter_map(sentence).collect()
}

fn rule(mutability: Mutability, names: &str) -> String {
    match mutability {
        Mutability::Both => format!("{names} may change freely"),
        Mutability::Increase => format!("{names} may only rise"),
        Mutability::Decrease => format!("{names} may only fall"),
        Mutability::None => format!("{names} may not change"),
    }
}

/// Names of the columns that the features meant belong to.
pub(super) fn named(features: &[Feature], meant: impl Iterator<Item = bool>) -> String {
    let meant = features.iter().zip(meant).filter(|(_, meant)| *meant);
    let mut names: Vec<&str> = meant.map(|(feature, _)| column_name(feature)).collect();
    names.dedup();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    match more {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
