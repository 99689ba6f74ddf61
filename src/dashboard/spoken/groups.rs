//! What recourse costs groups of people, in words.

use ratatui::text::Line;

use crate::{
    audit::burden::Measure,
    dashboard::{
        panels::burden::{Sheet, class, groups::with_error, reason},
        state::App,
    },
    session::Snapshot,
};

/// Whether what the user wants to know is measured.
pub fn is_found(app: &App) -> bool {
    let snapshot = app.snapshot.as_deref();
    snapshot.is_some_and(|known| known.burdens.epoch > 0 && known.burdens.view == app.burden.view)
}

/// What every group has to do by every arm, where groups differ, and what stands in for the column.
pub fn lines(app: &App) -> Vec<String> {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return vec!["groups: data are being prepared".to_owned()];
    };
    let Some(sheet) = Sheet::new(app, snapshot, u16::MAX) else {
        return vec![format!("groups: {}", reason(snapshot))];
    };
    let mut lines = vec![format!(
        "groups: by {} at epoch {}, who wish for {}; `group-by` and a column choose another",
        snapshot.burdens.column,
        snapshot.burdens.epoch,
        class(snapshot)
    )];
    lines.extend(table(snapshot, &sheet));
    let labelled = |label: &str, told: Vec<Line<'_>>| -> Vec<String> {
        told.into_iter()
            .map(|line| format!("{label}: {line}"))
            .collect()
    };
    lines.extend(labelled("difference", sheet.differences()));
    lines.extend(labelled("proxies", sheet.proxies()));
    lines.extend(labelled("attribution", sheet.attributions()));
    lines.extend(labelled("about groups", sheet.legend()));
    lines
}

fn table(snapshot: &Snapshot, sheet: &Sheet<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for group in 0..sheet.finding.groups.len() {
        for &arm in &sheet.arms {
            let burden = sheet.finding.burdens.get(arm);
            let Some(asked) = burden.and_then(|burden| burden.groups.get(group)) else {
                continue;
            };
            let measures = Measure::ALL.map(|measure| {
                let title = measure.facts().title;
                format!("{title} {}", with_error(measure, asked.measure(measure)))
            });
            lines.push(format!(
                "group {} {}, {}: {} of {} refused; {}",
                snapshot.burdens.column,
                sheet.group(group),
                sheet.arm(arm),
                asked.refused,
                asked.rows,
                measures.join(", ")
            ));
        }
    }
    lines
}
