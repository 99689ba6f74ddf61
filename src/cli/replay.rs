//! `ctui replay`: a session's recipe in the dashboard, played as it was made.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use clap::Args;

use super::{CliError, recipe::read_recipe, source, watch};
use crate::dashboard::{
    Options,
    config::Config,
    state::replay::{SPEEDS, State},
    theme::Level,
};

/// Which session, and how fast.
#[derive(Args, Clone, Debug)]
pub struct ReplayArguments {
    /// A run's folder (:save DIR), or a recipe; its changes and forks come when they came
    #[arg(value_name = "DIR", value_parser = source::paths())]
    recipe: PathBuf,
    /// How fast, from 0.125 to 64: 1 is ten epochs a second; < and > halve and double it
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = speed)]
    speed: f64,
    /// For a screen reader: plain lines in place of the screen, and commands that are typed as lines
    #[arg(long)]
    screen_reader: bool,
}

fn speed(text: &str) -> Result<f64, String> {
    let known = text.parse().ok().filter(|speed| SPEEDS.contains(speed));
    known.ok_or_else(|| {
        format!(
            "it takes a number from {} to {}",
            SPEEDS.start(),
            SPEEDS.end()
        )
    })
}

/// Plays the recipe in the dashboard until the user leaves.
///
/// # Errors
/// [`CliError::Input`] for an unusable recipe or configuration, or where there is no terminal;
/// [`CliError::Other`] if the terminal fails.
pub fn run(
    arguments: &ReplayArguments,
    level: Option<Level>,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let recipe = read_recipe(&arguments.recipe, true)?;
    let mut config = Config::load(None)?;
    config.screen_reader |= arguments.screen_reader;
    let terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    if !terminal && !config.screen_reader {
        return Err(CliError::Input(
            "a replay is watched in a terminal; `ctui --plain --recipe FILE` trains it without one"
                .to_owned(),
        ));
    }
    let keep_picture = config.keep_picture;
    let replay = State::new(recipe.clone(), arguments.speed);
    let start = watch::Start::New(replay.opening());
    let options = Options {
        recipe: Some((recipe, arguments.recipe.clone())),
        replay: Some(replay),
        level,
        ..watch::options(config)
    };
    watch::open(start, options, keep_picture, output)
}
