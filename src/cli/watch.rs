//! `ctui` without a command: the dashboard, or plain lines where there is no terminal.

use crate::cli::remarks;
use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{CliError, plain as lines, setup::Setup, source};
use crate::{
    dashboard::{
        self, Farewell, Options,
        config::{self, Config, ConfigError},
        pictures::Setting,
        plain,
        share::Shared,
        theme::{Level, ThemeName},
        widgets::Marker,
    },
    learner::Standing,
    recipe::Recipe,
    run::{Autosave, Begun, RunDirectory, interrupted},
    session::{Lockstep, Session},
    shell::quote,
};

/// What to show and how.
#[derive(Args, Clone, Debug)]
pub struct WatchArguments {
    /// A code (ctui1:…) that was copied from a dashboard: opens that session
    #[arg(value_name = "CODE", value_parser = code)]
    code: Option<Shared>,
    #[command(flatten)]
    setup: Setup,
    /// Go on with the run of a directory where it stopped; without DIR, with the dashboard's last run
    /// that was interrupted
    #[arg(long, value_name = "DIR", num_args = 0..=1, value_parser = source::paths(), conflicts_with_all = super::setup::NAMES)]
    resume: Option<Option<PathBuf>>,
    /// Colours; auto suits the terminal's background
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(ThemeName::names()))]
    theme: Option<String>,
    /// What lines are made of
    #[arg(long, value_name = "NAME", value_parser = markers())]
    marker: Option<Marker>,
    /// What images of the data are made of: true pixels where the terminal shows them
    #[arg(long, value_name = "NAME", value_parser = pictures())]
    pictures: Option<Setting>,
    /// For a class: few panels, large glyphs, and strong colours unless --theme names others
    #[arg(long)]
    projector: bool,
    /// For a screen reader: plain lines in place of the screen, and commands that are typed as lines
    #[arg(long, conflicts_with = "plain")]
    screen_reader: bool,
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
    /// Print a line per epoch and per change instead of opening the dashboard
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
    /// Whether the configuration is printed, which is a file to be.
    pub(super) fn prints_config(&self) -> bool {
        self.print_config
    }

    /// The configuration file, and what the command line says otherwise.
    fn config(&self) -> Result<Config, CliError> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(name) = &self.theme {
            config.theme = ThemeName::named(name);
        }
        if self.projector {
            let named = self.theme.as_deref().and_then(ThemeName::named);
            config.projector = named.or(Some(ThemeName::HighContrast));
        }
        config.marker = self.marker.unwrap_or(config.marker);
        config.pictures = self.pictures.unwrap_or(config.pictures);
        config.screen_reader |= self.screen_reader;
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
pub fn run(
    arguments: &WatchArguments,
    level: Option<Level>,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let config = arguments.config()?;
    if arguments.print_config {
        write!(output, "{config}")?;
        return Ok(());
    }
    let start = match (&arguments.resume, &arguments.code) {
        (Some(path), _) => resume(path.as_deref())?,
        (None, Some(shared)) => Start::New(shared.recipe.clone()),
        (None, None) => Start::New(arguments.setup.recipe(true, &config.defaults)?.0),
    };
    let reason = match (arguments.plain, config.screen_reader) {
        (true, _) => Some(None),
        (false, true) => None,
        (false, false) => no_dashboard().map(Some),
    };
    if let Some(reason) = reason {
        if let Some(reason) = reason {
            let _ = writeln!(remarks(), "{reason}: plain lines instead of the dashboard");
        }
        return lines::run(start.lockstep()?, output);
    }
    let file = arguments.setup.recipe_file();
    let keep_picture = config.keep_picture;
    let recipe = start.recipe().clone();
    let options = Options {
        recipe: file.map(|file| (recipe, file.to_owned())),
        shared: arguments.code.clone(),
        level,
        ..options(config)
    };
    open(start, options, keep_picture, output)
}

/// What the dashboard begins with.
pub(super) enum Start {
    /// A recipe, from its first epoch.
    New(Recipe),
    /// The run of a directory, from where it stands.
    Again(RunDirectory, Begun),
}

