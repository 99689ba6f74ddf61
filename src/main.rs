//! The binary of ctui: reads the command line, and says in one message what went wrong.

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

use ctui::{
    ascii::{AsciiWriter, unicode_is_read},
    cli::{self, CliError},
    text::printable_lines,
};

fn main() -> ExitCode {
    let cli = match cli::parse(env::args_os()) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let stdout = io::stdout().lock();
    let outcome = match unicode_is_read() {
        true => cli::run(&cli, &mut { stdout }),
        false => cli::run(&cli, &mut AsciiWriter::new(stdout, cli.content())),
    };
    match outcome {
        Ok(()) | Err(CliError::Unread) => ExitCode::SUCCESS,
        Err(error @ CliError::Signal(_)) => ExitCode::from(error.exit_code()),
        Err(error) => {
            let message = error.to_string();
            let _ = writeln!(cli::remarks(), "ctui: {}", printable_lines(&message));
            ExitCode::from(error.exit_code())
        }
    }
}
