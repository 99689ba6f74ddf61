//! The losses in words.

use crate::{
    dashboard::state::App,
    session::Snapshot,
    training::{LossTerms, TERMS},
};

/// Epochs of the past that are told of.
const PAST: usize = 5;

/// Every arm's terms now, and the total over time.
pub fn lines(app: &App) -> Vec<String> {
    let Some(snapshot) = app
        .snapshot
        .as_deref()
        .filter(|known| known.newest_epoch > 0)
    else {
        return vec!["losses: no epoch is trained yet".to_owned()];
    };
    let arms = 0..snapshot.arms.len();
    arms.flat_map(|arm| [now(snapshot, arm), past(snapshot, arm)])
        .collect()
}

/// One term of all arms, now and over time.
pub fn term(app: &App, index: usize) -> Vec<String> {
    let (Some(snapshot), Some((name, _, value))) = (app.snapshot.as_deref(), TERMS.get(index))
    else {
        return Vec::new();
    };
    let arms = 0..snapshot.arms.len();
    arms.map(|arm| {
        let text = over_time(snapshot, arm, *value);
        format!("{name} of {}: {text}", snapshot.arms[arm].name)
    })
    .collect()
}

fn now(snapshot: &Snapshot, position: usize) -> String {
    let arm = &snapshot.arms[position];
    let loss = &arm.report.loss;
    let own = arm.objective.shown_terms().filter(|index| *index > 0);
    let own: Vec<_> = own
        .map(|index| format!("{} {}", TERMS[index].0, number(TERMS[index].2(loss))))
        .collect();
    let skipped = match arm.report.skipped_updates {
        0 => String::new(),
        count => format!("; {count} updates skipped as not finite"),
    };
    format!(
        "losses of {} at epoch {}: total {} with its weights; unweighted: {}{skipped}",
        arm.name,
        snapshot.epoch,
        number(loss.total),
        own.join(", ")
    )
}

fn past(snapshot: &Snapshot, position: usize) -> String {
    format!(
        "total of {} over time: {}",
        snapshot.arms[position].name,
        over_time(snapshot, position, |loss| loss.total)
    )
}

/// A term at a few epochs, the first and the last among them.
fn over_time(snapshot: &Snapshot, arm: usize, term: fn(&LossTerms) -> f32) -> String {
    let reports = snapshot
        .history
        .reports
        .get(arm)
        .map_or(&[][..], Vec::as_slice);
    let reports: Vec<_> = (reports.iter())
        .filter(|report| report.epoch <= snapshot.epoch)
        .collect();
    let last = reports.len().saturating_sub(1);
    let mut places: Vec<usize> = (0..PAST).map(|part| part * last / (PAST - 1)).collect();
    places.dedup();
    let told = places.into_iter().filter_map(|place| reports.get(place));
    let told: Vec<_> = told
        .map(|report| format!("{} at epoch {}", number(term(&report.loss)), report.epoch))
        .collect();
    match told.is_empty() {
        true => "no epoch yet".to_owned(),
        false => told.join(", "),
    }
}

fn number(value: f32) -> String {
    match value.is_finite() {
        true => format!("{value:.4}"),
        false => "not finite".to_owned(),
    }
}
