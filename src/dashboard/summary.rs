//! What is printed after leaving.

use std::fmt;

use super::{
    reproduce::{command, command_of_file, unsaid},
    state::App,
};
use crate::text::number_of;

/// How far training came, and how to have the same again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Name of the data.
    pub dataset: String,
    /// Epochs trained.
    pub epochs: usize,
    /// Name and test accuracy per arm.
    pub arms: Vec<(String, f32)>,
    /// Share of searches that matured in the last epoch.
    pub mature_share: f32,
    /// The command line that gives the same run.
    pub command: String,
    /// Changes made while training that it does not give.
    pub missing: usize,
}

impl Summary {
    /// The summary of what `app` shows.
    pub fn of(app: &App) -> Self {
        let Some(snapshot) = app.snapshot.as_deref() else {
            return Self::default();
        };
        let recipe = &snapshot.recipe;
        let changes = recipe.changes() + unsaid(recipe);
        let file = app.unsaved.file(recipe).filter(|_| changes > 0);
        Self {
            dataset: snapshot.dataset.shown_name().into_owned(),
            epochs: snapshot.epoch,
            arms: snapshot
                .arms
                .iter()
                .map(|arm| (arm.name.clone(), arm.accuracy))
                .collect(),
            mature_share: app.focused_arm(snapshot).report.mature_share(),
            command: match file {
                Some(file) => command_of_file(file),
                None => command(recipe, &snapshot.dataset.features, &app.defaults),
            },
            missing: if file.is_some() { 0 } else { changes },
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.arms.is_empty() {
            return write!(f, "nothing was trained");
        }
        write!(f, "{}: {}", self.dataset, number_of(self.epochs, "epoch"))?;
        for (name, accuracy) in &self.arms {
            write!(f, " · {name} accuracy {:.1} %", 100.0 * accuracy)?;
        }
        let mature = 100.0 * self.mature_share;
        writeln!(f, " · {mature:.0} % of counterfactuals mature")?;
        write!(f, "again: {}", self.command)?;
        match self.missing {
            0 => Ok(()),
            1 => write!(
                f,
                "\n       without the change made while training; :save DIR would have kept it"
            ),
            changes => write!(
                f,
                "\n       without the {changes} changes made while training; :save DIR would have kept them"
            ),
        }
    }
}
