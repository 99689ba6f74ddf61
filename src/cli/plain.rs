//! `ctui` where there is no terminal: both arms as plain lines.

use std::io::{self, Write};

use super::CliError;
use crate::{
    evaluation::accuracy::accuracy,
    session::{Lockstep, Recipe, SessionError},
    training::EpochReport,
};

/// Lines that are printed of a whole run.
const LINES: usize = 20;

/// Trains both arms by the recipe and prints a line now and then.
///
/// # Errors
/// [`CliError`] if the data cannot be had or the output cannot be written.
pub fn run(recipe: Recipe, output: &mut dyn Write) -> Result<(), CliError> {
    let epochs = recipe.controls.parameters.epochs;
    let title = recipe.source.title();
    let mut run = Lockstep::new(recipe)?;
    let [_, objective] = run.objectives();
    writeln!(
        output,
        "{title}: baseline (BL) and counterfactual training ({})",
        objective.abbreviation()
    )?;
    writeln!(output, "{}", heading(objective.abbreviation()))?;
    while run.epoch() < epochs {
        let reports = run.train_epoch()?;
        if run.epoch() % epochs.div_ceil(LINES).max(1) == 0 || run.epoch() == epochs {
            print_line(&run, &reports, output)?;
        }
    }
    Ok(())
}

fn heading(objective: &str) -> String {
    format!(
        "{:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "epoch",
        "BL loss",
        "BL test",
        format!("{objective} loss"),
        format!("{objective} test"),
        "mature",
        "steps"
    )
}

fn print_line(
    run: &Lockstep,
    reports: &[EpochReport; 2],
    output: &mut dyn Write,
) -> io::Result<()> {
    let test = run
        .models()
        .map(|model| accuracy(model, &run.dataset().test));
    let [baseline, counterfactual] = reports;
    let share = match counterfactual.mature + counterfactual.exhausted {
        0 => "-".to_owned(),
        _ => format!("{:.1} %", 100.0 * counterfactual.mature_share()),
    };
    writeln!(
        output,
        "{:>6} {:>9.4} {:>9.4} {:>9.4} {:>9.4} {:>9} {:>9.2}",
        run.epoch(),
        baseline.loss.total,
        test[0],
        counterfactual.loss.total,
        test[1],
        share,
        counterfactual.mean_steps,
    )?;
    output.flush()
}

impl From<SessionError> for CliError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Data(error) => error.into(),
            SessionError::Model(error) => error.into(),
            SessionError::Thread(_) | SessionError::Halted => Self::Other(error.to_string()),
        }
    }
}
