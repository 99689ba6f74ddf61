//! `ctui` without a command: the dashboard, or plain lines where there is no terminal.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{CliError, plain, setup::Setup, source};
use crate::{
    dashboard::{
        self, Farewell, Options,
        config::{self, Config, ConfigError},
        pictures::Setting,
        share::Shared,
        theme::ThemeName,
        widgets::Marker,
    },
    recipe::Recipe,
    session::Session,
};

/// What to show and how.
#[derive(Args, Clone, Debug)]
pub struct WatchArguments {
    /// A code (ctui1:…) that was copied from a dashboard: opens that session
    #[arg(value_name = "CODE", value_parser = code)]
    code: Option<Shared>,
    #[command(flatten)]
    setup: Setup,
    /// Colours; auto suits the terminal's background
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(ThemeName::names()))]
    theme: Option<String>,
    /// What lines are made of
    #[arg(long, value_name = "NAME", value_parser = markers())]
    marker: Option<Marker>,
    /// What images of the data are made of: true pixels where the terminal shows them
    #[arg(long, value_name = "NAME", value_parser = pictures())]
    pictures: Option<Setting>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
    /// Print the last picture after leaving
    #[arg(long)]
    keep_picture: bool,
    /// Configuration [default: ctui/config.toml in the user's folder for configurations]
    #[arg(long, value_name = "FILE", value_parser = source::paths())]
    config: Option<PathBuf>,
    /// Print the configuration in force, to be used as a file, and end
    #[arg(long)]
    print_config: bool,
    /// Print lines instead of opening the dashboard
    #[arg(long)]
    plain: bool,
}

fn code(text: &str) -> Result<Shared, String> {
    Shared::decode(text).map_err(|error| error.to_string())
}

fn markers() -> impl TypedValueParser<Value = Marker> {
    let names = Marker::ALL.map(Marker::name);
    let named = |name: String| Marker::ALL.into_iter().find(|marker| marker.name() == name);
    PossibleValuesParser::new(names).map(move |name| named(name).unwrap_or_default())
}

fn pictures() -> impl TypedValueParser<Value = Setting> {
    let names = Setting::ALL.map(Setting::name);
    let named = |name: String| Setting::ALL.into_iter().find(|known| known.name() == name);
    PossibleValuesParser::new(names).map(move |name| named(name).unwrap_or_default())
}

impl WatchArguments {
    /// The configuration file, and what the command line says otherwise.
    fn config(&self) -> Result<Config, CliError> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(name) = &self.theme {
            config.theme = ThemeName::named(name);
        }
        config.marker = self.marker.unwrap_or(config.marker);
        config.pictures = self.pictures.unwrap_or(config.pictures);
        config.mouse &= !self.no_mouse;
        config.keep_picture |= self.keep_picture;
        Ok(config)
    }
}

/// Trains both arms in the dashboard until the user leaves, then writes a summary to `output`.
///
/// # Errors
/// [`CliError::Input`] for unusable arguments, configuration or data; [`CliError::Other`] if the
/// terminal fails.
pub fn run(arguments: &WatchArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let config = arguments.config()?;
    if arguments.print_config {
        write!(output, "{config}")?;
        return Ok(());
    }
    let recipe = match &arguments.code {
        Some(shared) => shared.recipe.clone(),
        None => arguments.setup.recipe(true, &config.defaults)?.0,
    };
    if arguments.plain {
        return plain::run(recipe, output);
    }
    if let Some(reason) = no_dashboard() {
        let _ = writeln!(
            io::stderr(),
            "{reason}: plain lines instead of the dashboard"
        );
        return plain::run(recipe, output);
    }
    let file = arguments.setup.recipe_file();
    let keep_picture = config.keep_picture;
    let options = Options {
        recipe: file.map(|file| (recipe.clone(), file.to_owned())),
        shared: arguments.code.clone(),
        ..options(config)
    };
    open(recipe, options, keep_picture, output)
}

/// How a dashboard begins without anything special.
pub(super) fn options(config: Config) -> Options {
    let folder = config::state_folder();
    let offered = folder.as_ref().map(|folder| folder.join("tour-offered"));
    Options {
        level: None,
        config,
        log_folder: folder,
        recipe: None,
        shared: None,
        lesson: None,
        offer: offered.filter(|file| !file.exists()),
    }
}

/// Opens the dashboard on a recipe, and writes a summary after it.
pub(super) fn open(
    recipe: Recipe,
    options: Options,
    keep_picture: bool,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let session = Session::spawn(recipe)?;
    let farewell =
        dashboard::run(&session, options).map_err(|error| CliError::Other(error.to_string()))?;
    drop(session);
    let said = take_leave(&farewell, keep_picture, output);
    match farewell.signal {
        Some(signal) => Err(CliError::Signal(signal)),
        None => Ok(said?),
    }
}

/// Why there can be no dashboard here, if there can't.
fn no_dashboard() -> Option<&'static str> {
    let dumb = std::env::var("TERM").is_ok_and(|terminal| terminal == "dumb");
    match (io::stdout().is_terminal(), io::stdin().is_terminal()) {
        (false, _) => Some("standard output is no terminal"),
        (_, false) => Some("standard input is no terminal"),
        _ if dumb => Some("this terminal (TERM=dumb) cannot place text"),
        _ => None,
    }
}

fn take_leave(
    Farewell {
        summary, picture, ..
    }: &Farewell,
    keep_picture: bool,
    output: &mut dyn Write,
) -> io::Result<()> {
    if keep_picture {
        write!(output, "{picture}")?;
    }
    writeln!(output, "{summary}")?;
    output.flush()
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::Input(error.to_string())
    }
}
