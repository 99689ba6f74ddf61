//! `ctui sweep`: many runs.

mod run;
mod show;
mod submit;

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};

pub(super) use run::Bar;

use super::CliError;
use crate::sweep::{Store, SweepError, collect};

/// Arguments of `ctui sweep`.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct SweepArguments {
    #[command(subcommand)]
    command: Option<SweepCommand>,
    #[command(flatten)]
    run: Option<run::RunArguments>,
}

#[derive(Subcommand, Clone, Debug)]
enum SweepCommand {
    /// Write all results of a sweep as results.jsonl and results.csv
    Collect {
        /// The sweep's folder
        #[arg(value_name = "DIR", value_parser = crate::cli::source::paths())]
        folder: PathBuf,
    },
    /// Hand a sweep to Slurm as a job array
    Submit(submit::SubmitArguments),
    /// Means over the seeds, what matters, and the best combinations
    Show(show::ShowArguments),
}

/// Carries out `ctui sweep`; progress goes to standard error.
///
/// # Errors
/// [`CliError::Input`] for a file that makes no sense, [`CliError::Interrupted`] if cells are left
/// since the end was asked for, [`CliError::Other`] if something cannot be written or a cell failed.
pub fn run(arguments: &SweepArguments, output: &mut dyn Write) -> Result<(), CliError> {
    match (&arguments.command, &arguments.run) {
        (Some(SweepCommand::Collect { folder }), _) => {
            let count = collect(&Store::open(folder)?)?;
            let path = folder.join("results.jsonl");
            writeln!(output, "{count} cells in {} and .csv", path.display())?;
            Ok(())
        }
        (Some(SweepCommand::Submit(arguments)), _) => submit::run(arguments, output),
        (Some(SweepCommand::Show(arguments)), _) => show::run(arguments, output),
        (None, Some(arguments)) => run::run(arguments, output),
        (None, None) => Err(CliError::Input(
            "name the sweep's file and its folder: ctui sweep GRID.toml --out DIR".into(),
        )),
    }
}

impl From<SweepError> for CliError {
    fn from(error: SweepError) -> Self {
        match error {
            SweepError::File { .. } | SweepError::Entry { .. } | SweepError::Shard(_) => {
                Self::Input(error.to_string())
            }
            SweepError::Access {
                error: ref cause, ..
            } if cause.kind() == std::io::ErrorKind::NotFound => Self::Input(error.to_string()),
            SweepError::Access { .. } | SweepError::Failed { .. } => Self::Other(error.to_string()),
        }
    }
}
