//! Handing a sweep to an engine that runs jobs on many machines.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use clap::{Args, ValueEnum, value_parser};

use super::run::read;
use crate::{
    cli::{CliError, overwrite::Overwrite},
    files::read_text,
    sweep::{Job, Store, tasks},
};

/// What is submitted.
#[derive(Args, Clone, Debug)]
pub struct SubmitArguments {
    /// The sweep's file, or one of the paper's grids
    #[arg(value_name = "GRID.toml", value_parser = crate::cli::source::paths())]
    grid: PathBuf,
    /// Folder for the results, which all machines see
    #[arg(long, value_name = "DIR", value_parser = crate::cli::source::paths())]
    out: PathBuf,
    /// What runs the jobs
    #[arg(long, value_enum, default_value = "slurm")]
    engine: Engine,
    /// Number of tasks [default: the number of cells, at most four per core]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=100_000))]
    tasks: Option<u32>,
    /// Cores of the cluster that the tasks are spread over [default: those of this machine]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=1_000_000))]
    cores: Option<u32>,
    /// Memory of a task, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 300)]
    memory: usize,
    /// Time limit of a task, as Slurm writes it, such as 01:00:00
    #[arg(long, value_name = "TIME")]
    time: Option<String>,
    /// The partition
    #[arg(long, value_name = "NAME")]
    partition: Option<String>,
    /// Write the script and do not submit it
    #[arg(long)]
    script_only: bool,
    #[command(flatten)]
    overwrite: Overwrite,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Engine {
    /// A job array for sbatch
    Slurm,
}

/// Carries out `ctui sweep submit`.
///
/// # Errors
/// [`CliError`] if the sweep makes no sense, or cannot be written or submitted.
pub(super) fn run(arguments: &SubmitArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let spec = read(&arguments.grid, &[])?;
    let Engine::Slurm = arguments.engine;
    let cells = spec.combinations()?.len() * spec.seeds.len();
    Store::create(&arguments.out)?;
    let [grid, out] = [&arguments.grid, &arguments.out].map(|path| absolute(path));
    let (grid, out) = (grid?, out?);
    let program = env::current_exe()
        .map_err(|error| CliError::Other(format!("cannot find this program: {error}")))?;
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let job = Job {
        program: &program,
        grid: &grid,
        out: &out,
        tasks: (arguments.tasks.map(|tasks| tasks as usize))
            .unwrap_or_else(|| tasks(cells, arguments.cores.map_or_else(cores, |n| n as usize))),
        memory: arguments.memory,
        time: arguments.time.as_deref(),
        partition: arguments.partition.as_deref(),
    };
    let script = arguments.out.join("submit.sh");
    let text = job.script();
    if !holds(&script, &text) {
        let overwrite = arguments.overwrite;
        overwrite.write(&script, |file| file.write_all(text.as_bytes()))?;
    }
    writeln!(
        output,
        "{cells} cells, {} tasks: {}",
        job.tasks,
        script.display()
    )?;
    match arguments.script_only {
        true => Ok(()),
        false => submit(&script, output),
    }
}

/// Whether the file at `path` is that text already; one that was edited is not.
fn holds(path: &Path, text: &str) -> bool {
    read_text(path, 1 << 20).is_ok_and(|present| present == text)
}

/// The whole path; names of the paper's grids stay as they are.
fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    match path.exists() {
        true => fs::canonicalize(path)
            .map_err(|error| CliError::Input(format!("{}: {error}", path.display()))),
        false => Ok(path.to_owned()),
    }
}

fn submit(script: &Path, output: &mut dyn Write) -> Result<(), CliError> {
    let run = Command::new("sbatch")
        .arg("--parsable")
        .arg(script)
        .output();
    let run = run.map_err(|error| {
        CliError::Other(format!(
            "cannot start sbatch: {error}; on a machine that has it: sbatch {}",
            script.display()
        ))
    })?;
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).trim().to_owned();
        crate::text::printable_lines(&text).into_owned()
    };
    match run.status.success() {
        true => {
            writeln!(output, "job {}", text(&run.stdout))?;
            Ok(())
        }
        false => Err(CliError::Other(format!("sbatch: {}", text(&run.stderr)))),
    }
}
