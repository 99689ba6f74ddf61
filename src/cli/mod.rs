//! The command line: one file per subcommand, no logic of its own.

mod audit;
mod compare;
mod data;
mod error;
mod evaluate;
mod explain;
mod inputs;
mod lesson;
mod locks;
mod monitor;
mod order;
mod overwrite;
mod paper;
mod parse;
mod plain;
mod progress;
mod recipe;
mod replay;
mod report;
mod runs;
mod search;
mod setup;
mod shell;
mod signals;
mod source;
mod sweep;
mod table;
mod train;
mod tune;
mod watch;

use std::io::{self, Write};

use clap::{Parser, Subcommand};

use crate::{
    ascii::{AsciiWriter, Content, unicode_is_read},
    dashboard::theme::Level,
    text::printable,
};

pub use error::CliError;
pub use parse::parse;

/// See counterfactual training.
#[derive(Parser, Clone, Debug)]
#[command(
    name = "ctui",
    version,
    about,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
pub struct Cli {
    /// Threads to compute with [default: one per core]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// No colours, as with NO_COLOR in the environment
    #[arg(long, global = true)]
    no_color: bool,
    #[command(flatten)]
    watch: watch::WatchArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand, Clone, Debug)]
enum Command {
    /// Train one model without a dashboard
    Train(train::TrainArguments),
    /// Search counterfactuals of a model's inputs
    Explain(explain::ExplainArguments),
    /// Measure a model and its counterfactuals
    Evaluate(evaluate::EvaluateArguments),
    /// Compare what recourse costs groups of people, and find what stands in for a protected feature
    Audit(audit::AuditArguments),
    /// Measure the paper's tables and set them beside the published numbers
    Paper(paper::PaperArguments),
    /// Run a grid of settings, each trained and measured once
    Sweep(sweep::SweepArguments),
    /// Search settings that fit your data
    Tune(tune::TuneArguments),
    /// List the runs in folders, with their scores
    Runs(runs::RunsArguments),
    /// Lay the scores and curves of runs beside each other
    Compare(compare::CompareArguments),
    /// Make and describe data sets
    Data(data::DataArguments),
    /// List, play, prove and begin lessons
    Lesson(lesson::LessonArguments),
    /// Watch a saved session in the dashboard as it was made
    Replay(replay::ReplayArguments),
    /// Write a run as one page to hand out, with pictures, curves, scores and advice
    Report(report::ReportArguments),
    /// Print completions for a shell
    Completions(shell::CompletionArguments),
    /// Print the manual page
    Man,
}

impl Cli {
    /// How many colours the dashboard has, if not as many as the terminal shows.
    fn level(&self) -> Option<Level> {
        self.no_color.then_some(Level::Off)
    }

    /// What its output is.
    pub fn content(&self) -> Content {
        match &self.command {
            Some(Command::Explain(arguments)) => arguments.content(),
            Some(Command::Data(arguments)) => arguments.content(),
            Some(Command::Train(arguments)) if arguments.is_json() => Content::Json,
            Some(Command::Evaluate(arguments)) if arguments.is_json() => Content::Json,
            Some(Command::Paper(arguments)) if arguments.is_json() => Content::Json,
            Some(Command::Tune(arguments)) if arguments.is_json() => Content::Json,
            Some(Command::Completions(_) | Command::Man) => Content::Data,
            None if self.watch.prints_config() => Content::Data,
            _ => Content::Text,
        }
    }
}

/// Where remarks go: standard error, in ASCII where the locale has no UTF-8.
pub fn remarks() -> AsciiWriter<io::Stderr> {
    let content = match unicode_is_read() {
        true => Content::Data,
        false => Content::Text,
    };
    AsciiWriter::new(io::stderr(), content)
}

/// Says remarks, a line each, without control characters.
///
/// # Errors
/// What standard error fails with; progress may leave that be.
fn say(notes: &[String]) -> io::Result<()> {
    let mut stderr = remarks();
    notes
        .iter()
        .try_for_each(|note| writeln!(stderr, "{}", printable(note)))
}

/// Carries out a command line; results go to `output`.
///
/// # Errors
/// [`CliError`], with the exit code that it calls for.
pub fn run(cli: &Cli, output: &mut dyn Write) -> Result<(), CliError> {
    setup::use_threads(cli.threads)?;
    match &cli.command {
        Some(Command::Train(arguments)) => train::run(arguments, output),
        Some(Command::Explain(arguments)) => explain::run(arguments, output),
        Some(Command::Evaluate(arguments)) => evaluate::run(arguments, output),
        Some(Command::Audit(arguments)) => audit::run(arguments, output),
        Some(Command::Paper(arguments)) => paper::run(arguments, output),
        Some(Command::Sweep(arguments)) => sweep::run(arguments, output),
        Some(Command::Tune(arguments)) => tune::run(arguments, output),
        Some(Command::Runs(arguments)) => runs::run(arguments, output),
        Some(Command::Compare(arguments)) => compare::run(arguments, output),
        Some(Command::Data(arguments)) => data::run(arguments, output),
        Some(Command::Lesson(arguments)) => lesson::run(arguments, cli.level(), output),
        Some(Command::Replay(arguments)) => replay::run(arguments, cli.level(), output),
        Some(Command::Report(arguments)) => report::run(arguments, output),
        Some(Command::Completions(arguments)) => shell::completions(arguments, output),
        Some(Command::Man) => shell::manual(output),
        None => watch::run(&cli.watch, cli.level(), output),
    }
}
