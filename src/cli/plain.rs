//! A run in plain lines, one per epoch and one per change: without a terminal, or when that is wished.

use std::io::{self, Write};

use super::{CliError, say};
use crate::{
    evaluation::accuracy::accuracy,
    recipe::{Happening, Recipe},
    run::{Event, Sink, words},
    session::{Lockstep, SessionError},
    text::printable,
};

/// Trains all arms of `run` to the end, and prints a line per epoch and per change.
///
/// # Errors
/// [`CliError`] if the data cannot be had or the output cannot be written.
pub fn run(mut run: Lockstep, output: &mut dyn Write) -> Result<(), CliError> {
    let recipe = run.recipe();
    let arms = recipe.arms.iter().zip(run.objectives());
    let arms = arms.map(|(arm, objective)| format!("{} ({})", arm.name, objective.name()));
    let arms: Vec<_> = arms.collect();
    print(
        output,
        &format!("{}: {}", recipe.source.title(), arms.join(", ")),
    )?;
    let _ = say(run.notes());
    let epochs = recipe.epochs();
    while run.epoch() < epochs {
        let before = run.epoch();
        run.train_epoch()?;
        let happenings = run.recipe().happenings(run.dataset());
        for line in words::changes(&happenings, before, run.epoch()) {
            print(output, &line)?;
        }
        print(output, &words::line(run.epoch(), epochs, &arms_of(&run)))?;
        output.flush()?;
    }
    Ok(())
}

/// What the last epoch was like for every arm.
fn arms_of(run: &Lockstep) -> Vec<String> {
    let models = run.models();
    let arms = run.recipe().arms.iter().zip(models).enumerate();
    arms.map(|(position, (arm, model))| {
        let accuracy = accuracy(model, &run.dataset().test);
        words::of_arm(&arm.name, run.report(position), Some(accuracy))
    })
    .collect()
}

fn print(output: &mut dyn Write, line: &str) -> io::Result<()> {
    writeln!(output, "{}", printable(line))
}

/// Prints the lines of a run that is told of event by event. Nobody may be there to read them: that
/// never ends a run.
pub(super) struct Lines<'a> {
    output: &'a mut dyn Write,
    recipe: Recipe,
    happenings: Vec<(usize, Happening)>,
    told: Option<usize>,
    arms: Vec<String>,
    epoch: usize,
}

impl<'a> Lines<'a> {
    /// Lines of `recipe`'s run.
    pub(super) fn new(recipe: &Recipe, output: &'a mut dyn Write) -> Self {
        Self {
            output,
            recipe: recipe.clone(),
            happenings: Vec::new(),
            told: None,
            arms: Vec::new(),
            epoch: 0,
        }
    }

    fn reached(&mut self) -> io::Result<()> {
        let before = self.told.unwrap_or(self.epoch.saturating_sub(1));
        for line in words::changes(&self.happenings, before, self.epoch) {
            print(self.output, &line)?;
        }
        self.told = Some(self.epoch);
        let line = words::line(self.epoch, self.recipe.epochs(), &self.arms);
        self.arms.clear();
        print(self.output, &line)?;
        self.output.flush()
    }
}

impl Sink for Lines<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Started { dataset, notes, .. } => {
                let _ = say(notes);
                self.happenings = self.recipe.happenings(dataset);
            }
            Event::Fitting { done: 0.0 } => {
                let _ = print(self.output, "the autoencoder is being fitted");
            }
            Event::Epoch { arm, report } => {
                self.epoch = report.epoch;
                self.arms.push(words::of_arm(arm, report, None));
            }
            Event::Reached { .. } if !self.arms.is_empty() => {
                let _ = self.reached();
            }
            Event::Fitting { .. } | Event::Reached { .. } | Event::Finished { .. } => {}
        }
        Ok(())
    }
}

impl From<SessionError> for CliError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Recipe(error) => error.into(),
            SessionError::Arm(error) => Self::Input(error.to_string()),
            SessionError::Data(error) => error.into(),
            SessionError::Model(error) => error.into(),
            SessionError::Thread(_)
            | SessionError::TooFewPoints
            | SessionError::Standing
            | SessionError::Halted => Self::Other(error.to_string()),
        }
    }
}
