//! `ctui` without a command: the dashboard, or plain lines where there is no terminal.

use std::io::{self, IsTerminal, Write};

use clap::Args;

use super::{CliError, plain, setup::Setup};
use crate::{
    dashboard::{self, Options},
    session::Session,
};

/// What to show and how.
#[derive(Args, Clone, Debug)]
pub struct WatchArguments {
    #[command(flatten)]
    setup: Setup,
    /// Print lines instead of opening the dashboard
    #[arg(long)]
    plain: bool,
}

/// Trains both arms in the dashboard until the user leaves, then writes a summary to `output`.
///
/// # Errors
/// [`CliError::Input`] for unusable arguments or data; [`CliError::Other`] if the terminal fails.
pub fn run(arguments: &WatchArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let (recipe, _) = arguments.setup.recipe()?;
    if arguments.plain || !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return plain::run(recipe, output);
    }
    let session = Session::spawn(recipe)?;
    let summary = dashboard::run(&session, &Options::default())
        .map_err(|error| CliError::Other(error.to_string()))?;
    drop(session);
    writeln!(output, "{summary}")?;
    Ok(())
}
