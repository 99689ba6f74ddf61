//! The binary of ctui: reads the command line, and says in one message what went wrong.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use ctui::{
    cli::{self, Cli, CliError},
    text::printable_lines,
};

fn main() -> ExitCode {
    let outcome = cli::run(&Cli::parse(), &mut io::stdout().lock());
    match outcome {
        Ok(()) | Err(CliError::Unread) => ExitCode::SUCCESS,
        Err(error @ CliError::Signal(_)) => ExitCode::from(error.exit_code()),
        Err(error) => {
            let message = error.to_string();
            let _ = writeln!(io::stderr(), "ctui: {}", printable_lines(&message));
            ExitCode::from(error.exit_code())
        }
    }
}
