//! The history of both arms as CSV.

use crate::session::Snapshot;

const COLUMNS: [&str; 13] = [
    "arm",
    "epoch",
    "total",
    "classification",
    "divergence",
    "adversarial",
    "ridge",
    "mature",
    "exhausted",
    "nascent",
    "mean_steps",
    "violations",
    "skipped_updates",
];

/// One line per arm and kept epoch.
pub fn csv(snapshot: &Snapshot) -> String {
    let mut text = format!("{}\n", COLUMNS.join(","));
    for (arm, reports) in snapshot.arms.iter().zip(&snapshot.history.reports) {
        for report in reports {
            let loss = report.loss;
            text.push_str(&format!(
                "{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                arm.name,
                report.epoch,
                loss.total,
                loss.classification,
                loss.divergence,
                loss.adversarial,
                loss.ridge,
                report.mature,
                report.exhausted,
                report.nascent,
                report.mean_steps,
                report.violations,
                report.skipped_updates,
            ));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::tests::fixture;

    #[test]
    fn every_line_has_every_column() {
        let text = csv(&fixture::snapshot(3));
        assert!(text.starts_with("arm,epoch,total,"));
        for line in text.lines() {
            assert_eq!(line.split(',').count(), COLUMNS.len(), "{line}");
        }
        assert!(text.contains("\nBL,3,") && text.contains("\nCT,3,"));
    }
}
