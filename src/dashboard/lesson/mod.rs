//! Lessons: what they are, how they are read, and how they are proved.
//!
//! A lesson is a TOML file: the run that it begins with, and steps, each with a card that says
//! something, shows something, and may set a task. [`check`] carries a lesson out without a screen.

pub mod check;
mod library;
mod plan;
mod read;
mod template;

use std::{
    io,
    ops::Range,
    path::{Path, PathBuf},
};

pub use library::{BUILT_IN, find, list};
pub use plan::Plan;
pub use template::TEMPLATE;

use super::action::{Action, Panel};
use crate::{
    files::is_meant,
    lesson::{expression::Expression, markup::Markup},
    training::Parameter,
};

/// A lesson.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Where it comes from.
    pub path: PathBuf,
    /// What it is called by.
    pub name: String,
    /// What people read in a list.
    pub title: String,
    /// What one learns, in a line.
    pub about: String,
    /// The run that it begins with.
    pub plan: Plan,
    /// Its steps, at least one.
    pub steps: Vec<Step>,
}

/// A card, and what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Its line in the file.
    pub line: usize,
    /// What the card says.
    pub say: Markup,
    /// The panels that are shown; all if none are named.
    pub show: Vec<Panel>,
    /// The parameters that can be changed; all if none are named.
    pub controls: Vec<&'static Parameter>,
    /// What is carried out on entering.
    pub commands: Vec<Told>,
    /// What is awaited before the next card.
    pub wait: Option<Claim>,
    /// What the learner is to do.
    pub task: Option<Markup>,
    /// When that is done.
    pub until: Option<Claim>,
    /// Help with it.
    pub hint: Option<Markup>,
    /// What must come out.
    pub expect: Vec<Claim>,
    /// How the task can be done.
    pub solve: Vec<Told>,
}

/// A command of the command line, and its line in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its line.
    pub line: usize,
    /// As it is written.
    pub text: String,
    /// What it does.
    pub action: Action,
}

/// A statement, and its line in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its line.
    pub line: usize,
    /// The entry that it stands in.
    pub key: &'static str,
    /// What is claimed.
    pub expression: Expression,
}

/// Why a lesson cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LessonError {
    /// The file cannot be read.
    #[error("cannot read the lesson {path}: {source}")]
    Access {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An entry is unknown, given twice, missing, or has no usable value.
    #[error("{path}:{line}: {problem}")]
    Entry {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// No lesson goes by this name.
    #[error("there is no lesson `{name}`{hint}; there are {}, and files that end in .toml", .known.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The name that resembles it most.
        hint: String,
        /// Those that there are.
        known: Vec<&'static str>,
    },
}

impl Lesson {
    /// The lesson that is built in under a name, or the one in a file.
    ///
    /// # Errors
    /// [`LessonError`] if there is none, or with the line of its first mistake.
    pub fn open(name: &str) -> Result<Self, LessonError> {
        match library::find(name) {
            Some((path, text)) => Self::read(Path::new(path), text),
            None if is_meant(Path::new(name)) => Self::read_file(Path::new(name)),
            None => Err(library::unknown(name)),
        }
    }

    /// The lesson in the file at `path`.
    ///
    /// # Errors
    /// [`LessonError`] if it cannot be read, or with the line of its first mistake.
    pub fn read_file(path: &Path) -> Result<Self, LessonError> {
        let text = crate::files::read_text(path, read::MAX_BYTES).map_err(|source| {
            LessonError::Access {
                path: path.to_owned(),
                source,
            }
        })?;
        Self::read(path, &text)
    }

    /// The lesson that `text` spells.
    ///
    /// # Errors
    /// [`LessonError::Entry`] with the line of its first mistake.
    pub fn read(path: &Path, text: &str) -> Result<Self, LessonError> {
        read::read(path, text)
    }

    /// An error at a line of the lesson.
    fn error(&self, line: usize, problem: String) -> LessonError {
        LessonError::Entry {
            path: self.path.clone(),
            line,
            problem,
        }
    }
}

/// A place in a lesson's text.
type Place = Range<usize>;

#[cfg(test)]
mod tests;
