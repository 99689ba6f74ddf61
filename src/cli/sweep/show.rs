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
    sweep::{Column, Effect, HeatMap, Overview, Score, Store, short},
    text::printable,
};

/// Clears the screen and goes to its corner.
const CLEAR: &[u8] = b"\x1b[H\x1b[2J\x1b[3J";

/// Time between two looks at a sweep that is running.
const REFRESH: Duration = Duration::from_secs(1);

/// Rows of the table that are shown without `--all`.
const ROWS: usize = 40;

/// Most failures, and results that cannot be read, that are told of.
const PROBLEMS: usize = 5;

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
    /// Every combination, instead of the first 40
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
    let overview = Overview::read(store)?;
    for problem in overview.damaged.iter().take(PROBLEMS) {
        writeln!(output, "left out: {}", printable(problem))?;
    }
    match overview.damaged.len().checked_sub(PROBLEMS) {
        Some(rest) if rest > 0 => writeln!(output, "left out: {rest} more that cannot be read")?,
        _ => {}
    }
    if overview.cells == 0 {
        writeln!(output, "no cell is finished yet")?;
        return Ok(());
    }
    let score = arguments.score(&overview)?;
    summary(&overview, output)?;
    let Some(score) = score else {
        return Ok(());
    };
    table(&overview, score, arguments, output)?;
    let effects = overview.effects(score);
    main_effects(&effects, score, output)?;
    if let Some(map) = arguments.heat_map(&overview, score, &effects)? {
        write_map(&map, arguments, output)?;
    }
    Ok(())
}

impl ShowArguments {
    fn score(&self, overview: &Overview) -> Result<Option<Score>, CliError> {
        let Some(name) = &self.by else {
            return Ok(overview.usual_score());
        };
        let score = Score::find(name).map_err(CliError::Input)?;
        match overview.scores().contains(&score) {
            true => Ok(Some(score)),
            false => Err(CliError::Input(format!(
                "`{name}` was not measured in this sweep"
            ))),
        }
    }

    fn heat_map(
        &self,
        overview: &Overview,
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
        let known = overview.settings();
        if let Some(name) = names.iter().find(|name| !known.contains(name)) {
            return Err(CliError::Input(format!(
                "`{name}` does not vary in this sweep; what varies is {}",
                known.join(", ")
            )));
        }
        match names[..] {
            [row, column] => Ok(Some(HeatMap::new(&overview.groups, score, row, column))),
            _ if self.heat.is_empty() => Ok(None),
            _ => Err(CliError::Input(
                "a heat map has two parameters: --heat lambda_div,lambda_reg".into(),
            )),
        }
    }

    fn print(&self, grid: &Grid, output: &mut dyn Write) -> io::Result<()> {
        match self.markdown {
            true => write!(output, "{}", grid.to_markdown()),
            false => write!(output, "{}", grid.to_text()),
        }
    }
}

fn summary(overview: &Overview, output: &mut dyn Write) -> io::Result<()> {
    writeln!(
        output,
        "{} cells, {} combinations, {} failed, {:.0} s of computing",
        overview.cells,
        overview.groups.len(),
        overview.failed,
        overview.seconds
    )?;
    let reasons = overview
        .groups
        .iter()
        .filter_map(|group| group.reason.as_ref());
    let mut reasons: Vec<&String> = reasons.collect();
    reasons.dedup();
    for reason in reasons.into_iter().take(PROBLEMS) {
        writeln!(output, "failed: {}", printable(reason))?;
    }
    Ok(())
}

/// A row per combination, only with the settings that differ.
fn table(
    overview: &Overview,
    score: Score,
    arguments: &ShowArguments,
    output: &mut dyn Write,
) -> io::Result<()> {
    let titles: Vec<String> = overview.columns.iter().map(Column::title).collect();
    let mut grid = Grid::new(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    let sorted = overview.sorted(&Column::Score(score), false);
    let shown = if arguments.all { sorted.len() } else { ROWS };
    for &position in sorted.iter().take(shown) {
        let group = &overview.groups[position];
        let row = overview.columns.iter().map(|column| column.text(group));
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
        let text = printable(&text);
        writeln!(
            output,
            "  {:<20} {:>3.0} %   {text}",
            printable(&effect.name),
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
    let [row, column] = [&map.row, &map.column].map(|name| printable(name));
    let corner = format!("{row} \\ {column}");
    let columns: Vec<_> = map.columns.iter().map(|level| printable(level)).collect();
    let header = [corner.as_str()]
        .into_iter()
        .chain(columns.iter().map(|level| level.as_ref()));
    let mut grid = Grid::new(&header.collect::<Vec<_>>());
    for (row, means) in map.rows.iter().zip(&map.means) {
        let cell = |mean: &Option<f64>| mean.map_or("–".into(), short);
        let cells = [printable(row).into_owned()]
            .into_iter()
            .chain(means.iter().map(cell));
        grid.rows.push(cells.collect());
    }
    writeln!(
        output,
        "\nMean {} over {row} and {column}:\n",
        map.score.name(),
    )?;
    arguments.print(&grid, output)?;
    if let Some(path) = &arguments.svg {
        arguments
            .overwrite
            .write(path, |file| file.write_all(map.to_svg().as_bytes()))?;
    }
    Ok(())
}
