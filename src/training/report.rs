//! What one epoch of training reports.

use serde::{Deserialize, Deserializer, Serialize};

use crate::counterfactual::Exhaustions;

/// The terms of Eq. 2, means over an epoch's batches, before weighting; `total` is the weighted sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LossTerms {
    /// What is minimised.
    #[serde(deserialize_with = "or_nan")]
    pub total: f32,
    /// Cross-entropy on the training samples.
    #[serde(rename = "class")]
    #[serde(deserialize_with = "or_nan")]
    pub classification: f32,
    /// Contrastive divergence: energy of neighbours minus energy of counterfactuals.
    #[serde(rename = "div")]
    #[serde(deserialize_with = "or_nan")]
    pub divergence: f32,
    /// Cross-entropy on nascent counterfactuals, with the factual's label.
    #[serde(rename = "adv")]
    #[serde(deserialize_with = "or_nan")]
    pub adversarial: f32,
    /// Mean of the squared energies.
    #[serde(rename = "reg")]
    #[serde(deserialize_with = "or_nan")]
    pub ridge: f32,
}

/// A loss term: its name, its short name, and where it is.
pub type Term = (&'static str, &'static str, fn(&LossTerms) -> f32);

/// The terms of Eq. 2; the first letter of the short name marks the line's end.
pub const TERMS: [Term; 5] = [
    ("total", "total", |loss| loss.total),
    ("classification", "class", |loss| loss.classification),
    ("divergence", "div", |loss| loss.divergence),
    ("adversarial", "adv", |loss| loss.adversarial),
    ("ridge", "reg", |loss| loss.ridge),
];

impl LossTerms {
    /// Adds another batch's terms.
    pub(super) fn add(&mut self, other: &Self) {
        self.total += other.total;
        self.classification += other.classification;
        self.divergence += other.divergence;
        self.adversarial += other.adversarial;
        self.ridge += other.ridge;
    }

    /// The sum of `batches` batches as a mean; not a number if there was none.
    pub(super) fn mean(self, batches: usize) -> Self {
        let share = 1.0 / batches as f32;
        Self {
            total: share * self.total,
            classification: share * self.classification,
            divergence: share * self.divergence,
            adversarial: share * self.adversarial,
            ridge: share * self.ridge,
        }
    }
}

/// What happened in one epoch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EpochReport {
    /// Number of the epoch; the first is 1.
    pub epoch: usize,
    /// Loss terms.
    pub loss: LossTerms,
    /// Counterfactuals that reached the target class.
    pub mature: usize,
    /// Counterfactuals that ran out of steps.
    pub exhausted: usize,
    /// Why the exhausted ones did not.
    pub exhaustions: Exhaustions,
    /// Nascent counterfactuals, other than the factual itself, used as adversarial examples.
    pub nascent: usize,
    /// Samples of the model itself that were not finite and drawn anew (JEM).
    pub redrawn: usize,
    /// Mean number of search steps.
    #[serde(deserialize_with = "or_nan")]
    pub mean_steps: f32,
    /// Element `s`: how many searches matured after exactly `s` steps; empty without a search.
    #[serde(skip)]
    pub steps_to_maturity: Vec<usize>,
    /// Counterfactuals that broke a constraint; anything but 0 is a defect.
    pub violations: usize,
    /// Updates skipped because loss or gradient was not finite.
    pub skipped_updates: usize,
}

/// A number; JSON has `null` for what is none.
fn or_nan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f32::NAN))
}

impl EpochReport {
    /// An epoch of an ensemble: the mean of its members' losses and steps, the sum of their counts.
    pub(super) fn of_members(reports: &[Self]) -> Self {
        let [first, others @ ..] = reports else {
            return Self::default();
        };
        let mut joint = first.clone();
        for report in others {
            joint.join(report);
        }
        if !others.is_empty() {
            let share = 1.0 / reports.len() as f32;
            joint.loss = joint.loss.mean(reports.len());
            joint.mean_steps *= share;
        }
        joint
    }

    fn join(&mut self, other: &Self) {
        self.loss.add(&other.loss);
        self.mature += other.mature;
        self.exhausted += other.exhausted;
        self.exhaustions.join(&other.exhaustions);
        self.nascent += other.nascent;
        self.redrawn += other.redrawn;
        self.mean_steps += other.mean_steps;
        self.violations += other.violations;
        self.skipped_updates += other.skipped_updates;
        let length = self
            .steps_to_maturity
            .len()
            .max(other.steps_to_maturity.len());
        self.steps_to_maturity.resize(length, 0);
        for (sum, count) in self
            .steps_to_maturity
            .iter_mut()
            .zip(&other.steps_to_maturity)
        {
            *sum += count;
        }
    }

    /// Mean number of steps of the searches that matured; not a number if none did, or if it is not
    /// known any more.
    pub fn steps_to_mature(&self) -> f64 {
        let counts = self.steps_to_maturity.iter().enumerate();
        let (steps, matured) = counts.fold((0, 0), |(steps, matured), (step, count)| {
            (steps + step * count, matured + count)
        });
        steps as f64 / matured as f64
    }

    /// Share of searches that matured; 0 if there was none.
    pub fn mature_share(&self) -> f32 {
        match self.mature + self.exhausted {
            0 => 0.0,
            searched => self.mature as f32 / searched as f32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_to_mature_are_those_of_searches_that_matured() {
        let report = EpochReport {
            mature: 3,
            exhausted: 5,
            mean_steps: 20.0,
            steps_to_maturity: vec![1, 0, 0, 2],
            ..EpochReport::default()
        };
        assert_eq!(report.steps_to_mature(), 2.0);
        assert!(EpochReport::default().steps_to_mature().is_nan());
    }
}
