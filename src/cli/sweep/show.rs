//! What came out of a sweep, as tables.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    thread,
    time::Duration,
};

use clap::Args;

use crate::{
    cli::{CliError, overwrite::Overwrite, signals::Interrupt},
    paper::Grid,
    sweep::{
        CellResult, Effect, Estimate, Group, HeatMap, Score, Store, effects, group, short, varying,
    },
};

/// Clears the screen and goes to its corner.
const CLEAR: &[u8] = b"\x1b[H\x1b[2J\x1b[3J";

/// Time between two looks at a sweep that is running.
const REFRESH: Duration = Duration::from_secs(1);

/// Rows of the table that are shown without `--all`.
const ROWS: usize = 40;

/// What is shown.
#[derive(Args, Clone, Debug)]
pub struct ShowArguments {
    /// The sweep's folder
    #[arg(value_name = "DIR", value_parser = crate::cli::source::paths())]
    folder: PathBuf,
    /// Score to sort and to judge by [default: ip, or the first that was measured]
    #[arg(long, value_name = "SCORE")]
    by: Option<String>,
    /// Two parameters for a heat map, such as lambda_div,lambda_reg [default: those that matter most]
    #[arg(long, value_name = "ROW,COLUMN", value_delimiter = ',')]
    heat: Vec<String>,
    /// Write the heat map as a picture
    #[arg(long, value_name = "FILE", value_parser = crate::cli::source::paths())]
    svg: Option<PathBuf>,
    #[command(flatten)]
    overwrite: Overwrite,
    /// Print once and end, instead of following a sweep that is running
    #[arg(long)]
    once: bool,
    /// Every combination, instead of the best and the worst
    #[arg(long)]
    all: bool,
    /// Print Markdown tables
    #[arg(long)]
    markdown: bool,
}

/// Carries out `ctui sweep show`.
///
/// # Errors
/// [`CliError`] if the folder is no sweep's, or a name is unknown.
pub(super) fn run(arguments: &ShowArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let store = Store::open(&arguments.folder)?;
    if arguments.once || !io::stdout().is_terminal() {
        return print(&store, arguments, output);
    }
    let interrupt = Interrupt::new()?;
    while !interrupt.came() {
        let mut page = Vec::new();
        print(&store, arguments, &mut page)?;
        output.write_all(CLEAR)?;
        output.write_all(&page)?;
        writeln!(output, "\nCtrl-C ends")?;
        output.flush()?;
        thread::sleep(REFRESH);
    }
    Ok(())
}

/// What is finished by now.
fn print(store: &Store, arguments: &ShowArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let results = store.results()?;
    if results.is_empty() {
        writeln!(output, "no cell is finished yet")?;
        return Ok(());
    }
    let groups = group(&results);
    let score = arguments.score(&groups)?;
    summary(&results, &groups, output)?;
    let Some(score) = score else {
        return Ok(());
    };
    table(&groups, score, arguments, output)?;
    let effects = effects(&groups, score);
    main_effects(&effects, score, output)?;
    if let Some(map) = arguments.heat_map(&groups, score, &effects)? {
        write_map(&map, arguments, output)?;
    }
    Ok(())
}

impl ShowArguments {
    fn score(&self, groups: &[Group]) -> Result<Option<Score>, CliError> {
        let measured = |score: &Score| groups.iter().any(|g| g.scores.contains_key(score));
        let first = || {
            groups
                .iter()
                .find_map(|group| group.scores.keys().next().copied())
        };
        match &self.by {
            None => Ok(Some(Score::Ip).filter(measured).or_else(first)),
            Some(name) => {
                let score = Score::find(name).map_err(CliError::Input)?;
                match measured(&score) {
                    true => Ok(Some(score)),
                    false => Err(CliError::Input(format!(
                        "`{name}` was not measured in this sweep"
                    ))),
                }
            }
        }
    }

    fn heat_map(
        &self,
        groups: &[Group],
        score: Score,
        effects: &[Effect],
    ) -> Result<Option<HeatMap>, CliError> {
        let names: Vec<&str> = match self.heat.as_slice() {
            [] => effects
                .iter()
                .map(|effect| effect.name.as_str())
                .take(2)
                .collect(),
            named => named.iter().map(String::as_str).collect(),
        };
        let known = varying(groups);
        if let Some(name) = names
            .iter()
            .find(|name| !known.iter().any(|known| known == *name))
        {
            return Err(CliError::Input(format!(
                "`{name}` does not vary in this sweep; what varies is {}",
                known.join(", ")
            )));
        }
        Ok(match names[..] {
            [row, column] => Some(HeatMap::new(groups, score, row, column)),
            _ => None,
        })
    }

