//! From words to a command, and what is said otherwise.

use std::{ffi::OsString, io::Write, process::ExitCode};

use clap::{CommandFactory, Parser};

use super::{Cli, order::options_last, remarks};
use crate::ascii::{AsciiWriter, Content, unicode_is_read};

/// The command line that `arguments` are; options before a subcommand belong to it. Help and complaints
/// are printed, in ASCII where the locale has no UTF-8.
///
/// # Errors
/// The exit code that ends it: 0 after help, 2 for what makes no sense.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    let words = options_last(&mut Cli::command(), arguments);
    Cli::try_parse_from(words).map_err(|error| {
        let code = u8::try_from(error.exit_code()).unwrap_or(2);
        if unicode_is_read() {
            let _ = error.print();
            return ExitCode::from(code);
        }
        let text = error.render().to_string();
        let _ = match error.use_stderr() {
            true => remarks().write_all(text.as_bytes()),
            false => AsciiWriter::new(std::io::stdout(), Content::Text).write_all(text.as_bytes()),
        };
        ExitCode::from(code)
    })
}
