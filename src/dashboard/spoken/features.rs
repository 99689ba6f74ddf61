//! Features in words.

use crate::{
    dashboard::{
        panels::features::{percentage, range},
        state::App,
    },
    data::nearest::hint,
    recipe::Controls,
    session::Snapshot,
};

/// All features, or those whose names contain `name`.
pub fn lines(app: &App, name: Option<&str>) -> Vec<String> {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return vec!["features: data are being prepared".to_owned()];
    };
    let features = &snapshot.dataset.features;
    let wanted = name.unwrap_or_default().to_lowercase();
    let found =
        (0..features.len()).filter(|index| features[*index].name.to_lowercase().contains(&wanted));
    let lines: Vec<String> = found.map(|index| one(app, snapshot, index)).collect();
    if lines.is_empty() {
        let names = features.iter().map(|feature| feature.name.as_str());
        let hint = hint(&wanted, names);
        return vec![format!(
            "refused: no feature is called `{wanted}`{hint}; features lists them"
        )];
    }
    lines
}

/// The one that is selected.
pub fn selected(app: &App) -> Vec<String> {
    let snapshot = app.snapshot.as_deref();
    let known = |snapshot: &&Snapshot| app.features.selected < snapshot.dataset.dimensions();
    let line = |snapshot| one(app, snapshot, app.features.selected);
    snapshot.filter(known).map(line).into_iter().collect()
}

fn one(app: &App, snapshot: &Snapshot, index: usize) -> String {
    let feature = &snapshot.dataset.features[index];
    let at = |controls: &Controls| controls.mutability.get(index).copied().unwrap_or_default();
    let trained = at(app.trained(snapshot));
    let wanted = app.controls().map_or(trained, at);
    let when = if wanted == trained {
        ""
    } else {
        " from the next epoch"
    };
    let mut text = format!(
        "feature {}: {}{when}",
        feature.shown_name(),
        wanted.in_words()
    );
    if let Some(domain) = app.focused_arm(snapshot).domains.get(index) {
        let range = range(feature, *domain).replacen('…', " to ", 1);
        if !range.is_empty() {
            text += &format!("; domain {range}");
        }
    }
    let shares = snapshot.arms.iter().zip(&snapshot.scoreboard.shares);
    let shares: Vec<_> = shares
        .filter_map(|(arm, shares)| {
            let share = shares
                .get(index)
                .copied()
                .filter(|share| share.is_finite())?;
            Some(format!("{} {}", arm.name, percentage(share).trim()))
        })
        .collect();
    if !shares.is_empty() {
        text += &format!("; share of the attribution: {}", shares.join(", "));
    }
    text
}
