//! What is printed after leaving.

use std::fmt;

use super::app::App;
use crate::training::Objective;

/// How far training came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Name of the data.
    pub dataset: String,
    /// Epochs trained.
    pub epochs: usize,
    /// Objective and test accuracy per arm.
    pub arms: Vec<(Objective, f32)>,
    /// Share of searches that matured in the last epoch.
    pub mature_share: f32,
    /// Changes made on the way.
    pub changes: usize,
}

impl Summary {
    /// The summary of what `app` shows.
    pub fn of(app: &App) -> Self {
        let Some(snapshot) = app.snapshot.as_deref() else {
            return Self::default();
        };
        Self {
            dataset: snapshot.dataset.name.clone(),
            epochs: snapshot.epoch,
            arms: snapshot
                .arms
                .iter()
                .map(|arm| (arm.objective, arm.accuracy))
                .collect(),
            mature_share: snapshot.arms[1].report.mature_share(),
            changes: snapshot.recipe.changes.len(),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.arms.is_empty() {
            return write!(f, "nothing was trained");
        }
        write!(f, "{}: {} epochs", self.dataset, self.epochs)?;
        for (objective, accuracy) in &self.arms {
            write!(
                f,
                " · {} accuracy {:.1} %",
                objective.abbreviation(),
                100.0 * accuracy
            )?;
        }
        write!(
            f,
            " · {:.0} % of counterfactuals mature",
            100.0 * self.mature_share
        )?;
        if self.changes > 0 {
            write!(f, " · {} changes on the way", self.changes)?;
        }
        Ok(())
    }
}
