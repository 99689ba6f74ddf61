//! `ctui` where there is no terminal: all arms as plain lines.

use std::io::{self, Write};

use super::{CliError, say};
use crate::{
    evaluation::accuracy::accuracy,
    session::{Lockstep, SessionError},
};

/// Lines that are printed of a whole run.
const LINES: usize = 20;

/// Trains all arms of `run` to the end and prints a line now and then.
///
/// # Errors
/// [`CliError`] if the data cannot be had or the output cannot be written.
pub fn run(mut run: Lockstep, output: &mut dyn Write) -> Result<(), CliError> {
    let epochs = run.recipe().epochs();
    let arms = run.recipe().arms.iter().zip(run.objectives());
    let arms: Vec<_> = arms
        .map(|(arm, objective)| format!("{} ({})", arm.name, objective.name()))
        .collect();
    writeln!(
        output,
        "{}: {}",
        run.recipe().source.title(),
        arms.join(", ")
    )?;
    let _ = say(run.notes());
    writeln!(output, "{}", heading(&run))?;
    while run.epoch() < epochs {
        run.train_epoch()?;
        if run.epoch().is_multiple_of(epochs.div_ceil(LINES).max(1)) || run.epoch() == epochs {
            print_line(&run, output)?;
        }
    }
    Ok(())
}

/// Loss and test accuracy of every arm, and which share of its searches matured, in how many steps.
fn heading(run: &Lockstep) -> String {
    let mut text = format!("{:>6}", "epoch");
    for arm in &run.recipe().arms {
        for what in ["loss", "test", "mature", "steps"] {
            text += &format!(
                " {:>w$}",
                format!("{} {what}", arm.name),
                w = width(&arm.name)
            );
        }
    }
    text
}

/// Width of a column of an arm.
fn width(name: &str) -> usize {
    9.max(name.len() + 7)
}

fn print_line(run: &Lockstep, output: &mut dyn Write) -> io::Result<()> {
    write!(output, "{:>6}", run.epoch())?;
    for (position, arm) in run.recipe().arms.iter().enumerate() {
        let (report, model) = (run.report(position), run.models()[position]);
        let searched = report.mature + report.exhausted > 0;
        let share = match searched {
            true => format!("{:.1} %", 100.0 * report.mature_share()),
            false => "-".to_owned(),
        };
        let steps = match report.mature > 0 {
            true => format!("{:.2}", report.steps_to_mature()),
            false => "-".to_owned(),
        };
        let w = width(&arm.name);
        let test = accuracy(model, &run.dataset().test);
        let loss = report.loss.total;
        write!(output, " {loss:>w$.4} {test:>w$.4} {share:>w$} {steps:>w$}")?;
    }
    writeln!(output)?;
    output.flush()
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
