//! Running a sweep on this machine.

use crate::cli::progress::in_locale;
use crate::cli::remarks;
use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    cli::{CliError, signals::Interrupt},
    files::is_meant,
    sweep::{
        self, Cell, CellResult, Drive, Observer, Resolver, Settings, Shard, Spec, Store, Strategy,
        Tally, describe,
    },
};

/// What is run and where.
#[derive(Args, Clone, Debug)]
pub struct RunArguments {
    /// The sweep's file, or one of these grids: generator-params, penalties, training-params,
    /// tuning, draft, regimes
    #[arg(value_name = "GRID.toml", value_parser = crate::cli::source::paths())]
    grid: PathBuf,
    /// Folder for the results; what is finished there is not run again
    #[arg(long, value_name = "DIR", required_unless_present = "dry_run", value_parser = crate::cli::source::paths())]
    out: Option<PathBuf>,
    /// Cells at a time, a thread each [default: one per core]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Share of the cells, such as 0/4 for the first of four processes [default: as Slurm or Open MPI
    /// say, else all]
    #[arg(long, value_name = "i/n")]
    shard: Option<String>,
    /// A value for all cells, such as preset=circ or epochs=10; repeatable
    #[arg(long = "set", value_name = "NAME=VALUE")]
    assignments: Vec<String>,
    /// Check every cell, and say how many there are and about how long they take
    #[arg(long)]
    dry_run: bool,
    /// End at the first cell that fails
    #[arg(long)]
    fail_fast: bool,
    /// Run cells again that failed before
    #[arg(long)]
    retry_failed: bool,
}

/// The sweep of a file, or of one of the paper's grids, with `assignments` for all cells.
pub(super) fn read(grid: &Path, assignments: &[String]) -> Result<Spec, CliError> {
    let built_in = grid
        .to_str()
        .and_then(sweep::built_in)
        .filter(|_| !is_meant(grid));
    let mut spec = match built_in {
        Some(text) => Spec::parse(text)?,
        None => Spec::read(grid)?,
    };
    for assignment in assignments {
        spec.assign(assignment)?;
    }
    Ok(spec)
}

/// Carries out `ctui sweep GRID.toml`.
///
/// # Errors
/// As [`super::run`].
pub(super) fn run(arguments: &RunArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let spec = read(&arguments.grid, &arguments.assignments)?;
    let combinations = chosen(&spec)?;
    let cells = resolve(&spec, &combinations)?;
    if arguments.dry_run {
        return foretell(&spec, &cells, arguments.jobs(), output);
    }
    let interrupt = Interrupt::new()?;
    let drive = Drive {
        jobs: arguments.jobs(),
        fail_fast: arguments.fail_fast,
        retry_failed: arguments.retry_failed,
        measures: spec.measures.clone(),
        protocol: spec.protocol,
        halt: interrupt.halt(),
    };
    let store = Store::create(arguments.out.as_deref().unwrap_or(Path::new(".")))?;
    let shard = arguments.shard()?;
    let tally = match spec.race() {
        Some((objective, keep)) => {
            if shard != Shard::ALL {
                return Err(CliError::Input(
                    "a race decides from stage to stage, so it runs in one process; leave --shard out"
                        .into(),
                ));
            }
            let bar = Bar::of_race(sweep::race_cells(
                combinations.len(),
                spec.seeds.len(),
                keep,
            ));
            let race = sweep::race(&spec, objective, keep, combinations, &drive, &store, &bar)?;
            bar.finish();
            print_race(&race, output)?;
            race.tally
        }
        None => {
            let ours: Vec<Cell> = (cells.into_iter().enumerate())
                .filter(|(position, _)| shard.has(*position))
                .map(|(_, cell)| cell)
                .collect();
            let bar = Bar::new(ours.len());
            let tally = drive.run(&ours, &store, &bar)?;
            bar.finish();
            tally
        }
    };
    finish(tally, &store, &interrupt, output)
}

impl RunArguments {
    fn jobs(&self) -> usize {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        self.jobs.unwrap_or_else(cores).clamp(1, 1024)
    }

    fn shard(&self) -> Result<Shard, CliError> {
        Ok(match &self.shard {
            Some(text) => Shard::parse(text)?,
            None => Shard::of_launcher(|name| std::env::var(name).ok())?,
        })
    }
}

/// The combinations that may run: all, or some drawn at random.
fn chosen(spec: &Spec) -> Result<Vec<Settings>, CliError> {
    let all = spec.combinations()?;
    Ok(match spec.strategy {
        Strategy::Random { samples, seed } => sweep::draw(all, samples, seed),
        Strategy::Grid | Strategy::Race { .. } => all,
    })
}

