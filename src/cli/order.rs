//! Options before a subcommand belong to it.

use std::ffi::OsString;

use clap::{Arg, Command};

/// The command line with the options that stand before a subcommand put behind it, so that
/// `ctui --seed 3 train` is `ctui train --seed 3`. What is not understood is left to the parser.
pub(super) fn options_last(
    command: &mut Command,
    arguments: impl IntoIterator<Item = OsString>,
) -> Vec<OsString> {
    command.build();
    let mut command = &*command;
    let mut rest = arguments.into_iter().peekable();
    let mut ordered: Vec<OsString> = rest.next().into_iter().collect();
    let mut options = Vec::new();
    while let Some(argument) = rest.next_if(|next| is_option(next) || subcommand(command, next)) {
        if let Some(inner) = command.find_subcommand(&argument) {
            command = inner;
            ordered.push(argument);
            continue;
        }
        let takes_next = option(command, &argument).is_some_and(takes_value)
            && !argument.to_string_lossy().contains('=');
        options.push(argument);
        options.extend(takes_next.then(|| rest.next()).flatten());
    }
    ordered.extend(options);
    ordered.extend(rest);
    ordered
}

fn subcommand(command: &Command, argument: &OsString) -> bool {
    command.find_subcommand(argument).is_some()
}

/// Whether it is a long option; `--` alone ends the options.
fn is_option(argument: &OsString) -> bool {
    let text = argument.to_string_lossy();
    text.starts_with("--") && text != "--"
}

/// What the command knows under the name of the option.
fn option<'a>(command: &'a Command, argument: &OsString) -> Option<&'a Arg> {
    let text = argument.to_string_lossy();
    let name = text.trim_start_matches("--");
    let name = name.split_once('=').map_or(name, |(name, _)| name);
    command
        .get_arguments()
        .find(|known| known.get_long() == Some(name))
}

fn takes_value(argument: &Arg) -> bool {
    argument.get_action().takes_values()
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::Cli;

    fn ordered(line: &str) -> String {
        let words = line.split(' ').map(OsString::from);
        let words = options_last(&mut Cli::command(), words);
        let words = words.iter().map(|word| word.to_str().unwrap());
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_go_behind_the_subcommand() {
        for (given, right) in [
            ("ctui --threads 1 train", "ctui train --threads 1"),
            (
                "ctui --threads=1 train --out a",
                "ctui train --threads=1 --out a",
            ),
            (
                "ctui --seed 3 data --threads 2 make moons",
                "ctui data make --seed 3 --threads 2 moons",
            ),
            ("ctui --seed train", "ctui --seed train"),
            (
                "ctui --threads 1 --preset moon",
                "ctui --threads 1 --preset moon",
            ),
            ("ctui train --seed 3", "ctui train --seed 3"),
            ("ctui --label data train", "ctui train --label data"),
            ("ctui -- train", "ctui -- train"),
            ("ctui", "ctui"),
        ] {
            assert_eq!(ordered(given), right);
        }
    }

    #[test]
    fn every_command_takes_global_options_before_it() {
        for line in [
            "ctui --threads 1 train --preset moon",
            "ctui --threads 1 --no-color explain --model m --data d --target 1",
            "ctui --no-color --threads 1 evaluate --model m --data d",
            "ctui --threads 1 paper",
            "ctui --threads 1 sweep grid.toml --out d",
            "ctui --threads 1 sweep collect d",
            "ctui --threads 1 tune --data d",
            "ctui --threads 1 data describe d",
            "ctui --threads 1 lesson tour",
            "ctui --threads 1 lesson check a",
            "ctui --no-color completions bash",
            "ctui --threads 1 man",
            "ctui --threads 1 --no-color --preset moon",
        ] {
            let words = line.split(' ').map(OsString::from);
            let words = options_last(&mut Cli::command(), words);
            let parsed = Cli::try_parse_from(words);
            assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
        }
    }

    #[test]
    fn options_that_a_command_does_not_take_are_refused() {
        let words = "ctui --theme dark train".split(' ').map(OsString::from);
        let words = options_last(&mut Cli::command(), words);
        let error = Cli::try_parse_from(words).unwrap_err().to_string();
        assert!(error.contains("--theme"), "{error}");
    }
}