    fn print(&self, grid: &Grid, output: &mut dyn Write) -> io::Result<()> {
        match self.markdown {
            true => write!(output, "{}", grid.to_markdown()),
            false => write!(output, "{}", grid.to_text()),
        }
    }
}

fn summary(results: &[CellResult], groups: &[Group], output: &mut dyn Write) -> io::Result<()> {
    let failed = results
        .iter()
        .filter(|result| result.error.is_some())
        .count();
    let seconds: f64 = results.iter().map(|result| result.seconds).sum();
    writeln!(
        output,
        "{} cells, {} combinations, {failed} failed, {seconds:.0} s of computing",
        results.len(),
        groups.len()
    )?;
    let reasons = groups.iter().filter_map(|group| group.reason.as_ref());
    let mut reasons: Vec<&String> = reasons.collect();
    reasons.dedup();
    for reason in reasons.into_iter().take(5) {
        writeln!(output, "failed: {}", crate::text::printable(reason))?;
    }
    Ok(())
}

/// A row per combination, only with the settings that differ.
fn table(
    groups: &[Group],
    score: Score,
    arguments: &ShowArguments,
    output: &mut dyn Write,
) -> io::Result<()> {
    let names = varying(groups);
    let mut scores: Vec<Score> = groups
        .iter()
        .flat_map(|g| g.scores.keys().copied())
        .collect();
    scores.sort_unstable();
    scores.dedup();
    let header = names.iter().map(String::as_str).chain(["seeds"]);
    let header: Vec<&str> = header
        .chain(scores.iter().map(|score| score.name()))
        .collect();
    let mut sorted: Vec<&Group> = groups.iter().collect();
    let mean = |group: &Group| group.scores.get(&score).map_or(f64::INFINITY, |e| e.mean);
    sorted.sort_by(|a, b| mean(a).total_cmp(&mean(b)));
    let shown = if arguments.all { sorted.len() } else { ROWS };
    let mut grid = Grid::new(&header);
    for group in sorted.iter().take(shown) {
        let setting = |name: &String| group.settings.get(name).map_or("–".into(), |v| v.text());
        let mut row: Vec<String> = names.iter().map(setting).collect();
        row.push(group.seeds.len().to_string());
        row.extend(
            scores
                .iter()
                .map(|score| with_error(group.scores.get(score))),
        );
        let row = row
            .iter()
            .map(|cell| crate::text::printable(cell).into_owned());
        grid.rows.push(row.collect());
    }
    writeln!(
        output,
        "\nMeans over the seeds ± standard errors, by {}, least first:\n",
        score.name()
    )?;
    arguments.print(&grid, output)?;
    match sorted.len().checked_sub(shown) {
        Some(rest) if rest > 0 => writeln!(output, "… and {rest} more; --all shows them"),
        _ => Ok(()),
    }
}

fn with_error(estimate: Option<&Estimate>) -> String {
    match estimate {
        None => "–".into(),
        Some(estimate) if estimate.error.is_finite() => {
            format!("{} ± {}", short(estimate.mean), short(estimate.error))
        }
        Some(estimate) => short(estimate.mean),
    }
}

fn main_effects(effects: &[Effect], score: Score, output: &mut dyn Write) -> io::Result<()> {
    if effects.is_empty() {
        return Ok(());
    }
    writeln!(
        output,
        "\nMain effects on {} (share of the variance between combinations):\n",
        score.name()
    )?;
    for effect in effects {
        let level = |(level, mean): &(String, f64)| format!("{level}: {}", short(*mean));
        let levels: Vec<String> = effect.levels.iter().map(level).collect();
        let text = levels.join("   ");
        let text = crate::text::printable(&text);
        writeln!(
            output,
            "  {:<20} {:>3.0} %   {text}",
            effect.name,
            100.0 * effect.share
        )?;
    }
    Ok(())
}

fn write_map(
    map: &HeatMap,
    arguments: &ShowArguments,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let corner = format!("{} \\ {}", map.row, map.column);
    let header = [corner.as_str()]
        .into_iter()
        .chain(map.columns.iter().map(String::as_str));
    let mut grid = Grid::new(&header.collect::<Vec<_>>());
    for (row, means) in map.rows.iter().zip(&map.means) {
        let cell = |mean: &Option<f64>| mean.map_or("–".into(), short);
        let cells = [row.clone()].into_iter().chain(means.iter().map(cell));
        grid.rows.push(cells.collect());
    }
    writeln!(
        output,
        "\nMean {} over {} and {}:\n",
        map.score.name(),
        map.row,
        map.column
    )?;
    arguments.print(&grid, output)?;
    if let Some(path) = &arguments.svg {
        arguments
            .overwrite
            .write(path, |file| file.write_all(map.to_svg().as_bytes()))?;
    }
    Ok(())
}