impl Start {
    fn recipe(&self) -> &Recipe {
        match self {
            Self::New(recipe) => recipe,
            Self::Again(_, begun) => begun.recipe(),
        }
    }

    fn standing(&self) -> Option<&Standing> {
        match self {
            Self::New(_) => None,
            Self::Again(_, begun) => begun.standing(),
        }
    }

    fn lockstep(&self) -> Result<Lockstep, CliError> {
        Ok(match self.standing() {
            Some(standing) => Lockstep::resume(standing)?,
            None => Lockstep::new(self.recipe().clone())?,
        })
    }

    fn session(&self) -> Result<Session, CliError> {
        Ok(match self.standing() {
            Some(standing) => Session::resume(standing)?,
            None => Session::spawn(self.recipe().clone())?,
        })
    }

    /// What keeps the run from now on, if there is a place for it.
    fn autosave(self) -> Option<Autosave> {
        let folder = unfinished();
        match self {
            Self::New(_) => folder.map(|folder| Autosave::in_new_folder(&folder)),
            Self::Again(directory, begun) => {
                Some(Autosave::resume(directory, &begun, folder.as_deref()))
            }
        }
    }
}

/// Where the dashboard keeps its runs while they are shown.
pub(super) fn unfinished() -> Option<PathBuf> {
    Some(config::state_folder()?.join("unfinished"))
}

/// The run in the directory at `path`; without one, the dashboard's last run that was interrupted.
fn resume(path: Option<&Path>) -> Result<Start, CliError> {
    let path = match path {
        Some(path) => path.to_owned(),
        None => {
            let last = unfinished().and_then(|folder| interrupted(&folder));
            last.map(|last| last.path).ok_or_else(|| {
                CliError::Input(
                    "no interrupted run is kept; name its folder: ctui --resume DIR".into(),
                )
            })?
        }
    };
    let (directory, begun) = RunDirectory::resume(&path)?;
    Ok(Start::Again(directory, begun))
}

/// A line that offers the run that was interrupted last, once.
fn offer() -> Option<String> {
    let last = interrupted(&unfinished()?)?;
    last.offer().then(|| {
        format!(
            "an interrupted run of {} is kept (epoch {}): ctui --resume goes on with it",
            last.title, last.epoch
        )
    })
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
        replay: None,
        offer: offered.filter(|file| !file.exists()),
        autosave: None,
        greeting: None,
    }
}

/// Opens the dashboard, and writes a summary after it.
pub(super) fn open(
    start: Start,
    options: Options,
    keep_picture: bool,
    output: &mut dyn Write,
) -> Result<(), CliError> {
    let session = start.session()?;
    let is_own = options.lesson.is_none() && options.replay.is_none();
    let options = Options {
        greeting: offer().filter(|_| is_own),
        autosave: match is_own {
            true => start.autosave(),
            false => None,
        },
        ..options
    };
    let words = options.config.screen_reader;
    let farewell = dashboard::run(&session, options, output)?;
    drop(session);
    let said = match words {
        true => say_goodbye(&farewell, output),
        false => take_leave(&farewell, keep_picture, output),
    };
    if let (Some(path), Some(_)) = (&farewell.kept, farewell.signal) {
        let is_last = unfinished().as_deref() == path.parent();
        let command = match is_last {
            true => "ctui --resume".to_owned(),
            false => format!("ctui --resume {}", quote(&path.display().to_string())),
        };
        let _ = writeln!(io::stderr(), "the run is kept; `{command}` goes on with it");
    }
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

/// The summary in words.
fn say_goodbye(farewell: &Farewell, output: &mut dyn Write) -> io::Result<()> {
    let summary = farewell.summary.to_string();
    let mut lines = summary.lines();
    writeln!(output, "{}", plain(lines.next().unwrap_or_default()))?;
    for line in lines {
        writeln!(output, "{}", line.trim_start())?;
    }
    output.flush()
}

impl From<dashboard::Error> for CliError {
    fn from(error: dashboard::Error) -> Self {
        match error {
            dashboard::Error::Terminal(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                Self::Unread
            }
            error => Self::Other(error.to_string()),
        }
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::Input(error.to_string())
    }
}
