//! A run in words, for those who listen: a labelled line per epoch, and one per change.

use crate::{recipe::Happening, training::EpochReport};

/// What an epoch was like for an arm: `CT loss 0.412, test accuracy 95.0 %, 61 of 64
/// counterfactuals mature in 4.2 steps`.
pub fn of_arm(name: &str, report: &EpochReport, accuracy: Option<f32>) -> String {
    let mut text = match report.loss.total.is_finite() {
        true => format!("{name} loss {:.4}", report.loss.total),
        false => format!("{name} loss not finite"),
    };
    if let Some(accuracy) = accuracy {
        text += &format!(", test accuracy {:.1} %", 100.0 * accuracy);
    }
    let searched = report.mature + report.exhausted;
    if searched > 0 {
        text += &format!(", {} of {searched} counterfactuals mature", report.mature);
        if report.mature > 0 && report.steps_to_mature().is_finite() {
            text += &format!(" in {:.1} steps", report.steps_to_mature());
        }
    }
    if report.skipped_updates > 0 {
        text += &format!(", {} updates skipped as not finite", report.skipped_updates);
    }
    text
}

/// The line of an epoch, of what [`of_arm`] says of its arms.
pub fn line(epoch: usize, epochs: usize, arms: &[String]) -> String {
    match epoch <= epochs {
        true => format!("epoch {epoch} of {epochs}: {}", arms.join("; ")),
        false => format!("epoch {epoch}: {}", arms.join("; ")),
    }
}

/// Lines that tell which of `happenings` are of the epochs after `before` up to `epoch`.
pub fn changes(
    happenings: &[(usize, Happening)],
    before: usize,
    epoch: usize,
) -> impl Iterator<Item = String> {
    let new = happenings.iter();
    let new = new.filter(move |(at, _)| before < *at && *at <= epoch);
    new.map(|(at, what)| format!("epoch {at}: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_says_what_it_is_of() {
        let mut report = EpochReport {
            mature: 3,
            exhausted: 1,
            steps_to_maturity: vec![0, 1, 2],
            ..EpochReport::default()
        };
        report.loss.total = 0.5;
        let full =
            "CT loss 0.5000, test accuracy 95.0 %, 3 of 4 counterfactuals mature in 1.7 steps";
        assert_eq!(of_arm("CT", &report, Some(0.95)), full);
        report.loss.total = f32::NAN;
        (report.mature, report.exhausted, report.skipped_updates) = (0, 0, 2);
        assert_eq!(
            of_arm("BL", &report, None),
            "BL loss not finite, 2 updates skipped as not finite"
        );
        let arms = ["a".to_owned(), "b".to_owned()];
        assert_eq!(line(3, 10, &arms), "epoch 3 of 10: a; b");
        assert_eq!(line(11, 10, &arms), "epoch 11: a; b");
    }
}
