//! What became of the counterfactuals of training, in words.

use crate::{
    dashboard::{
        panels::counterfactuals::{idle, reason},
        state::App,
    },
    session::ArmSnapshot,
};

/// Counts of every arm, and why searches of the focused one did not arrive.
pub fn lines(app: &App) -> Vec<String> {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return vec!["counterfactuals: no epoch is trained yet".to_owned()];
    };
    let mut lines: Vec<String> = snapshot.arms.iter().map(arm).collect();
    let focused = app.focused_arm(snapshot);
    let name = &focused.name;
    match focused.report.mature + focused.report.exhausted {
        0 => lines.push(format!("why {name} has none: {}", idle(app, snapshot))),
        _ => lines.extend(reason(app, snapshot).map(|why| format!("why, for {name}: {why}"))),
    }
    lines
}

fn arm(arm: &ArmSnapshot) -> String {
    let report = &arm.report;
    let searched = report.mature + report.exhausted;
    if searched == 0 {
        return format!(
            "counterfactuals of {}: none searched in this epoch",
            arm.name
        );
    }
    let steps = match report.steps_to_mature() {
        mean if mean.is_finite() => format!(", in {mean:.1} steps on average"),
        _ => String::new(),
    };
    format!(
        "counterfactuals of {} in epoch {}: {searched} searched; {} mature, {:.0} %{steps}; {} exhausted; {} also nascent; {} violations of constraints",
        arm.name,
        report.epoch,
        report.mature,
        100.0 * report.mature_share(),
        report.exhausted,
        report.nascent,
        report.violations
    )
}
