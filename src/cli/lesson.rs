//! `ctui lesson`: lists, plays, proves and begins lessons.

use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand};

use super::{CliError, overwrite::Overwrite, watch};
use crate::dashboard::{
    Options,
    config::Config,
    lesson::{Lesson, LessonError, TEMPLATE, check, list},
    theme::Level,
};

/// Seeds that a lesson is proved with.
const SEEDS: [u64; 3] = [1, 2, 3];

/// Lists the lessons; plays, proves or begins one.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct LessonArguments {
    /// The lesson: a name from the list, or a file
    #[arg(value_name = "NAME|FILE")]
    name: Option<String>,
    /// For a screen reader: plain lines in place of the screen, and commands that are typed as lines
    #[arg(long, requires = "name")]
    screen_reader: bool,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Subcommand, Clone, Debug)]
enum Task {
    /// Prove that every task can be done and every claim comes out, over three seeds
    Check {
        /// The lessons
        #[arg(required = true, value_name = "FILE", value_parser = crate::cli::source::paths())]
        files: Vec<PathBuf>,
        /// Print what each statement came to
        #[arg(long, short)]
        verbose: bool,
    },
    /// Write a lesson to start from, with every entry explained
    New {
        /// Where to
        #[arg(value_name = "FILE", value_parser = crate::cli::source::paths())]
        file: PathBuf,
        #[command(flatten)]
        overwrite: Overwrite,
    },
}

/// Does with lessons what is wanted.
///
/// # Errors
/// [`CliError::Input`] for unknown or unusable lessons, [`CliError::Other`] if a lesson does not hold
/// or the terminal fails.
pub fn run(
    arguments: &LessonArguments,
    level: Option<Level>,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    match (&arguments.task, &arguments.name) {
        (Some(Task::Check { files, verbose }), _) => prove(files, *verbose, output),
        (Some(Task::New { file, overwrite }), _) => begin(file, *overwrite, output),
        (None, Some(name)) => play(name, arguments.screen_reader, level, output),
        (None, None) => print_list(output),
    }
}

fn print_list(output: &mut dyn Write) -> Result<(), CliError> {
    for (number, (name, lesson)) in list().into_iter().enumerate() {
        writeln!(output, "{} {name:<12} {}", number + 1, lesson.title)?;
        writeln!(output, "{:14} {}", "", lesson.about)?;
    }
    writeln!(output, "\nctui lesson NAME plays one; `tour` is the first")?;
    Ok(())
}

fn play(
    name: &str,
    screen_reader: bool,
    level: Option<Level>,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let lesson = Lesson::open(name)?;
    let plan = lesson.plan.recipe(None).map_err(CliError::Input)?;
    let mut config = Config::load(None)?;
    config.screen_reader |= screen_reader;
    let terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    if !terminal && !config.screen_reader {
        return Err(CliError::Input(format!(
            "a lesson is played in a terminal; `ctui lesson check {name}` proves it without one, and --screen-reader tells it in lines"
        )));
    }
    let keep_picture = config.keep_picture;
    let options = Options {
        lesson: Some(Arc::new(lesson)),
        level,
        ..watch::options(config)
    };
    watch::open(watch::Start::New(plan), options, keep_picture, output)
}

/// Plays lessons without a screen, with every seed.
fn prove(files: &[PathBuf], verbose: bool, output: &mut dyn Write) -> Result<(), CliError> {
    let mut failed = 0;
    for file in files {
        let lesson = Lesson::read_file(file)?;
        let shown = file.display().to_string();
        let mut failures = check::cards(&lesson);
        for seed in SEEDS {
            let (found, trace) = check::check(&lesson, seed)?;
            failures.extend(found);
            for (line, text) in trace.iter().filter(|_| verbose) {
                writeln!(output, "{shown}:{line}: {text} (seed {seed})")?;
            }
        }
        match failures.len() {
            0 => writeln!(output, "{shown}: holds with seeds 1, 2 and 3")?,
            _ => failed += 1,
        }
        for failure in failures {
            writeln!(output, "{shown}:{failure}")?;
        }
    }
    match failed {
        0 => Ok(()),
        1 => Err(CliError::Other("a lesson does not hold".to_owned())),
        _ => Err(CliError::Other(format!("{failed} lessons do not hold"))),
    }
}

fn begin(file: &Path, overwrite: Overwrite, output: &mut dyn Write) -> Result<(), CliError> {
    overwrite.write(file, |output| output.write_all(TEMPLATE.as_bytes()))?;
    let file = file.display();
    writeln!(output, "{file} is there; ctui lesson {file} plays it")?;
    Ok(())
}

impl From<LessonError> for CliError {
    fn from(error: LessonError) -> Self {
        Self::Input(error.to_string())
    }
}
