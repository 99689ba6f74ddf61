//! What can be wrong with a recipe.

use std::{io, path::PathBuf};

use super::MAX_ARMS;
use crate::{data::DataError, text::concise, training::ParameterError};

/// Why the arms of a recipe cannot be as they were wanted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ArmError {
    /// There are enough of them.
    #[error("there are {MAX_ARMS} arms already, which is all that can be compared; drop one first")]
    Full,
    /// The last one was to go.
    #[error("the last arm cannot be dropped; a session needs one")]
    Last,
    /// No name for an arm.
    #[error(
        "`{}` cannot name an arm: take up to 12 letters, digits, -, _, + or ., a letter or digit first",
        concise(.0)
    )]
    Name(String),
    /// Another arm is called so.
    #[error("there is an arm `{0}` already; choose another name")]
    Taken(String),
    /// No arm is called so.
    #[error("there is no arm `{}`; arms are {}", concise(.name), .known.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The arms that there are.
        known: Vec<String>,
    },
}

/// Why something is no recipe.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// The file cannot be read or written.
    #[error(transparent)]
    Access(#[from] io::Error),
    /// It is not JSON, or has other fields than a recipe.
    #[error("this is no recipe: {}", concise(&.0.to_string()))]
    Format(#[from] serde_json::Error),
    /// It is of a later version, or of none that ever was.
    #[error(
        "this is a recipe of version {0}, but versions 1 and 2 are read; a newer ctui may read it"
    )]
    Version(String),
    /// It has no arm, or too many.
    #[error("this recipe has {0} arms; it takes 1 to {MAX_ARMS}")]
    Count(usize),
    /// A name is unfit, or taken twice.
    #[error("this recipe's arms cannot be called so: {0}")]
    Arm(#[from] ArmError),
    /// A number that belongs to all arms is given for one of them.
    #[error("`{name}` is given for the arm `{}`, but belongs to the whole recipe; give it beside `arms`", concise(.arm))]
    Shared {
        /// The number's name.
        name: &'static str,
        /// The arm.
        arm: String,
    },
    /// No regime is called so.
    #[error("there is no regime `{}`{hint}", concise(.name))]
    Regime {
        /// What was asked for.
        name: String,
        /// Those that there are.
        hint: String,
    },
    /// No value for an arm's parameter.
    #[error("`{}` sets nothing of an arm: write it as NAME:name=value, such as CT:lambda_div=0.8", concise(.text))]
    Assignment {
        /// What was given.
        text: String,
    },
    /// The file of its data is not here.
    #[error("this recipe needs {}, which is neither beside it nor in this folder; put that file beside the recipe", .0.display())]
    Missing(PathBuf),
    /// The data are others than those that it was made with.
    #[error("the data have changed: {} is not the file that this recipe was made with (their SHA-256 differ); bring that file back, or begin anew on this one with --data", .0.display())]
    Changed(PathBuf),
    /// Its data cannot be read.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A value is out of range.
    #[error("in this recipe, {0}")]
    Value(#[from] ParameterError),
}
