//! What a shell wants to know: completions, and the manual page.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::{Cli, CliError};

/// Arguments of `ctui completions`.
#[derive(Args, Clone, Debug)]
pub struct CompletionArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes completions for a shell.
///
/// # Errors
/// [`CliError::Other`] if they cannot be written.
pub fn completions(
    arguments: &CompletionArguments,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let mut text = Vec::new();
    generate(arguments.shell, &mut Cli::command(), "ctui", &mut text);
    output.write_all(&text)?;
    Ok(())
}

/// Writes the manual page: the dashboard's, followed by those of all commands.
///
/// # Errors
/// [`CliError::Other`] if it cannot be written.
pub fn manual(output: &mut dyn Write) -> Result<(), CliError> {
    let mut command = Cli::command();
    command.build();
    Man::new(command.clone()).render(output)?;
    for subcommand in command
        .get_subcommands()
        .filter(|known| known.get_name() != "help")
    {
        let name = format!("ctui-{}", subcommand.get_name());
        writeln!(output, ".SH \"{}\"", name.to_uppercase())?;
        let page = Man::new(subcommand.clone());
        page.render_description_section(output)?;
        page.render_synopsis_section(output)?;
        page.render_options_section(output)?;
    }
    Ok(())
}