/// All cells, each checked.
fn resolve(spec: &Spec, combinations: &[Settings]) -> Result<Vec<Cell>, CliError> {
    let mut resolver = Resolver::default();
    let mut cells = Vec::with_capacity(combinations.len() * spec.seeds.len());
    for settings in combinations {
        for &seed in &spec.seeds {
            cells.push(resolver.resolve(settings, seed, &spec.measures, spec.protocol)?);
        }
    }
    Ok(cells)
}

/// Says how many cells there are, and by the first of them about how long they take.
fn foretell(
    spec: &Spec,
    cells: &[Cell],
    jobs: usize,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let count = match spec.race() {
        Some((_, keep)) => {
            sweep::race_cells(cells.len() / spec.seeds.len(), spec.seeds.len(), keep)
        }
        None => cells.len(),
    };
    writeln!(output, "{count} cells, all of them in order")?;
    let Some(first) = cells.first() else {
        return Ok(());
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.map_err(|error| CliError::Other(error.to_string()))?;
    let start = Instant::now();
    let halt = Interrupt::new()?.halt();
    pool.install(|| sweep::measure(&first.recipe, &spec.measures, spec.protocol, &halt))?;
    let seconds = start.elapsed().as_secs_f64();
    writeln!(
        output,
        "the first took {seconds:.2} s; all of them about {} on {jobs} threads, if they are alike",
        duration(seconds * count as f64 / jobs as f64)
    )?;
    Ok(())
}

/// Seconds as people say them.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 100.0 => format!("{s:.0} s"),
        s if s < 6000.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

fn print_race(race: &sweep::Race, output: &mut dyn Write) -> io::Result<()> {
    for (stage, (combinations, seeds)) in race.stages.iter().enumerate() {
        writeln!(
            output,
            "stage {}: {combinations} combinations, {seeds} seeds",
            stage + 1
        )?;
    }
    for (rank, group) in race.finalists.iter().take(5).enumerate() {
        writeln!(output, "{}. {}", rank + 1, describe(&group.settings))?;
        for (score, estimate) in &group.scores {
            writeln!(output, "   {:<16} {estimate}", score.name())?;
        }
    }
    Ok(())
}

/// Says what was done; the exit code tells scripts whether to go on.
fn finish(
    tally: Tally,
    store: &Store,
    interrupt: &Interrupt,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let Tally {
        ran,
        known,
        failed,
        left,
    } = tally;
    writeln!(
        output,
        "{ran} cells run, {known} finished before, {failed} failed; {}",
        store.path().display()
    )?;
    if left > 0 && interrupt.came() {
        return Err(CliError::Interrupted(format!(
            "interrupted: {left} cells are left; the same command goes on with them"
        )));
    }
    match failed {
        0 => Ok(()),
        _ => Err(CliError::Other(format!(
            "{failed} cells failed; `ctui sweep show {}` says why, --retry-failed runs them again",
            store.path().display()
        ))),
    }
}

/// A bar on standard error, or a line now and then where that is no terminal.
pub(in crate::cli) struct Bar {
    bar: ProgressBar,
    start: Instant,
    /// Whether cells come again in later stages.
    racing: bool,
}

impl Bar {
    pub(in crate::cli) fn new(cells: usize) -> Self {
        let target = match io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr_with_hz(5),
            false => ProgressDrawTarget::hidden(),
        };
        let style = "{pos}/{len} cells {bar:40} {elapsed}, {eta} left  {msg}";
        let style = ProgressStyle::with_template(style);
        let bar = ProgressBar::with_draw_target(Some(cells as u64), target);
        Self {
            bar: bar.with_style(in_locale(
                style.unwrap_or_else(|_| ProgressStyle::default_bar()),
            )),
            start: Instant::now(),
            racing: false,
        }
    }

    /// As [`Bar::new`], for cells of which some come again in later stages.
    pub(in crate::cli) fn of_race(cells: usize) -> Self {
        Self {
            racing: true,
            ..Self::new(cells)
        }
    }

    pub(in crate::cli) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Observer for Bar {
    fn finished(&self, result: &CellResult, before: bool) {
        if before && self.racing {
            return;
        }
        self.bar.inc(1);
        if let Some(error) = &result.error {
            let text = format!(
                "{} seed={}: {error}",
                describe(&result.settings),
                result.seed
            );
            let text = crate::text::printable(&text).into_owned();
            self.bar.suspend(|| {
                let _ = writeln!(remarks(), "failed: {text}");
            });
        }
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or(0));
        let every = all.div_ceil(10).max(1);
        if !io::stderr().is_terminal() && (done % every == 0 || done == all) {
            let seconds = self.start.elapsed().as_secs_f64();
            let _ = writeln!(remarks(), "{done}/{all} cells after {seconds:.1} s");
        }
    }
}
