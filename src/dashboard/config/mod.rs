//! The configuration file: colours, lines, mouse, keys, and defaults of parameters.

mod read;
mod write;

use std::{
    io,
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::{
    keymap::{Keymap, KeymapError},
    pictures::Setting,
    theme::ThemeName,
    widgets::Marker,
};
use crate::files::read_text;
use crate::training::{HyperParameters, Parameter};

/// Largest file that is read.
const MAX_BYTES: u64 = 1 << 20;

/// How the user wants ctui to be.
#[derive(Clone, Debug)]
pub struct Config {
    /// Colours; those that suit the terminal's background if not given.
    pub theme: Option<ThemeName>,
    /// What lines are made of.
    pub marker: Marker,
    /// What pictures are made of.
    pub pictures: Setting,
    /// Colours for a class, if the screen is for one.
    pub projector: Option<ThemeName>,
    /// Whether plain lines stand in place of a screen, for a screen reader.
    pub screen_reader: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether the last picture is printed after leaving.
    pub keep_picture: bool,
    /// What runs begin with unless the command line says otherwise.
    pub defaults: Defaults,
    /// Keys.
    pub keymap: Keymap,
}

/// Values of parameters in place of ctui's own.
#[derive(Clone, Debug, Default)]
pub struct Defaults(Vec<(&'static Parameter, f64)>);

impl Defaults {
    /// Puts the values into `parameters`.
    pub fn apply(&self, parameters: &mut HyperParameters) {
        for (parameter, value) in &self.0 {
            let _ = parameter.set(parameters, *value);
        }
    }
}

/// Something wrong with a configuration file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("cannot read the configuration {path}: {source}")]
    Access {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An entry is unknown, given twice, or has no usable value.
    #[error("{path}:{line}: {problem}")]
    Entry {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// ctui's own keys are not usable.
    #[error(transparent)]
    Keys(#[from] KeymapError),
}

impl Config {
    /// The configuration that ctui comes with.
    ///
    /// # Errors
    /// [`ConfigError::Keys`] if the table of keys is wrong.
    pub fn standard() -> Result<Self, ConfigError> {
        Ok(Self {
            theme: None,
            marker: Marker::default(),
            pictures: Setting::default(),
            projector: None,
            screen_reader: false,
            mouse: true,
            keep_picture: false,
            defaults: Defaults::default(),
            keymap: Keymap::standard()?,
        })
    }

    /// What `path` says; without a path, what the user's own file says, if there is one.
    ///
    /// # Errors
    /// [`ConfigError`] if the file cannot be read, or with the line and name of its first mistake.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let own =
            folder(|places| Some(places.config_dir())).map(|folder| folder.join("config.toml"));
        let path = match (path, &own) {
            (Some(path), _) => path,
            (None, Some(own)) if own.exists() => own,
            _ => return Self::standard(),
        };
        let access = |source| ConfigError::Access {
            path: path.to_owned(),
            source,
        };
        let text = read_text(path, MAX_BYTES).map_err(access)?;
        Self::parse(path, &text)
    }

    /// What `text`, in TOML, says; errors call its file `path`.
    ///
    /// # Errors
    /// [`ConfigError`] with the line and name of its first mistake.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        read::read(path, text)
    }
}

/// The user's folder for ctui's log; `None` if there is no home.
pub fn state_folder() -> Option<PathBuf> {
    folder(|places| places.state_dir().or_else(|| Some(places.cache_dir())))
}

fn folder<T>(place: impl FnOnce(&dyn BaseStrategy) -> Option<T>) -> Option<PathBuf>
where
    PathBuf: From<T>,
{
    let places = choose_base_strategy().ok()?;
    place(&places).map(|folder| PathBuf::from(folder).join("ctui"))
}
